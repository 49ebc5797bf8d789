//! Why training accuracy and held-out accuracy differ: a button, a sentence, a waterfall and its table.

use leptos::prelude::*;

use crate::app::components::{Column, DataTable, Folded, Term, unique_id};
use crate::app::context::use_run;
use crate::evaluation::gap::{Gap, GapBar, GapMetrics, GapUnit};
use crate::language::{marked, text, tr};
use crate::protocol::{Phase, TrainCommand};
use crate::run::{Activity, Run};

const COLUMNS: &[Column] = &[
    Column::words(marked!("Pass")),
    Column::number(marked!("Accuracy"), marked!("Share of the images classified correctly")),
    Column::number(marked!("Change"), marked!("Percentage points more or less than the pass above: what the cause makes")),
    Column::number(marked!("Loss"), marked!("Mean cross-entropy in nats")),
    Column::number(marked!("Change of loss"), marked!("Nats more or less than the pass above")),
];

/// The trainer of the run measures, and only while the run waits.
#[component]
pub(super) fn ExplainedGap() -> impl IntoView {
    let run = use_run();
    let hint = unique_id("gap");
    let can_measure = Memo::new(move |_| run.of_run(Run::can_be_measured).unwrap_or(false));
    let is_measuring =
        Memo::new(move |_| run.of_run(|run| matches!(run.activity, Activity::Trainer(Phase::ExplainingGap { .. }))).unwrap_or(false));
    let metrics = Memo::new(move |_| run.of_run(|run| run.gap.clone()).flatten());
    let of =
        move |text: fn(&GapMetrics) -> String| Memo::new(move |_| metrics.with(|it| it.as_ref().map(|it| text(it)).unwrap_or_default()));
    let (sentence, method) = (of(GapMetrics::sentence), of(GapMetrics::method));
    let bars = Memo::new(move |_| metrics.with(|it| it.as_ref().map(|it| bars(it)).unwrap_or_default()));
    let rows = Memo::new(move |_| metrics.with(|it| it.as_ref().map(|it| rows(it)).unwrap_or_default()));
    let note = move || match (is_measuring.get(), can_measure.get()) {
        (true, _) => text!("Measuring: no weight changes."),
        (false, true) => text!("Measures training images again, and takes one cause away in each pass."),
        (false, false) => text!("Train, then pause or let the run finish."),
    };
    let measure = move |_| {
        if can_measure.get_untracked() {
            run.ask(TrainCommand::ExplainGap);
        }
    };
    view! {
        <div class="gap">
            <button
                type="button"
                class="quiet"
                aria-disabled=move || (!can_measure.get()).to_string()
                aria-describedby=hint.clone()
                on:click=measure
            >
                {text!("Explain the gap between training and held-out accuracy")}
            </button>
            <span class="gap-note" id=hint>
                {note}
            </span>
            // There before its words change, so that they are read aloud.
            <p class="gap-sentence" role="status" aria-label=text!("What makes the gap")>
                {sentence}
            </p>
            <Show when=move || metrics.with(Option::is_some)>
                <div class="gap-bars" role="img" aria-label=move || bars.with(|bars| words(bars))>
                    {move || bars.get().into_iter().map(|bar| view! { <Bar bar /> }).collect_view()}
                </div>
                <p class="gap-note">
                    {method} {text!(" Training and evaluation differ in ")}
                    <Term name="moving average" shown=marked!("moving statistics") /> ", "
                    <Term name="dropout" /> {text!(" and ")}
                    <Term name="augmentation" /> "."
                </p>
                <Folded title=text!("Every pass in numbers")>
                    <DataTable name=text!("Passes of the gap") columns=COLUMNS rows />
                </Folded>
            </Show>
        </div>
    }
}

#[component]
fn Bar(bar: GapBar) -> impl IntoView {
    let (low, high) = (bar.from.min(bar.to), bar.from.max(bar.to));
    let rises = bar.to > bar.from && !bar.is_end;
    let (left, width) = (format!("{}%", percent(low)), format!("{}%", percent(high - low)));
    view! {
        <span class="gap-label">{bar.label}</span>
        <span class="gap-track">
            <span class="gap-bar" class:gap-rise=rises class:gap-end=bar.is_end style:left=left style:width=width></span>
        </span>
        <span class="gap-value">{value(&bar)}</span>
    }
}

/// Accuracy in tenths of a percent as a length in percent.
fn percent(tenths: i64) -> f64 {
    tenths.clamp(0, 1000) as f64 / 10.0
}

fn value(bar: &GapBar) -> String {
    if bar.is_end { format!("{} %", GapUnit::Accuracy.number(bar.to)) } else { GapUnit::Accuracy.signed(bar.to - bar.from) }
}

fn bars(metrics: &GapMetrics) -> Vec<GapBar> {
    Gap::new(metrics, GapUnit::Accuracy).map(|gap| gap.bars()).unwrap_or_default()
}

/// The waterfall in words.
fn words(bars: &[GapBar]) -> String {
    let told = bars.iter().map(|bar| format!("{}: {}", bar.label, value(bar)));
    tr!("Waterfall from training accuracy to held-out accuracy. {bars}.", bars = told.collect::<Vec<_>>().join("; "))
}

fn rows(metrics: &GapMetrics) -> Vec<Vec<String>> {
    let (Some(accuracy), Some(loss)) = (Gap::new(metrics, GapUnit::Accuracy), Gap::new(metrics, GapUnit::Loss)) else { return Vec::new() };
    let words = metrics.levels.iter().map(|measure| measure.level.words());
    let changes = |gap: &Gap, with: fn(i64) -> String| -> Vec<[String; 2]> {
        let first = [with(gap.reported), "–".to_owned()];
        [first].into_iter().chain(gap.parts.iter().map(|part| [with(part.value), gap.unit.signed(-part.less)])).collect()
    };
    let accuracies = changes(&accuracy, |tenths| format!("{} %", GapUnit::Accuracy.number(tenths)));
    let losses = changes(&loss, |thousandths| GapUnit::Loss.number(thousandths));
    let row = |((words, accuracy), loss): ((&str, [String; 2]), [String; 2])| {
        [words.to_owned()].into_iter().chain(accuracy).chain(loss).collect()
    };
    words.zip(accuracies).zip(losses).map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluation::gap::{GapLevel, GapMeasure};

    fn metrics() -> GapMetrics {
        let measure = |(level, accuracy)| GapMeasure { level, loss: 1.0 - accuracy, accuracy, images: 100 };
        let levels = [(GapLevel::Reported, 0.9), (GapLevel::Trained, 0.98), (GapLevel::MovingStatistics, 0.5), (GapLevel::HeldOut, 0.45)];
        GapMetrics { steps_done: 40, mean_of_steps: 4, training_images: 100, levels: levels.map(measure).to_vec() }
    }

    #[test]
    fn the_picture_has_its_words() {
        let words = words(&bars(&metrics()));
        assert!(words.contains("Training accuracy as reported: 90.0 %; The network changed during the epoch: +8.0;"), "{words}");
        assert!(words.ends_with("Moving statistics of batch norm: −48.0; Images it has not learnt from: −5.0; Held-out accuracy: 45.0 %."));
    }

    #[test]
    fn each_pass_has_a_row_with_its_change() {
        let rows = rows(&metrics());
        assert_eq!(rows[0], ["Reported by training: mean over the epoch", "90.0 %", "–", "0.100", "–"]);
        assert_eq!(rows[2][1..], ["50.0 %", "−48.0", "0.500", "+0.480"]);
        assert_eq!(rows.len(), 4);
    }
}
