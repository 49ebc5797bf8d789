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
pub const OURS_NATIVE_GPU: &str = "ours-native-gpu";
pub const OURS_WEBGPU: &str = "ours-webgpu";
pub const BORCH: [&str; 2] = ["borch-webgpu", "borch-webgpu-subgroup-matrices"];
pub const PYTORCH_CPU: [&str; 2] = ["pytorch-cpu", "pytorch-cpu-threads"];
pub const PYTORCH_CUDA: [&str; 2] = ["pytorch-cuda", "pytorch-cuda-compiled"];
/// What `bench/pytorch.py` is told.
pub const PYTORCH_WORDS: [(&str, &[&str]); 4] = [
    (PYTORCH_CPU[0], &["--threads", "1"]),
    (PYTORCH_CPU[1], &[]),
    (PYTORCH_CUDA[0], &["--device", "cuda"]),
    (PYTORCH_CUDA[1], &["--device", "cuda", "--compiled", "default"]),
];

const BORCH_DIFFERS: &str = "as in PyTorch, Adam adds epsilon behind the correction for the start, and moving variances divide by one less";
const PYTORCH_DIFFERS: &str = "the code that the page exports, without a browser; moving variances divide by one less";

/// The first is the one that all losses are compared with.
pub const TRAINERS: [Trainer; 17] = [
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
    Trainer { name: PYTORCH_CPU[0], title: "PyTorch, native, 1 thread", device: Device::Cpu, differs: PYTORCH_DIFFERS, comparable: true },
    Trainer {
        name: PYTORCH_CPU[1],
        title: "PyTorch, native, as many threads as cores",
        device: Device::Cpu,
        differs: PYTORCH_DIFFERS,
        comparable: true,
    },
    Trainer { name: OURS_WEBGPU, title: "**ours, WebGPU**", device: Device::Gpu, differs: "", comparable: true },
    Trainer {
        name: OURS_NATIVE_GPU,
        title: "ours, native, GPU",
        device: Device::Gpu,
        differs: "the same kernels without a browser, on the adapter that Vulkan, Metal or DirectX 12 names, which need not be the browser's",
        comparable: true,
    },
    Trainer { name: "jax-js-webgpu", title: "jax-js 0.1.25, WebGPU", device: Device::Gpu, differs: "", comparable: true },
    Trainer { name: BORCH[0], title: "borch.ts 0.6.1, WebGPU", device: Device::Gpu, differs: BORCH_DIFFERS, comparable: true },
    Trainer {
        name: BORCH[1],
        title: "borch.ts 0.6.1, WebGPU with subgroup matrices",
        device: Device::Gpu,
        differs: BORCH_DIFFERS,
        comparable: true,
    },
    Trainer { name: "tfjs-webgpu", title: "tfjs 4.22, WebGPU", device: Device::Gpu, differs: "", comparable: true },
    Trainer { name: "tfjs-webgl", title: "tfjs 4.22, WebGL", device: Device::Gpu, differs: "", comparable: true },
    Trainer {
        name: PYTORCH_CUDA[0],
        title: "PyTorch, native, CUDA",
        device: Device::Gpu,
        differs: "the code that the page exports, without a browser, in whole 32-bit numbers (TF32 is off); moving variances divide by one less",
        comparable: true,
    },
    Trainer {
        name: PYTORCH_CUDA[1],
        title: "PyTorch, native, CUDA, compiled",
        device: Device::Gpu,
        differs: "the same after `torch.compile`",
        comparable: true,
    },
];

impl Trainer {
    /// Whether what it ran on stands nowhere else: it has neither the browser's version nor its adapter.
    pub fn runs_elsewhere(&self) -> bool {
        self.name == OURS_NATIVE_GPU || PYTORCH_WORDS.iter().any(|(name, _)| *name == self.name)
    }
}

pub fn find(name: &str) -> Option<&'static Trainer> {
    TRAINERS.iter().find(|trainer| trainer.name == name)
}
