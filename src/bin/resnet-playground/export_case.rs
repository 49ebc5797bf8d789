//! Writes what is needed to check the exported code of one network: weights in both layouts, a batch of
//! images, our probabilities, and the code for each library. Used by `cargo xtask verify-exports`.

use std::path::PathBuf;

use burn::tensor::{Device, Tensor, TensorData, activation::softmax};
use resnet_playground::checkpoint::{NamedWeights, StoredWeight, write};
use resnet_playground::experiment::weight_init::WeightLayout;
use resnet_playground::export::write_code;
use resnet_playground::export::{CodeRequest, Framework, Part};
use resnet_playground::model::{ResNet, WeightError, WeightRole, WeightSource};
use resnet_playground::random::{Purpose, RandomStream};
use resnet_playground::spec::{Named, ResNetSpec};
use serde_json::json;

use crate::files;
use crate::network_words::NetworkWords;

const IMAGES: usize = 3;

/// Writes what is needed to check exported code.
#[derive(clap::Args)]
pub struct Options {
    folder: PathBuf,
    #[command(flatten)]
    network: NetworkWords,
}

pub fn run(options: Options) -> Result<(), String> {
    let Options { folder, network } = options;
    let spec = network.spec()?;
    let save = |file: &str, bytes: &[u8]| files::write(&folder.join(file), bytes);
    files::create_folder(&folder)?;

    let device = Device::flex();
    let mut weights = UnevenWeights::new();
    let model = ResNet::new(&spec, &device, &mut weights).map_err(|error| error.to_string())?;
    for layout in WeightLayout::ALL {
        save(&format!("weights-{}.safetensors", layout.name()), &write(&weights.given, *layout, spec.choices()))?;
    }
    let (edge, channels) = (spec.choices().image_edge, spec.choices().image_channels);
    let pixels: Vec<f32> = (0..IMAGES * edge * edge * channels).map(|_| 2.0 * weights.random.unit() - 1.0).collect();
    let images = Tensor::<4>::from_data(TensorData::new(pixels.clone(), [IMAGES, edge, edge, channels]), &device);
    let probabilities = softmax(model.forward(images, None), 1).into_data().try_to_vec::<f32>().map_err(|error| format!("{error:?}"))?;
    let case = json!({
        "images": [IMAGES, edge, edge, channels],
        "pixels": pixels,
        "probabilities": probabilities,
        "parameters": spec.cost().parameters,
        "residual_parameters": residual_parameters(&spec),
        "residual_input": [edge, edge, spec.start_filters()],
        "residual_output": [spec.final_edge(), spec.final_edge(), spec.final_channels()],
    });
    save("case.json", case.to_string().as_bytes())?;
    for framework in Framework::ALL {
        for (part, name) in [(Part::WholeNetwork, "model"), (Part::ResidualStages, "stages")] {
            let request = CodeRequest { network: spec.choices().clone(), framework: *framework, part, l2: 1e-4 };
            let code = write_code(&request).map_err(|error| error.to_string())?;
            save(&format!("{name}_{}.{}", framework.name(), framework.extension()), code.as_bytes())?;
        }
    }
    Ok(())
}

fn residual_parameters(spec: &ResNetSpec) -> u64 {
    let inside = spec.layers().into_iter().filter(|layer| layer.name.starts_with("stages."));
    inside.map(|layer| layer.trainable_parameters() + layer.moving_statistics()).sum()
}

/// Weights unlike any first ones, so that a gamma in the place of a beta cannot go unnoticed.
struct UnevenWeights {
    random: RandomStream,
    given: NamedWeights,
}

impl UnevenWeights {
    fn new() -> Self {
        Self { random: RandomStream::new(7, Purpose::Weights, 0), given: NamedWeights::new() }
    }
}

impl WeightSource for UnevenWeights {
    fn values(&mut self, name: &str, role: WeightRole, shape: &[usize]) -> Result<Vec<f32>, WeightError> {
        let inputs: usize = shape.iter().rev().skip(1).product();
        let (middle, spread) = match role {
            WeightRole::Kernel => (0.0, (3.0 / inputs as f32).sqrt()),
            WeightRole::Bias => (0.0, 0.1),
            WeightRole::Beta | WeightRole::MovingMean => (0.1, 0.3),
            WeightRole::Gamma | WeightRole::MovingVariance => (1.0, 0.5),
        };
        let count = shape.iter().product::<usize>();
        let values: Vec<f32> = (0..count).map(|_| middle + spread * (2.0 * self.random.unit() - 1.0)).collect();
        self.given.insert(name.into(), StoredWeight::new(shape.to_vec(), values.clone()));
        Ok(values)
    }
}
