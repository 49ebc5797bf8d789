//! Who is compared, on what, and what each leaves out.

/// What a trainer computes on: decides which ceiling it is measured against.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Device {
    Cpu,
    Gpu,
}

pub struct Trainer {
    /// On the command line and in the results.
    pub name: &'static str,
    /// In the table.
    pub title: &'static str,
    pub device: Device,
    /// What it does otherwise than ours, in a sentence; empty where it does the same.
    pub differs: &'static str,
    /// Whether its losses should be those of the first trainer.
    pub comparable: bool,
}

pub const OURS_AS_ON_THE_PAGE: &str = "ours-cpu-as-on-the-page";
pub const OURS_THREADS: &str = "ours-cpu-threads";
pub const OURS_NATIVE: &str = "ours-native";
pub const ONNXRUNTIME: &str = "onnxruntime-wasm";
pub const OURS_WEBGPU: &str = "ours-webgpu";

/// The first is the one that all losses are compared with.
pub const TRAINERS: [Trainer; 10] = [
    Trainer { name: "ours-cpu", title: "**ours, CPU**", device: Device::Cpu, differs: "", comparable: true },
    Trainer {
        name: OURS_AS_ON_THE_PAGE,
        title: "ours, CPU, with the page's dropout",
        device: Device::Cpu,
        differs: "draws and applies the page's dropout (0.2 after the stem, 0.5 in the head), so its losses are others",
        comparable: false,
    },
    Trainer {
        name: OURS_THREADS,
        title: "ours, CPU, as many threads as cores, 8 at most",
        device: Device::Cpu,
        differs: "the same sums on several threads, which a page may have where its server sends the headers for it",
        comparable: true,
    },
    Trainer {
        name: OURS_NATIVE,
        title: "ours, native, 1 thread",
        device: Device::Cpu,
        differs: "the same code without a browser, with the vector instructions that this processor has",
        comparable: true,
    },
    Trainer {
        name: ONNXRUNTIME,
        title: "onnxruntime-web 1.19.2, wasm, 1 thread",
        device: Device::Cpu,
        differs: "no L2, no AMSGrad maximum; new moving statistics are computed but not kept",
        comparable: true,
    },
    Trainer {
        name: "tfjs-wasm",
        title: "tfjs 4.22, wasm",
        device: Device::Cpu,
        differs: "cannot train convolutions by itself: the filter's gradient is ours, made of its strided slices and matrix products",
        comparable: true,
    },
    Trainer { name: OURS_WEBGPU, title: "**ours, WebGPU**", device: Device::Gpu, differs: "", comparable: true },
    Trainer { name: "jax-js-webgpu", title: "jax-js 0.1.25, WebGPU", device: Device::Gpu, differs: "", comparable: true },
    Trainer { name: "tfjs-webgpu", title: "tfjs 4.22, WebGPU", device: Device::Gpu, differs: "", comparable: true },
    Trainer { name: "tfjs-webgl", title: "tfjs 4.22, WebGL", device: Device::Gpu, differs: "", comparable: true },
];

pub fn find(name: &str) -> Option<&'static Trainer> {
    TRAINERS.iter().find(|trainer| trainer.name == name)
}
