//! What the network says of the first held-out images, for a glance beside the curves; and when to ask.

use crate::dataset::IMAGE_BYTES;
use crate::language::format::decimals;
use crate::language::{text, tr};

/// What the network says of an image.
#[derive(Debug, Clone, PartialEq)]
pub struct SampledPrediction {
    /// The class it takes it for, counted from 0.
    pub predicted: usize,
    /// Probability of that class, 0 to 1.
    pub probability: f32,
    /// The class that it shows.
    pub label: usize,
    /// The image, `[32, 32, 3]`, one byte a channel.
    pub pixels: Vec<u8>,
}

impl SampledPrediction {
    /// Whether it is right.
    pub fn is_right(&self) -> bool {
        self.predicted == self.label
    }

    /// `predicts cat (62 %); it is a dog`.
    pub fn words(&self, names: &[String]) -> String {
        let name = |class: usize| names.get(class).map_or(text!("another class"), String::as_str);
        let (predicted, label) = (name(self.predicted), name(self.label));
        let share = decimals(f64::from(self.probability * 100.0), 0);
        if label.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U']) {
            tr!("predicts {predicted} ({share} %); it is an {label}", predicted, share, label)
        } else {
            tr!("predicts {predicted} ({share} %); it is a {label}", predicted, share, label)
        }
    }
}

/// The first `most` images of encoded [`Predictions`](crate::evaluation::Predictions), and the steps done before.
///
/// All of them would be megabytes to decode on the page's own thread. `None` where the bytes are something else.
pub fn first_predictions(encoded: &[u8], most: usize) -> Option<(usize, Vec<SampledPrediction>)> {
    let (steps_done, rest) = number(encoded)?;
    let (classes, rest) = number(rest)?;
    let (plain, rest) = list(rest, 4)?;
    let (_, rest) = list(rest, 4)?;
    let (count, mut rest) = number(rest)?;
    if classes == 0 || plain.len() != count.checked_mul(classes)?.checked_mul(4)? {
        return None;
    }
    let mut labels = Vec::new();
    for _ in 0..count {
        let (label, after) = number(rest)?;
        rest = after;
        if labels.len() < most {
            labels.push(label);
        }
    }
    let (pixels, _) = list(rest, 1)?;
    let images = labels.iter().zip(plain.chunks_exact(4 * classes)).enumerate();
    let sampled = images.map(|(place, (label, probabilities))| {
        let probabilities = probabilities.chunks_exact(4).map(|bytes| bytes.try_into().map_or(0.0, f32::from_le_bytes));
        let (predicted, probability) = probabilities.enumerate().fold((0, 0.0), |best, next| if next.1 > best.1 { next } else { best });
        let pixels = pixels.chunks_exact(IMAGE_BYTES).nth(place).unwrap_or_default().to_vec();
        SampledPrediction { predicted, probability, label: *label, pixels }
    });
    Some((steps_done, sampled.collect()))
}

/// A whole number at the start, and what follows it.
fn number(bytes: &[u8]) -> Option<(usize, &[u8])> {
    postcard::take_from_bytes::<usize>(bytes).ok()
}

/// A list of items of `size` bytes each, and what follows it.
fn list(bytes: &[u8], size: usize) -> Option<(&[u8], &[u8])> {
    let (count, rest) = number(bytes)?;
    rest.split_at_checked(count.checked_mul(size)?)
}

/// Share of the training time that asking may take.
const SHARE: f64 = 0.05;
/// Milliseconds that it may take before there is any training time to have a share of.
const FREE_MS: f64 = 1000.0;
/// Milliseconds that it may take once a run waits or is over.
const FREE_WHILE_WAITING_MS: f64 = 5000.0;
/// Milliseconds between two answers while it trains: nobody looks at sixteen images more often.
const PAUSE_MS: f64 = 3000.0;

/// Keeps what the strip of predictions costs small: asking is a pass over all held-out images and their mirror images, and
/// training waits for it.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct PredictionPace {
    evaluation_began_ms: Option<f64>,
    evaluation_ms: f64,
    asked_ms: Option<f64>,
    answered_ms: Option<f64>,
    last_took_ms: Option<f64>,
    spent_ms: f64,
}

impl PredictionPace {
    /// A pass over the held-out images is under way.
    pub fn evaluates(&mut self, now_ms: f64) {
        self.evaluation_began_ms.get_or_insert(now_ms);
    }

    /// An epoch is over, its passes made.
    pub fn epoch_ended(&mut self, now_ms: f64) {
        if let Some(began) = self.evaluation_began_ms.take() {
            self.evaluation_ms = now_ms - began;
        }
    }

    /// Whether to ask now. `training_ms` is the time spent in training steps so far; `waits` says that the run is paused or
    /// over.
    pub fn may_ask(&self, now_ms: f64, training_ms: f64, waits: bool) -> bool {
        // Twice the images of a pass, and their pixels to be read back.
        let expected = self.last_took_ms.unwrap_or(2.5 * self.evaluation_ms);
        let rested = self.answered_ms.is_none_or(|answered| now_ms - answered >= PAUSE_MS);
        let cheap = self.spent_ms + expected <= FREE_MS + SHARE * training_ms;
        self.asked_ms.is_none() && if waits { expected <= FREE_WHILE_WAITING_MS } else { rested && cheap }
    }

    /// It was asked.
    pub fn asked(&mut self, now_ms: f64) {
        self.asked_ms = Some(now_ms);
    }

    /// What was asked for does not come any more.
    pub fn trainer_is_gone(&mut self) {
        self.asked_ms = None;
    }

    /// The answer is there; asked for here or by somebody else.
    pub fn answered(&mut self, now_ms: f64) {
        self.answered_ms = Some(now_ms);
        if let Some(asked) = self.asked_ms.take() {
            let took = now_ms - asked;
            self.last_took_ms = Some(took);
            self.spent_ms += took;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluation::Predictions;
    use crate::protocol::encode;

    fn made_up(images: usize) -> Predictions {
        let each = [0.1, 0.7, 0.2];
        Predictions {
            steps_done: 300,
            classes: 3,
            plain: (0..images).flat_map(|_| each).collect(),
            with_mirror_images: (0..images).flat_map(|_| each).collect(),
            labels: (0..images).map(|image| if image == 0 { 1 } else { 2 }).collect(),
            pixels: (0..images * IMAGE_BYTES).map(|place| (place / IMAGE_BYTES) as u8).collect(),
        }
    }

    #[test]
    fn the_first_images_are_read_without_the_others() {
        let (steps_done, first) = first_predictions(&encode(&made_up(200)), 16).unwrap();
        assert_eq!((steps_done, first.len()), (300, 16));
        assert_eq!((first[0].predicted, first[0].probability, first[0].is_right()), (1, 0.7, true));
        assert_eq!((first[15].label, first[15].is_right()), (2, false));
        assert!(first[15].pixels.len() == IMAGE_BYTES && first[15].pixels.iter().all(|byte| *byte == 15), "its own pixels");
    }

    #[test]
    fn what_is_no_prediction_is_refused() {
        let whole = encode(&made_up(20));
        for length in 0..whole.len().min(2000) {
            let _ = first_predictions(&whole[..length], 16);
        }
        assert_eq!(first_predictions(&[], 16), None);
        assert_eq!(first_predictions(&whole[..100], 16), None, "cut off");
    }

    #[test]
    fn a_prediction_is_told_with_its_truth() {
        let names: Vec<String> = ["cat", "dog", "airplane"].map(Into::into).into();
        let of = |label| SampledPrediction { predicted: 0, probability: 0.62, label, pixels: Vec::new() };
        assert_eq!(of(1).words(&names), "predicts cat (62 %); it is a dog");
        assert_eq!(of(2).words(&names), "predicts cat (62 %); it is an airplane");
    }

    #[test]
    fn asking_takes_a_twentieth_of_the_training_time_at_most() {
        let mut pace = PredictionPace::default();
        let (mut now, mut training, mut spent) = (0.0, 0.0, 0.0);
        for _ in 0..100 {
            training += 2000.0;
            now += 2000.0;
            pace.evaluates(now);
            now += 800.0;
            pace.epoch_ended(now);
            if pace.may_ask(now, training, false) {
                pace.asked(now);
                assert!(!pace.may_ask(now, training, true), "one question at a time");
                now += 2000.0;
                spent += 2000.0;
                pace.answered(now);
            }
        }
        assert!(spent > 0.0 && spent <= FREE_MS + SHARE * training, "{spent} of {training} ms");
    }

    #[test]
    fn a_trainer_that_is_gone_owes_no_answer() {
        let mut pace = PredictionPace::default();
        pace.asked(0.0);
        assert!(!pace.may_ask(10_000.0, 100_000.0, false));
        pace.trainer_is_gone();
        assert!(pace.may_ask(10_000.0, 100_000.0, false));
    }

    #[test]
    fn quick_answers_come_at_once_and_not_more_often_than_anyone_looks() {
        let mut pace = PredictionPace::default();
        pace.evaluates(1000.0);
        pace.epoch_ended(1100.0);
        assert!(pace.may_ask(1100.0, 900.0, false), "after the first epoch");
        pace.asked(1100.0);
        pace.answered(1300.0);
        assert!(!pace.may_ask(2300.0, 1900.0, false), "a second later");
        assert!(pace.may_ask(2300.0, 1900.0, true), "unless the run waits");
        assert!(pace.may_ask(5000.0, 10_000.0, false), "some seconds later");
    }
}
