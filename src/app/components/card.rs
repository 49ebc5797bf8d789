//! A surface with a title.

use leptos::prelude::*;

use super::unique_id;

/// A region of the page with a heading. Assistive technology finds it by its title.
#[component]
pub fn Card(
    /// Heading, and name of the region.
    #[prop(into)]
    title: Signal<String>,
    /// Id of the region, for links that lead here.
    #[prop(optional)]
    id: Option<&'static str>,
    /// Half a sentence beside the heading.
    #[prop(optional, into)]
    lead: Option<Signal<String>>,
    /// What stands at the right end of the heading's line: a legend, a menu.
    #[prop(optional, into)]
    tools: Option<ViewFn>,
    /// Further classes, for the feature's own style sheet.
    #[prop(optional)]
    class: &'static str,
    children: Children,
) -> impl IntoView {
    let heading = unique_id("card");
    view! {
        <section id=id class=format!("card {class}") aria-labelledby=heading>
            <div class="card-head">
                <h2 id=heading.clone()>{title}</h2>
                {lead.map(|lead| view! { <p class="card-lead">{lead}</p> })}
                {tools.map(|tools| view! { <div class="card-tools">{tools.run()}</div> })}
            </div>
            {children()}
        </section>
    }
}
