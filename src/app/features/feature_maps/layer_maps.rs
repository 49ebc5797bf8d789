//! The feature maps of a layer.

use leptos::prelude::*;

use crate::app::components::{PictureCanvas, SelectField, SelectOption, Term};
use crate::app::context::{use_feature_maps, use_run};
use crate::insight::feature_maps::{about_maps, maps_picture, places};
use crate::language::{marked, text};
use crate::spec::ResNetSpec;

/// The choice of a layer, and its strongest maps.
#[component]
pub fn LayerMaps() -> impl IntoView {
    let (feature_maps, run) = (use_feature_maps(), use_run());
    let look = feature_maps.look();
    let network = Memo::new(move |_| run.of_run(|run| run.plan.request.network.clone()));
    let names = Memo::new(move |_| {
        let spec = network.get().and_then(|network| ResNetSpec::new(network).ok());
        spec.as_ref().map(places).unwrap_or_default()
    });
    let options = Memo::new(move |_| {
        let option = |(place, name): (usize, &String)| SelectOption::new(place.to_string(), name);
        names.with(|names| names.iter().enumerate().map(option).collect::<Vec<_>>())
    });
    let place = Memo::new(move |_| look.with(|look| look.as_ref().map_or(0, |look| look.question.place)));
    // The list shows what was asked for, before the answer has come.
    let asked = Memo::new(move |_| {
        let asked = feature_maps.question().map(|question| question.place);
        asked.filter(|asked| *asked < names.with(Vec::len)).unwrap_or_else(|| place.get())
    });
    let choose = move |chosen: String| {
        if let Ok(place) = chosen.parse() {
            feature_maps.ask(|question| question.place = place);
        }
    };
    let picture = Memo::new(move |_| look.with(|look| look.as_ref().map(|look| maps_picture(&look.maps)).unwrap_or_default()));
    let words = Memo::new(move |_| {
        let name = names.with(|names| names.get(place.get()).cloned().unwrap_or_default());
        look.with(|look| look.as_ref().map(|look| about_maps(look, &name)).unwrap_or_default())
    });
    let is_there = Memo::new(move |_| look.with(Option::is_some));
    view! {
        <Show when=move || is_there.get()>
            <section class="feature-maps-layer">
                <SelectField
                    label=text!("Maps of")
                    help=text!("The layer whose feature maps are shown.")
                    options=options
                    value=Signal::derive(move || asked.get().to_string())
                    on_change=Callback::new(choose)
                />
                <figure class="feature-maps-maps">
                    <PictureCanvas picture label=words class="feature-maps-canvas" />
                    <figcaption class="caption">
                        <Term name="feature map" shown=marked!("Feature maps") />
                        {text!(" of ")}
                        {words}
                    </figcaption>
                </figure>
            </section>
        </Show>
    }
}
