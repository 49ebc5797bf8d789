//! Offers to open the network that the chosen file is of.

use leptos::prelude::*;

use crate::app::context::use_experiment;
use crate::language::text;

/// Why the file does not fit, with the button that opens its network; nothing while it fits.
#[component]
pub fn OpenItsNetwork(
    /// Done after the network was opened.
    #[prop(optional, into)]
    then: Option<Callback<()>>,
) -> impl IntoView {
    let experiment = use_experiment();
    let (start, spec) = (experiment.starting_file(), experiment.spec());
    let misfit = Memo::new(move |_| start.with(|start| spec.with(|spec| start.misfit(spec))));
    let open = move |_| {
        experiment.open_network_of_file();
        if let Some(then) = then {
            then.run(());
        }
    };
    move || {
        misfit.get().map(|misfit| {
            view! {
                <div class="start-from-misfit" role="status">
                    <p>{misfit.sentence}</p>
                    {misfit
                        .can_open
                        .then(|| {
                            view! {
                                <button
                                    type="button"
                                    class="quiet"
                                    title=text!("Sets the network to the file's, all other settings stay")
                                    on:click=open
                                >
                                    {text!("Open that network")}
                                </button>
                            }
                        })}
                </div>
            }
        })
    }
}
