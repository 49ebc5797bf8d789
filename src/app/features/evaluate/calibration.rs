//! Whether the network is right as often as it is confident.

use leptos::prelude::*;

use crate::app::components::{ChartAxes, Column, CurveRole, CurveSeries, DataTable, Folded, LineChart, Term, ValueFormat};
use crate::evaluation::{BINS, Bin, Calibration, calibration_sentence, percent};
use crate::language::format::grouped;
use crate::language::{marked, text, tr};

use super::shown::Shown;

const COLUMNS: &[Column] = &[
    Column::words(marked!("Confidence")),
    Column::number(marked!("Images"), marked!("Test images whose confidence lies there")),
    Column::number(marked!("Mean confidence"), marked!("Mean probability that the network gives its prediction")),
    Column::number(marked!("Right"), marked!("Share of these images that are right")),
];

/// A sentence, the reliability chart, and its numbers.
#[expect(clippy::needless_pass_by_value, reason = "properties of a component are its own")]
#[component]
pub fn CalibrationOfReport(
    /// The report.
    shown: Shown,
) -> impl IntoView {
    let report = shown.report();
    let sentence = calibration_sentence(report);
    let series = vec![perfect(), reliability(&report.calibration)];
    let axes = ChartAxes { y_format: ValueFormat::Percent, y_limits: Some([0.0, 1.0]), x_end: Some(100.0), ..ChartAxes::default() };
    let rows = StoredValue::new(rows(&report.calibration));
    view! {
        <section class="evaluate-section">
            <h3>{text!("Is its confidence justified?")}</h3>
            <p class="evaluate-finding">{sentence}</p>
            <LineChart
                title=marked!("Reliability")
                series=Signal::stored(series)
                x_label=marked!("% confidence")
                axes=Signal::stored(axes)
                empty=text!("No image was predicted.")
                height=220.0
                names_every_value=true
            >
                <p class="evaluate-text">
                    {text!(
                        "Below the dashes the network is overconfident: it is right less often than it says. The expected calibration \
                         error is the mean distance of the two lines over all images ("
                    )}
                    <a href="https://arxiv.org/abs/1706.04599">"Guo et al. 2017"</a> "). " <Term name="calibration" />
                </p>
            </LineChart>
            <Folded title=text!("The same as numbers")>
                <DataTable name=text!("Calibration") columns=COLUMNS rows=Signal::stored(rows.get_value()) />
            </Folded>
        </section>
    }
}

fn perfect() -> CurveSeries {
    let points = vec![(0.0, 0.0), (100.0, 1.0)];
    CurveSeries { name: text!("perfect calibration").into(), role: CurveRole::ComparedDashed, points, smoothed: false, markers: false }
}

fn reliability(calibration: &Calibration) -> CurveSeries {
    let filled = calibration.bins.iter().filter(|bin| bin.images > 0);
    let points = filled.map(|bin| (100.0 * bin.confidence, bin.accuracy)).collect();
    CurveSeries { name: text!("this network").into(), role: CurveRole::HeldOut, points, smoothed: false, markers: true }
}

fn rows(calibration: &Calibration) -> Vec<Vec<String>> {
    let row = |(place, bin): (usize, &Bin)| {
        let [low, high] = [place, place + 1].map(|edge| 100 * edge / BINS);
        let measured = |share: f64| if bin.images > 0 { percent(share) } else { "–".into() };
        vec![tr!("{low} to {high}\u{a0}%", low, high), grouped(bin.images), measured(bin.confidence), measured(bin.accuracy)]
    };
    calibration.bins.iter().enumerate().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bins_without_images_have_no_point_and_no_shares() {
        let mut bins = [Bin::default(); BINS];
        bins[9] = Bin { images: 3, confidence: 0.95, accuracy: 2.0 / 3.0 };
        let calibration = Calibration { bins, expected_error: 0.28, confidence: 0.95 };
        assert_eq!(reliability(&calibration).points, [(95.0, 2.0 / 3.0)]);
        let rows = rows(&calibration);
        assert_eq!(rows[0], ["0 to 10\u{a0}%", "0", "–", "–"].map(str::to_owned));
        assert_eq!(rows[9], ["90 to 100\u{a0}%", "3", "95.0\u{a0}%", "66.7\u{a0}%"].map(str::to_owned));
    }
}
