//! Where the network trains.

use crate::experiment::DeviceChoice;
use crate::ui::follow::{follow, listen};
use crate::ui::markup::{of_target, set};
use crate::ui::session::Session;

const CHOICES: [(DeviceChoice, &str, &str, &str); 3] = [
    (DeviceChoice::Automatic, "device-automatic", "Automatic", "The GPU where the browser has a real one, the CPU elsewhere"),
    (DeviceChoice::Cpu, "device-cpu", "CPU", "The processor: works everywhere"),
    (DeviceChoice::WebGpu, "device-webgpu", "WebGPU", "The GPU, even one simulated in software"),
];

/// Automatic, CPU or WebGPU.
pub fn html() -> String {
    let radio = |(_, id, name, title)| {
        format!("<label class=segment title=\"{title}\"><input type=radio name=device id={id}><span>{name}</span></label>")
    };
    let radios: String = CHOICES.into_iter().map(radio).collect();
    format!(
        "<div class=\"field wide\"><span class=label id=device-label>Device</span>\
         <div class=segments id=devices role=radiogroup aria-labelledby=device-label>{radios}</div></div>"
    )
}

/// Keeps them.
pub fn start(session: Session) {
    follow(move || {
        let chosen = session.experiment.with(|experiment| experiment.device);
        CHOICES.iter().for_each(|(choice, id, ..)| set(id, "checked", &(*choice == chosen).into()));
    });
    listen("devices", &["change"], move |event| {
        let id = of_target(event, "id");
        if let Some((choice, ..)) = CHOICES.iter().find(|(_, other, ..)| *other == id) {
            session.experiment.update(|experiment| experiment.device = *choice);
        }
    });
}
