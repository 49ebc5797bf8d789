//! What an experiment will do: networks, steps, and where it departs from what the page says.

use crate::experiment::RunRequest;
use crate::experiment::hyperparameters::Hyperparameters;
use crate::language::format::{grouped, localised};
use crate::language::{text, tr};
use crate::spec::{ResNetSpec, SpecError};

use super::candidate::candidates;
use super::pace::{Pace, steps_left, steps_wanted};
use super::{Candidate, Question};

/// Blocks a stage where the page's network has one, too few to see anything: depth 56, that of the papers' figures.
const DEEP: usize = 6;
/// The same where blocks are left out: a network that learns something in a few minutes.
const LESIONED: usize = 3;
/// Depths 11, 20, 29 and 38.
const DEPTHS: usize = 4;
/// Shallower networks show nothing, however slow the device.
const SHALLOWEST: usize = 2;

/// An experiment before its first step.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// What is asked.
    pub question: Question,
    /// The networks, in the order in which they are trained.
    pub candidates: Vec<Candidate>,
    /// Steps that each is trained.
    pub steps: usize,
    /// What all have in common, in a sentence.
    pub settings: String,
    /// Where that is not what the page says, and why; otherwise empty.
    pub overrides: String,
}

impl Plan {
    /// Networks around that of `request`, each trained for `page_steps` at most; without a `pace` as if the device were
    /// fast enough.
    ///
    /// # Errors
    /// When the network of the request cannot be built.
    pub fn new(question: Question, request: &RunRequest, page_steps: usize, pace: Option<Pace>) -> Result<Self, SpecError> {
        let base = ResNetSpec::new(request.network.clone())?;
        let affordable = |candidates: &[Candidate]| pace.map_or(usize::MAX, |pace| pace.affordable_steps(candidates));
        let wanted_steps = steps_wanted(question, page_steps);
        let own = base.stages().iter().map(|stage| stage.blocks).max().unwrap_or(1);
        let wanted_blocks = match question {
            Question::Depth => DEPTHS,
            // Two blocks a stage show as little as one.
            _ if own > 2 => own,
            Question::Lesions => LESIONED,
            _ => DEEP,
        };
        let fits = |blocks: &usize| affordable(&candidates(question, &base, *blocks)) >= wanted_steps;
        let least = SHALLOWEST.min(wanted_blocks);
        let blocks = (least..=wanted_blocks).rev().find(fits).unwrap_or(least);
        let candidates = candidates(question, &base, blocks);
        let mut steps = steps_left(wanted_steps, affordable(&candidates));
        if let (Question::BatchNorm, Some(pace)) = (question, pace) {
            steps = steps.max(pace.steps_of_a_minute_each(&candidates).min(page_steps));
        }
        let deepest = candidates.iter().map(Candidate::depth).max().unwrap_or_default();
        let mut overrides = String::new();
        let mut say = |sentence: &str| {
            overrides.push(' ');
            overrides.push_str(sentence);
        };
        if base.equal_blocks().is_none() {
            say(text!("Every stage has the same number of blocks here, unlike in the page's network."));
        }
        let own_depth = base.depth().layers();
        if question.trains() && blocks < wanted_blocks {
            say(&tr!("Deeper than {depth} would take this device more than five minutes.", depth = deepest));
        } else if question.trains() && question != Question::Depth && deepest != own_depth {
            say(&tr!("The page's own depth, {depth}, is too shallow to show it.", depth = own_depth));
        }
        if steps < wanted_steps {
            say(&tr!("Of {wanted} steps this device does {steps} in five minutes.", wanted = wanted_steps, steps));
        }
        let Hyperparameters { augmentation, monitoring, .. } = &request.hyperparameters;
        if question.trains() && !augmentation.is_none() {
            say(text!("Images are learnt from as they are, without the page's augmentation."));
        }
        if question.trains() && monitoring.validation_images > 0 {
            say(text!("No images are kept out to validate with."));
        }
        let settings = settings(question, &base, &request.hyperparameters, steps);
        Ok(Self { question, candidates, steps, settings, overrides })
    }
}

fn settings(question: Question, base: &ResNetSpec, hyperparameters: &Hyperparameters, steps: usize) -> String {
    let filters = base.start_filters();
    let filters = match question {
        Question::BatchNorm | Question::FirstStep => tr!("{filters} start filters", filters),
        _ if base.choices().batch_norm => tr!("{filters} start filters, with batch norm", filters),
        _ => tr!("{filters} start filters, without batch norm", filters),
    };
    let Hyperparameters { training_images, learning_rate, seed, .. } = *hyperparameters;
    let batch = hyperparameters.largest_batch();
    if question.trains() {
        tr!(
            "All with {filters}, batches of {batch} from {images} images, learning rate {rate}, {steps} steps, one run each from seed \
             {seed}.",
            filters,
            batch,
            images = grouped(training_images),
            rate = localised(&learning_rate.to_string()),
            steps,
            seed
        )
    } else {
        tr!("All with {filters}, batches of {batch}, first weights from seed {seed}.", filters, batch, seed)
    }
}
