//! On which images an experiment trains: two classes where the page has all, so that its networks learn something
//! while a visitor waits.

use crate::dataset::augmentation::{Augmentation, InputNormalisation};
use crate::dataset::{ClassChoice, Shard};
use crate::experiment::RunRequest;
use crate::experiment::hyperparameters::Monitoring;
use crate::language::tr;

use super::Question;

/// Automobile and frog in CIFAR-10: told apart within a hundred steps, where ten classes take thousands.
const QUICK_CLASSES: [u16; 2] = [1, 6];

/// Start filters where several hundred steps are needed.
const NARROW: usize = 4;

/// The request that an experiment follows, and a sentence on what it changed in the page's.
pub fn conditions(question: Question, page: &RunRequest) -> (RunRequest, String) {
    let mut request = page.clone();
    // A comparison of networks on the images as they are: nothing ends one of them early or shortens its steps.
    let (monitoring, schedule) = (&mut request.hyperparameters.monitoring, &mut request.hyperparameters.schedule);
    (*monitoring, schedule.plateau_patience) = (Monitoring::default(), 0);
    request.hyperparameters.augmentation = Augmentation::default();
    request.hyperparameters.normalisation = InputNormalisation::default();
    if !question.trains() {
        return (request, String::new());
    }
    let names: Vec<&str> =
        QUICK_CLASSES.into_iter().filter_map(|class| request.dataset.classes.get(usize::from(class))).map(String::as_str).collect();
    let [one, other] = names.as_slice() else { return (request, String::new()) };
    let training = images_of_quick_classes(&request.dataset.train);
    if !request.classes.0.is_empty() || training < request.hyperparameters.batch_size {
        return (request, String::new());
    }
    let mut said = format!(
        " {}",
        tr!("Only {one} and {other}: ten classes take far longer to learn. Choose classes on the page for others.", one, other)
    );
    let width = &mut request.network.start_filters;
    if question == Question::Lesions && *width > NARROW {
        let narrower = tr!(
            "{filters} start filters instead of {width}, so that enough steps for batch norm's moving statistics fit in minutes.",
            filters = NARROW,
            width
        );
        said += &format!(" {narrower}");
        *width = NARROW;
    }
    let hyperparameters = &mut request.hyperparameters;
    hyperparameters.training_images = hyperparameters.training_images.min(training);
    hyperparameters.held_out_images = hyperparameters.held_out_images.min(images_of_quick_classes(&request.dataset.test));
    request.network.classes = QUICK_CLASSES.len();
    request.classes = ClassChoice(QUICK_CLASSES.into());
    (request, said)
}

fn images_of_quick_classes(shards: &[Shard]) -> usize {
    shards.iter().flat_map(|shard| &shard.labels).filter(|label| QUICK_CLASSES.contains(label)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::NetworkChoices;
    use crate::studies::tests::request;

    fn page(labels: &[u16]) -> RunRequest {
        let mut page = request(NetworkChoices::default());
        let shard = Shard { file: "train-000.png".into(), bytes: 1, labels: labels.repeat(40) };
        page.dataset.train = vec![shard.clone()];
        page.dataset.test = vec![shard];
        page
    }

    #[test]
    fn all_classes_become_two_and_it_is_said() {
        let (request, said) = conditions(Question::Depth, &page(&[0, 1, 2, 6]));
        assert_eq!((request.classes.0.as_slice(), request.network.classes), ([1, 6].as_slice(), 2), "both where they are needed");
        assert_eq!(request.hyperparameters.training_images, 80, "as many as these classes have");
        assert_eq!(request.hyperparameters.held_out_images, 80, "the same for those held out");
        assert!(said.contains("Only 1 and 6"), "by the names of the data set: {said}");
    }

    #[test]
    fn lesions_are_made_in_a_narrow_network_and_it_is_said() {
        let page = page(&[1, 6]);
        let (request, said) = conditions(Question::Lesions, &page);
        assert_eq!(request.network.start_filters, 4);
        assert!(said.contains("4 start filters instead of 8"), "{said}");
        assert_eq!(conditions(Question::Depth, &page).0.network.start_filters, 8, "others keep the page's width");
    }

    #[test]
    fn classes_that_were_chosen_stay() {
        let mut chosen = page(&[1, 6]);
        chosen.classes = ClassChoice(vec![0, 3, 4]);
        assert_eq!(conditions(Question::Depth, &chosen), (chosen, String::new()));
    }

    #[test]
    fn a_data_set_without_those_images_is_used_as_it_is() {
        let few = page(&[0, 1]);
        let few = RunRequest {
            hyperparameters: crate::experiment::hyperparameters::Hyperparameters { batch_size: 64, ..few.hyperparameters },
            ..few
        };
        assert_eq!(conditions(Question::Depth, &few).0, few, "too few for a batch");
    }

    #[test]
    fn a_first_step_is_taken_on_the_images_of_the_page() {
        let page = page(&[0, 1, 6]);
        assert_eq!(conditions(Question::FirstStep, &page), (page, String::new()), "nothing has to be learnt");
    }
}
