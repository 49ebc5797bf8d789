//! Which kernels a GPU is fastest with: measured at its first start, then remembered where a host
//! keeps things.
//!
//! All of them compute the same numbers to the last bit, so a link still gives the same run everywhere.

use std::sync::OnceLock;

use burn::tensor::{Device, Tensor};
use resnet_kernels::wgsl::Tile;

use super::Host;
use crate::experiment::TrainError;
use crate::language::format::decimals;
use crate::language::tr;
use crate::model::ops::batch_norm::normalise;
use crate::model::ops::convolve;
use crate::model::ops::webgpu::use_tile;
use crate::protocol::{Phase, TrainEvent};
use crate::training::read_numbers;

/// Once so much time has passed, what was measured decides.
const LONGEST_MS: f64 = 1_000.0;
/// Times that each tile is tried; the first time its kernels are compiled. The least of the others counts.
const ROUNDS: usize = 5;
/// A try repeats its work until it takes so long: a browser's clock and its way to the GPU are coarse.
const LEAST_MS: f64 = 20.0;
const MOST_REPEATS: usize = 64;
/// A convolution from the middle of a network: `[batch, height, width, channels]`.
const MAP: [usize; 4] = [32, 16, 16, 32];
const EDGE: usize = 3;
/// Of batch norm. Any.
const EPSILON: f32 = 1e-3;

/// What is known of a GPU before anything is measured.
#[derive(Debug, Clone)]
pub struct Adapter {
    /// For people.
    pub name: String,
    /// What compiles its kernels, with its version: a browser, or a driver. Another one may be faster with other kernels.
    pub compiler: String,
    /// Whether it computes on the processor: the largest tile is the fastest then, and measuring would take seconds.
    pub by_software: bool,
}

/// What was measured in this program, which has one GPU: a program that serves pages does not measure while it trains for another.
static MEASURED: OnceLock<Tile> = OnceLock::new();

/// Has the convolutions compute the fastest tile from now on, and tells the page which.
///
/// # Errors
/// When the device was lost.
pub(super) async fn choose<H: Host>(host: &H, device: &Device, adapter: &Adapter) -> Result<(), TrainError> {
    let kept_as = kept_as(adapter);
    let kept = host.kept(&kept_as).await.and_then(|bytes| Tile::ALL.into_iter().find(|tile| tile.name().as_bytes() == bytes));
    let kept = MEASURED.get().copied().or(kept);
    let (tile, description) = match kept {
        _ if adapter.by_software => {
            let tile = Tile::LARGEST;
            (tile, tr!("tiles of {tile}, as the adapter is software", tile = tile.name()))
        }
        Some(tile) => (tile, tr!("tiles of {tile}, the fastest when this GPU was first used here", tile = tile.name())),
        None => {
            host.send(&TrainEvent::Phase(Phase::ChoosingKernels));
            let started_ms = host.now_ms();
            let fastest = Tile::ALL[fastest(&measure(host, device).await?)];
            // Whoever measured first is as good.
            let _ = MEASURED.set(fastest);
            // A browser that keeps nothing measures again next time.
            drop(host.keep(&kept_as, fastest.name().as_bytes()).await);
            let seconds = (host.now_ms() - started_ms) / 1_000.0;
            let description = tr!(
                "tiles of {tile}, the fastest of {count}, tried for {seconds} s",
                tile = fastest.name(),
                count = Tile::ALL.len(),
                seconds = decimals(seconds, 1)
            );
            (fastest, description)
        }
    };
    use_tile(tile);
    host.send(&TrainEvent::KernelsChosen { description });
    Ok(())
}

/// What the choice is kept under. Another compiler or other kernels of ours are measured anew.
fn kept_as(adapter: &Adapter) -> String {
    format!("kernels-for-{}-{}-{}", adapter.name, adapter.compiler, env!("CARGO_PKG_VERSION"))
}

/// Least milliseconds of each tile.
async fn measure<H: Host>(host: &H, device: &Device) -> Result<[f64; Tile::ALL.len()], TrainError> {
    let work = Work::new(device);
    let mut least_ms = [f64::INFINITY; Tile::ALL.len()];
    let mut repeats = 1;
    let started_ms = host.now_ms();
    for round in 0..ROUNDS {
        for (tile, least_ms) in Tile::ALL.into_iter().zip(&mut least_ms) {
            // Every tile has been tried by then.
            if round > 1 && host.now_ms() - started_ms > LONGEST_MS {
                break;
            }
            use_tile(tile);
            let mut elapsed_ms = work.timed(host, repeats).await?;
            if round == 0 {
                continue;
            }
            while elapsed_ms < LEAST_MS && repeats < MOST_REPEATS {
                repeats *= 2;
                elapsed_ms = work.timed(host, repeats).await?;
            }
            *least_ms = least_ms.min(elapsed_ms / repeats as f64);
        }
    }
    Ok(least_ms)
}

/// Place of the least; the first of several.
fn fastest(least_ms: &[f64]) -> usize {
    let places = 0..least_ms.len();
    places.min_by(|one, other| least_ms[*one].total_cmp(&least_ms[*other])).unwrap_or(0)
}

/// A convolution with its batch norm, and their gradients.
struct Work {
    map: Tensor<4>,
    kernel: Tensor<4>,
    /// Bias, gamma, which is the moving mean and variance too, and beta.
    channels: [Tensor<1>; 3],
}

impl Work {
    fn new(device: &Device) -> Self {
        let device = device.clone().autodiff();
        let [.., channels] = MAP;
        // What is computed takes its time whatever the numbers are, unless they are too small for them.
        Self {
            map: Tensor::ones(MAP, &device).require_grad(),
            kernel: Tensor::ones([EDGE, EDGE, channels, channels], &device).require_grad(),
            channels: [(); 3].map(|()| Tensor::ones([channels], &device).require_grad()),
        }
    }

    /// Milliseconds of so many.
    async fn timed<H: Host>(&self, host: &H, repeats: usize) -> Result<f64, TrainError> {
        let started_ms = host.now_ms();
        let mut last = None;
        for _ in 0..repeats {
            let [bias, gamma, beta] = self.channels.clone();
            let output = convolve(self.map.clone(), self.kernel.clone(), bias, 1);
            let rows = output.reshape([-1, MAP[3] as i32]);
            let moving = [gamma.clone(), gamma.clone()];
            let (normalised, _) = normalise(rows, [gamma, beta], moving, EPSILON, true);
            last = self.map.grad(&normalised.sum().backward());
        }
        if let Some(gradient) = last {
            // The device has done everything before what it hands over.
            read_numbers(gradient.slice([0..1, 0..1, 0..1, 0..1]).reshape([1])).await?;
        }
        Ok(host.now_ms() - started_ms)
    }
}
