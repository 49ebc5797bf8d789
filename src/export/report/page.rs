//! The report as HTML.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::charts::{MOST_DRAWN, ReportChart, of_answer, of_runs};
use super::numbers::{COLUMNS, row};
use super::settings::{SettingRow, Settings};
use super::{ReportRequest, ReportedAnswer, ReportedRun};
use crate::evaluation::gap::{Gap, GapUnit};
use crate::language::{spoken, text, tr, translated};

const STYLE: &str = include_str!("report.css");

/// Nothing in the file may run or fetch anything, whatever got into it.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

/// The whole file.
pub fn write_report(request: &ReportRequest) -> String {
    let ReportRequest { author, text, date, made_by, goal, runs, answers } = request;
    let title = match author.trim() {
        "" => text!("Report of an experiment").to_owned(),
        author => tr!("Report by {author}", author),
    };
    let page = html! {
        (DOCTYPE)
        html lang=(spoken().word()) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light";
                title { (title) " · ResNet Playground" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    h1 { (title) }
                    p.about { (tr!("Made with {made_by} on {date}.", made_by, date)) }
                    @if !text.trim().is_empty() {
                        section.text aria-label=(text!("Text")) { @for paragraph in paragraphs(text) { p { (paragraph) } } }
                    }
                    @if let Some(goal) = goal { h2 { (text!("Goal")) } p { (goal) } }
                    h2 { (text!("Runs")) }
                    @if runs.is_empty() { p { (text!("No run was reported.")) } } @else { (of_all_runs(runs)) }
                    @for (place, answer) in answers.iter().enumerate() { (answered(answer, place + 1)) }
                    @if !runs.is_empty() { h2 { (text!("To repeat them")) } (links(runs)) }
                }
            }
        }
    };
    page.into_string()
}

/// Apart by empty lines.
fn paragraphs(text: &str) -> Vec<String> {
    let mut paragraphs = vec![String::new()];
    for line in text.trim().lines() {
        match paragraphs.last_mut() {
            Some(last) if !line.trim().is_empty() => {
                if !last.is_empty() {
                    last.push('\n');
                }
                last.push_str(line);
            }
            Some(last) if last.is_empty() => {}
            _ => paragraphs.push(String::new()),
        }
    }
    paragraphs
}

fn of_all_runs(runs: &[ReportedRun]) -> Markup {
    let settings = Settings::of(runs);
    html! {
        (numbers(runs))
        @if runs.len() > MOST_DRAWN { p.about { (tr!("The first {count} runs are drawn.", count = MOST_DRAWN)) } }
        @for chart in of_runs(runs) { (figure(&chart)) }
        @if !settings.different.is_empty() {
            h3 { (text!("What differs")) }
            @let columns: Vec<&str> = runs.iter().map(|run| run.label.as_str()).collect();
            (settings_table(text!("Settings that differ"), &settings.different, &columns))
        }
        h3 { @if runs.len() > 1 { (text!("What they have in common")) } @else { (text!("Settings")) } }
        @if settings.alike.is_empty() {
            p { (text!("All other settings are those of the tutorial.")) }
        } @else {
            (settings_table(text!("Settings other than the tutorial's"), &settings.alike, &[text!("Value")]))
            p.about { (text!("All other settings are those of the tutorial.")) }
        }
        @for run in runs { (gap(run)) }
    }
}

fn numbers(runs: &[ReportedRun]) -> Markup {
    html! {
        div.wide tabindex="0" role="region" aria-label=(text!("Numbers of the runs")) {
            table {
                caption { (text!("Training loss: mean of the last ten steps, in nats")) }
                thead { tr { @for column in COLUMNS { th scope="col" { (translated(column)) } } } }
                tbody {
                    @for run in runs {
                        @let [label, cells @ ..] = row(run);
                        tr { th scope="row" { (label) } @for cell in cells { td { (cell) } } }
                    }
                }
            }
        }
    }
}

fn settings_table(caption: &str, rows: &[SettingRow], columns: &[&str]) -> Markup {
    html! {
        div.wide tabindex="0" role="region" aria-label=(caption) {
            table {
                caption { (caption) }
                thead { tr { th scope="col" { (text!("Setting")) } @for column in columns { th scope="col" { (column) } } } }
                tbody {
                    @for row in rows { tr { th scope="row" { (row.label) } @for value in &row.values { td { (value) } } } }
                }
            }
        }
    }
}

/// The picture is our own markup, in which names are escaped.
fn figure(chart: &ReportChart) -> Markup {
    html! {
        figure {
            div role="img" aria-label=(chart.words) { (PreEscaped(&chart.svg)) }
            figcaption { (chart.words) }
        }
    }
}

fn gap(run: &ReportedRun) -> Markup {
    let Some((metrics, gap)) = run.gap.as_ref().and_then(|metrics| Some((metrics, Gap::new(metrics, GapUnit::Accuracy)?))) else {
        return html! {};
    };
    html! {
        h3 { (tr!("Training against held-out accuracy of {run}", run = run.label)) }
        p { (metrics.sentence()) }
        div.wide tabindex="0" role="region" aria-label=(tr!("Causes of the gap of {run}", run = run.label)) {
            table {
                thead {
                    tr {
                        th scope="col" { (text!("Cause")) }
                        th scope="col" { (text!("Percentage points")) }
                        th scope="col" { (text!("Accuracy then")) }
                    }
                }
                tbody {
                    tr { th scope="row" { (text!("Reported by training")) } td { "–" } td { (gap.unit.number(gap.reported)) " %" } }
                    @for part in &gap.parts {
                        tr { th scope="row" { (part.cause()) } td { (gap.unit.signed(-part.less)) } td { (gap.unit.number(part.value)) " %" } }
                    }
                }
            }
        }
        p.about { (metrics.method()) }
    }
}

fn answered(answer: &ReportedAnswer, number: usize) -> Markup {
    html! {
        h2 { (tr!("Experiment: {question}", question = answer.question)) }
        p { strong { (answer.report.finding) } }
        @if !answer.report.details.is_empty() { p { (answer.report.details) } }
        @for chart in of_answer(answer, number) { (figure(&chart)) }
    }
}

fn links(runs: &[ReportedRun]) -> Markup {
    html! {
        ul {
            @for run in runs {
                li {
                    (run.label) ": "
                    // Anything else would be no page.
                    @if run.link.starts_with("https://") || run.link.starts_with("http://") {
                        a href=(run.link) rel="noreferrer" { (run.link) }
                    } @else { (run.link) }
                    @if run.from_file {
                        " " (text!("It began with weights from a file, which the link does not hold."))
                    }
                }
            }
        }
    }
}
