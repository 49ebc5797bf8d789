//! An experiment as a query.

use super::{FromAuthor, LINK_VERSION, Tab, Theme, ViewOptions, keys};
use crate::experiment::Experiment;
use crate::experiment::options::options;
use crate::spec::Named;

/// The canonical query of an experiment, without `?`. The version alone says that everything is the tutorial's.
pub fn write(experiment: &Experiment, view: &ViewOptions) -> String {
    let version = format!("{}={LINK_VERSION}", keys::VERSION);
    let mut usual = Experiment::default();
    if experiment.has_own_data() {
        // Without a number a link means all images of such a data set, so it says the usual number too.
        (usual.hyperparameters.training_images, usual.hyperparameters.held_out_images) = (0, 0);
    }
    let parts = [version].into_iter().chain(experiment_parts(experiment, &usual)).chain(view_parts(view));
    parts.collect::<Vec<_>>().join("&")
}

/// The same with what its author gives beside it.
pub fn write_with(experiment: &Experiment, view: &ViewOptions, from_author: &FromAuthor) -> String {
    joined([write(experiment, view)].into_iter(), from_author)
}

/// The query of the page's own address: says nothing of the experiment that the page begins with anyway. Whatever leaves the
/// page is better [written](write()) in full, since a later page may begin with another one.
pub fn address(experiment: &Experiment, view: &ViewOptions, from_author: &FromAuthor) -> String {
    if *experiment == Experiment::first() { joined(view_parts(view), from_author) } else { write_with(experiment, view, from_author) }
}

fn joined(parts: impl Iterator<Item = String>, from_author: &FromAuthor) -> String {
    parts.chain(from_author.parts()).collect::<Vec<_>>().join("&")
}

fn view_parts(view: &ViewOptions) -> impl Iterator<Item = String> {
    let embed = view.embed.then(|| format!("{}=1", keys::EMBED));
    let theme = (view.theme != Theme::System).then(|| format!("{}={}", keys::THEME, view.theme.name()));
    let language = view.language.map(|tag| format!("{}={}", keys::LANGUAGE, tag.word()));
    // Outside of a frame the first tab is usual, inside the drawing.
    let is_usual_tab = if view.embed { view.network } else { view.tab == Tab::default() };
    let tab = (!is_usual_tab).then(|| format!("{}={}", keys::VIEW, view.tab.name()));
    let lesson = view.lesson.map(|step| format!("{}={}", keys::LESSON, step.name()));
    let hidden = (view.embed && !view.hidden.is_empty()).then(|| format!("{}={}", keys::HIDE, view.hidden.words()));
    let splice = (view.embed && view.splice).then(|| format!("{}=1", keys::SPLICE));
    [embed, theme, language, tab, lesson, hidden, splice].into_iter().flatten()
}

/// What `later` has otherwise than `earlier`, in the words of the link: `depth 20, skips off`.
pub fn difference(earlier: &Experiment, later: &Experiment) -> String {
    let parts = experiment_parts(later, earlier);
    parts.iter().map(|part| part.replacen('=', " ", 1)).collect::<Vec<_>>().join(", ")
}

/// `key=value` for everything that differs from `usual`. What is no number cannot be read back, so it is not written.
fn experiment_parts(experiment: &Experiment, usual: &Experiment) -> Vec<String> {
    let values = options().iter().map(|option| (option.key, option.text(experiment), option.text(usual)));
    let unusual = values.filter(|(_, value, usual)| value != usual && !matches!(value.as_str(), "NaN" | "inf" | "-inf"));
    unusual.map(|(key, value, _)| format!("{key}={value}")).collect()
}
