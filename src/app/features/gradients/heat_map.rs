//! A measure over depth and steps as a picture.

use leptos::prelude::*;

use crate::app::components::{PictureCanvas, SavePicture};
use crate::app::context::use_run;
use crate::drawing::palette::{Palette, bytes_of};
use crate::drawing::saved_map::{MapWords, saved_map};
use crate::insight::layer_stats::{HeatMap, Measure};
use crate::language::format::grouped;
use crate::language::{marked, tr, translated};
use crate::run::Run;
use crate::spec::ResNetSpec;

use super::ramp::gradient_ramp;

/// One pixel a value, enlarged; from the second look on.
#[component]
pub(super) fn HeatMapPicture(
    /// What is shown.
    measure: RwSignal<Measure>,
) -> impl IntoView {
    let run = use_run();
    let ramp = gradient_ramp();
    // A new look is what makes a new map; steps between two looks do not.
    let looks = Memo::new(move |_| run.of_run(|run| (run.looks.len(), run.looks.last().map(|look| look.gradients.step))));
    let map = Memo::new(move |_| {
        looks.with(|_| ());
        let measure = measure.get();
        let of = |run: &Run| HeatMap::new(measure, &ResNetSpec::new(run.plan.request.network.clone()).ok()?, &run.looks);
        untrack(|| run.of_run(of)).flatten()
    });
    let picture = Memo::new(move |_| {
        let ramp = ramp.get();
        map.with(|map| map.as_ref().map(|map| map.picture(&ramp)).unwrap_or_default())
    });
    let title = move || tr!("{measure} by depth and step", measure = translated(measure.get().label()));
    let words = move |of: fn(&HeatMap, Measure) -> String| {
        Memo::new(move |_| map.with(|map| map.as_ref().map(|map| of(map, measure.get())).unwrap_or_default()))
    };
    let [first, last] =
        [0, 1].map(|end: usize| Memo::new(move |_| map.with(|map| map.as_ref().map(|map| step_words(map.steps[end])).unwrap_or_default())));
    let (label, key) = (words(label), words(key));
    let draw = Callback::new(move |palette: Palette| map.with(|map| map.as_ref().and_then(|map| file(map, measure.get(), &palette))));
    view! {
        <figure class="gradients-map" hidden=move || map.with(Option::is_none)>
            <div class="gradients-map-head">
                <h3>{title}</h3>
                <SavePicture title=marked!("Gradient map") draw />
            </div>
            <PictureCanvas picture label />
            <figcaption>
                <span>{first}</span>
                <span class="gradients-map-key">
                    <span aria-hidden="true" class="gradients-map-ramp"></span>
                    {key}
                </span>
                <span>{last}</span>
            </figcaption>
        </figure>
    }
}

fn label(map: &HeatMap, measure: Measure) -> String {
    let [low, high] = map.range.map(|value| measure.format().value(value));
    let [first, last] = map.steps.map(|step| step + 1);
    tr!(
        "{measure} by depth and step: {rows} {parts} from the image at the top to the scores at the bottom, steps {first} to {last} from \
         left to right, values from {low} to {high}.",
        measure = translated(measure.label()),
        rows = map.rows(),
        parts = translated(measure.counts()),
        first,
        last,
        low,
        high
    )
}

/// The map as SVG.
fn file(map: &HeatMap, measure: Measure, palette: &Palette) -> Option<String> {
    let words = MapWords {
        title: tr!("{measure} by depth and step: the image on top, the scores at the bottom", measure = translated(measure.label())),
        ends: map.steps.map(step_words),
        range: map.range.map(|value| measure.format().value(value)),
    };
    saved_map(&map.picture(&palette.gradients.map(bytes_of)), &words, palette)
}

fn key(map: &HeatMap, measure: Measure) -> String {
    let [low, high] = map.range.map(|value| measure.format().value(value));
    tr!("{low} to {high}; image on top", low, high)
}

/// `step 1,000`, of one counted from 0.
fn step_words(step: usize) -> String {
    tr!("step {step}", step = grouped(step + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::layer_stats::{LayerGradients, NetworkLook};

    #[test]
    fn the_map_is_told_in_words() {
        let spec = ResNetSpec::default();
        let layers = spec.kernel_layers().len();
        let look = |step, norm| NetworkLook {
            gradients: LayerGradients { step, norms: vec![norm; layers] },
            update_ratios: vec![0.1; layers],
            blocks: Vec::new(),
        };
        let map = HeatMap::new(Measure::Gradient, &spec, &[look(0, 1.0), look(10, 0.01)]).unwrap();
        let said = label(&map, Measure::Gradient);
        assert!(said.starts_with("Gradient by depth and step: 12 layers") && said.contains("steps 1 to 11"), "{said}");
        assert_eq!(key(&map, Measure::Gradient), "0.010 to 1.0; image on top");
    }
}
