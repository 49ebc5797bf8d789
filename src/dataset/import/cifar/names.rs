//! Names of the classes: from the files that come with the images, or the published ones where those are not there.

use super::{CifarLabels, CifarSet};

const TEN: &str = "airplane automobile bird cat deer dog frog horse ship truck";

const GROUPS: &str = "aquatic_mammals fish flowers food_containers fruit_and_vegetables household_electrical_devices \
    household_furniture insects large_carnivores large_man-made_outdoor_things large_natural_outdoor_scenes \
    large_omnivores_and_herbivores medium_mammals non-insect_invertebrates people reptiles small_mammals trees vehicles_1 vehicles_2";

const HUNDRED: &str = "apple aquarium_fish baby bear beaver bed bee beetle bicycle bottle bowl boy bridge bus butterfly camel can \
    castle caterpillar cattle chair chimpanzee clock cloud cockroach couch crab crocodile cup dinosaur dolphin elephant flatfish \
    forest fox girl hamster house kangaroo keyboard lamp lawn_mower leopard lion lizard lobster man maple_tree motorcycle mountain \
    mouse mushroom oak_tree orange orchid otter palm_tree pear pickup_truck pine_tree plain plate poppy porcupine possum rabbit \
    raccoon ray road rocket rose sea seal shark shrew skunk skyscraper snail snake spider squirrel streetcar sunflower sweet_pepper \
    table tank telephone television tiger tractor train trout tulip turtle wardrobe whale willow_tree wolf woman worm";

/// The published names, spaces where the files have underscores.
pub(in crate::dataset::import) fn usual_names(set: CifarSet, labels: CifarLabels) -> Vec<String> {
    let names = match (set, labels) {
        (CifarSet::Ten, _) => TEN,
        (CifarSet::Hundred, CifarLabels::Fine) => HUNDRED,
        (CifarSet::Hundred, CifarLabels::Coarse) => GROUPS,
    };
    names.split_whitespace().map(shown).collect()
}

/// A name in each line; nothing if there are fewer than two.
pub(in crate::dataset::import) fn names_in_text(bytes: &[u8]) -> Option<Vec<String>> {
    let text = String::from_utf8_lossy(bytes);
    let names: Vec<String> = text.lines().map(str::trim).filter(|line| !line.is_empty()).map(shown).collect();
    (names.len() >= 2).then_some(names)
}

/// How a name is shown.
pub(super) fn shown(name: &str) -> String {
    name.replace('_', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_ten_a_hundred_and_twenty_names() {
        let names = |set, labels| usual_names(set, labels);
        assert_eq!(names(CifarSet::Ten, CifarLabels::Fine).len(), 10);
        let hundred = names(CifarSet::Hundred, CifarLabels::Fine);
        assert_eq!(hundred.len(), 100);
        assert!(hundred.is_sorted(), "classes are numbered in the order of the alphabet");
        assert_eq!([&hundred[0], &hundred[58], &hundred[99]], ["apple", "pickup truck", "worm"]);
        let groups = names(CifarSet::Hundred, CifarLabels::Coarse);
        assert_eq!((groups.len(), groups.is_sorted()), (20, true));
    }

    #[test]
    fn names_come_a_line_each_and_empty_lines_are_none() {
        assert_eq!(names_in_text(b"cat\r\nice_cream\n\n"), Some(vec!["cat".into(), "ice cream".into()]));
        assert_eq!(names_in_text(b"\n\n"), None);
    }
}
