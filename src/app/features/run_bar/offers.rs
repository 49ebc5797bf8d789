//! What can be done with a run whose settings have changed, or that is finished.

use leptos::prelude::*;

use crate::app::context::{MORE_EPOCHS, use_run};
use crate::language::{text, tr};

/// Buttons at the right end of the status line. Its place is reserved, so nothing moves when they come and go.
#[component]
pub fn Offers() -> impl IntoView {
    let run = use_run();
    let changed = Memo::new(move |_| run.needs_restart());
    let finished = Memo::new(move |_| run.is_finished());
    let can_change = Memo::new(move |_| run.can_change_from_here());
    let can_begin = Memo::new(move |_| run.can_begin());
    view! {
        <div class="run-offers">
            <Show when=move || changed.get()>
                <span class="run-offers-words">{text!("Changes apply to the next run.")}</span>
                <Show when=move || can_change.get()>
                    <button
                        type="button"
                        class="quiet"
                        title=text!("Go on with this run and the changed settings")
                        on:click=move |_| run.change_from_here()
                    >
                        {text!("Change from here")}
                    </button>
                </Show>
                <button
                    type="button"
                    class="quiet"
                    title=text!("Begin a new run with the changed settings. The curves of this one stay.")
                    aria-disabled=move || (!can_begin.get()).to_string()
                    on:click=move |_| run.apply_changes()
                >
                    {text!("Apply changes")}
                </button>
            </Show>
            <Show when=move || finished.get() && !changed.get()>
                <button type="button" class="quiet" on:click=move |_| run.train_more()>
                    {tr!("Train {count} more epochs", count = MORE_EPOCHS)}
                </button>
                <button type="button" class="quiet" title=text!("The same settings from the start") on:click=move |_| run.restart()>
                    {text!("New run")}
                </button>
            </Show>
        </div>
    }
}
