//! What is in the data set, class by class.

use leptos::prelude::*;

use crate::app::components::{PictureCanvas, TableFrame};
use crate::app::context::{use_dataset, use_dataset_library, use_tasks};
use crate::dataset::{DatasetManifest, IMAGE_EDGE, Shard};
use crate::drawing::picture::Picture;
use crate::language::format::grouped;
use crate::language::{text, tr};
use crate::protocol::tasks::{TaskAnswer, TaskRequest};

/// A class with its numbers of images.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct ClassRow {
    class: usize,
    name: String,
    training: usize,
    held_out: usize,
}

/// A row for each class: how many images, and some of them.
#[component]
pub fn ClassTable() -> impl IntoView {
    let (dataset, tasks, library) = (use_dataset(), use_tasks(), use_dataset_library());
    let rows = Memo::new(move |_| dataset.source().map(|source| class_rows(&source.manifest)).unwrap_or_default());
    let pictures = RwSignal::new(Vec::<Picture>::new());
    Effect::new(move |_| {
        pictures.set(Vec::new());
        let Some(source) = dataset.source() else { return };
        let url = source.url.clone();
        tasks.ask(TaskRequest::ShowClasses { url: url.clone() }, &[], move |answer| {
            // Another tab or another data set may have been opened since.
            let is_shown = dataset.source_untracked().is_some_and(|source| source.url == url);
            match answer {
                TaskAnswer::ClassPictures(found) if is_shown => {
                    pictures.try_set(found);
                }
                TaskAnswer::Refused { sentence } if is_shown => {
                    library.note().set(tr!("The images of the classes could not be read: {sentence}.", sentence));
                }
                _ => {}
            }
        });
    });
    let row = move |row: ClassRow| {
        let picture = Memo::new(move |_| pictures.with(|pictures| pictures.get(row.class).cloned().unwrap_or_default()));
        let label = {
            let name = row.name.clone();
            Signal::derive(move || tr!("{count} images of {name}", count = picture.with(|picture| picture.width / IMAGE_EDGE), name))
        };
        let is_there = Memo::new(move |_| picture.with(|picture| picture.width > 0));
        let name = row.name.clone();
        view! {
            <tr>
                <th scope="row" title=name>
                    {row.name}
                </th>
                <td class="number-cell">{grouped(row.training)}</td>
                <td class="number-cell">{grouped(row.held_out)}</td>
                <td>
                    <Show when=move || is_there.get()>
                        <PictureCanvas picture label class="data-strip" />
                    </Show>
                </td>
            </tr>
        }
    };
    view! {
        <TableFrame label=text!("Images by class") class="data-by-class">
            <thead>
                <tr>
                    <th scope="col">{text!("Class")}</th>
                    <th scope="col" class="number-cell">
                        {text!("Training")}
                    </th>
                    <th scope="col" class="number-cell">
                        {text!("Held out")}
                    </th>
                    <th scope="col">{text!("Some of its training images")}</th>
                </tr>
            </thead>
            <tbody>
                <For each=move || rows.get() key=|row| row.clone() children=row />
            </tbody>
        </TableFrame>
    }
}

fn class_rows(manifest: &DatasetManifest) -> Vec<ClassRow> {
    let counts = |shards: &[Shard]| {
        let mut counts = vec![0; manifest.classes.len()];
        for label in shards.iter().flat_map(|shard| &shard.labels) {
            if let Some(count) = counts.get_mut(usize::from(*label)) {
                *count += 1;
            }
        }
        counts
    };
    let (training, held_out) = (counts(&manifest.train), counts(&manifest.test));
    let row =
        |(class, name): (usize, &String)| ClassRow { class, name: name.clone(), training: training[class], held_out: held_out[class] };
    manifest.classes.iter().enumerate().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_class_has_its_counts() {
        let shard = |labels: Vec<u16>| Shard { file: "a.png".into(), bytes: 1, labels };
        let manifest = DatasetManifest {
            classes: vec!["cats".into(), "dogs".into()],
            train: vec![shard(vec![0, 1, 0, 0]), shard(vec![1; 1200])],
            test: vec![shard(vec![1, 1])],
            ..DatasetManifest::without_images()
        };
        let rows: Vec<_> = class_rows(&manifest).into_iter().map(|row| (row.name, row.training, row.held_out)).collect();
        assert_eq!(rows, [("cats".into(), 3, 0), ("dogs".into(), 1201, 2)]);
    }
}
