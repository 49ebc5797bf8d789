//! Offers the runs that this browser has saved.

use leptos::prelude::*;

use crate::app::components::NoticeBox;
use crate::app::context::{use_dataset, use_run, use_saved_runs};
use crate::checkpoint::autosave::KeptNote;
use crate::checkpoint::saved_runs::{MOST_KEPT, SavedRun};
use crate::experiment::permalink;
use crate::experiment::recipes::Recipe;
use crate::language::format::{grouped, rough_duration};
use crate::language::{text, tr, translated};
use crate::run::is_relative_name;

/// Characters of a run's name that are shown.
const LONGEST_NAME: usize = 60;

/// The offer, until a run begins.
#[component]
pub fn SavedRuns() -> impl IntoView {
    let (run, saved) = (use_run(), use_saved_runs());
    let has_run = Memo::new(move |_| run.exists());
    let offer = move || {
        let mut offered = saved.offered();
        match offered.len() {
            0 => None,
            1 => offered.pop().map(|only| view! { <TheOnlyRun run=only /> }.into_any()),
            _ => Some(view! { <ListOfRuns runs=offered /> }.into_any()),
        }
    };
    let undo = move || {
        saved.deleted().map(|_| {
            view! {
                <NoticeBox text=text!("The saved run is deleted.")>
                    <button type="button" class="quiet" on:click=move |_| saved.restore()>
                        {text!("Undo")}
                    </button>
                </NoticeBox>
            }
        })
    };
    move || (!has_run.get()).then_some((offer, undo))
}

/// One run in a sentence.
#[component]
fn TheOnlyRun(
    /// The run.
    run: SavedRun,
) -> impl IntoView {
    let KeptNote { link, .. } = &run.note;
    let depth = permalink::read_kept(link).network.depth;
    view! {
        <NoticeBox text=tr!("Your last run is saved (depth {depth}, {progress}).", depth, progress = how_far(&run.note))>
            <WaysOut run named=false />
        </NoticeBox>
    }
}

/// Several runs, newest first.
#[component]
fn ListOfRuns(
    /// The runs.
    runs: Vec<SavedRun>,
) -> impl IntoView {
    let lead = lead(runs.len());
    let row = |run: SavedRun| {
        let words = format!("{}: {}", title(&run.note), how_far(&run.note));
        let when = saved_ago(run.note.kept_at_ms, js_sys::Date::now() as u64);
        view! {
            <li>
                <span>{words}<span class="saved-runs-when">{when}</span></span>
                <span class="notice-actions">
                    <WaysOut run named=true />
                </span>
            </li>
        }
    };
    view! {
        <div class="notice saved-runs" role="status">
            <p>{lead}</p>
            <ul aria-label=text!("Saved runs")>{runs.into_iter().map(row).collect_view()}</ul>
        </div>
    }
}

/// What can be done with a run.
#[component]
fn WaysOut(
    /// The run.
    run: SavedRun,
    /// Whether the buttons say which run they mean: there are others.
    named: bool,
) -> impl IntoView {
    let (controller, dataset, saved) = (use_run(), use_dataset(), use_saved_runs());
    let go_on = if run.note.is_finished() { text!("Open it") } else { text!("Continue") };
    let name = |button: &str| named.then(|| format!("{button}: {}, {}", title(&run.note), how_far(&run.note)));
    let (to_go_on, to_delete) = (name(go_on), name(text!("Delete")));
    let run = StoredValue::new(run);
    // Not `disabled`: to go on loads the run's own images, and the button would lose the focus meanwhile.
    let has_images = move || dataset.source().is_some();
    let go_on_now = move |_| {
        if untrack(has_images) {
            controller.continue_saved(run.get_value());
        }
    };
    view! {
        <button
            type="button"
            class="quiet"
            aria-label=to_go_on
            aria-disabled=move || (!has_images()).to_string()
            on:click=go_on_now
        >
            {go_on}
        </button>
        <button type="button" class="quiet" aria-label=to_delete on:click=move |_| saved.delete(run.get_value())>
            {text!("Delete")}
        </button>
    }
}

fn lead(count: usize) -> String {
    if count > MOST_KEPT {
        return tr!(
            "{count} runs are saved in this browser. {most} of them stay when you start another one: the oldest go.",
            count,
            most = MOST_KEPT
        );
    }
    tr!("{count} runs are saved in this browser.", count)
}

fn how_far(note: &KeptNote) -> String {
    if note.is_finished() {
        return text!("trained to its end").into();
    }
    tr!("step {done} of {total}", done = grouped(note.steps_done), total = grouped(note.total_steps))
}

/// `Quick, depth 20, skips off`: the recipe, if it follows one, and what the table of runs says of it.
fn title(note: &KeptNote) -> String {
    let experiment = permalink::read_kept(&note.link);
    let recipe = Recipe::of(&experiment).and_then(|recipe| translated(recipe.label).split(" · ").next()).map(str::to_owned);
    let name = Some(note.name.as_str()).filter(|name| !name.is_empty() && !is_relative_name(name)).map(shortened);
    let says_depth = name.as_ref().is_some_and(|name| name.split(", ").any(|part| part.starts_with("depth ")));
    let depth = (!says_depth).then(|| tr!("depth {depth}", depth = experiment.network.depth));
    let parts: Vec<String> = recipe.into_iter().chain(depth).chain(name).collect();
    parts.join(", ")
}

fn shortened(name: &str) -> String {
    let short: String = name.chars().take(LONGEST_NAME).collect();
    if short.len() < name.len() { format!("{short}…") } else { short }
}

/// `, saved 5 min ago`; nothing where nobody noted when.
fn saved_ago(kept_at_ms: u64, now_ms: u64) -> String {
    const DAY_MS: u64 = 24 * 60 * 60 * 1000;
    if kept_at_ms == 0 {
        return String::new();
    }
    match now_ms.saturating_sub(kept_at_ms) {
        days if days >= 2 * DAY_MS => tr!(", saved {days} days ago", days = days / DAY_MS),
        span => tr!(", saved {span} ago", span = rough_duration((span as f64).max(1000.0))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(link: &str, name: &str) -> KeptNote {
        let (link, name) = (link.into(), name.into());
        KeptNote { link, steps_done: 1200, total_steps: 5000, slot: 0, name, kept_at_ms: 0, bytes: 0 }
    }

    #[test]
    fn a_run_is_named_by_its_recipe_its_depth_and_what_differed() {
        assert_eq!(title(&note("v=1", "first run")), "Tutorial, depth 11");
        assert_eq!(title(&note("v=1&depth=20&skips=off", "depth 20, skips off")), "depth 20, skips off", "the depth once");
        assert_eq!(title(&note("v=1&depth=20&rate=0.01", "rate 0.01")), "depth 20, rate 0.01");
        assert_eq!(title(&note("", "")), "Tutorial, depth 11", "as former pages kept it");
        let long = title(&note("v=1&depth=20", &"x".repeat(90)));
        assert_eq!((long.chars().count(), long.ends_with('…')), ("depth 20, ".len() + LONGEST_NAME + 1, true), "not endless");
    }

    #[test]
    fn a_run_is_told_with_how_far_it_is_and_when_it_was_saved() {
        let unfinished = note("v=1", "");
        assert_eq!(how_far(&unfinished), "step 1,200 of 5,000");
        assert_eq!(how_far(&KeptNote { steps_done: 5000, ..unfinished }), "trained to its end");
        let now = 1_760_000_000_000;
        let ago = |seconds: u64| saved_ago(now - 1000 * seconds, now);
        assert_eq!([ago(40), ago(180), ago(7200)], [", saved 40 s ago", ", saved 3 min ago", ", saved 2 h ago"]);
        assert_eq!(ago(5 * 24 * 3600), ", saved 5 days ago");
        assert_eq!(saved_ago(0, now), "", "a former page did not note it");
        assert_eq!(saved_ago(now + 5000, now), saved_ago(now, now), "a clock that was put back");
    }

    #[test]
    fn who_has_more_runs_than_stay_is_told_before_they_go() {
        assert_eq!(lead(2), "2 runs are saved in this browser.");
        assert_eq!(lead(7), "7 runs are saved in this browser. 6 of them stay when you start another one: the oldest go.");
    }
}
