//! The table's rows as HTML: one listener serves them all.

use super::action;
use crate::drawing::escape::escape;
use crate::drawing::plot::{CurveRole, ValueFormat};
use crate::evaluation::metrics::last_loss;
use crate::experiment::permalink::{ViewOptions, write};
use crate::run::{KeptRun, RunState};

pub const HEAD: &str = "<tr><th scope=col>Drawn</th><th scope=col>Run</th>\
    <th scope=col class=number-cell title=\"Mean training loss of the last ten steps, in nats\">Loss</th>\
    <th scope=col class=number-cell title=\"Share of the held-out images classified correctly\">Held out</th>\
    <td></td></tr>";

/// What the rows of kept runs are made of, all but names: id, whether pinned, style, steps; last the run there is.
pub fn shape(state: &RunState) -> Vec<(u64, bool, Option<usize>, usize)> {
    let kept = state.history.runs().iter().map(|run| (run.id, run.pinned, run.style, run.steps_done()));
    let now = state.run().filter(|run| !run.steps.is_empty()).map(|_| (state.history.next_id(), false, None, 0));
    // Whether two are compared changes the button below.
    let compared = state.history.compared().into_iter().flatten().map(|id| (id, true, None, 0));
    kept.chain(now).chain(compared).collect()
}

/// Rows of the runs kept, newest first.
pub fn kept(state: &RunState) -> String {
    state.history.runs().iter().rev().map(kept_row).collect()
}

/// The row of the run there is.
pub fn of_run(state: &RunState) -> String {
    let id = state.history.next_id();
    state.find_run(id).map_or_else(String::new, |run| {
        let name = format!(
            "<span class=run-number>{}</span> {}<br><span class=caption>{}, now</span>",
            run.number,
            escape(&run.name),
            run.extent()
        );
        row("", &name, &run, "")
    })
}

fn kept_row(run: &KeptRun) -> String {
    let KeptRun { id, number, .. } = run;
    let drawn = if run.style.is_some() { "checked" } else { "" };
    let key = run.style.map_or_else(String::new, |style| {
        format!("<span class=\"chart-entry {}\"><span class=chart-key></span></span>", CurveRole::EarlierRun(style).css_class())
    });
    let shown = format!(
        "<label class=run-drawn><input type=checkbox id={}{id} {drawn} aria-label=\"Draw the curves of run {number}\">{key}</label>",
        action::SHOW
    );
    let automatic = escape(&run.name);
    let own = escape(run.own_name.as_deref().unwrap_or_default());
    let query = escape(&write(&run.experiment, &ViewOptions::default()));
    let name = format!(
        "<span class=run-number>{number}</span> <input id={}{id} maxlength=60 value=\"{own}\" placeholder=\"name it\" aria-label=\"Name of run {number}\" title=\"A name of your own, beside what differs\">\
         <br><span class=caption><span class=run-automatic>{automatic} · </span>{} · <a href=\"?{query}\" target=_blank>link</a></span>",
        action::NAME,
        run.extent()
    );
    let (star, pinned) = if run.pinned { ("★", true) } else { ("☆", false) };
    let buttons = format!(
        "<button class=\"quiet icon\" id={}{id} aria-pressed={pinned} aria-label=\"Pin run {number}\" title=\"A pinned run is never pushed out by newer ones\">{star}</button>\
         <button class=\"quiet icon\" id={}{id} aria-label=\"Forget run {number}\" title=\"Forget run {number}\">×</button>",
        action::PIN,
        action::FORGET
    );
    row(&shown, &name, run, &buttons)
}

fn row(shown: &str, name: &str, run: &KeptRun, buttons: &str) -> String {
    let number = |value: Option<String>| value.unwrap_or_default();
    let loss = number(last_loss(&run.steps).map(|loss| ValueFormat::Plain.value(loss)));
    let held_out = number(run.held_out.last().map(|pass| ValueFormat::Percent.value(f64::from(pass.accuracy))));
    format!(
        "<tr data-run={}><td>{shown}</td><th scope=row>{name}</th><td class=number-cell>{loss}</td><td class=number-cell>{held_out}</td><td class=run-buttons>{buttons}</td></tr>",
        run.number
    )
}

/// Two lists to choose runs from, the button that shows them alone, and those that save everything.
pub fn comparison(state: &RunState, first: &str, second: &str) -> String {
    let runs = state.history.runs().iter().map(|run| (run.id, run.label()));
    let now =
        state.run().filter(|run| !run.steps.is_empty()).map(|_| (state.history.next_id(), format!("run {}", state.history.next_number())));
    let runs: Vec<_> = runs.chain(now).collect();
    let compared = state.history.compared();
    let mut html = String::new();
    if let [.., before, last] = runs.as_slice() {
        let chosen = compared.unwrap_or([before.0, last.0]);
        let list = |id: &str, label: &str, chosen: u64| {
            let option = |(run, name): &(u64, String)| {
                let selected = if *run == chosen { "selected" } else { "" };
                format!("<option id={id}-{run} value={run} {selected}>{}</option>", escape(name))
            };
            format!("<select id={id} aria-label=\"{label}\">{}</select>", runs.iter().map(option).collect::<String>())
        };
        html += &list(first, "First run to compare", chosen[0]);
        html += &list(second, "Second run to compare", chosen[1]);
        let (pressed, words) = if compared.is_some() { (true, "Show all runs") } else { (false, "Compare the two") };
        html += &format!("<button class=quiet id=compare-show aria-pressed={pressed}>{words}</button>");
    }
    html += "<button class=quiet id=runs-csv title=\"Every step and every pass over the held-out images of all runs, with the links that repeat them\">CSV</button>\
             <button class=quiet id=layers-csv title=\"The last look inside each run's network: gradients, updates, blocks\">CSV of layers</button>";
    html
}
