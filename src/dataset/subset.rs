//! Which images take part, and in which order: drawn evenly from the classes, by seed.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::language::tr;
use crate::random::{Purpose, RandomStream};

/// Classes that take part, as indices into the manifest's classes, in rising order. Empty means all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassChoice(pub Vec<u16>);

impl ClassChoice {
    /// The classes that take part when the data set has `available`.
    pub fn of(&self, available: usize) -> Vec<u16> {
        if self.0.is_empty() { (0..available as u16).collect() } else { self.0.clone() }
    }
}

/// A choice of images that cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SubsetError {
    /// More than there are.
    #[error(
        "{}",
        tr!("{asked} images were asked for, but the chosen classes have {available}: use at most that many", asked, available)
    )]
    TooMany {
        /// Asked for.
        asked: usize,
        /// There are.
        available: usize,
    },
    /// A class the data set does not have.
    #[error("{}", tr!("class {class} is not in this data set", class = _0))]
    UnknownClass(u16),
}

/// Places of `count` images among `labels`, the same number from each of `classes` (the first
/// classes get one more where it does not divide), chosen by `seed`; rising order.
///
/// # Errors
/// When the classes do not hold that many.
pub fn choose_subset(labels: &[u16], classes: &[u16], count: usize, seed: u64) -> Result<Vec<usize>, SubsetError> {
    choose_evenly(labels, classes, count, &mut RandomStream::new(seed, Purpose::Subset, 0))
}

/// Places of the images to validate with among those of a run, chosen in the same way from all classes that `labels` has.
///
/// # Errors
/// When there are not that many.
pub fn choose_validation(labels: &[u16], count: usize, seed: u64) -> Result<Vec<usize>, SubsetError> {
    let mut classes = labels.to_vec();
    classes.sort_unstable();
    classes.dedup();
    choose_evenly(labels, &classes, count, &mut RandomStream::new(seed, Purpose::Validation, 0))
}

fn choose_evenly(labels: &[u16], classes: &[u16], count: usize, random: &mut RandomStream) -> Result<Vec<usize>, SubsetError> {
    let mut by_class: Vec<Vec<usize>> = Vec::with_capacity(classes.len());
    for class in classes {
        let places: Vec<usize> = (0..labels.len()).filter(|place| labels[*place] == *class).collect();
        if places.is_empty() {
            return Err(SubsetError::UnknownClass(*class));
        }
        by_class.push(places);
    }
    let available = by_class.iter().map(Vec::len).sum();
    if count > available {
        return Err(SubsetError::TooMany { asked: count, available });
    }
    for places in &mut by_class {
        random.shuffle(places);
    }
    // Round after round one image of each class, so that classes of unequal size still fill the count.
    let longest = by_class.iter().map(Vec::len).max().unwrap_or(0);
    let mut chosen: Vec<usize> =
        (0..longest).flat_map(|round| by_class.iter().filter_map(move |places| places.get(round).copied())).take(count).collect();
    chosen.sort_unstable();
    Ok(chosen)
}

/// Order of images in `epoch` (0 for the first), which come in `parts` of so many. The first epoch takes part after part, so
/// that it can begin with the first while the others are on their way; what arrives when changes nothing.
pub fn epoch_order(parts: &[usize], seed: u64, epoch: usize) -> Vec<u32> {
    let mut random = RandomStream::new(seed, Purpose::Order, epoch as u64);
    let mut order: Vec<u32> = (0..parts.iter().sum::<usize>() as u32).collect();
    if epoch > 0 {
        random.shuffle(&mut order);
        return order;
    }
    let mut left = order.as_mut_slice();
    for images in parts {
        let (part, others) = left.split_at_mut(*images);
        random.shuffle(part);
        left = others;
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels() -> Vec<u16> {
        (0..100).map(|index| index % 10).collect()
    }

    #[test]
    fn classes_take_part_evenly() {
        let chosen = choose_subset(&labels(), &[1, 4, 7], 12, 5).unwrap();
        for class in [1, 4, 7] {
            let count = chosen.iter().filter(|place| labels()[**place] == class).count();
            assert_eq!(count, 4, "class {class} of three gets a third of twelve");
        }
    }

    #[test]
    fn images_to_validate_with_come_evenly_from_all_classes_there_are() {
        let some: Vec<u16> = labels().into_iter().filter(|label| label % 3 == 0).collect();
        let chosen = choose_validation(&some, 8, 5).unwrap();
        for class in [0, 3, 6, 9] {
            assert_eq!(chosen.iter().filter(|place| some[**place] == class).count(), 2, "class {class} of four gives a quarter of eight");
        }
        assert_ne!(chosen, choose_validation(&some, 8, 6).unwrap(), "another seed, others");
        assert_eq!(choose_validation(&some, 99, 5), Err(SubsetError::TooMany { asked: 99, available: 40 }), "all but too many");
        assert_eq!(choose_validation(&[], 0, 1), Ok(vec![]), "none of none");
    }

    #[test]
    fn the_seed_decides() {
        let all: Vec<u16> = (0..10).collect();
        let choose = |seed| choose_subset(&labels(), &all, 30, seed).unwrap();
        assert_eq!(choose(1), choose(1), "the same seed, the same images");
        assert_ne!(choose(1), choose(2), "another seed, others");
    }

    #[test]
    fn more_images_than_there_are_is_refused_with_the_number() {
        let error = choose_subset(&labels(), &[0, 1], 21, 1).unwrap_err();
        assert_eq!(error, SubsetError::TooMany { asked: 21, available: 20 }, "two classes of ten");
    }

    #[test]
    fn each_epoch_has_its_own_order_of_all_images() {
        let (first, second) = (epoch_order(&[50], 9, 0), epoch_order(&[50], 9, 1));
        assert_ne!(first, second, "epochs differ");
        let mut sorted = second;
        sorted.sort_unstable();
        assert_eq!(sorted, (0..50).collect::<Vec<_>>(), "every image once");
    }

    #[test]
    fn the_first_epoch_takes_part_after_part() {
        let order = epoch_order(&[20, 0, 30], 9, 0);
        let sorted = |places: &[u32]| {
            let mut places = places.to_vec();
            places.sort_unstable();
            places
        };
        assert_eq!(sorted(&order[..20]), (0..20).collect::<Vec<_>>(), "the first part");
        assert_eq!(sorted(&order[20..]), (20..50).collect::<Vec<_>>(), "then the other");
        assert_eq!(order[..20], epoch_order(&[20], 9, 0), "the same whatever follows");
        assert_eq!(epoch_order(&[20, 30], 9, 1), epoch_order(&[50], 9, 1), "later epochs mix them");
    }
}
