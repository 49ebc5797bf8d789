use super::*;
use crate::dataset::DatasetManifest;
use crate::evaluation::metrics::last_loss;
use crate::evaluation::metrics::{HeldOutMetrics, StepMetrics};
use crate::experiment::weight_init::StartingPoint;
use crate::insight::layer_stats::{BlockLook, LayerGradients, NetworkLook};
use crate::random::{Purpose, RandomStream};
use crate::run::RunState;
use crate::run::{DatasetSource, RunPlan, Wanted};
use crate::spec::ResNetSpec;

fn experiment(depth: usize, skip_connections: bool) -> Experiment {
    let mut experiment = Experiment::default();
    experiment.network.depth = depth;
    experiment.network.skip_connections = skip_connections;
    experiment
}

fn run(experiment: &Experiment, losses: impl IntoIterator<Item = f32>) -> Run {
    let source = DatasetSource { url: "http://localhost/data/".into(), manifest: DatasetManifest::without_images() };
    let mut run = Run::new(RunPlan::new(experiment.clone(), &source, StartingPoint::Fresh), Wanted::Playing);
    run.steps = losses.into_iter().enumerate().map(|(step, loss)| StepMetrics { step, loss, accuracy: 0.25 }).collect();
    run
}

fn with_pass(mut run: Run, accuracy: f32) -> Run {
    run.held_out.push(HeldOutMetrics { step: run.steps.len(), loss: 1.5, accuracy, images: 20 });
    run
}

fn kept(count: usize) -> RunHistory {
    let mut history = RunHistory::default();
    for _ in 0..count {
        history.keep(&run(&Experiment::default(), [2.0, 1.0]));
    }
    history
}

fn numbers(history: &RunHistory) -> Vec<usize> {
    history.runs().iter().map(|run| run.number).collect()
}

fn id_of(history: &RunHistory, number: usize) -> u64 {
    history.runs().iter().find(|run| run.number == number).map(|run| run.id).unwrap()
}

#[test]
fn a_run_that_ends_is_kept_under_what_differs_from_the_one_before() {
    let mut history = RunHistory::default();
    history.keep(&run(&Experiment::default(), [2.0; 3]));
    history.keep(&run(&experiment(20, false), []));
    history.keep(&run(&experiment(20, false), [2.0; 3]));
    history.keep(&run(&experiment(20, false), [2.0; 3]));
    let names: Vec<_> = history.runs().iter().map(|run| (run.number, run.name.as_str())).collect();
    assert_eq!(names, [(1, "first run"), (2, "depth 20, skips off"), (3, "the same again")], "and one without a step is none");
    assert_eq!(last_loss(&history.runs()[0].steps), Some(2.0), "how far it came");
}

#[test]
fn a_pinned_run_is_never_pushed_out() {
    let mut history = kept(2);
    history.pin(id_of(&history, 1), true);
    for _ in 0..MOST_KEPT {
        history.keep(&run(&Experiment::default(), [2.0]));
    }
    let left = numbers(&history);
    assert_eq!(left.len(), MOST_KEPT + 1, "as many as there is room for, and the pinned one");
    assert_eq!(left[..2], [1, 3], "run 2 made room, run 1 did not");
    history.remove(id_of(&history, 1));
    assert!(!numbers(&history).contains(&1), "but it can be deleted");
}

#[test]
fn a_name_of_its_own_stands_beside_the_automatic_one_until_it_is_blank() {
    let mut history = kept(1);
    let id = id_of(&history, 1);
    history.rename(id, "  the\nbaseline \t ");
    assert_eq!(history.runs()[0].own_name.as_deref(), Some("the baseline"), "trimmed, on one line");
    assert_eq!((history.runs()[0].name.as_str(), history.runs()[0].label()), ("first run", "1 · the baseline".into()), "both are there");
    history.rename(id, &"é".repeat(500));
    assert_eq!(history.runs()[0].own_name.as_ref().map(|name| name.chars().count()), Some(60), "not too long");
    assert_eq!(history.runs()[0].label().chars().count(), 4 + 24 + 1, "shorter still in a legend");
    history.rename(id, " \u{7} ");
    assert_eq!(history.runs()[0].own_name, None, "a blank gives the automatic name back");
}

#[test]
fn the_last_five_runs_are_drawn_each_in_a_style_of_its_own_that_it_keeps() {
    let mut history = kept(4);
    let style = |history: &RunHistory, number| history.runs().iter().find(|run| run.number == number).and_then(|run| run.style);
    let third = style(&history, 3);
    history.pin(id_of(&history, 1), true);
    for _ in 0..3 {
        history.keep(&run(&Experiment::default(), [2.0]));
    }
    let drawn: Vec<_> = history.overlaid().map(|(run, _)| run.number).collect();
    assert_eq!(drawn, [1, 4, 5, 6, 7], "the last ones; a pinned one stays");
    let mut styles: Vec<_> = history.overlaid().map(|(_, style)| style).collect();
    styles.sort_unstable();
    assert_eq!(styles, [0, 1, 2, 3, 4], "no two look the same");
    assert_eq!(style(&kept(4), 3), third, "what others do changes no style");

    history.overlay(id_of(&history, 5), false);
    history.overlay(id_of(&history, 2), true);
    let drawn: Vec<_> = history.overlaid().map(|(run, _)| run.number).collect();
    assert_eq!(drawn, [1, 2, 4, 6, 7], "chosen by hand");
    history.overlay(id_of(&history, 3), true);
    assert_eq!(history.overlaid().map(|(run, _)| run.number).collect::<Vec<_>>(), [1, 3, 4, 6, 7], "a sixth takes the place of the oldest");
}

#[test]
fn two_runs_are_compared_in_a_sentence_of_measured_numbers() {
    let mut state = RunState::default();
    state.history.keep(&with_pass(run(&experiment(20, true), [1.2; 20]), 0.45));
    state.history.keep(&with_pass(run(&experiment(20, false), [2.3; 20]), 0.1));
    let [first, second] = [1, 2].map(|number| id_of(&state.history, number));
    assert_eq!(state.comparison(), None, "nothing was chosen");
    state.history.compare(Some([first, second]));
    assert_eq!(
        state.comparison().as_deref(),
        Some(
            "Run 1: skips on. Run 2: skips off. After 20 steps the loss of run 1 ends at 1.20, that of run 2 at 2.30. \
             Of the held-out images run 1 gets 45 % right, run 2 10 %."
        )
    );
    state.history.compare(Some([first, first]));
    assert_eq!(state.comparison(), None, "one run is no comparison");
}

#[test]
fn a_comparison_says_what_it_cannot_tell() {
    let mut state = RunState::default();
    state.history.keep(&run(&experiment(20, true), [2.0; 20]));
    state.history.keep(&run(&experiment(11, false), [2.1; 20]));
    state.history.keep(&run(&experiment(11, false), [2.1; 9]));
    state.run = Some(run(&experiment(11, false), [f32::NAN; 9]));
    let [first, second, third] = [1, 2, 3].map(|number| id_of(&state.history, number));
    let now = state.history.next_id();
    let mut said = |pair| {
        state.history.compare(Some(pair));
        state.comparison().unwrap()
    };
    let close = said([first, second]);
    assert!(close.contains("another seed") && close.contains("More than one setting differs"), "{close}");
    let shorter = said([second, third]);
    assert!(shorter.contains("same settings and the same seed") && shorter.contains("not the same distance"), "{shorter}");
    let lost = said([third, now]);
    assert!(lost.contains("that of run 4 in what is no number"), "the run there is takes part: {lost}");
    state.history.remove(third);
    assert_eq!(state.history.compared(), None, "a run that is gone is compared with nothing");
}

#[test]
fn the_table_has_a_row_for_every_step_and_every_pass() {
    let mut state = RunState::default();
    state.history.keep(&with_pass(run(&experiment(20, false), [2.5, 2.25]), 0.5));
    state.history.rename(id_of(&state.history, 1), "deep, \"plain\"");
    state.run = Some(run(&Experiment::default(), [0.1]));
    let table = runs_as_csv(&state.all_runs(), "https://example.org/");
    let rows: Vec<_> = table.split("\r\n").collect();
    let link = "https://example.org/?v=1&depth=20&skips=off";
    let own = "\"deep, \"\"plain\"\"\"";
    assert_eq!(
        rows[1..],
        [
            format!("1,first run,{own},1,20,off,seed,1,2.5,0.25,,,,no,{link}"),
            format!("1,first run,{own},1,20,off,seed,2,2.25,0.25,,,,no,{link}"),
            format!("1,first run,{own},1,20,off,seed,2,,,1.5,0.5,20,no,{link}"),
            "2,\"depth 11, skips on\",,1,11,on,seed,1,0.1,0.25,,,,no,https://example.org/?v=1".into(),
            String::new(),
        ],
        "the run there is comes last"
    );
    assert_eq!(rows[0].split(',').count(), rows[1].replace(own, "own").split(',').count(), "a name for every column");
}

#[test]
fn the_last_look_of_each_run_is_a_table_of_layers_and_blocks() {
    let spec = ResNetSpec::default();
    let layers = spec.kernel_layers();
    let block = BlockLook { output_scale: 3.0, residual_share: None, dead_share: Some(0.5) };
    let mut looked = run(&Experiment::default(), [1.0]);
    looked.looks.push(NetworkLook {
        gradients: LayerGradients { step: 10, norms: vec![0.5; layers.len()] },
        update_ratios: vec![0.25; layers.len()],
        blocks: vec![block; 3],
    });
    let mut history = RunHistory::default();
    history.keep(&looked);
    let table = layers_as_csv(history.runs(), "page");
    assert_eq!(table.lines().count(), 1 + 2 * layers.len() + 3 * 2, "two numbers a layer, two a block: it has no shortcut to measure");
    assert!(table.contains(&format!("1,first run,,11,{},gradient norm,0.5,page?v=1\r\n", layers[0])), "{table}");
    assert!(table.contains("1,first run,,11,stages.2.blocks.0,dead ReLUs,0.5,page?v=1\r\n"), "{table}");
}

#[test]
fn stored_runs_come_back_as_they_were() {
    let mut history = kept(3);
    history.pin(id_of(&history, 2), true);
    history.rename(id_of(&history, 2), "zwölf");
    history.keep(&with_pass(run(&experiment(29, false), [f32::INFINITY, 0.1]), 0.3));
    let runs = history.runs().to_vec();
    assert_eq!(decode_runs(&encode_runs(runs.clone())), Ok(runs.clone()), "all of it");
    let mut next_visit = RunHistory::default();
    next_visit.begin_visit(17);
    next_visit.adopt(runs, &LastStored::default());
    assert_eq!(next_visit.runs(), history.runs(), "taken in");
    next_visit.keep(&run(&Experiment::default(), [1.0]));
    assert_eq!((numbers(&next_visit), next_visit.runs()[4].name.as_str()), (vec![1, 2, 3, 4, 5], "depth 11, skips on"), "and gone on with");
}

#[test]
fn a_long_run_is_thinned_and_says_so_and_ends_at_the_same_number() {
    let losses = (0..25_000).map(|step| 2.3 / (1.0 + step as f32 / 500.0));
    let mut long = RunHistory::default();
    long.keep(&run(&Experiment::default(), losses));
    let back = decode_runs(&encode_runs(long.runs().to_vec())).unwrap().remove(0);
    let full = &long.runs()[0];
    assert!(back.thinned && (900..=1000).contains(&back.steps.len()), "{} steps are left", back.steps.len());
    assert_eq!(last_loss(&back.steps), last_loss(&full.steps), "how far it came is the same");
    assert_eq!((back.steps[0], back.steps_done()), (full.steps[0], 25_000), "from the first to the last");
    let gaps: Vec<_> = back.steps[..900].windows(2).map(|pair| pair[1].step - pair[0].step).collect();
    assert!(gaps.iter().all(|gap| (25..=26).contains(gap)), "evenly");
    assert!(back.steps.iter().all(|step| full.steps[step.step] == *step), "what is left is as measured");
    assert_eq!(back.extent(), "25,000 steps, 1,000 of them stored");
    let again = decode_runs(&encode_runs(vec![back.clone()])).unwrap().remove(0);
    assert_eq!(again, back, "storing it once more loses nothing more");
}

#[test]
fn damaged_bytes_are_refused_whatever_is_wrong_with_them() {
    let bytes = encode_runs(kept(2).runs().to_vec());
    for length in 0..bytes.len() {
        assert_eq!(decode_runs(&bytes[..length]), Err(UnreadableRuns::Damaged), "cut off after {length} bytes");
    }
    for place in 0..bytes.len() {
        for bit in 0..8 {
            let mut flipped = bytes.clone();
            flipped[place] ^= 1 << bit;
            assert!(decode_runs(&flipped).is_err(), "bit {bit} of byte {place} is wrong");
        }
    }
    let mut random = RandomStream::new(3, Purpose::Order, 0);
    for length in 0..300usize {
        let garbage: Vec<u8> = (0..length).map(|_| random.below(256) as u8).collect();
        assert!(decode_runs(&garbage).is_err(), "{length} random bytes");
    }
}

#[test]
fn random_contents_with_a_right_checksum_do_not_panic() {
    let mut random = RandomStream::new(4, Purpose::Order, 0);
    for length in 0..2000usize {
        let contents: Vec<u8> = [1].into_iter().chain((0..length % 97).map(|_| random.below(256) as u8)).collect();
        drop(decode_runs(&stored::sealed(contents)));
    }
}

#[test]
fn runs_of_another_version_are_refused_as_such() {
    assert_eq!(decode_runs(&stored::sealed(vec![2, 0])), Err(UnreadableRuns::OtherVersion));
}

#[test]
fn runs_of_another_tab_are_taken_in_and_forgotten_ones_stay_away() {
    let (mut here, mut there) = (RunHistory::default(), RunHistory::default());
    here.begin_visit(1000);
    there.begin_visit(1001);
    here.keep(&run(&Experiment::default(), [2.0]));
    there.keep(&run(&experiment(20, true), [2.0]));
    let others = there.runs().to_vec();
    here.adopt(others.clone(), &LastStored::default());
    assert_eq!(numbers(&here), [1, 2], "each has a number of its own");
    assert_eq!(here.overlaid().count(), 1, "one style, one run");
    here.adopt(others.clone(), &LastStored::default());
    assert_eq!(here.runs().len(), 2, "once is enough");
    let mut longer = others.clone();
    longer[0].steps.push(StepMetrics { step: 1, loss: 1.0, accuracy: 0.5 });
    here.adopt(longer, &LastStored::default());
    assert_eq!(here.runs()[1].steps_done(), 2, "it was still under way");
    here.remove(others[0].id);
    here.adopt(others, &LastStored::default());
    assert_eq!(numbers(&here), [1], "deleted is deleted");
    let own = here.runs().to_vec();
    here.remove(own[0].id);
    here.adopt(own, &LastStored::default());
    assert_eq!(numbers(&here), [0usize; 0], "its own too");
}

/// A tab and what it knows of the storage.
#[derive(Default)]
struct OpenTab {
    history: RunHistory,
    last: LastStored,
}

impl OpenTab {
    fn read(&mut self, storage: &[KeptRun]) {
        self.history.adopt(storage.to_vec(), &self.last);
        self.last = LastStored::new(storage);
    }

    /// As the page does it: whatever others have stored is taken in first.
    fn store(&mut self, storage: &mut Vec<KeptRun>) {
        self.read(storage);
        *storage = self.history.runs().to_vec();
        self.last = LastStored::new(storage);
    }
}

#[test]
fn what_two_tabs_do_to_their_runs_is_all_stored() {
    let mut storage = kept(4).runs().to_vec();
    let ids: Vec<u64> = storage.iter().map(|run| run.id).collect();
    let [mut one, mut other] = [OpenTab::default(), OpenTab::default()];
    for (tab, visit) in [(&mut one, 1000), (&mut other, 1001)] {
        tab.history.begin_visit(visit);
        tab.read(&storage);
    }
    one.history.pin(ids[0], true);
    one.history.rename(ids[2], "mine");
    one.store(&mut storage);
    // The other has heard of nothing yet.
    other.history.pin(ids[1], true);
    other.history.remove(ids[3]);
    other.history.keep(&run(&experiment(20, true), [2.0]));
    other.store(&mut storage);
    one.read(&storage);
    for tab in [&one, &other] {
        let runs: Vec<_> = tab.history.runs().iter().map(|run| (run.number, run.pinned, run.own_name.as_deref())).collect();
        assert_eq!(runs, [(1, true, None), (2, true, None), (3, false, Some("mine")), (5, false, None)]);
    }
    one.history.pin(ids[1], false);
    one.history.rename(ids[2], "");
    one.store(&mut storage);
    other.store(&mut storage);
    assert_eq!(storage.iter().filter(|run| run.pinned).map(|run| run.number).collect::<Vec<_>>(), [1], "taken back is taken back");
    assert_eq!(storage[2].own_name, None, "a name too");
    let undone = other.history.find(ids[0]).cloned().unwrap();
    other.history.remove(ids[0]);
    other.store(&mut storage);
    one.read(&storage);
    assert_eq!(numbers(&one.history), [2, 3, 5], "forgotten in one tab is forgotten");
    other.history.restore(undone);
    other.store(&mut storage);
    one.read(&storage);
    assert_eq!(numbers(&one.history), [1, 2, 3, 5], "and brought back is back");
}

#[test]
fn a_storage_that_was_cleared_takes_no_run_out_of_a_page() {
    let mut storage = kept(2).runs().to_vec();
    let mut tab = OpenTab::default();
    tab.history.begin_visit(1000);
    tab.read(&storage);
    // The page looks into a storage without a list as into one that it has never seen.
    storage.clear();
    tab.last = LastStored::default();
    tab.store(&mut storage);
    assert_eq!(storage.len(), 2, "they are stored again");
}

#[test]
fn a_run_that_was_forgotten_comes_back_where_it_stood() {
    let mut history = kept(3);
    history.rename(id_of(&history, 2), "middle");
    let before = history.runs().to_vec();
    let forgotten = before[1].clone();
    history.remove(forgotten.id);
    history.restore(forgotten.clone());
    assert_eq!(history.runs(), before, "with its name, its style and its place");
    history.restore(forgotten.clone());
    assert_eq!(history.runs(), before, "once");
    history.adopt(vec![forgotten], &LastStored::default());
    assert_eq!(history.runs(), before, "and it is not forgotten any more");
}

#[test]
fn the_compared_pair_stays_whatever_happens_to_others() {
    let mut history = kept(3);
    let pair = [id_of(&history, 1), history.next_id()];
    history.compare(Some(pair));
    history.pin(id_of(&history, 2), true);
    history.overlay(id_of(&history, 1), false);
    history.remove(id_of(&history, 3));
    history.keep(&run(&Experiment::default(), [1.0]));
    assert_eq!(history.compared(), Some(pair), "the run that was under way has kept its id");
    assert!(history.find(pair[1]).is_some(), "and is among those kept");
    history.remove(pair[0]);
    assert_eq!(history.compared(), None, "until one of the two goes");
}
