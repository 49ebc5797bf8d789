//! What a comparison of trainers starts from, and the same steps without a browser. Used by the package `bench`.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::io::BufRead;
use std::path::{Path, PathBuf};
use std::time::Instant;

use burn::tensor::Device;
use resnet_playground::checkpoint::{NamedWeights, StoredWeight, write};
use resnet_playground::dataset::split::training_parts;
use resnet_playground::dataset::{DatasetManifest, LabelledImages, epoch_order};
use resnet_playground::experiment::RunRequest;
use resnet_playground::experiment::permalink;
use resnet_playground::experiment::weight_init::{StartingPoint, WeightLayout};
use resnet_playground::export::{CodeRequest, Framework, Part, write_code};
use resnet_playground::model::{InitialWeights, ResNet, WeightError, WeightRole, WeightSource};
use resnet_playground::protocol::{PROTOCOL_VERSION, Phase, TrainCommand, TrainEvent, encode};
use resnet_playground::spec::{BlockSpec, ResNetSpec, Shortcut};
use resnet_playground::worker::trainer::Host;
use serde_json::{Value, json};

use crate::engine::{DeviceWord, Engine};
use crate::files;

/// Where the images lie here, and where our worker finds them beside itself.
const IMAGES_HERE: &str = "www/data/starter";
const IMAGES_IN_THE_BROWSER: &str = "data/starter/";
/// Epochs whose order is written: more steps than a comparison makes.
const EPOCHS: usize = 20;

/// What a comparison of trainers starts from, and steps without a browser.
#[derive(clap::Subcommand)]
pub enum Case {
    /// Writes the network, its first weights, the images and their order, and the messages for our trainer
    Write { folder: PathBuf, link: String },
    /// Trains: a step for each line on standard input, a line of JSON for each step
    Steps {
        link: String,
        #[arg(long, value_enum, default_value_t = DeviceWord::Cpu)]
        device: DeviceWord,
    },
}

pub fn run(case: Case) -> Result<(), String> {
    match case {
        Case::Write { folder, link } => write_case(&folder, &link),
        Case::Steps { link, device } => train_step_by_step(&link, device),
    }
}

fn request(link: &str, dataset_url: &str) -> Result<RunRequest, String> {
    let permalink::Link { experiment, notices, .. } = permalink::read(link);
    if let Some(notice) = notices.first() {
        return Err(notice.clone());
    }
    let mut hyperparameters = experiment.hyperparameters;
    // Others compile their step for one size of batch: as many images as fill whole ones.
    hyperparameters.training_images -= hyperparameters.training_images % hyperparameters.batch_size;
    let manifest = Path::new(IMAGES_HERE).join("manifest.json");
    let manifest = files::read_text(&manifest)?;
    Ok(RunRequest {
        network: experiment.network,
        hyperparameters,
        classes: experiment.classes,
        dataset_url: dataset_url.into(),
        dataset: DatasetManifest::parse(&manifest).map_err(|error| error.to_string())?,
        start: StartingPoint::Fresh,
        whitening: String::new(),
    })
}

fn write_case(folder: &Path, link: &str) -> Result<(), String> {
    let request = request(link, IMAGES_IN_THE_BROWSER)?;
    let spec = ResNetSpec::new(request.network.clone()).map_err(|error| error.to_string())?;
    let save = |file: &str, bytes: &[u8]| files::write(&folder.join(file), bytes);
    files::create_folder(folder)?;
    save("prepare.postcard", &encode(&TrainCommand::Prepare(Box::new(request.clone()))))?;
    save("step.postcard", &encode(&TrainCommand::Step))?;
    let weights = first_weights(&spec, request.hyperparameters.seed)?;
    save("first_weights.safetensors", &write(&weights, WeightLayout::Keras, spec.choices()))?;
    // PyTorch trains the code that we export, on weights in its own layout.
    save("first_weights_pytorch.safetensors", &write(&weights, WeightLayout::PyTorch, spec.choices()))?;
    let (framework, part, l2) = (Framework::PyTorch, Part::WholeNetwork, request.hyperparameters.l2);
    let code = CodeRequest { network: request.network.clone(), framework, part, l2 };
    save("model_pytorch.py", write_code(&code).map_err(|error| error.to_string())?.as_bytes())?;
    let (images, parts) = chosen_images(&request)?;
    save("pixels.u8", &images.pixels)?;
    save("labels.u8", &images.labels.iter().map(|label| *label as u8).collect::<Vec<_>>())?;
    save("order.u32", &order_of_images(request.hyperparameters.seed, &parts))?;
    save("case.json", description(&spec, &request, link).to_string().as_bytes())
}

/// The weights that our trainer draws by itself from the same seed.
fn first_weights(spec: &ResNetSpec, seed: u64) -> Result<NamedWeights, String> {
    struct Keeper {
        drawn: InitialWeights,
        kept: NamedWeights,
    }
    impl WeightSource for Keeper {
        fn values(&mut self, name: &str, role: WeightRole, shape: &[usize]) -> Result<Vec<f32>, WeightError> {
            let values = self.drawn.values(name, role, shape)?;
            self.kept.insert(name.into(), StoredWeight::new(shape.to_vec(), values.clone()));
            Ok(values)
        }
    }
    let mut keeper = Keeper { drawn: InitialWeights::new(seed), kept: NamedWeights::new() };
    ResNet::new(spec, &Device::flex(), &mut keeper).map_err(|error| error.to_string())?;
    Ok(keeper.kept)
}

/// The training images, chosen as our trainer chooses them, and how many there are of each part in which they come.
fn chosen_images(request: &RunRequest) -> Result<(LabelledImages, Vec<usize>), String> {
    let (parts, counts) = training_parts(&request.images()).map_err(|error| error.to_string())?;
    let mut images = LabelledImages::default();
    for part in parts {
        let path = Path::new(IMAGES_HERE).join(&part.shard.file);
        let bytes = files::read(&path)?;
        images.append(&part.take(&bytes).map_err(|error| error.to_string())?.learnt);
    }
    Ok((images, counts.parts))
}

/// Places of the images, batch after batch, as little-endian words.
fn order_of_images(seed: u64, parts: &[usize]) -> Vec<u8> {
    (0..EPOCHS).flat_map(|epoch| epoch_order(parts, seed, epoch)).flat_map(u32::to_le_bytes).collect()
}

fn description(spec: &ResNetSpec, request: &RunRequest, link: &str) -> Value {
    let settings = request.hyperparameters;
    let stem: u64 = spec.layers().iter().filter(|layer| layer.name == "stem.conv").map(|layer| layer.multiply_adds()).sum();
    // A multiply-add is two operations; it is made once forward and once for each of two gradients, but nobody needs
    // the gradient of the image.
    let per_image = 2 * (3 * spec.cost().multiply_adds_per_image - stem);
    json!({
        "link": link,
        "protocol_version": PROTOCOL_VERSION,
        "batch_size": settings.batch_size,
        "learning_rate": settings.learning_rate,
        "l2": settings.l2,
        "classes": spec.classes(),
        "channel_mean": request.dataset.channel_mean,
        "channel_deviation": request.dataset.channel_deviation,
        "flops_per_step": per_image * settings.batch_size as u64,
        "parameters": spec.cost().parameters,
        "activation_bytes_per_image": spec.cost().activation_bytes_per_image,
        "blocks": spec.blocks().iter().map(block).collect::<Vec<_>>(),
    })
}

fn block(block: &BlockSpec) -> Value {
    json!({
        "name": block.name(),
        "first_preactivation": block.first_preactivation,
        "stride": block.stride(),
        "convolutions": block.convolutions,
        "shortcut": match block.shortcut {
            Shortcut::Identity => "identity",
            Shortcut::Projection => "projection",
            Shortcut::Absent => "absent",
        },
    })
}

fn train_step_by_step(link: &str, device: DeviceWord) -> Result<(), String> {
    let prepare = TrainCommand::Prepare(Box::new(request(link, "")?));
    let terminal = Terminal {
        first: RefCell::new(VecDeque::from([prepare])),
        failure: RefCell::default(),
        started: Instant::now(),
        asked_ms: Cell::new(0.0),
    };
    Engine::open(device)?.train(&terminal)?;
    terminal.failure.into_inner().map_or(Ok(()), Err)
}

/// A step for each line that comes in.
struct Terminal {
    first: RefCell<VecDeque<TrainCommand>>,
    failure: RefCell<Option<String>>,
    started: Instant,
    asked_ms: Cell<f64>,
}

impl Host for Terminal {
    fn send(&self, event: &TrainEvent) {
        let ms = self.now_ms() - self.asked_ms.get();
        match event {
            TrainEvent::Steps { steps, .. } => {
                steps.iter().for_each(|step| println!("{}", json!({ "step": step.step, "loss": step.loss, "ms": ms })));
            }
            TrainEvent::Ready { device, .. } => println!("{}", json!({ "device": device })),
            TrainEvent::Phase(Phase::Paused) => println!("{}", json!({ "ready": true })),
            TrainEvent::Failed(error) => drop(self.failure.replace(Some(error.to_string()))),
            _ => {}
        }
    }

    fn take_command(&self) -> Option<TrainCommand> {
        None
    }

    async fn next_command(&self) -> Option<TrainCommand> {
        if let Some(first) = self.first.borrow_mut().pop_front() {
            return Some(first);
        }
        let mut line = String::new();
        let read = std::io::stdin().lock().read_line(&mut line).ok()?;
        self.asked_ms.set(self.now_ms());
        (read > 0).then_some(TrainCommand::Step)
    }

    async fn yield_now(&self) {}

    async fn fetch(&self, url: &str, _progress: &mut dyn FnMut(u64)) -> Result<Vec<u8>, String> {
        files::read(&Path::new(IMAGES_HERE).join(url))
    }

    fn now_ms(&self) -> f64 {
        self.started.elapsed().as_secs_f64() * 1000.0
    }
}
