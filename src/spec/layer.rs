//! The network as a flat list of layers, in the order the forward pass runs them.

use super::{Activation, BlockOrder, BlockSpec, ResNetSpec, Shortcut};

/// What the moving statistics of batch norm keep of themselves at each training step: Keras' `momentum`.
pub const BATCH_NORM_MOMENTUM: f64 = 0.99;

/// What a layer does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LayerKind {
    /// Convolution with `same` padding and a bias.
    Convolution {
        /// Edge of the kernel.
        kernel: usize,
        /// 1, or 2 where the map is halved.
        stride: usize,
    },
    /// Batch normalisation over all but the channel axis.
    BatchNorm,
    /// Function of each number alone.
    Activation(Activation),
    /// Random zeroing while training.
    Dropout,
    /// Sum of the residual branch and the shortcut.
    Add,
    /// Mean over windows that tile the map.
    AveragePool {
        /// Edge of the window.
        window: usize,
    },
    /// `[h, w, c]` to `[h·w·c]`.
    Flatten,
    /// Fully connected.
    Dense {
        /// What the layer does with its sums.
        activation: Activation,
    },
}

impl LayerKind {
    /// Name of the operation, one word.
    pub fn operation(self) -> &'static str {
        match self {
            Self::Convolution { .. } => "convolution",
            Self::BatchNorm => "batch_norm",
            Self::Activation(_) => "activation",
            Self::Dropout => "dropout",
            Self::Add => "add",
            Self::AveragePool { .. } => "average_pool",
            Self::Flatten => "flatten",
            Self::Dense { .. } => "dense",
        }
    }
}

/// One layer with its shapes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayerSpec {
    /// Dotted path, for example `stages.1.blocks.0.conv2`; weights are named after it.
    pub name: String,
    /// What it does.
    pub kind: LayerKind,
    /// `[height, width, channels]` of what comes in; dense layers have height and width 1.
    pub input: [usize; 3],
    /// `[height, width, channels]` of what goes out.
    pub output: [usize; 3],
}

impl LayerSpec {
    /// Weights that training changes.
    pub fn trainable_parameters(&self) -> u64 {
        let (channels_in, channels_out) = (self.input[2] as u64, self.output[2] as u64);
        match self.kind {
            LayerKind::Convolution { kernel, .. } => ((kernel * kernel) as u64 * channels_in + 1) * channels_out,
            LayerKind::Dense { .. } => (channels_in + 1) * channels_out,
            LayerKind::BatchNorm => 2 * channels_out,
            _ => 0,
        }
    }

    /// Values that are kept but not trained: the moving mean and variance of batch norm.
    pub fn moving_statistics(&self) -> u64 {
        if self.kind == LayerKind::BatchNorm { 2 * self.output[2] as u64 } else { 0 }
    }

    /// Multiply-adds for one image; convolutions and dense layers only, as papers count.
    pub fn multiply_adds(&self) -> u64 {
        let [height, width, channels_out] = self.output;
        let positions = (height * width) as u64;
        match self.kind {
            LayerKind::Convolution { kernel, .. } => positions * (kernel * kernel * self.input[2]) as u64 * channels_out as u64,
            LayerKind::Dense { .. } => self.input[2] as u64 * channels_out as u64,
            _ => 0,
        }
    }

    /// Numbers in its output for one image.
    pub fn output_elements(&self) -> u64 {
        self.output.iter().map(|extent| *extent as u64).product()
    }
}

impl ResNetSpec {
    /// Every layer in the order the forward pass runs them, with shapes and parameters.
    pub fn layers(&self) -> Vec<LayerSpec> {
        layers(self)
    }

    /// Names of the layers with a kernel, convolutions and dense, in the order of the forward pass.
    pub fn kernel_layers(&self) -> Vec<String> {
        let has_kernel = |kind| matches!(kind, LayerKind::Convolution { .. } | LayerKind::Dense { .. });
        self.layers().into_iter().filter(|layer| has_kernel(layer.kind)).map(|layer| layer.name).collect()
    }
}

pub(super) fn layers(spec: &ResNetSpec) -> Vec<LayerSpec> {
    let choices = spec.choices();
    let mut list = LayerList::new(spec);
    list.convolution("stem.conv".into(), 3, 1, choices.start_filters);
    list.batch_norm("stem.bn".into());
    list.activation("stem.activation".into());
    list.dropout("stem.dropout", choices.stem_dropout);
    for stage in spec.stages() {
        for block in stage.all_blocks() {
            list.block(&block);
        }
    }
    if choices.order == BlockOrder::PreActivation {
        list.batch_norm("head.bn".into());
        list.activation("head.activation".into());
    }
    let [height, width, channels] = list.shape;
    let window = spec.pool_window();
    list.push("head.pool", LayerKind::AveragePool { window }, [height / window, width / window, channels]);
    list.push("head.flatten", LayerKind::Flatten, [1, 1, spec.pooled_units()]);
    if choices.dense_units > 0 {
        list.push("head.dense1", LayerKind::Dense { activation: choices.activation }, [1, 1, choices.dense_units]);
        if spec.dense_batch_norm() {
            list.batch_norm("head.dense_bn".into());
        }
    }
    list.dropout("head.dropout", choices.head_dropout);
    list.push("head.dense2", LayerKind::Dense { activation: Activation::None }, [1, 1, choices.classes]);
    list.layers
}

struct LayerList {
    layers: Vec<LayerSpec>,
    shape: [usize; 3],
    activation: Activation,
    batch_norm: bool,
}

impl LayerList {
    fn new(spec: &ResNetSpec) -> Self {
        let choices = spec.choices();
        let shape = [choices.image_edge, choices.image_edge, choices.image_channels];
        Self { layers: Vec::new(), shape, activation: choices.activation, batch_norm: choices.batch_norm }
    }

    fn push(&mut self, name: impl Into<String>, kind: LayerKind, output: [usize; 3]) {
        self.layers.push(LayerSpec { name: name.into(), kind, input: self.shape, output });
        self.shape = output;
    }

    fn batch_norm(&mut self, name: String) {
        if self.batch_norm {
            self.push(name, LayerKind::BatchNorm, self.shape);
        }
    }

    fn activation(&mut self, name: String) {
        if self.activation != Activation::None {
            self.push(name, LayerKind::Activation(self.activation), self.shape);
        }
    }

    fn dropout(&mut self, name: &str, rate: f64) {
        if rate > 0.0 {
            self.push(name, LayerKind::Dropout, self.shape);
        }
    }

    fn convolution(&mut self, name: String, kernel: usize, stride: usize, filters: usize) {
        let [height, width, _] = self.shape;
        self.push(name, LayerKind::Convolution { kernel, stride }, [height / stride, width / stride, filters]);
    }

    fn block(&mut self, block: &BlockSpec) {
        let name = block.name();
        let received = self.shape;
        for (convolution, place) in block.residual_branch().zip(1..) {
            if block.order == BlockOrder::PreActivation && (place > 1 || block.first_preactivation) {
                self.batch_norm(format!("{name}.bn{place}"));
                self.activation(format!("{name}.activation{place}"));
            }
            self.convolution(format!("{name}.conv{place}"), convolution.kernel, convolution.stride, convolution.channels_out);
            if block.order == BlockOrder::ConvolutionFirst {
                self.batch_norm(format!("{name}.bn{place}"));
                if place < block.convolutions {
                    self.activation(format!("{name}.activation{place}"));
                }
            }
        }
        if block.shortcut == Shortcut::Projection {
            let kind = LayerKind::Convolution { kernel: 1, stride: block.stride() };
            self.layers.push(LayerSpec { name: format!("{name}.shortcut"), kind, input: received, output: self.shape });
        }
        if block.shortcut != Shortcut::Absent {
            self.push(format!("{name}.add"), LayerKind::Add, self.shape);
        }
        if block.order == BlockOrder::ConvolutionFirst {
            self.activation(format!("{name}.activation{}", block.convolutions));
        }
    }
}
