//! Where the visitor's program is, and whether it answers.

use leptos::prelude::*;

use crate::app::components::unique_id;
use crate::app::context::{Reached, use_device};
use crate::experiment::TrainError;
use crate::language::format;
use crate::language::{marked, text, tr, translated};
use crate::run::Workstation;

const ADDRESS_HELP: &str = marked!("What the program says when it starts. It is in no link and forgotten when the page is closed.");
const TOKEN_HELP: &str = marked!("What stands behind --token, if the program was started with one.");

/// Address, token, and a button that tries them. Nothing is contacted before it is pressed, or Play.
#[component]
pub fn WorkstationFields() -> impl IntoView {
    let workstation = use_device().workstation();
    let address = Memo::new(move |_| workstation.entered().address);
    let token = Memo::new(move |_| workstation.entered().token);
    let status = move || match workstation.reached() {
        Reached::NotTried => {
            let command = Workstation::command(&window().origin());
            tr!("Start it there by “{command}”. Nothing is contacted before you connect or train.", command)
        }
        Reached::Trying => text!("Connecting…").to_owned(),
        Reached::There(device) => tr!("Connected: runs that begin now train on {device}.", device),
        Reached::Not(failure) => format::sentence(&TrainError::from(failure).to_string()),
    };
    // Not `disabled`: the button would lose the focus when it is pressed.
    let is_trying = move || workstation.reached() == Reached::Trying;
    let connect = move |_| {
        if !untrack(is_trying) {
            workstation.connect();
        }
    };
    let change_address = Callback::new(move |text: String| workstation.change(|entered| entered.address = text));
    let change_token = Callback::new(move |text: String| workstation.change(|entered| entered.token = text));
    view! {
        <TextField label=text!("Address of the program") help=translated(ADDRESS_HELP) kind="text" value=address on_change=change_address />
        <TextField label=text!("Token") help=translated(TOKEN_HELP) kind="password" value=token on_change=change_token />
        <div class="settings-connect">
            <button type="button" class="quiet" aria-disabled=move || is_trying().to_string() on:click=connect>
                {text!("Connect")}
            </button>
            <p role="status" aria-label=text!("Connection")>
                {status}
            </p>
        </div>
    }
}

/// A line of text with its label.
#[component]
fn TextField(
    /// Name of what is entered.
    label: &'static str,
    /// One sentence that explains it.
    help: &'static str,
    /// `text`, or `password` for what nobody should read over a shoulder.
    kind: &'static str,
    /// What stands there.
    value: Memo<String>,
    /// Takes what was typed.
    on_change: Callback<String>,
) -> impl IntoView {
    let id = unique_id("text");
    let help_id = format!("{id}-help");
    view! {
        <div class="field settings-text">
            <label for=id.clone()>{label}</label>
            <p class="field-help" id=help_id.clone()>
                {help}
            </p>
            <div class="field-row">
                <input
                    id=id
                    type=kind
                    autocomplete="off"
                    spellcheck="false"
                    aria-describedby=help_id
                    prop:value=value
                    on:input=move |event| on_change.run(event_target_value(&event))
                />
            </div>
        </div>
    }
}
