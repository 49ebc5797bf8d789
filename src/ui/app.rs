//! The page's frame.

use std::time::Duration;

use super::browser::{later, next_frame};
use super::session::Session;
use super::shown_part::ShownWish;
use super::{
    address, curves, experiments, failure_notice, feature_maps, header, images, kept_work, keyboard, layer_costs, lesion_chart,
    looks_chart, measurements, network_drawing, notices, page, parts, report, run_strip, runs, shown_part,
};
use crate::experiment::permalink;

/// Where things come from, and where they do not go.
const FOOTER: &str = "<footer>Everything runs in this tab: images, network and training never leave it. \
    Network: ResNetV2 after <a href=https://arxiv.org/abs/1603.05027>He et al. 2016</a>. \
    Images: <a href=https://www.cs.toronto.edu/~kriz/cifar.html>CIFAR-10</a>.</footer>";

/// Opens the page; what reads a link is fetched where there is one.
pub fn start() {
    if address::query().is_empty() {
        open();
    } else {
        parts::open_linked();
    }
}

/// Opens it as its link says.
pub fn open_linked() -> fn(()) {
    Session::begin_with(permalink::read(&address::query()));
    open();
    |()| {}
}

/// Everything: first the whole page as HTML, then what keeps it up to date.
fn open() {
    page::remove_loading_sentence();
    let session = Session::open();
    keyboard::listen();
    // Only the link says so, and it is read once.
    let embedded = session.view.with_untracked(|view| view.embed);
    page::set_root_attribute("data-embed", embedded.then_some(""));
    let frame = |html: &'static str| if embedded { "" } else { html };
    page::append(
        &[
            frame(header::HTML),
            "<main>",
            &run_strip::html(),
            "<div class=messages>",
            if embedded { "" } else { kept_work::HTML },
            notices::HTML,
            failure_notice::HTML,
            "<div class=message id=part-run></div><div class=message id=part-shown></div></div><div class=columns><div class=column>",
            &network_drawing::html(),
            &experiments::html(),
            images::HTML,
            &feature_maps::html(),
            report::HTML,
            &lesion_chart::html(),
            layer_costs::HTML,
            "</div><div class=column>",
            &curves::html(),
            &looks_chart::html(),
            &measurements::html(),
            &runs::html(),
            "</div></div></main>",
            frame(FOOTER),
        ]
        .concat(),
    );
    if !embedded {
        header::start(session);
        kept_work::look();
    }
    parts::start();
    run_strip::start(session);
    notices::start(session);
    network_drawing::start(session);
    images::start(session);
    feature_maps::listen_for_images();
    // The network comes first: what stands beside it is fetched once that is on the screen.
    shown_part::hear_early_clicks();
    next_frame(|| later(|| parts::show_the_rest(ShownWish::BeThere), Duration::ZERO));
}
