//! The course as a whole: what it says, and what counts as an answer.

use super::*;
use crate::drawing::network::{NetworkEnd, Part};
use crate::drawing::plot::{CurveRole, CurveSeries};
use crate::experiment::glossary;
use crate::experiment::permalink::{self, LessonStep};
use crate::experiment::validation::problems;
use crate::experiment::{DeviceChoice, Experiment};
use crate::spec::{BlockOrder, BlockPlace, Named, NetworkChoices, ResNetSpec};
use crate::studies::{ChartKind, ExperimentChart, ExperimentReport, Question};

/// A step as it is begun.
fn begun(id: LessonStep) -> Evidence {
    let experiment = step(id).experiment(&Experiment::default());
    Evidence { began: experiment.clone(), experiment, ..Evidence::default() }
}

fn judged(id: LessonStep, evidence: &Evidence) -> Verdict {
    (step(id).check)(evidence)
}

/// Fields filled in with these texts.
fn typed(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// A change of the network of a step that was begun.
fn changed(id: LessonStep, change: impl FnOnce(&mut NetworkChoices)) -> Evidence {
    let mut evidence = begun(id);
    change(&mut evidence.experiment.network);
    evidence
}

fn study(question: Question, kind: ChartKind, curves: &[&[f64]]) -> Option<StudyFigures> {
    let curve = |values: &&[f64]| CurveSeries {
        name: "measured".into(),
        role: CurveRole::Training,
        points: (1..).map(f64::from).zip(values.iter().copied()).collect(),
        smoothed: false,
        markers: false,
    };
    let chart = ExperimentChart { kind, x_end: 40.0, curves: curves.iter().map(curve).collect() };
    let report = ExperimentReport { finding: "It was measured.".into(), charts: vec![chart], ..ExperimentReport::default() };
    Some(StudyFigures { question, is_of_other_settings: false, is_over: true, is_complete: true, report })
}

#[test]
fn each_step_begins_with_an_experiment_that_trains() {
    for &id in LessonStep::ALL {
        let step = step(id);
        let link = permalink::read(step.link);
        assert_eq!(link.notices, Vec::<String>::new(), "{id:?}");
        assert_eq!(problems(&link.experiment, None), [], "{id:?}");
        assert_eq!(permalink::write(&link.experiment, &link.view), step.link, "{id:?} says it as a link of the page does");
        let on_cpu = Experiment { device: DeviceChoice::Cpu, ..Experiment::default() };
        assert_eq!(step.experiment(&on_cpu).device, DeviceChoice::Cpu, "the visitor's device stays");
    }
}

#[test]
fn texts_are_short_and_their_terms_are_in_the_glossary() {
    for &id in LessonStep::ALL {
        let step = step(id);
        assert!((2..=4).contains(&step.text.len()), "{id:?} has {} paragraphs", step.text.len());
        assert!(step.question.ends_with('?') && step.task.ends_with('.'), "{id:?}");
        for paragraph in step.text {
            assert!(paragraph.len() < 480, "{id:?}: {paragraph}");
            let shown: Vec<Piece> = pieces(paragraph);
            for piece in shown {
                match piece {
                    Piece::Term { name, .. } => assert_ne!(glossary::explanation(name), "", "{id:?}: {name}"),
                    Piece::Words(words) => assert!(!words.contains(['[', '`', ']']), "{id:?}: a mark without its end in {words}"),
                    Piece::Code(_) => {}
                }
            }
        }
    }
}

#[test]
fn the_lines_that_a_step_is_about_are_in_its_own_code() {
    for &id in LessonStep::ALL {
        let excerpt = step(id).code.excerpt(&begun(id).experiment);
        assert!(excerpt.lines.iter().any(|line| line.2), "{id:?} marks nothing");
    }
    let order = step(LessonStep::Order).code.excerpt(&begun(LessonStep::Order).experiment);
    assert!(order.lines.iter().any(|line| line.2 && line.1.contains("convolution(")), "the step's own network: {order:?}");
}

#[test]
fn nothing_is_answered_before_something_was_done() {
    for &id in LessonStep::ALL {
        let Verdict::NotYet(hint) = judged(id, &begun(id)) else { panic!("{id:?} is answered by being opened") };
        assert!(hint.ends_with('.'), "{id:?}: {hint}");
    }
}

#[test]
fn a_network_that_cannot_be_built_is_no_answer() {
    for &id in LessonStep::ALL {
        let mut evidence = changed(id, |network| network.depth = 21);
        evidence.typed = typed(&["3", "56", "12", "1", "2", "3", "4", "5"]);
        assert!(!judged(id, &evidence).is_done(), "{id:?}");
        let _ = step(id).sheet(&evidence.experiment);
    }
}

#[test]
fn depth_is_answered_by_what_was_measured() {
    let mut evidence = begun(LessonStep::Depth);
    evidence.study = study(Question::Depth, ChartKind::LossByDepth, &[&[0.36, 0.43, 0.37, 0.36], &[0.35, 0.64, 0.67, 0.63]]);
    assert!(judged(LessonStep::Depth, &evidence).sentence().contains("choose"));
    evidence.choice = Some(0);
    assert!(judged(LessonStep::Depth, &evidence).sentence().starts_with("The numbers say something else"), "lower is wrong");
    evidence.choice = Some(2);
    let verdict = judged(LessonStep::Depth, &evidence);
    assert!(verdict.is_done() && verdict.sentence().contains("0.35") && verdict.sentence().contains("0.63"), "{verdict:?}");
    evidence.study = study(Question::Depth, ChartKind::LossByDepth, &[&[0.36, 0.36], &[0.63, 0.35]]);
    assert!(!judged(LessonStep::Depth, &evidence).is_done(), "other numbers, another answer");
    for nothing in [&[][..], &[f64::NAN, 0.5], &[0.5]] {
        evidence.study = study(Question::Depth, ChartKind::LossByDepth, &[nothing, nothing]);
        assert!(judged(LessonStep::Depth, &evidence).sentence().contains("Ask once more"), "{nothing:?}");
    }
    evidence.study = study(Question::FirstStep, ChartKind::LossByDepth, &[&[0.36, 0.43], &[0.35, 0.64]]);
    assert!(judged(LessonStep::Depth, &evidence).sentence().contains("“Is deeper better?”"), "another question was asked");
}

#[test]
fn the_block_is_the_one_that_was_asked_for_and_no_other() {
    let switched = |places: &[(usize, usize)]| {
        changed(LessonStep::Block, |network| {
            network.switched_blocks = places.iter().map(|(stage, block)| BlockPlace { stage: *stage, block: *block }).collect();
        })
    };
    assert!(judged(LessonStep::Block, &switched(&[(0, 1)])).is_done());
    assert!(judged(LessonStep::Block, &switched(&[(1, 1)])).sentence().contains("stage 2, block 2"), "the wrong one is named");
    assert!(judged(LessonStep::Block, &switched(&[(0, 1), (1, 0)])).sentence().contains("2 blocks"));
    let plain = changed(LessonStep::Block, |network| network.skip_connections = false);
    assert!(judged(LessonStep::Block, &plain).sentence().contains("the switch in the bar"));
    let mut so_before = switched(&[(0, 1)]);
    so_before.began = so_before.experiment.clone();
    assert!(!judged(LessonStep::Block, &so_before).is_done(), "nothing was done for it");
}

#[test]
fn sums_are_added_channel_by_channel() {
    let mut evidence = begun(LessonStep::Sum);
    evidence.typed = typed(&["2.5", "0.5", "0", "1", "0.5", "0"]);
    assert!(judged(LessonStep::Sum, &evidence).is_done());
    evidence.typed = typed(&["2,5", "0,5", "0", "1", "0.5", "0.5"]);
    assert!(judged(LessonStep::Sum, &evidence).sentence().contains("channel 3, without"), "there only F(x) is left");
}

#[test]
fn the_order_that_leaves_the_sum_alone_is_pre_activation() {
    let chosen = changed(LessonStep::Order, |network| network.order = BlockOrder::PreActivation);
    assert!(judged(LessonStep::Order, &chosen).is_done());
    let linear = changed(LessonStep::Order, |network| network.activation = crate::spec::Activation::None);
    assert!(!judged(LessonStep::Order, &linear).is_done(), "no activation at all is not what was asked");
    let plain = changed(LessonStep::Order, |network| network.skip_connections = false);
    assert!(judged(LessonStep::Order, &plain).sentence().contains("there is no sum"));
    let so_before = Evidence { began: chosen.experiment.clone(), ..chosen };
    assert!(judged(LessonStep::Order, &so_before).sentence().contains("Set it up"));
}

#[test]
fn the_projection_is_counted_at_the_block_that_was_pointed_at() {
    let mut evidence = begun(LessonStep::Projection);
    evidence.typed = typed(&["32", "64", "2,112"]);
    assert!(judged(LessonStep::Projection, &evidence).sentence().contains("Point at"), "numbers alone are not enough");
    evidence.parts = vec![Part::Blocks { stage: 0, blocks: 0..1 }];
    assert!(!judged(LessonStep::Projection, &evidence).is_done(), "another block");
    evidence.parts.push(Part::Arc { stage: 1, blocks: 0..1 });
    let verdict = judged(LessonStep::Projection, &evidence);
    assert_eq!(verdict, Verdict::Done("32 × 64 + 64 = 2112 parameters, in the name of shape.".into()));
    evidence.typed = typed(&["32", "64", "2048"]);
    assert!(judged(LessonStep::Projection, &evidence).sentence().contains("a bias for each channel out"));
    evidence.experiment.network.start_filters = 4;
    evidence.typed = typed(&["16", "32", "544"]);
    assert!(judged(LessonStep::Projection, &evidence).is_done(), "of the network that is drawn");
}

#[test]
fn shapes_are_those_of_the_layers() {
    let mut evidence = begun(LessonStep::Shapes);
    let sheet = step(LessonStep::Shapes).sheet(&evidence.experiment).unwrap();
    let names: Vec<&str> = sheet.rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["x", "conv 1: 1×1, stride 2", "conv 2: 3×3, stride 1", "conv 3: 1×1, stride 1", "shortcut: 1×1, stride 2", "sum"]);
    let (narrow, wide) = (["16", "16", "16", "32"], ["16", "16", "16", "64"]);
    evidence.typed = typed(&[narrow, narrow, wide, wide, wide].concat());
    let verdict = judged(LessonStep::Shapes, &evidence);
    assert!(verdict.is_done() && verdict.sentence().contains("16×16×64"), "{verdict:?}");
    evidence.typed[1] = "32".into();
    assert!(judged(LessonStep::Shapes, &evidence).sentence().contains("Stride 2 halves the height"));
    evidence.experiment.network.stages = 1;
    evidence.experiment.network.depth = 8;
    assert!(!judged(LessonStep::Shapes, &evidence).is_done(), "another network, other shapes");
}

#[test]
fn the_formula_is_worked_out_and_set() {
    let id = LessonStep::DepthFormula;
    let mut evidence = begun(id);
    evidence.typed = typed(&["3", "56", "12"]);
    assert!(judged(id, &evidence).sentence().contains("2 blocks so far: 9 × 2 + 2"));
    evidence.experiment.network.depth = 38;
    assert_eq!(judged(id, &evidence), Verdict::Done("Four blocks in each stage: 9 × 4 + 2.".into()));
    evidence.typed = typed(&["3", "54", "12"]);
    assert!(judged(id, &evidence).sentence().contains("ResNet-56, depth"), "the table counts too");
    evidence.typed = typed(&["3", "56", "12"]);
    evidence.experiment.network.depth = 40;
    assert!(judged(id, &evidence).sentence().contains("depth 40"));
}

#[test]
fn two_or_four_convolutions_change_the_formula() {
    let id = LessonStep::Convolutions;
    let with = |convolutions, depth| {
        let mut evidence = changed(id, |network| (network.convolutions_per_block, network.depth) = (convolutions, depth));
        evidence.typed = typed(&["6", "12"]);
        judged(id, &evidence)
    };
    assert!(with(2, 20).is_done() && with(4, 26).is_done());
    assert!(with(3, 29).sentence().contains("still has three"));
    assert_eq!(
        with(4, 20),
        Verdict::NotYet("The numbers are right. Depth 20 does not follow 12n + 2: make it 14 or 26.".into()),
        "the neighbours are named"
    );
}

#[test]
fn the_head_is_counted_where_it_is_drawn() {
    let mut evidence = begun(LessonStep::Head);
    evidence.typed = typed(&["128", "10", "5130"]);
    assert!(!judged(LessonStep::Head, &evidence).is_done(), "it has to be pointed at");
    evidence.parts = vec![Part::End(NetworkEnd::Scores)];
    assert!(judged(LessonStep::Head, &evidence).is_done());
    evidence.typed = typed(&["128", "10", "5120"]);
    assert!(judged(LessonStep::Head, &evidence).sentence().contains("a bias for each score"));
}

#[test]
fn training_is_answered_by_a_run_that_is_finished() {
    let mut evidence = begun(LessonStep::Training);
    let finished =
        RunFigures { network: evidence.experiment.network.clone(), is_finished: true, last_loss: Some(0.31), ..RunFigures::default() };
    evidence.choice = Some(0);
    evidence.run = Some(RunFigures { is_finished: false, ..finished.clone() });
    assert!(!judged(LessonStep::Training, &evidence).is_done(), "it is under way");
    evidence.run = Some(RunFigures { is_finished: false, is_of_other_settings: true, ..finished.clone() });
    assert!(judged(LessonStep::Training, &evidence).sentence().contains("Apply changes"), "what a run of one's own needs");
    evidence.run = Some(RunFigures { is_finished: false, has_failed: true, ..finished.clone() });
    assert!(judged(LessonStep::Training, &evidence).sentence().contains("broke off"));
    evidence.run = Some(finished.clone());
    let verdict = judged(LessonStep::Training, &evidence);
    assert!(verdict.is_done() && verdict.sentence().contains("0.31") && verdict.sentence().contains("0.69"), "{verdict:?}");
    evidence.choice = Some(2);
    assert!(!judged(LessonStep::Training, &evidence).is_done());
    evidence.run = Some(RunFigures { last_loss: Some(f64::NAN), ..finished });
    assert!(judged(LessonStep::Training, &evidence).sentence().contains("no longer a number"));
}

#[test]
fn the_gradient_is_read_next_to_the_image() {
    let id = LessonStep::Gradient;
    let mut evidence = begun(id);
    evidence.study = study(Question::FirstStep, ChartKind::FirstGradients, &[&[-3.0, -3.2], &[-6.0, -6.3], &[-20.7, -21.1]]);
    evidence.choice = Some(0);
    assert!(!judged(id, &evidence).is_done());
    evidence.choice = Some(2);
    let verdict = judged(id, &evidence);
    assert!(verdict.is_done() && verdict.sentence().contains("10^−3") && verdict.sentence().contains("10^−21"), "{verdict:?}");
    evidence.study = study(Question::FirstStep, ChartKind::FirstGradients, &[&[-3.0], &[f64::NEG_INFINITY], &[-20.7]]);
    assert!(!judged(id, &evidence).is_done(), "no gradient at all is the smallest");
    evidence.study = study(Question::FirstStep, ChartKind::FirstGradients, &[&[-3.0]]);
    assert!(judged(id, &evidence).sentence().contains("Ask once more"));
}

#[test]
fn the_result_is_read_off_the_last_ten_steps() {
    let id = LessonStep::Result;
    let mut evidence = begun(id);
    let curve = |start: f64, end: f64| [vec![start; 5], vec![end; 10]].concat();
    evidence.study = study(Question::SkipConnections, ChartKind::Loss, &[&curve(3.0, 0.3), &curve(0.1, 0.6)]);
    for (choice, is_right) in [(0, true), (1, false), (2, false)] {
        evidence.choice = Some(choice);
        assert_eq!(judged(id, &evidence).is_done(), is_right, "answer {choice}");
    }
    evidence.study = study(Question::SkipConnections, ChartKind::Loss, &[&curve(3.0, 0.60), &curve(0.1, 0.62)]);
    evidence.choice = Some(1);
    assert!(judged(id, &evidence).is_done(), "too close to tell");
    if let Some(study) = &mut evidence.study {
        study.is_over = false;
    }
    assert!(judged(id, &evidence).sentence().contains("being measured"));
    if let Some(study) = &mut evidence.study {
        (study.is_over, study.is_complete) = (true, false);
    }
    assert!(judged(id, &evidence).sentence().contains("ended before all was measured"), "stopped by the reader");
    if let Some(study) = &mut evidence.study {
        (study.is_complete, study.is_of_other_settings) = (true, true);
    }
    assert!(judged(id, &evidence).sentence().contains("other settings"), "asked of the reader's own network");
}

#[test]
fn every_network_of_the_course_is_small_enough_for_a_cpu() {
    for id in [LessonStep::Depth, LessonStep::Training, LessonStep::Gradient, LessonStep::Result] {
        let Experiment { network, hyperparameters, .. } = begun(id).experiment;
        let spec = ResNetSpec::new(network).unwrap();
        let multiply_adds = spec.cost().multiply_adds_per_image * (hyperparameters.total_steps() * hyperparameters.batch_size) as u64;
        assert!(multiply_adds < 10_000_000_000, "{id:?}: {multiply_adds}");
    }
}
