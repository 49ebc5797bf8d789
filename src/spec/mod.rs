//! What a residual network *is*: depth, widths, stages, blocks and shortcuts, and what they cost.
//!
//! Everything else is made from a [`ResNetSpec`]: the drawn graph, the trained model, the link that
//! shares it. A spec that exists can be built, so nothing behind it checks again.

mod activation;
mod block;
mod block_counts;
mod check;
mod choices;
mod cost;
mod depth;
mod edit_blocks;
mod error;
mod inner_filters;
mod layer;
mod limits;
mod named;
mod nearest;
mod options;
mod order;
mod place;
mod presets;
mod resnet;
mod stage;
mod stages_of_blocks;
mod training_memory;

pub use activation::Activation;
pub use block::{BlockSpec, ConvolutionSpec, Shortcut};
pub use choices::NetworkChoices;
pub use cost::{BYTES_PER_NUMBER, Cost};
pub use depth::{DEEPEST, Depth, DepthError, DepthRule};
pub use error::SpecError;
pub use inner_filters::InnerFilters;
pub use layer::{BATCH_NORM_MOMENTUM, LayerKind, LayerSpec};
pub use limits::{
    CLASSES, CONVOLUTIONS_PER_BLOCK, DENSE_UNITS, DROPOUT, IMAGE_CHANNELS, IMAGE_EDGE, KERNEL_SIZE, STAGES, START_FILTERS, WIDENING, WIDEST,
};
pub use named::Named;
pub use options::{NetworkOption, OPTIONS, OptionKind};
pub use order::BlockOrder;
pub use place::{BlockPlace, NotABlockPlace};
pub use presets::Preset;
pub use resnet::ResNetSpec;
pub use stage::StageSpec;
pub use training_memory::TrainingMemory;
