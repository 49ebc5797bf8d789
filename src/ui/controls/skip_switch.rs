//! The switch the page is about.

use crate::ui::follow::{follow, listen};
use crate::ui::markup::{mark, say};
use crate::ui::session::Session;

/// Skip connections on or off.
pub const HTML: &str = r#"<div class=field title="With skip connections a block adds its input to its output, x + F(x); without them it is a plain stack, F(x)">
<span class=label id=skips-label>Skip connections</span><div class=field-row>
<button class=switch id=skips role=switch aria-labelledby=skips-label><span class=switch-knob aria-hidden=true></span></button>
<span class=value id=skips-value></span><span class=caption id=skips-caption></span></div></div>"#;

/// Keeps it.
pub fn start(session: Session) {
    follow(move || {
        let on = session.experiment.with(|experiment| experiment.network.skip_connections);
        let blocks = session.spec.with(|spec| spec.blocks().len());
        mark("skips", "aria-checked", Some(if on { "true" } else { "false" }));
        say("skips-value", if on { "on" } else { "off" });
        // The same words for both: longer ones would push the next fields into another row.
        say("skips-caption", &format!("in {blocks} blocks"));
    });
    listen("skips", &["click"], move |_| session.experiment.update(|experiment| experiment.network.skip_connections ^= true));
}
