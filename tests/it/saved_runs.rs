//! Runs in a browser's storage: whatever happens to the tab that writes them, they go on.

use std::collections::BTreeMap;

use resnet_playground::checkpoint::autosave::{FileNames, KeptNote};
use resnet_playground::experiment::hyperparameters::Hyperparameters;
use resnet_playground::experiment::weight_init::StartingPoint;
use resnet_playground::experiment::{RunId, RunRequest};
use resnet_playground::protocol::{Phase, TrainCommand, TrainEvent, encode};

use crate::scripted_host::{DATE_MS, Script, losses, place_of, prepare, request};

type Storage = BTreeMap<String, Vec<u8>>;

/// Two epochs of three steps.
fn whole(seed: u64) -> RunRequest {
    RunRequest { hyperparameters: Hyperparameters { epochs: 2, seed, ..request(3).hyperparameters }, ..request(3) }
}

fn keep(id: RunId) -> TrainCommand {
    TrainCommand::KeepWork { id, name: "skips off".into(), link: "depth=11".into() }
}

fn unbroken(seed: u64) -> Vec<f32> {
    losses(&Script::play(vec![prepare(whole(seed)), TrainCommand::Run], None))
}

/// Trains until it is paused after the report of so many steps.
fn train_until(pauses_after: usize, seed: u64, id: RunId, storage: &mut Storage) -> Vec<TrainEvent> {
    let start = if storage.contains_key(&FileNames::of(id).note) { StartingPoint::Kept(id) } else { StartingPoint::Fresh };
    let commands = vec![prepare(RunRequest { start, ..whole(seed) }), keep(id), TrainCommand::Run];
    Script::play_with(commands, Some((pauses_after, TrainCommand::Pause)), storage)
}

/// Goes on to the end with what the storage holds.
fn go_on(seed: u64, id: RunId, storage: &Storage) -> Vec<TrainEvent> {
    let commands = vec![prepare(RunRequest { start: StartingPoint::Kept(id), ..whole(seed) }), keep(id), TrainCommand::Run];
    Script::play_with(commands, None, &mut storage.clone())
}

#[test]
fn a_run_that_was_kept_goes_on_as_if_it_had_never_stopped() {
    let id = RunId::new(7);
    let mut storage = Storage::new();
    for pauses_after in [2, 4] {
        let events = train_until(pauses_after, 1, id, &mut storage);
        let said = events.iter().any(|event| matches!(event, TrainEvent::Kept { .. }));
        assert!(said, "the page hears that the run is kept: {events:?}");
    }
    let note = KeptNote::from_bytes(&storage[&FileNames::of(id).note]).expect("a note");
    assert_eq!((note.name.as_str(), note.kept_at_ms, note.total_steps), ("skips off", DATE_MS, 6));
    assert_eq!(note.bytes as usize, storage[&FileNames::of(id).slots[usize::from(note.slot)]].len());
    let events = go_on(1, id, &storage);
    let whole = Script::play(vec![prepare(whole(1)), TrainCommand::Run], None);
    assert_eq!(losses(&events), losses(&whole), "all losses, those from before among them");
    let epochs =
        |events: &[TrainEvent]| events.iter().filter(|event| matches!(event, TrainEvent::EpochEnd(_))).cloned().collect::<Vec<_>>();
    assert_eq!(epochs(&events), epochs(&whole), "and all epochs");
    let kept = TrainEvent::Kept { steps_done: note.steps_done };
    let sets_off = place_of(&events, |event| *event == TrainEvent::Phase(Phase::Training));
    assert!(place_of(&events, |event| *event == kept) < sets_off, "the page hears at once that nothing would be lost");

    for slot in FileNames::of(id).slots {
        storage.insert(slot, vec![0; 99]);
    }
    let refused = go_on(1, id, &storage);
    let failure = refused.iter().find_map(|event| if let TrainEvent::Failed(error) = event { Some(error.to_string()) } else { None });
    assert_eq!(failure.as_deref(), Some("the run that this browser kept is damaged"), "nothing whole is left");
    let gone = go_on(1, RunId::new(8), &storage);
    assert!(
        gone.iter().any(|event| matches!(event, TrainEvent::Failed(error) if error.to_string().contains("does not keep the run any more")))
    );
}

#[test]
fn runs_of_two_tabs_leave_each_other_alone() {
    let runs = [(1, RunId::new(1)), (2, RunId::new(2)), (3, RunId::FORMER)];
    let mut storage = Storage::new();
    for pauses_after in [1, 2, 4] {
        for (seed, id) in runs {
            train_until(pauses_after, seed, id, &mut storage);
        }
    }
    assert_eq!(storage.len(), 9, "each has two slots and a note: {:?}", storage.keys());
    for (seed, id) in runs {
        assert_eq!(losses(&go_on(seed, id, &storage)), unbroken(seed), "run {seed}");
    }
}

#[test]
fn a_run_of_a_former_page_goes_on() {
    let id = RunId::new(7);
    let mut storage = Storage::new();
    train_until(2, 1, id, &mut storage);
    let names = FileNames::of(id);
    let note = KeptNote::from_bytes(&storage[&names.note]).expect("a note");
    let slot = names.slots[usize::from(note.slot)].clone();
    // Its note ended after the slot.
    let former_note = encode(&(note.link, note.steps_done, note.total_steps, 1u8));
    let former = Storage::from([("newest".to_owned(), former_note), ("slot-1".to_owned(), storage[&slot].clone())]);
    assert_eq!(losses(&go_on(1, RunId::FORMER, &former)), unbroken(1));
}

#[test]
fn a_page_that_is_left_keeps_the_run_at_once() {
    let id = RunId::new(7);
    let commands = vec![prepare(whole(1)), keep(id), TrainCommand::Run];
    let mut storages = Vec::new();
    let events = Script::play_watched(commands, Some((2, TrainCommand::Keep)), &mut Storage::new(), &mut storages);
    assert_eq!(losses(&events), unbroken(1), "and trains on as if nothing had been");
    let kept = events.iter().find_map(|event| if let TrainEvent::Kept { steps_done } = event { Some(*steps_done) } else { None });
    assert!(kept.is_some_and(|steps| (2..5).contains(&steps)), "within a step or two, not only at the end: {kept:?}");
    // A tab that dies after any of its writings, between slot and note too.
    assert!(storages.len() >= 4, "a slot and a note now, and at the end: {}", storages.len());
    for (written, storage) in storages.iter().enumerate().skip(1) {
        assert_eq!(losses(&go_on(1, id, storage)), unbroken(1), "after {} writings", written + 1);
    }
    let without_page = Script::play(vec![prepare(whole(1)), TrainCommand::Run], Some((2, TrainCommand::Keep)));
    assert!(!without_page.iter().any(|event| matches!(event, TrainEvent::Kept { .. })), "an embedded page keeps nothing");
}

#[test]
fn the_slot_that_is_whole_is_not_written_over_before_the_other_is() {
    let id = RunId::new(7);
    let mut storage = Storage::new();
    for pauses_after in [1, 2] {
        train_until(pauses_after, 1, id, &mut storage);
    }
    let names = FileNames::of(id);
    let note = KeptNote::from_bytes(&storage[&names.note]).expect("a note");
    storage.insert(names.slots[usize::from(note.slot)].clone(), vec![0; 99]);
    let mut storages = Vec::new();
    let commands = vec![prepare(RunRequest { start: StartingPoint::Kept(id), ..whole(1) }), keep(id), TrainCommand::Run];
    let events = Script::play_watched(commands, Some((3, TrainCommand::Keep)), &mut storage, &mut storages);
    assert_eq!(losses(&events), unbroken(1), "from the slot before");
    for (written, storage) in storages.iter().enumerate() {
        assert_eq!(losses(&go_on(1, id, storage)), unbroken(1), "after {} writings", written + 1);
    }
}

#[test]
fn a_full_storage_loses_no_other_run_and_says_what_takes_the_room() {
    let (old, new) = (RunId::new(1), RunId::new(2));
    let mut storage = Storage::new();
    train_until(2, 1, old, &mut storage);
    let before = storage.clone();
    let bytes: usize = storage.values().map(Vec::len).sum();
    for room in [bytes, bytes + 10, bytes * 3 / 2] {
        let commands = vec![prepare(whole(2)), keep(new), TrainCommand::Run];
        let events = Script::play_in(room, commands, None, &mut storage);
        assert_eq!(losses(&events), unbroken(2), "training goes on");
        let reasons: Vec<_> = events
            .iter()
            .filter_map(|event| if let TrainEvent::NotKept { reason } = event { Some(reason.as_str()) } else { None })
            .collect();
        assert_eq!(reasons.len(), 1, "said once");
        assert!(reasons[0].starts_with("the browser has no room for it: another saved run takes about "), "{}", reasons[0]);
        let left: Storage = storage
            .iter()
            .filter(|(name, _)| FileNames::owner(name) == Some(old))
            .map(|(name, bytes)| (name.clone(), bytes.clone()))
            .collect();
        assert_eq!(left, before, "the other is untouched");
    }
    let commands = vec![prepare(whole(2)), keep(new), TrainCommand::Run];
    let events = Script::play_with(commands, None, &mut storage);
    assert!(events.contains(&TrainEvent::Kept { steps_done: 6 }), "with room again it is kept");
    assert_eq!(losses(&go_on(1, old, &storage)), unbroken(1), "and so is the other");
}
