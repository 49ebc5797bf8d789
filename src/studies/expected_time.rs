//! How long an experiment will take on a device whose speed was measured.

use crate::experiment::RunRequest;
use crate::insight::lesion::all_lesions;

use super::{Candidate, Pace, Plan, Question, conditions};

/// A forward pass alone takes about this share of a training step.
const FORWARD_SHARE: f64 = 1.0 / 3.0;

/// Training and testing time of all its networks in milliseconds, for the page's `request` and a speed in multiply-adds of the
/// forward pass a second. None where its networks cannot be built. Networks of other sizes may be faster or slower than the one
/// whose speed was measured.
pub fn expected_ms(question: Question, request: &RunRequest, multiply_adds_per_second: f64) -> Option<f64> {
    let page_steps = request.hyperparameters.total_steps();
    let (request, _) = conditions(question, request);
    let batch = request.hyperparameters.largest_batch().max(1);
    let pace = Pace::of_speed(multiply_adds_per_second, batch);
    let plan = Plan::new(question, &request, page_steps, question.trains().then_some(pace)).ok()?;
    let held_out = request.hyperparameters.held_out_images as f64 / batch as f64;
    let testing_ms = |candidate: &Candidate| {
        let passes = match question {
            Question::FirstStep => 0,
            Question::Lesions => 1 + all_lesions(&candidate.spec).len(),
            _ => 1,
        };
        pace.training_ms(candidate, passes) * held_out * FORWARD_SHARE
    };
    Some(plan.candidates.iter().map(|candidate| pace.training_ms(candidate, plan.steps) + testing_ms(candidate)).sum())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::{Named, NetworkChoices, ResNetSpec};
    use crate::studies::tests::request;

    #[test]
    fn a_faster_device_takes_less_time_until_all_that_is_wanted_is_done() {
        let page = request(NetworkChoices::default());
        for question in <Question as Named>::ALL {
            let at = |speed| expected_ms(*question, &page, speed).unwrap();
            assert!(at(4e9) < at(2e9), "{question:?}");
            assert!(at(1e9) < 700_000.0, "{question:?} is cut to about five minutes: {} s", at(1e9) / 1000.0);
        }
    }

    #[test]
    fn two_networks_of_a_hundred_steps_take_what_their_multiply_adds_take() {
        let mut page = request(NetworkChoices { depth: 29, ..Default::default() });
        page.hyperparameters.held_out_images = 0;
        let speed = 1e12;
        let networks = [true, false].map(|skip_connections| {
            ResNetSpec::new(NetworkChoices { depth: 29, skip_connections, ..Default::default() }).unwrap().cost().multiply_adds_per_image
        });
        let images = 100.0 * page.hyperparameters.batch_size as f64;
        let wanted = networks.map(|work| work as f64 * images / speed * 1000.0).iter().sum::<f64>();
        let expected = expected_ms(Question::SkipConnections, &page, speed).unwrap();
        assert!((expected / wanted - 1.0).abs() < 1e-9, "{expected} ms, {wanted} ms by hand");
    }
}
