//! Results as files may hold them: whole, torn, foreign, of another version, many times over.

use proptest::prelude::*;

use crate::drawing::plot::{Chart, ChartAxes};

use super::*;

/// A result of a run that a page could make.
fn line(link: &str, accuracies: &[f64], outcome: Outcome) -> SweepLine {
    let epochs = accuracies.iter().zip(1..).map(|(accuracy, epoch)| EpochLine {
        epoch,
        steps: 4 * epoch,
        train_loss: Some(2.0 - accuracy),
        train_accuracy: Some(*accuracy),
        held_out_loss: None,
        held_out_accuracy: Some(*accuracy),
    });
    let seed = crate::experiment::permalink::read(link).experiment.hyperparameters.seed;
    SweepLine {
        version: FORMAT_VERSION,
        link: link.into(),
        varied: [("depth".to_owned(), "11".to_owned())].into(),
        seed,
        outcome,
        reason: String::new(),
        parameters: 1234,
        depth: 11,
        epochs: epochs.collect(),
        tests: vec![],
        elapsed_ms: 12,
        device: "CPU".into(),
        program: "0.1.0".into(),
    }
}

fn links() -> Vec<String> {
    let variations = ["depth=11,20".parse().unwrap(), "skips=on,off".parse().unwrap()];
    let base = crate::experiment::permalink::read("filters=2").experiment;
    plan(&base, &variations, 3, 10).unwrap().runs.into_iter().map(|run| run.link).collect()
}

/// Every run once: its accuracy follows from its place.
fn file() -> Vec<String> {
    links().iter().zip(0..).map(|(link, place)| line(link, &[0.1, 0.2 + 0.01 * f64::from(place)], Outcome::Finished).write()).collect()
}

fn read(text: &[u8]) -> (SweepResults, LineCounts) {
    let mut results = SweepResults::default();
    let counts = results.add(text);
    (results, counts)
}

#[test]
fn what_is_written_is_read_back() {
    let written = line(&links()[0], &[0.25, 0.5], Outcome::Diverged);
    let (results, counts) = read(written.write().as_bytes());
    assert_eq!((&results.all()[0].line, counts), (&written, LineCounts { results: 1, ..Default::default() }));
    assert!(begins_as_results(written.write().as_bytes()), "a dropped file is known by its beginning");
}

#[test]
fn shards_give_the_table_of_the_whole_in_any_order() {
    let lines = file();
    let whole = SweepTable::new(&read(lines.join("\n").as_bytes()).0);
    let (mut first, mut second): (Vec<_>, Vec<_>) = (vec![], vec![]);
    for (place, line) in lines.iter().enumerate() {
        if "1/2".parse::<Shard>().unwrap().has(place) { &mut first } else { &mut second }.push(line.clone());
    }
    let merged = SweepTable::new(&read([second, first].concat().join("\n").as_bytes()).0);
    assert_eq!(whole.groups, merged.groups);
    let names: Vec<_> = whole.groups.iter().map(|group| group.name.as_str()).collect();
    assert_eq!(names, ["depth 11, skips off", "depth 11, skips on", "depth 20, skips off", "depth 20, skips on"]);
    assert_eq!(whole.varying, ["depth", "skips"], "the seed is what groups leave out");
    let spread = whole.groups[1].held_out_accuracy.unwrap();
    assert!((spread.mean - 0.21).abs() < 1e-9 && spread.count == 3 && (spread.deviation.unwrap() - 0.01).abs() < 1e-9, "{spread:?}");
    assert_eq!(whole.groups[1].runs.iter().map(|run| run.line.seed).collect::<Vec<_>>(), [1, 2, 3]);
}

#[test]
fn lines_that_are_no_results_are_counted_and_told() {
    let good = file();
    let torn = &good[0][..good[0].len() - 20];
    let other = good[1].replacen(":1,", ":2,", 1);
    let negative = good[2].replace("\"held_out_accuracy\":0.1", "\"held_out_accuracy\":-0.1");
    let newer = good[3].replace("v=1&", "v=1&dropblock=0.1&");
    let text = [torn, &other, &negative, &newer, "epoch,loss", "{\"epoch\": 1}", "", &good[4], &good[4], "{\"resn"].join("\r\n");
    let (results, counts) = read(text.as_bytes());
    let wanted = LineCounts { results: 2, repeated: 1, torn: 2, other_version: 1, damaged: 2, foreign: 2, too_many: 0 };
    assert_eq!((counts, results.all().len()), (wanted, 1));
    let said = counts.sentences();
    assert_eq!(said.len(), 6, "each has its sentence: {said:?}");
    assert!(said[0].starts_with("2 results") && said[2].contains("cut off"), "{said:?}");
    assert!(read(b"").1.sentences()[0].starts_with("No results"));
}

#[test]
fn a_later_result_of_the_same_run_counts_and_a_failed_one_is_made_again() {
    let link = &links()[0];
    let failed = line(link, &[], Outcome::Failed).write();
    let finished = line(link, &[0.5], Outcome::Finished).write();
    let (results, _) = read(failed.as_bytes());
    assert!(!results.has(link), "it may go well next time");
    let (results, counts) = read(format!("{failed}\n{finished}").as_bytes());
    assert!(results.has(link) && counts.repeated == 1 && results.all()[0].line.outcome == Outcome::Finished);
    assert!(read(line(link, &[], Outcome::Diverged).write().as_bytes()).0.has(link), "it would diverge again");
}

#[test]
fn runs_that_did_not_finish_are_no_part_of_the_mean() {
    let links = links();
    let lines = [
        line(&links[0], &[0.1, 0.5], Outcome::Finished),
        line(&links[1], &[0.9], Outcome::Diverged),
        line(&links[2], &[], Outcome::Failed),
    ];
    let table = SweepTable::new(&read(lines.map(|line| line.write()).join("\n").as_bytes()).0);
    let group = &table.groups[0];
    assert_eq!((group.name.as_str(), group.held_out_accuracy.unwrap().mean), ("all runs", 0.5));
    assert_eq!([Outcome::Finished, Outcome::Diverged, Outcome::Failed].map(|outcome| group.count(outcome)), [1, 1, 1]);
    let curve = GroupCurve::new(group, Quantity::HeldOutAccuracy, 0);
    assert_eq!((curve.mean.points, curve.band.points.len()), (vec![(1.0, 0.1), (2.0, 0.5)], 0), "one run has no band");
}

#[test]
fn curves_go_as_far_as_all_runs_did() {
    let links = links();
    let lines = [line(&links[0], &[0.1, 0.5, 0.9], Outcome::Finished), line(&links[1], &[0.3, 0.7], Outcome::Finished)];
    let table = SweepTable::new(&read(lines.map(|line| line.write()).join("\n").as_bytes()).0);
    let curve = GroupCurve::new(&table.groups[0], Quantity::HeldOutAccuracy, 0);
    assert_eq!(curve.band.points, [(1.0, [0.1, 0.3]), (2.0, [0.5, 0.7])]);
    assert!((curve.mean.points[1].1 - 0.6).abs() < 1e-12);
    assert!(GroupCurve::new(&table.groups[0], Quantity::TrainingLoss, 0).mean.points.len() == 2);
}

#[test]
fn what_windows_writes_is_read() {
    let text = file().join("\r\n");
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(read(&utf16).1.results, 12);
    assert_eq!(read(format!("\u{feff}{text}").as_bytes()).1, LineCounts { results: 12, ..Default::default() });
}

#[test]
fn deep_brackets_and_endless_numbers_are_no_results() {
    let deep = "[".repeat(100_000);
    let within = format!("{{\"resnet_playground_sweep\":1,\"link\":{deep}");
    let endless = file()[0].replace("\"elapsed_ms\":12", &format!("\"elapsed_ms\":1{}", "0".repeat(400)));
    let infinite = file()[1].replace("\"train_loss\":1.9", "\"train_loss\":1e999");
    let counts = read([deep, within, endless, infinite].join("\n").as_bytes()).1;
    assert_eq!((counts.results, counts.foreign + counts.torn + counts.damaged), (0, 4), "{counts:?}");
}

proptest! {
    #[test]
    fn nothing_breaks_the_reader(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let (results, counts) = read(&bytes);
        prop_assert_eq!(results.all().len(), counts.results - counts.repeated);
        prop_assert!(!counts.sentences().is_empty());
    }

    /// A file that was cut anywhere loses the line that was cut and no other.
    #[test]
    fn a_cut_loses_one_line(share in 0.0f64..1.0) {
        let text = file().join("\n");
        let cut = (text.len() as f64 * share) as usize;
        let whole = text[..cut].matches('\n').count();
        let counts = read(&text.as_bytes()[..cut]).1;
        prop_assert!(counts.results == whole || counts.results == whole + 1, "{counts:?} of {whole}");
        prop_assert!(counts.torn <= 1 && counts.foreign == 0 && counts.damaged == 0, "{counts:?}");
    }

    /// Bytes changed on their way make no panic and no picture that is none.
    #[test]
    fn changed_bytes_are_drawn_or_left_out(places in proptest::collection::vec((0usize..4000, any::<u8>()), 1..8)) {
        let mut text = file().join("\n").into_bytes();
        let length = text.len();
        for (place, byte) in places {
            text[place % length] = byte;
        }
        let table = SweepTable::new(&read(&text).0);
        for (place, group) in table.groups.iter().enumerate() {
            let GroupCurve { mean, band } = GroupCurve::new(group, Quantity::TrainingLoss, place);
            let chart = Chart::new(&[mean], &ChartAxes::default(), 300.0, 100.0);
            prop_assert!(!chart.band_path(&band).contains("NaN") && !chart.curves[0].line.contains("NaN"));
        }
    }
}
