use super::*;
use crate::dataset::DatasetManifest;
use crate::evaluation::gap::GapMetrics;
use crate::evaluation::metrics::StepMetrics;
use crate::experiment::weight_init::StartingPoint;
use crate::experiment::{Experiment, RunId, TrainError};
use crate::insight::layer_stats::{LayerGradients, NetworkLook};
use crate::protocol::{PROTOCOL_VERSION, Phase, TrainCommand, TrainEvent};

fn plan() -> RunPlan {
    plan_of(Experiment::default())
}

pub(super) fn plan_of(experiment: Experiment) -> RunPlan {
    let manifest = DatasetManifest::without_images();
    RunPlan::new(experiment, &DatasetSource { url: "http://localhost/data/".into(), manifest }, StartingPoint::Fresh)
}

pub(super) fn ready() -> TrainEvent {
    TrainEvent::Ready { protocol_version: PROTOCOL_VERSION, device: "CPU".into() }
}

pub(super) fn steps(range: std::ops::Range<usize>, training_ms: f64) -> TrainEvent {
    TrainEvent::Steps { steps: range.map(|step| StepMetrics { step, loss: 2.0, accuracy: 0.1 }).collect(), training_ms, memory_bytes: 0 }
}

pub(super) fn started(trainer: TrainerKind) -> RunState {
    let mut state = RunState::default();
    assert_eq!(state.begin(plan(), RunId::new(7), Wanted::Playing), vec![], "there was no run to stop");
    assert_eq!(state.launch(trainer, None), vec![TrainerEffect::Start(trainer)], "the trainer asked for");
    state
}

/// The last epoch as the trainer tells it.
pub(super) fn end_epoch(state: &mut RunState, epoch: usize, accuracy: f32) {
    let steps_done = state.run().unwrap().steps_done();
    let held_out = crate::evaluation::metrics::HeldOutMetrics { step: steps_done, loss: 2.0, accuracy, images: 100 };
    let record = crate::experiment::callbacks::EpochRecord {
        epoch,
        steps_done,
        learning_rate: 0.003,
        loss: 2.0,
        accuracy,
        validation: None,
        held_out,
        averaged: None,
        is_best: false,
        shortens_steps: false,
        stops: false,
    };
    drop(state.apply(TrainEvent::HeldOut(held_out)));
    drop(state.apply(TrainEvent::EpochEnd(Box::new(record))));
}

fn is_prepare(effect: &TrainerEffect) -> bool {
    matches!(effect, TrainerEffect::Post(TrainCommand::Prepare(_)))
}

#[test]
fn nothing_is_sent_before_the_trainer_is_ready() {
    let mut state = started(TrainerKind::Cpu);
    assert_eq!(state.pause(), vec![], "it could not hear this");
    assert_eq!(state.play(), vec![], "nor this");
    let effects = state.apply(ready());
    assert!(is_prepare(&effects[0]), "first of all the request");
    let TrainerEffect::Post(TrainCommand::KeepWork { id, name, link }) = &effects[1] else {
        panic!("kept for the next visit: {effects:?}")
    };
    assert_eq!((*id, name.as_str(), link.as_str()), (RunId::new(7), "first run", "v=1"), "as itself");
    assert_eq!(effects[2..], [TrainerEffect::Post(TrainCommand::Run)], "then what the user wants by now");
}

#[test]
fn a_run_paused_while_its_trainer_was_fetched_waits() {
    let mut state = started(TrainerKind::Cpu);
    drop(state.pause());
    let effects = state.apply(ready());
    assert_eq!(effects.len(), 2, "prepared and kept, not running");
    assert!(!state.is_playing(), "the button shows Play");
}

#[test]
fn a_trainer_of_another_version_is_stopped() {
    let mut state = started(TrainerKind::Cpu);
    let effects = state.apply(TrainEvent::Ready { protocol_version: PROTOCOL_VERSION + 1, device: "CPU".into() });
    assert_eq!(effects, vec![TrainerEffect::Stop], "its events could mean anything");
    assert!(state.run().unwrap().is_over(), "and the page says why");
}

#[test]
fn without_webgpu_the_cpu_takes_over_and_says_why() {
    let mut state = started(TrainerKind::WebGpu);
    drop(state.apply(ready()));
    let effects = state.apply(TrainEvent::Failed(TrainError::NoWebGpu { reason: "no timestamps".into() }));
    assert_eq!(effects, vec![TrainerEffect::Start(TrainerKind::Cpu)], "the other trainer");
    let run = state.run().unwrap();
    assert!(run.note.as_ref().unwrap().contains("no timestamps"), "with the reason");
    let effects = state.apply(ready());
    assert!(is_prepare(&effects[0]), "the same run again");
    assert_eq!(effects[2], TrainerEffect::Post(TrainCommand::Run), "still playing");
}

#[test]
fn a_cpu_trainer_that_wants_webgpu_does_not_loop() {
    let mut state = started(TrainerKind::Cpu);
    let effects = state.apply(TrainEvent::Failed(TrainError::NoWebGpu { reason: String::new() }));
    assert_eq!(effects, vec![TrainerEffect::Stop], "an error like any other");
}

#[test]
fn steps_and_passes_are_kept_in_order() {
    let mut state = started(TrainerKind::Cpu);
    drop(state.apply(ready()));
    drop(state.apply(steps(0..3, 300.0)));
    drop(state.apply(steps(3..40, 4000.0)));
    let run = state.run().unwrap();
    assert_eq!((run.steps_done(), run.epoch()), (40, 2), "32 steps an epoch");
    assert_eq!(run.total_steps(), 320, "ten epochs of 1000 images in batches of 32, the last one of 8");
    assert!((run.images_per_second().unwrap() - 314.0).abs() < 1e-9, "1000 and 8 × 32 images in 4 seconds");
}

#[test]
fn one_step_ends_in_a_pause() {
    let mut state = started(TrainerKind::Cpu);
    drop(state.apply(ready()));
    assert_eq!(state.step(), vec![TrainerEffect::Post(TrainCommand::StepAndLook)], "asked of the trainer");
    drop(state.apply(TrainEvent::Phase(Phase::Paused)));
    assert_eq!(state.run().unwrap().wanted, Wanted::OneStep, "the pause before the step is not its end");
    drop(state.apply(steps(0..1, 10.0)));
    drop(state.apply(TrainEvent::Phase(Phase::Paused)));
    assert_eq!(state.run().unwrap().wanted, Wanted::Paused, "done");
}

#[test]
fn images_that_do_not_come_pause_the_run_and_say_how_to_go_on() {
    let mut state = started(TrainerKind::Cpu);
    drop(state.apply(ready()));
    drop(state.apply(steps(0..5, 100.0)));
    drop(state.apply(TrainEvent::ImagesMissing { reason: "the images could not be loaded: offline".into() }));
    drop(state.apply(TrainEvent::Phase(Phase::Paused)));
    let run = state.run().unwrap();
    let note = "Training waits: the images could not be loaded: offline. Play asks for them again.";
    assert_eq!((run.wanted, run.note.as_deref()), (Wanted::Paused, Some(note)));
    assert_eq!(state.play(), vec![TrainerEffect::Post(TrainCommand::Run)]);
}

#[test]
fn a_run_that_is_not_kept_says_so_once_and_trains_on() {
    let said = "This run is not kept for the next visit: no room.";
    for (note, wanted) in [(None, said.to_owned()), (Some("It trains on the CPU."), format!("It trains on the CPU. {said}"))] {
        let mut state = RunState::default();
        drop(state.begin(plan(), RunId::new(7), Wanted::Playing));
        drop(state.launch(TrainerKind::Cpu, note.map(str::to_owned)));
        drop(state.apply(ready()));
        for step in 0..3 {
            drop(state.apply(steps(step..step + 1, 100.0)));
            assert_eq!(state.apply(TrainEvent::NotKept { reason: "no room".into() }), vec![], "nothing ends");
        }
        let run = state.run().unwrap();
        assert_eq!(run.note.as_deref(), Some(wanted.as_str()), "beside what was said before");
        assert_eq!((run.is_playing(), run.kept, run.steps_done()), (true, None, 3));
    }
}

#[test]
fn a_failed_run_keeps_its_curves_and_hears_nothing_more() {
    let mut state = started(TrainerKind::Cpu);
    drop(state.apply(ready()));
    drop(state.apply(steps(0..5, 100.0)));
    assert_eq!(state.apply(TrainEvent::Failed(TrainError::Diverged { step: 4 })), vec![TrainerEffect::Stop]);
    drop(state.apply(TrainEvent::Phase(Phase::Training)));
    let run = state.run().unwrap();
    assert_eq!(run.activity, Activity::Failed(TrainError::Diverged { step: 4 }), "the failure stays");
    assert_eq!(run.steps.len(), 5, "what was measured stays");
    assert_eq!(state.play(), vec![], "Restart is another button");
}

#[test]
fn other_settings_need_a_restart_only_while_there_is_a_run() {
    let mut state = RunState::default();
    let deeper = Experiment { network: crate::spec::NetworkChoices { depth: 20, ..Default::default() }, ..Default::default() };
    assert!(!state.needs_restart(&deeper), "nothing runs");
    drop(state.begin(plan(), RunId::new(7), Wanted::Playing));
    assert!(!state.needs_restart(&Experiment::default()), "the same settings");
    assert!(state.needs_restart(&deeper), "other settings");
    assert_eq!(state.reset(), vec![TrainerEffect::Stop], "the worker ends with it");
    assert_eq!(state, RunState::default(), "and everything is forgotten");
}

#[test]
fn each_activity_has_its_words() {
    let mut state = started(TrainerKind::WebGpu);
    let said = |state: &RunState| (state.run().unwrap().phase_words(), state.run().unwrap().phase_detail());
    assert_eq!(said(&state), ("Fetching the trainer…", String::new()));
    state.arriving(Arrival { received_bytes: 1_230_000, total_bytes: 0 });
    assert_eq!(said(&state), ("Fetching the trainer…", "1.2 MB".into()), "of a page that was built without their sizes");
    state.arriving(Arrival { received_bytes: 1_230_000, total_bytes: 4_920_000 });
    assert_eq!(said(&state), ("Fetching the trainer…", "1.2 of 4.9 MB".into()));
    assert_eq!(state.run().unwrap().progress(), Progress::Share(0.25));
    drop(state.apply(ready()));
    drop(state.apply(TrainEvent::Phase(Phase::LoadingImages { received_bytes: 40, total_bytes: 100 })));
    assert_eq!(said(&state), ("Loading images", "40 %".into()), "numbers that move stand apart");
    drop(state.apply(TrainEvent::Phase(Phase::FirstStep)));
    assert_eq!(said(&state), ("Compiling kernels and taking the first step…", String::new()));
    drop(state.apply(TrainEvent::Phase(Phase::Evaluating { done: 120, total: 500 })));
    assert_eq!(said(&state), ("Measuring held-out accuracy", "120 of 500".into()));
    assert_eq!(state.run().unwrap().progress(), Progress::Share(0.24));
}

#[test]
fn the_step_axis_shows_a_short_run_whole_and_grows_with_a_long_one() {
    let mut state = started(TrainerKind::Cpu);
    assert_eq!(state.run().unwrap().steps_to_show(), 320, "ten epochs of 32 steps");
    drop(state.reset());
    let mut long = plan();
    long.experiment.hyperparameters.epochs = 1000;
    drop(state.begin(long, RunId::new(8), Wanted::Playing));
    assert_eq!(state.run().unwrap().steps_to_show(), 400, "not 32,000 while there is nothing to see");
    drop(state.apply(steps(0..320, 1000.0)));
    assert_eq!(state.run().unwrap().steps_to_show(), 1024, "twice sixteen epochs when ten are done");
}

#[test]
fn a_run_whose_blocks_are_left_out_says_so_and_keeps_what_was_found() {
    let mut state = started(TrainerKind::Cpu);
    drop(state.apply(ready()));
    drop(state.apply(steps(0..3, 100.0)));
    drop(state.apply(TrainEvent::Phase(Phase::Finished)));
    drop(state.apply(TrainEvent::Phase(Phase::LeavingOutBlocks { done: 3, total: 12 })));
    let run = state.run().unwrap();
    assert_eq!((run.phase_words(), run.phase_detail()), ("Removing blocks one at a time", "3 of 12".into()));
    assert_eq!((run.progress(), run.is_playing()), (Progress::Share(0.25), false), "busy, but not training");
    let report = crate::studies::ExperimentReport { finding: "Block 2 matters most.".into(), ..Default::default() };
    drop(state.apply(TrainEvent::Experiment(Box::new(report.clone()))));
    drop(state.apply(TrainEvent::Phase(Phase::Finished)));
    let run = state.run().unwrap();
    assert!(run.is_over() && run.lesions.as_deref() == Some(&report), "the run is as it was, and the report is there");
}

#[test]
fn a_run_whose_gap_is_explained_says_so_and_keeps_what_was_measured() {
    let mut state = started(TrainerKind::Cpu);
    drop(state.apply(ready()));
    drop(state.apply(steps(0..3, 100.0)));
    drop(state.apply(TrainEvent::Phase(Phase::Paused)));
    assert!(state.run().unwrap().can_be_measured());
    drop(state.apply(TrainEvent::Phase(Phase::ExplainingGap { done: 1, total: 4 })));
    let run = state.run().unwrap();
    assert_eq!((run.phase_words(), run.phase_detail()), ("Measuring training images again", "1 of 4".into()));
    assert_eq!((run.progress(), run.is_playing(), run.can_be_measured()), (Progress::Share(0.25), false, false), "busy, but not training");
    let gap = GapMetrics { steps_done: 3, mean_of_steps: 3, training_images: 9, levels: Vec::new() };
    drop(state.apply(TrainEvent::Gap(Box::new(gap.clone()))));
    drop(state.apply(TrainEvent::Phase(Phase::Paused)));
    assert_eq!(state.run().unwrap().gap.as_deref(), Some(&gap));
}

#[test]
fn a_long_run_keeps_its_first_and_its_newest_look_and_not_too_many() {
    let mut state = started(TrainerKind::Cpu);
    let look = |step| NetworkLook { gradients: LayerGradients { step, norms: vec![1.0] }, update_ratios: vec![1.0], blocks: Vec::new() };
    for step in 0..5000 {
        state.apply(TrainEvent::Looks(vec![look(step)]));
        let kept: Vec<usize> = state.run().unwrap().looks.iter().map(|look| look.gradients.step).collect();
        assert!(kept.len() <= 512 && kept[0] == 0 && kept.last() == Some(&step), "after step {step}: {} kept", kept.len());
        assert!(kept.is_sorted(), "in order");
    }
    assert!(state.run().unwrap().looks.len() >= 256, "no fewer than half of what there is room for");
}

#[test]
fn results_are_announced_and_nothing_before_the_first_step() {
    let mut state = started(TrainerKind::Cpu);
    drop(state.apply(ready()));
    assert_eq!(state.run().unwrap().announcement(), "", "a phase is no result");
    drop(state.apply(steps(0..32, 100.0)));
    let begun = state.run().unwrap().announcement();
    assert!(begun.starts_with("Training has begun: ") && begun.ends_with(" steps"), "{begun}");
    drop(state.apply(steps(32..64, 100.0)));
    assert_eq!(state.run().unwrap().announcement(), begun, "once, not at every step");
    end_epoch(&mut state, 1, 0.31);
    assert_eq!(state.run().unwrap().announcement(), "Epoch 1 of 10: 31 % of held-out images right");
    drop(state.apply(TrainEvent::Phase(Phase::Training)));
    assert_eq!(state.run().unwrap().announcement(), "Epoch 1 of 10: 31 % of held-out images right", "until there is another");
    drop(state.apply(TrainEvent::Phase(Phase::Finished)));
    assert_eq!(state.run().unwrap().announcement(), "Finished: 31 % of held-out images right");
}

#[test]
fn a_run_of_days_keeps_its_first_and_its_newest_steps_and_not_too_many() {
    let mut state = started(TrainerKind::Cpu);
    drop(state.apply(ready()));
    for part in 0..450 {
        drop(state.apply(steps(part * 1000..(part + 1) * 1000, part as f64)));
        let run = state.run().unwrap();
        assert!(run.steps.len() <= 100_000, "{} steps kept", run.steps.len());
        assert_eq!(run.is_thinned(), part >= 100, "and says whether some are left out");
    }
    let run = state.run().unwrap();
    assert_eq!((run.steps[0].step, run.steps_done()), (0, 450_000), "from the first to the last");
    assert!(run.steps.len() >= 40_000 && run.steps.is_sorted_by_key(|step| step.step), "in order");
    assert!(run.steps[run.steps.len() - 1000..].windows(2).all(|pair| pair[1].step == pair[0].step + 1), "the newest are all there");
    let gaps: Vec<_> = run.steps.windows(2).map(|pair| pair[1].step - pair[0].step).collect();
    assert!(gaps.iter().all(|gap| *gap <= 16), "no wide gap: {:?}", gaps.iter().max());
    drop(state.reset());
    assert!(state.history.runs()[0].thinned, "a kept run says it too");
}

#[test]
fn a_run_inside_of_another_page_leaves_nothing_in_the_storage() {
    let mut state = RunState { keeps_nothing: true, ..RunState::default() };
    drop(state.begin(plan(), RunId::new(7), Wanted::Playing));
    drop(state.launch(TrainerKind::Cpu, None));
    let mut effects = state.apply(ready());
    let mut longer = Experiment::default();
    longer.hyperparameters.learning_rate = 0.0003;
    effects.extend(state.retune(longer));
    assert!(!effects.iter().any(|effect| matches!(effect, TrainerEffect::Post(TrainCommand::KeepWork { .. }))), "{effects:?}");
    drop(state.reset());
    assert!(state.keeps_nothing, "the next one too");
}
