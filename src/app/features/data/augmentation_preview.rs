//! What augmentation and whitening make of training images.

use leptos::prelude::*;

use crate::app::components::PictureCanvas;
use crate::app::context::{use_dataset, use_experiment, use_run, use_tasks};
use crate::dataset::augmentation::AugmentedImages;
use crate::experiment::RunRequest;
use crate::experiment::hyperparameters::{Hyperparameters, Monitoring};
use crate::experiment::weight_init::StartingPoint;
use crate::language::text;
use crate::protocol::tasks::{TaskAnswer, TaskRequest};
use crate::spec::NetworkChoices;

/// Ten images, and below each what three epochs see of it. Follows the settings.
#[component]
pub fn AugmentationPreview() -> impl IntoView {
    let (dataset, experiment, run, tasks) = (use_dataset(), use_experiment(), use_run(), use_tasks());
    let preview = RwSignal::new(None::<AugmentedImages>);
    let settings = Memo::new(move |_| seen(&experiment.hyperparameters().get()));
    // A matrix that was measured meanwhile can be shown.
    let measured = Memo::new(move |_| run.of_run(|run| run.plan.request.whitening.clone()).unwrap_or_default());
    let request = move || {
        let mut request = run.plan(StartingPoint::Fresh)?.request;
        request.hyperparameters = settings.get_untracked();
        request.network = NetworkChoices::default();
        Some(request)
    };
    Effect::new(move |_| {
        // Read, not only tracked: a memo that nobody has read yet tells nobody.
        settings.with(|_| ());
        measured.with(|_| ());
        experiment.classes().track();
        if dataset.source().is_none() {
            return;
        }
        let Some(asked) = request() else { return };
        tasks.ask(TaskRequest::ShowAugmented(Box::new(asked.clone())), &[], move |answer| {
            // Another tab or other settings may have been chosen since.
            if let TaskAnswer::Augmented(images) = answer
                && preview.try_with_untracked(|_| ()).is_some()
                && is_same(request().as_ref(), &asked)
            {
                preview.set(Some(*images));
            }
        });
    });
    let heading = move || preview.with(|preview| preview.as_ref().map_or(text!("Augmentation"), AugmentedImages::heading));
    let caption = move || preview.with(|preview| preview.as_ref().map(AugmentedImages::caption));
    let picture = Memo::new(move |_| preview.with(|preview| preview.as_ref()?.picture.clone()));
    let label = Signal::derive(move || preview.with(|preview| preview.as_ref().map(AugmentedImages::label).unwrap_or_default()));
    let has_picture = Memo::new(move |_| picture.with(Option::is_some));
    view! {
        <section class="data-section">
            <h3>{heading}</h3>
            <p class="data-text">{caption}</p>
            <Show when=move || has_picture.get()>
                <div class="table-frame" role="region" tabindex="0" aria-label=text!("Augmented images")>
                    <PictureCanvas picture=Signal::derive(move || picture.get().unwrap_or_default()) label class="data-augmented" />
                </div>
            </Show>
        </section>
    }
}

/// What the network sees of training images depends on this alone.
fn seen(hyperparameters: &Hyperparameters) -> Hyperparameters {
    let Hyperparameters { augmentation, seed, normalisation, whitening_epsilon, training_images, monitoring, .. } = *hyperparameters;
    let monitoring = Monitoring { validation_images: monitoring.validation_images, ..Monitoring::default() };
    Hyperparameters { augmentation, seed, normalisation, whitening_epsilon, training_images, monitoring, ..Hyperparameters::default() }
}

fn is_same(now: Option<&RunRequest>, asked: &RunRequest) -> bool {
    now.is_some_and(|now| {
        (&now.hyperparameters, &now.classes, &now.dataset_url) == (&asked.hyperparameters, &asked.classes, &asked.dataset_url)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_images_do_not_show_asks_for_nothing() {
        let usual = Hyperparameters::default();
        let slower = Hyperparameters { learning_rate: 0.5 * usual.learning_rate, epochs: 7, ..usual };
        assert_eq!(seen(&slower), seen(&usual));
        let other_seed = Hyperparameters { seed: usual.seed + 1, ..usual };
        assert_ne!(seen(&other_seed), seen(&usual));
    }
}
