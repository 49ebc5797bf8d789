//! The network as a flat list of layers, in the order the forward pass runs them.

use super::{BlockSpec, DENSE_UNITS, POOL, ResNetSpec, STAGES, Shortcut};

/// What a layer does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LayerKind {
    /// Convolution with `same` padding and a bias.
    Convolution {
        /// Edge of the kernel: 1 or 3.
        kernel: usize,
        /// 1, or 2 where the map is halved.
        stride: usize,
    },
    /// Batch normalisation over all but the channel axis.
    BatchNorm,
    /// Rectifier.
    Relu,
    /// Random zeroing while training.
    Dropout,
    /// Sum of the residual branch and the shortcut.
    Add,
    /// Mean over windows.
    AveragePool,
    /// `[h, w, c]` to `[h·w·c]`.
    Flatten,
    /// Fully connected; `relu` tells whether a rectifier follows inside the layer.
    Dense {
        /// Whether the layer rectifies its output.
        relu: bool,
    },
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
    pub fn trainable_parameters(&self) -> usize {
        let [_, _, channels_in] = self.input;
        let [_, _, channels_out] = self.output;
        match self.kind {
            LayerKind::Convolution { kernel, .. } => (kernel * kernel * channels_in + 1) * channels_out,
            LayerKind::Dense { .. } => (channels_in + 1) * channels_out,
            LayerKind::BatchNorm => 2 * channels_out,
            LayerKind::Relu | LayerKind::Dropout | LayerKind::Add | LayerKind::AveragePool | LayerKind::Flatten => 0,
        }
    }

    /// Values that are kept but not trained: the moving mean and variance of batch norm.
    pub fn moving_statistics(&self) -> usize {
        if self.kind == LayerKind::BatchNorm { 2 * self.output[2] } else { 0 }
    }

    /// Multiply-adds for one image; convolutions and dense layers only, as papers count.
    pub fn multiply_adds(&self) -> u64 {
        let [height, width, channels_out] = self.output;
        let positions = (height * width) as u64;
        match self.kind {
            LayerKind::Convolution { kernel, .. } => positions * (kernel * kernel * self.input[2] * channels_out) as u64,
            LayerKind::Dense { .. } => (self.input[2] * channels_out) as u64,
            _ => 0,
        }
    }

    /// Numbers in its output for one image.
    pub fn output_elements(&self) -> usize {
        self.output.iter().product()
    }
}

pub(super) fn layers(spec: &ResNetSpec) -> Vec<LayerSpec> {
    let mut list = LayerList { layers: Vec::new(), shape: [ResNetSpec::IMAGE_EDGE, ResNetSpec::IMAGE_EDGE, ResNetSpec::IMAGE_CHANNELS] };
    list.convolution("stem.conv", 3, 1, spec.start_filters());
    list.keep("stem.bn", LayerKind::BatchNorm);
    list.keep("stem.relu", LayerKind::Relu);
    list.keep("stem.dropout", LayerKind::Dropout);
    for stage in spec.stages() {
        for block in stage.all_blocks() {
            list.block(&block);
        }
    }
    list.keep("head.bn", LayerKind::BatchNorm);
    list.keep("head.relu", LayerKind::Relu);
    let [height, width, channels] = list.shape;
    list.push("head.pool", LayerKind::AveragePool, [height / POOL, width / POOL, channels]);
    list.push("head.flatten", LayerKind::Flatten, [1, 1, height / POOL * (width / POOL) * channels]);
    list.push("head.dense1", LayerKind::Dense { relu: true }, [1, 1, DENSE_UNITS]);
    list.keep("head.dense_bn", LayerKind::BatchNorm);
    list.keep("head.dropout", LayerKind::Dropout);
    list.push("head.dense2", LayerKind::Dense { relu: false }, [1, 1, spec.classes()]);
    debug_assert_eq!(height, ResNetSpec::IMAGE_EDGE >> (STAGES - 1), "the last stage's maps reach the head");
    list.layers
}

struct LayerList {
    layers: Vec<LayerSpec>,
    shape: [usize; 3],
}

impl LayerList {
    fn push(&mut self, name: impl Into<String>, kind: LayerKind, output: [usize; 3]) {
        self.layers.push(LayerSpec { name: name.into(), kind, input: self.shape, output });
        self.shape = output;
    }

    fn keep(&mut self, name: impl Into<String>, kind: LayerKind) {
        self.push(name, kind, self.shape);
    }

    fn convolution(&mut self, name: impl Into<String>, kernel: usize, stride: usize, filters: usize) {
        let [height, width, _] = self.shape;
        self.push(name, LayerKind::Convolution { kernel, stride }, [height / stride, width / stride, filters]);
    }

    fn block(&mut self, block: &BlockSpec) {
        let name = block.name();
        let received = self.shape;
        if block.first_preactivation {
            self.preactivation(&name, 1);
        }
        self.convolution(format!("{name}.conv1"), 1, block.stride(), block.bottleneck_filters);
        self.preactivation(&name, 2);
        self.convolution(format!("{name}.conv2"), 3, 1, block.bottleneck_filters);
        self.preactivation(&name, 3);
        self.convolution(format!("{name}.conv3"), 1, 1, block.channels_out);
        if block.shortcut == Shortcut::Projection {
            let output = self.shape;
            let kind = LayerKind::Convolution { kernel: 1, stride: block.stride() };
            self.layers.push(LayerSpec { name: format!("{name}.shortcut"), kind, input: received, output });
        }
        if block.shortcut != Shortcut::Absent {
            self.keep(format!("{name}.add"), LayerKind::Add);
        }
    }

    fn preactivation(&mut self, block: &str, place: usize) {
        self.keep(format!("{block}.bn{place}"), LayerKind::BatchNorm);
        self.keep(format!("{block}.relu{place}"), LayerKind::Relu);
    }
}
