//! Which block is selected.

use leptos::prelude::*;

use crate::app::features::network_view::explorer::Explorer;
use crate::drawing::network::Rectangle;
use crate::drawing::network::scene::kind_of;

/// Of the outline, in units of the drawing.
const RADIUS: f64 = 11.0;
const MARGIN: f64 = 2.0;

/// What lies over the block whose toolbar is open: an outline, and its arc once more, bolder.
#[component]
pub fn Selection(
    /// State of the drawing.
    explorer: Explorer,
) -> impl IntoView {
    let marked = Memo::new(move |_| {
        let place = explorer.selected.get()?;
        explorer.of_block(place, |block| {
            let outline = block.extent().grown(MARGIN);
            (outline, block.arc.path(), kind_of(&block.arc))
        })
    });
    move || {
        marked.get().map(|(Rectangle { x, y, width, height }, path, kind)| {
            view! {
                <g class="network-selection" aria-hidden="true">
                    <rect
                        x=format!("{x:.1}")
                        y=format!("{y:.1}")
                        width=format!("{width:.1}")
                        height=format!("{height:.1}")
                        rx=RADIUS.to_string()
                    />
                    <path class=format!("network-arc {kind}") d=path />
                </g>
            }
        })
    }
}
