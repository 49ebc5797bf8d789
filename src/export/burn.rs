//! Burn code.

use super::CodeLines;
use super::Part;
use super::writer::{Code, StageRows, kernels, list, stage_rows, summary, switched};
use crate::spec::{Activation, BlockOrder, ResNetSpec};

pub(super) fn write(spec: &ResNetSpec, part: Part) -> (String, CodeLines) {
    let mut code = Code::default();
    code.add(&format!("//! {}\n//!\n//! Written by ResNet Playground for Burn 0.22 (and `safetensors` for loading).\n", summary(spec)));
    let states = if spec.choices().batch_norm && part == Part::WholeNetwork { ", RunningState" } else { "" };
    let parameters = if part == Part::WholeNetwork { ", Param" } else { "" };
    code.add(&format!("use burn::module::{{Module{parameters}{states}}};"));
    let batch_norm = if spec.choices().batch_norm { "BatchNorm, BatchNormConfig, " } else { "" };
    let linear = if part == Part::WholeNetwork { ", Linear, LinearConfig" } else { "" };
    code.add(&format!("use burn::nn::{{{batch_norm}PaddingConfig2d{linear}}};\nuse burn::nn::conv::{{Conv2d, Conv2dConfig}};"));
    code.add("use burn::tensor::ops::PadMode;\nuse burn::tensor::{Device, Tensor, activation};\n");
    helpers(&mut code, spec);
    block(&mut code, spec);
    stages(&mut code, spec);
    if part == Part::WholeNetwork {
        whole(&mut code, spec);
        loading(&mut code, spec);
    }
    code.finish()
}

/// The activation as an expression of `x`, with Keras' constants.
fn activation(function: Activation) -> &'static str {
    match function {
        Activation::Relu => "activation::relu(x)",
        Activation::LeakyRelu => "activation::leaky_relu(x, 0.2)",
        Activation::Elu => "activation::elu(x, 1.0)",
        Activation::Selu => "activation::selu(x)",
        Activation::Gelu => "activation::gelu(x)",
        Activation::Silu => "activation::silu(x)",
        Activation::Tanh => "activation::tanh(x)",
        Activation::Sigmoid => "activation::sigmoid(x)",
        Activation::Softplus => "activation::softplus(x, 1.0)",
        Activation::None => "x",
    }
}

fn helpers(code: &mut Code, spec: &ResNetSpec) {
    code.add(&format!("fn activate<const D: usize>(x: Tensor<D>) -> Tensor<D> {{\n    {}\n}}\n", activation(spec.choices().activation)));
    code.add_if(
        spec.choices().batch_norm,
        "\n/// Batch norm with Keras' epsilon and momentum.\nfn batch_norm(channels: usize, device: &Device) -> BatchNorm {\n    BatchNormConfig::new(channels).with_epsilon(1e-3).with_momentum(0.01).init(device)\n}\n",
    );
    code.add(
        r#"
/// Convolution with Keras' "same" padding: an odd margin goes to the bottom and right.
#[derive(Module, Debug)]
pub struct Convolution {
    conv: Conv2d,
    margin: usize,
}

impl Convolution {
    fn new(channels: [usize; 2], kernel: usize, stride: usize, device: &Device) -> Self {
        let config = Conv2dConfig::new(channels, [kernel; 2]).with_stride([stride; 2]).with_padding(PaddingConfig2d::Valid);
        Self { conv: config.init(device), margin: kernel.saturating_sub(stride) }
    }

    fn forward(&self, x: Tensor<4>) -> Tensor<4> {
        let margins = (self.margin / 2, self.margin - self.margin / 2);
        self.conv.forward(x.pad([(0, 0), (0, 0), margins, margins], PadMode::Constant(0.0)))
    }
}
"#,
    );
}

fn block(code: &mut Code, spec: &ResNetSpec) {
    let choices = spec.choices();
    let (list, count) = (kernels(spec), choices.convolutions_per_block);
    let pre_activation = choices.order == BlockOrder::PreActivation;
    let norm = choices.batch_norm;
    code.add_if(spec.has_any_skip_connection(), "\n/// `x + F(x)`: the block adds what its convolutions learned to what it received.");
    code.add("#[derive(Module, Debug)]\npub struct Block {");
    code.add_if(norm, "    norms: Vec<Option<BatchNorm>>,");
    code.add("    convolutions: Vec<Convolution>,\n    /// A 1x1 convolution where the shape changes.\n    shortcut: Option<Convolution>,\n    skip: bool,\n    first_activated: bool,\n}\n");
    code.add("impl Block {\n    fn new(channels: usize, inner: usize, filters: usize, stride: usize, skip: bool, first_activated: bool, device: &Device) -> Self {");
    code.add(&format!("        let kernels = [{list}];\n        let width = |place: usize| if place == 0 {{ channels }} else if place == {count} {{ filters }} else {{ inner }};"));
    if norm {
        let (place, there) = if pre_activation { ("place", "place > 0 || first_activated") } else { ("place + 1", "true") };
        code.add(&format!("        let norm = |place: usize| ({there}).then(|| batch_norm(width({place}), device));"));
    }
    code.add("        let convolution = |place: usize| {\n            let stride = if place == 0 { stride } else { 1 };\n            Convolution::new([width(place), width(place + 1)], kernels[place], stride, device)\n        };");
    code.add("        let changes = stride != 1 || channels != filters;\n        Self {");
    code.add_if(norm, &format!("            norms: (0..{count}).map(norm).collect(),"));
    code.add(&format!("            convolutions: (0..{count}).map(convolution).collect(),"));
    code.add("            shortcut: (skip && changes).then(|| Convolution::new([channels, filters], 1, stride, device)),\n            skip,\n            first_activated,\n        }\n    }\n");
    code.add("    fn forward(&self, input: Tensor<4>) -> Tensor<4> {\n        let mut x = input.clone();");
    let shared = choices.shared_preactivation && pre_activation;
    code.add(if shared { "        let mut carried = input.clone();" } else { "        let carried = input;" });
    code.add(&format!("        for place in 0..{count} {{"));
    let normalise = "                if let Some(norm) = &self.norms[place] {\n                    x = norm.forward(x);\n                }";
    if pre_activation {
        code.add("            // The very first block does without: the stem has just done both.\n            if place > 0 || self.first_activated {");
        code.add_if(norm, normalise);
        code.add("                x = activate(x);\n            }");
        code.add_if(shared, "            if place == 0 && self.shortcut.is_some() {\n                // The projection reads the activated input, as in the paper's code.\n                carried = x.clone();\n            }");
        code.add("            x = self.convolutions[place].forward(x);\n        }");
    } else {
        code.add("            x = self.convolutions[place].forward(x);");
        code.add_if(norm, "            if let Some(norm) = &self.norms[place] {\n                x = norm.forward(x);\n            }");
        code.add(&format!("            // The last activation waits for the sum.\n            if place + 1 < {count} {{\n                x = activate(x);\n            }}\n        }}"));
    }
    code.add("        let sum = match &self.shortcut {\n            Some(projection) => projection.forward(carried) + x,\n            None if self.skip => carried + x,\n            None => x,\n        };");
    code.add(if pre_activation { "        sum\n    }\n}" } else { "        activate(sum)\n    }\n}" });
}

fn stages(code: &mut Code, spec: &ResNetSpec) {
    let choices = spec.choices();
    let StageRows { meaning, names, rows, blocks } = stage_rows(spec);
    let switched = switched(spec, " | ");
    let skip = match (choices.skip_connections, switched.is_empty()) {
        (on, true) => on.to_string(),
        (true, false) => format!("!matches!((stage, block), {switched})"),
        (false, false) => format!("matches!((stage, block), {switched})"),
    };
    code.add(&format!(
        r#"
/// The residual stages, to be run one block after the other.
pub fn residual_stages(device: &Device) -> Vec<Block> {{
    let mut channels = {};
    let mut blocks = Vec::new();
    // {meaning}
    for (stage, ({names})) in [{rows}].into_iter().enumerate() {{
        for block in 0..{blocks} {{
            // Every stage but the first halves the map in its first block.
            let stride = if stage > 0 && block == 0 {{ 2 }} else {{ 1 }};
            let skip = {skip};
            blocks.push(Block::new(channels, inner, filters, stride, skip, (stage, block) != (0, 0), device));
            channels = filters;
        }}
    }}
    blocks
}}
"#,
        choices.start_filters
    ));
}

fn whole(code: &mut Code, spec: &ResNetSpec) {
    let choices = spec.choices();
    let pre_activation = choices.order == BlockOrder::PreActivation;
    let (norm, head_norm, units) = (choices.batch_norm, choices.batch_norm && pre_activation, choices.dense_units);
    code.add("\n/// Stem, residual stages, head.\n#[derive(Module, Debug)]\npub struct ResNet {\n    stem: Convolution,");
    code.add_if(norm, "    stem_norm: BatchNorm,");
    code.add("    blocks: Vec<Block>,");
    code.add_if(head_norm, "    head_norm: BatchNorm,");
    code.add_if(units > 0, "    dense: Linear,");
    code.add_if(spec.dense_batch_norm(), "    dense_norm: BatchNorm,");
    code.add("    scores: Linear,\n}\n\nimpl ResNet {\n    pub fn new(device: &Device) -> Self {\n        Self {");
    code.add(&format!("            stem: Convolution::new([{}, {}], 3, 1, device),", choices.image_channels, choices.start_filters));
    code.add_if(norm, &format!("            stem_norm: batch_norm({}, device),", choices.start_filters));
    code.add("            blocks: residual_stages(device),");
    code.add_if(head_norm, &format!("            head_norm: batch_norm({}, device),", spec.final_channels()));
    code.add_if(units > 0, &format!("            dense: LinearConfig::new({}, {units}).init(device),", spec.pooled_units()));
    code.add_if(spec.dense_batch_norm(), &format!("            dense_norm: batch_norm({units}, device),"));
    let last = if units > 0 { units } else { spec.pooled_units() };
    code.add(&format!("            scores: LinearConfig::new({last}, {}).init(device),\n        }}\n    }}\n", choices.classes));
    code.add("    /// Images `[batch, channels, height, width]` to logits `[batch, classes]`; dropout is left to your training loop.");
    code.add("    pub fn forward(&self, images: Tensor<4>) -> Tensor<2> {\n        let mut x = self.stem.forward(images);");
    code.add_if(norm, "        x = self.stem_norm.forward(x);");
    code.add("        x = activate(x);\n        for block in &self.blocks {\n            x = block.forward(x);\n        }");
    code.add_if(head_norm, "        x = self.head_norm.forward(x);");
    code.add_if(pre_activation, "        x = activate(x);");
    let window = spec.pool_window();
    code.add(&format!(
        "        // Average pooling, then channels last, as Keras flattens.\n        let [batch, channels, height, width] = x.dims();\n        let windows = x.reshape([batch, channels, height / {window}, {window}, width / {window}, {window}]);\n        let pooled = windows.mean_dim(5).mean_dim(3).reshape([batch, channels, height / {window}, width / {window}]);\n        let {}x = pooled.permute([0, 2, 3, 1]).flatten::<2>(1, 3);",
        if units > 0 { "mut " } else { "" }
    ));
    code.add_if(units > 0, "        x = activate(self.dense.forward(x));");
    code.add_if(spec.dense_batch_norm(), "        x = self.dense_norm.forward(x);");
    code.add("        self.scores.forward(x)\n    }\n}");
}

fn loading(code: &mut Code, spec: &ResNetSpec) {
    let choices = spec.choices();
    let (norm, head_norm) = (choices.batch_norm, choices.batch_norm && choices.order == BlockOrder::PreActivation);
    code.add(
        r#"
/// Reads weights saved by ResNet Playground in PyTorch layout.
struct Weights<'a> {
    file: safetensors::SafeTensors<'a>,
    device: &'a Device,
}

impl Weights<'_> {
    fn tensor<const D: usize>(&self, name: &str) -> Tensor<D> {
        let view = self.file.tensor(name).unwrap_or_else(|_| panic!("the file has no {name}"));
        let values: Vec<f32> = view.data().chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
        Tensor::<1>::from_floats(values.as_slice(), self.device).reshape::<D, _>(<[usize; D]>::try_from(view.shape()).expect("the rank"))
    }

    fn convolution(&self, layer: &mut Convolution, name: &str) {
        layer.conv.weight = Param::from_tensor(self.tensor(&format!("{name}.weight")));
        layer.conv.bias = Some(Param::from_tensor(self.tensor(&format!("{name}.bias"))));
    }

    fn linear(&self, layer: &mut Linear, name: &str) {
        // Burn keeps [in, out].
        layer.weight = Param::from_tensor(self.tensor::<2>(&format!("{name}.weight")).transpose());
        layer.bias = Some(Param::from_tensor(self.tensor(&format!("{name}.bias"))));
    }
"#,
    );
    code.add_if(
        norm,
        r#"
    fn batch_norm(&self, layer: &mut BatchNorm, name: &str) {
        layer.gamma = Param::from_tensor(self.tensor(&format!("{name}.weight")));
        layer.beta = Param::from_tensor(self.tensor(&format!("{name}.bias")));
        layer.running_mean = RunningState::new(self.tensor(&format!("{name}.running_mean")));
        layer.running_var = RunningState::new(self.tensor(&format!("{name}.running_var")));
    }
"#,
    );
    code.add("}\n\nimpl ResNet {\n    /// Replaces all weights by those of a file's bytes.");
    code.add("    pub fn load(mut self, bytes: &[u8], device: &Device) -> Self {\n        let file = safetensors::SafeTensors::deserialize(bytes).expect(\"a safetensors file\");\n        let weights = Weights { file, device };");
    code.add("        weights.convolution(&mut self.stem, \"stem.conv\");");
    code.add_if(norm, "        weights.batch_norm(&mut self.stem_norm, \"stem.bn\");");
    match spec.equal_blocks() {
        Some(blocks) => code.add(&format!("        for (index, block) in self.blocks.iter_mut().enumerate() {{\n            let name = format!(\"stages.{{}}.blocks.{{}}\", index / {blocks}, index % {blocks});")),
        None => {
            let counts = list(spec.stages().iter().map(|stage| stage.blocks.to_string()), ", ");
            code.add(&format!("        let places = [{counts}].into_iter().enumerate().flat_map(|(stage, count)| (0..count).map(move |place| (stage, place)));"));
            code.add("        for ((stage, place), block) in places.zip(&mut self.blocks) {\n            let name = format!(\"stages.{stage}.blocks.{place}\");");
        }
    }
    code.add("            for (place, convolution) in block.convolutions.iter_mut().enumerate() {\n                weights.convolution(convolution, &format!(\"{name}.conv{}\", place + 1));\n            }");
    code.add_if(norm, "            for (place, norm) in block.norms.iter_mut().enumerate() {\n                if let Some(norm) = norm {\n                    weights.batch_norm(norm, &format!(\"{name}.bn{}\", place + 1));\n                }\n            }");
    code.add("            if let Some(projection) = &mut block.shortcut {\n                weights.convolution(projection, &format!(\"{name}.shortcut\"));\n            }\n        }");
    code.add_if(head_norm, "        weights.batch_norm(&mut self.head_norm, \"head.bn\");");
    code.add_if(choices.dense_units > 0, "        weights.linear(&mut self.dense, \"head.dense1\");");
    code.add_if(spec.dense_batch_norm(), "        weights.batch_norm(&mut self.dense_norm, \"head.dense_bn\");");
    code.add("        weights.linear(&mut self.scores, \"head.dense2\");\n        self\n    }\n}");
}
