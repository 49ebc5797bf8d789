//! What happens along the network: gradients and activations, one step told slowly, blocks removed one at a time.

mod heat_map;
mod lesions;
mod measures;
mod profile;
mod ramp;
mod tell_step;

use leptos::prelude::*;

use heat_map::HeatMapPicture;
use lesions::Lesions;
use measures::Measures;
use profile::Profile;
use tell_step::TellStep;

use crate::insight::layer_stats::Measure;

/// The tab: one measure at a time along the depth, then what can be asked of the run.
#[component]
pub fn Gradients() -> impl IntoView {
    let measure = RwSignal::new(Measure::default());
    view! {
        <div class="gradients">
            <Measures measure />
            <Profile measure />
            <HeatMapPicture measure />
            <TellStep />
            <Lesions />
        </div>
    }
}
