//! The sheet “Share”: the link, its QR code, a goal and a curve for its readers, and snippets that embed the experiment.

mod copy_text;
mod embed;
mod goal_fields;
mod qr_code;

use leptos::{html, prelude::*};

use crate::app::components::{Sheet, Switch};
use crate::app::context::{use_experiment, use_run, use_view};
use crate::app::services::location;
use crate::experiment::AuthorCurve;
use crate::experiment::permalink::FromAuthor;
use crate::language::text;

use copy_text::CopyText;
use embed::Embed;
use goal_fields::GoalFields;
use qr_code::QrCode;

/// Longest link that mails, chats and servers leave whole.
const LONGEST_LINK: usize = 2000;

/// The button of the header that opens the sheet.
#[component]
pub fn ShareButton() -> impl IntoView {
    let view = use_view();
    view! {
        <div class="share">
            <button
                type="button"
                class="quiet"
                title=text!("A link that repeats this experiment, as text, QR code or embed")
                aria-haspopup="dialog"
                on:click=move |_| view.share_open.set(true)
            >
                {text!("Share")}
            </button>
        </div>
    }
}

/// The sheet.
#[component]
pub fn ShareSheet() -> impl IntoView {
    let view = use_view();
    view! {
        <Sheet title=text!("Share") open=view.share_open>
            <Share />
        </Sheet>
    }
}

/// What the sheet holds. It begins anew whenever the sheet is opened.
#[component]
fn Share() -> impl IntoView {
    let (experiment, run, view) = (use_experiment(), use_run(), use_view());
    let given = view.from_author.get_untracked();
    let goal = RwSignal::new(given.goal);
    // The curve as it was when it was asked for: a link that grows while it is copied would be of no use.
    let own_curve = RwSignal::new(None::<AuthorCurve>);
    let has_curve = Memo::new(move |_| own_curve.with(Option::is_some) || run.of_run(|run| !run.steps.is_empty()).unwrap_or(false));
    let link_with = move |from_author: &FromAuthor| location::link(&experiment.link(view, from_author));
    let take_curve = Callback::new(move |on: bool| {
        let without = untrack(|| link_with(&FromAuthor { goal: goal.get(), curve: None }).len());
        let room = LONGEST_LINK.saturating_sub(without + "&curve=".len());
        own_curve.set(on.then(|| run.state().with_untracked(|state| state.own_curve(room))).flatten());
    });
    let curve_words = Memo::new(move |_| own_curve.with(|curve| curve.as_ref().map(AuthorCurve::words).unwrap_or_default()));
    let from_author = Signal::derive(move || {
        let curve = own_curve.get().or_else(|| view.from_author.with(|from_author| from_author.curve.clone()));
        FromAuthor { goal: goal.get(), curve }
    });
    let link = Memo::new(move |_| link_with(&from_author.get()));
    let first = NodeRef::<html::Button>::new();
    Effect::new(move |_| {
        if let Some(button) = first.get() {
            // What most people want is one key away.
            request_animation_frame(move || drop(button.focus()));
        }
    });
    view! {
        <section class="share-part" aria-label=text!("Link")>
            <CopyText label=text!("Link to this experiment") action=text!("Copy link") done=text!("Link copied") text=link button=first />
            <Show when=move || has_curve.get()>
                <Switch
                    label=text!("With my curve")
                    help=text!("Readers see the curve of your run as “the author’s” beside their own. The link grows longer.")
                    checked=Signal::derive(move || own_curve.with(Option::is_some))
                    on_change=take_curve
                    help_shown=true
                    caption=curve_words
                />
            </Show>
        </section>
        <GoalFields goal />
        <QrCode link />
        <Embed from_author />
    }
}
