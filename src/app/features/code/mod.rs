//! The network as code, and its weights as files.

mod code_text;
mod open_network;
mod save_notebook;
mod save_run;
mod start_from;

use leptos::task::spawn_local;
use leptos::{html, prelude::*};

use crate::app::components::{TabIds, TabItem, TabList, TabPanel};
use crate::app::context::{use_experiment, use_view};
use crate::app::services::{clipboard, download::save_file};
use crate::drawing::network::LayerGraph;
use crate::export::{CodeLines, CodeRequest, Framework, Part, lines_of_part, write_code_with_lines};
use crate::language::{marked, text, translated};
use crate::spec::Named;

use code_text::CodeText;
pub use open_network::OpenItsNetwork;
use save_notebook::SaveNotebook;
use save_run::SaveRun;
pub use start_from::StartFrom;

const COPIED: &str = marked!("Copied");
const NOT_COPIED: &str = marked!("This browser does not allow copying: select the code.");

/// The network as code, and its weights as files.
#[component]
pub fn Code() -> impl IntoView {
    let details = NodeRef::<html::Details>::new();
    let starts = RwSignal::new(false);
    let start = use_experiment().starting_file();
    // A file that was dropped on the page is shown where it can be changed.
    Effect::new(move |_| {
        if let Some(details) = details.get().filter(|_| start.with(|start| start.file.is_some())) {
            // Refused by no browser.
            let _ = details.set_attribute("open", "");
        }
    });
    let toggled = move |_| starts.set(details.get_untracked().is_some_and(|details| details.has_attribute("open")));
    view! {
        <div class="code">
            <NetworkCode />
            <SaveRun />
            <SaveNotebook />
            <details node_ref=details on:toggle=toggled>
                <summary>{text!("Start from a file")}</summary>
                <Show when=move || starts.get()>
                    <StartFrom />
                </Show>
            </details>
        </div>
    }
}

/// The code of the network that is drawn, to read, copy and save.
#[component]
fn NetworkCode() -> impl IntoView {
    let (experiment, view) = (use_experiment(), use_view());
    let spec = experiment.spec();
    let framework = RwSignal::new(Framework::Keras);
    let stages_only = RwSignal::new(false);
    let written = Memo::new(move |_| {
        let request = CodeRequest {
            network: spec.with(|spec| spec.choices().clone()),
            framework: framework.get(),
            part: if stages_only.get() { Part::ResidualStages } else { Part::WholeNetwork },
            l2: experiment.hyperparameters().read().l2,
        };
        // A network that is drawn can be built.
        write_code_with_lines(&request).unwrap_or_else(|error| (error.to_string(), CodeLines::default()))
    });
    // The drawing says which lines make what is pointed at, while they can be seen.
    Effect::new(move |_| view.code_lines.set(written.with(|(_, lines)| lines.clone())));
    on_cleanup(move || view.code_lines.set(CodeLines::default()));
    let graph = Memo::new(move |_| spec.with(LayerGraph::new));
    let marked = Memo::new(move |_| {
        let part = view.chosen_part.get()?;
        graph.with(|graph| written.with(|(_, lines)| lines_of_part(graph, &part, lines)))
    });
    let note = RwSignal::new("");
    Effect::new(move |_| {
        written.track();
        note.set("");
    });
    let copy = move |_| {
        let code = written.with_untracked(|(code, _)| code.clone());
        spawn_local(async move { note.set(if clipboard::copy(&code).await { translated(COPIED) } else { translated(NOT_COPIED) }) });
    };
    let save = move |_| {
        let depth = spec.with_untracked(|spec| spec.depth().layers());
        let framework = framework.get_untracked();
        let name = format!("resnet_{depth}_{}.{}", framework.name(), framework.extension());
        written.with_untracked(|(code, _)| save_file(&name, code.as_bytes()));
    };
    let ids = TabIds::new();
    let panel_ids = ids.clone();
    let panel = move |item: TabItem<Framework>| {
        view! {
            <TabPanel ids=panel_ids.clone() item open=framework>
                <CodeText code=Signal::derive(move || written.with(|(code, _)| code.clone())) marked />
            </TabPanel>
        }
    };
    view! {
        <p class="code-lead">
            {text!(
                "The network as it is drawn, with the lines that load its saved weights. Point at a part of the drawing: the Keras lines \
                that make it are marked."
            )}
        </p>
        <TabList
            label=text!("Libraries")
            ids
            items=FRAMEWORKS.to_vec()
            open=framework
            on_open=Callback::new(move |chosen| framework.set(chosen))
        />
        <div class="code-tools">
            <label class="code-choice">
                <input
                    type="checkbox"
                    prop:checked=move || stages_only.get()
                    on:change=move |event| stages_only.set(event_target_checked(&event))
                />
                {text!("Residual stages only")}
            </label>
            <span class="code-note" role="status">
                {move || note.get()}
            </span>
            <button type="button" class="quiet" on:click=copy>
                {text!("Copy")}
            </button>
            <button type="button" class="quiet" on:click=save>
                {text!("Save")}
            </button>
        </div>
        {FRAMEWORKS.map(panel).collect_view()}
    }
}

const FRAMEWORKS: [TabItem<Framework>; 3] = [
    TabItem { value: Framework::Keras, label: "Keras" },
    TabItem { value: Framework::PyTorch, label: "PyTorch" },
    TabItem { value: Framework::Burn, label: "Burn" },
];
