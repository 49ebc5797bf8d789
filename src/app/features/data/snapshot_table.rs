//! The pictures taken with the camera, class by class.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::components::{PictureCanvas, TableFrame};
use crate::app::context::use_dataset_library;
use crate::dataset::IMAGE_EDGE;
use crate::dataset::snapshots::Snapshots;
use crate::drawing::picture::Picture;
use crate::language::{text, tr};

/// Pictures shown of a class, the newest.
const SHOWN: usize = 8;

type Pictures = Snapshots<Arc<Vec<u8>>>;

/// A row for each class.
#[component]
pub fn SnapshotTable(
    /// Hears that a class went with its last picture.
    on_class_gone: Callback<()>,
) -> impl IntoView {
    let snapshots = use_dataset_library().snapshots();
    let names = Memo::new(move |_| snapshots.with(|snapshots| snapshots.classes().map(|(name, _)| name.to_owned()).collect::<Vec<_>>()));
    let row = move |name: String| {
        let of_class = StoredValue::new(name.clone());
        let count = Memo::new(move |_| of_class.with_value(|name| snapshots.with(|snapshots| count_of(snapshots, name))));
        let picture = Memo::new(move |_| of_class.with_value(|name| snapshots.with(|snapshots| newest(snapshots, name))));
        let remove = move |_| {
            let name = of_class.get_value();
            let before = snapshots.with_untracked(|snapshots| snapshots.classes().count());
            snapshots.update(|snapshots| {
                let place = snapshots.classes().position(|(other, _)| other == name);
                if let Some(place) = place {
                    snapshots.remove_last(place);
                }
            });
            if snapshots.with_untracked(|snapshots| snapshots.classes().count()) < before {
                on_class_gone.run(());
            }
        };
        view! {
            <tr>
                <th scope="row" title=name.clone()>
                    {name.clone()}
                </th>
                <td class="number-cell">{count}</td>
                <td>
                    <button type="button" class="quiet" aria-label=tr!("Remove the last picture of {name}", name) on:click=remove>
                        {text!("Remove the last")}
                    </button>
                </td>
                <td>
                    <PictureCanvas picture label=Signal::stored(tr!("The newest pictures of {name}", name)) class="data-strip" />
                </td>
            </tr>
        }
    };
    view! {
        <TableFrame label=text!("Pictures taken")>
            <thead>
                <tr>
                    <th scope="col">{text!("Class")}</th>
                    <th scope="col" class="number-cell">
                        {text!("Pictures")}
                    </th>
                    <th scope="col">
                        <span class="visually-hidden">{text!("Remove")}</span>
                    </th>
                    <th scope="col">{text!("The newest")}</th>
                </tr>
            </thead>
            <tbody>
                <For each=move || names.get() key=|name| name.clone() children=row />
            </tbody>
        </TableFrame>
    }
}

fn count_of(snapshots: &Pictures, class: &str) -> usize {
    snapshots.classes().find(|(name, _)| *name == class).map_or(0, |(_, pictures)| pictures.len())
}

fn newest(snapshots: &Pictures, class: &str) -> Picture {
    let pictures = snapshots.classes().find(|(name, _)| *name == class).map_or(&[][..], |(_, pictures)| pictures);
    let newest = pictures.iter().skip(pictures.len().saturating_sub(SHOWN)).map(|pixels| pixels.as_slice()).collect();
    Picture::of_images(&[newest], IMAGE_EDGE)
}
