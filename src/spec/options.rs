//! Every choice of a network by name, for links, command lines and forms: one table instead of three.

use std::ops::RangeInclusive;

use super::{
    Activation, BlockOrder, BlockPlace, CLASSES, CONVOLUTIONS_PER_BLOCK, DEEPEST, DENSE_UNITS, IMAGE_CHANNELS, IMAGE_EDGE, InnerFilters,
    KERNEL_SIZE, Named, NetworkChoices, STAGES, START_FILTERS, WIDENING,
};
use crate::language::format::{join_numbers, read_decimal, shortest_decimal};
use crate::language::{marked, text, tr};

/// What values an option takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OptionKind {
    /// A whole number.
    Count(RangeInclusive<usize>),
    /// A share from 0 to 0.9.
    Share,
    /// `on` or `off`.
    Switch,
    /// One of these words.
    Word(Vec<&'static str>),
    /// Blocks as `stage.block`, joined by hyphens; may be empty.
    Blocks,
    /// A whole number for each stage, joined by hyphens, or `equal`.
    CountOfEachStage,
}

/// One choice of a network, reachable by its name.
#[derive(Debug)]
pub struct NetworkOption {
    /// Name in a link.
    pub key: &'static str,
    /// Name on a command line, after `--`; the field of [`NetworkChoices`] with hyphens.
    pub option: &'static str,
    /// Name on the page, in English.
    pub label: &'static str,
    /// What it does, in one line, in English.
    pub help: &'static str,
    kind: fn() -> OptionKind,
    text: fn(&NetworkChoices) -> String,
    set: fn(&mut NetworkChoices, &str) -> Option<()>,
}

impl NetworkOption {
    /// The option of that key or command-line name.
    pub fn find(name: &str) -> Option<&'static Self> {
        OPTIONS.iter().find(|option| option.key == name || option.option == name)
    }

    /// What values it takes.
    pub fn kind(&self) -> OptionKind {
        (self.kind)()
    }

    /// Its value as text, which [`Self::set`] understands.
    pub fn text(&self, choices: &NetworkChoices) -> String {
        (self.text)(choices)
    }

    /// Sets it; `None` when the text is no such value, and then nothing changes. Limits are left to
    /// [`ResNetSpec::new`](super::ResNetSpec::new), which knows how choices depend on each other.
    pub fn set(&self, choices: &mut NetworkChoices, text: &str) -> Option<()> {
        (self.set)(choices, text)
    }

    /// What it takes, in words.
    pub fn wanted(&self) -> String {
        match self.kind() {
            OptionKind::Count(range) => tr!("a whole number from {lowest} to {highest}", lowest = range.start(), highest = range.end()),
            OptionKind::Share => text!("a number from 0 to 0.9").into(),
            OptionKind::Switch => text!("on or off").into(),
            OptionKind::Word(words) => words.join(", "),
            OptionKind::CountOfEachStage => text!("a number for each stage joined by hyphens, as in 3-4-2, or equal").into(),
            OptionKind::Blocks => text!("blocks as stage.block, counted from 0 and joined by hyphens, as in 0.1-2.0").into(),
        }
    }
}

macro_rules! option {
    ($key:literal, $option:literal, $label:expr, $help:expr, $kind:expr, $field:ident, $text:expr, $parse:expr) => {
        NetworkOption {
            key: $key,
            option: $option,
            label: $label,
            help: $help,
            kind: || $kind,
            text: |choices| $text(&choices.$field),
            set: |choices, text| $parse(text).map(|value| choices.$field = value),
        }
    };
}

macro_rules! count {
    ($key:literal, $option:literal, $label:expr, $help:expr, $range:expr, $field:ident) => {
        option!($key, $option, $label, $help, OptionKind::Count($range), $field, usize::to_string, number)
    };
}

macro_rules! share {
    ($key:literal, $option:literal, $label:expr, $help:expr, $field:ident) => {
        option!($key, $option, $label, $help, OptionKind::Share, $field, share_text, decimal)
    };
}

macro_rules! switch {
    ($key:literal, $option:literal, $label:expr, $help:expr, $field:ident) => {
        option!($key, $option, $label, $help, OptionKind::Switch, $field, on_or_off, switch)
    };
}

macro_rules! word {
    ($key:literal, $option:literal, $label:expr, $help:expr, $type:ty, $field:ident) => {
        option!($key, $option, $label, $help, OptionKind::Word(names::<$type>()), $field, name, <$type>::from_name)
    };
}

/// All options, in the order in which a link writes them.
pub static OPTIONS: &[NetworkOption] = &[
    NetworkOption {
        key: "depth",
        option: "depth",
        label: marked!("Depth"),
        help: marked!(
            "Layers as the papers count them: stages × blocks × convolutions, plus the stem and the last dense layer. Three \
             stages of bottleneck blocks give 9n + 2."
        ),
        kind: || OptionKind::Count(5..=DEEPEST),
        text: |choices| choices.depth.to_string(),
        set: |choices, text| number(text).map(|layers| choices.set_depth(layers)),
    },
    count!(
        "filters",
        "start-filters",
        marked!("Start filters"),
        marked!("Filters of the first convolution. Every later width is a multiple of it."),
        START_FILTERS,
        start_filters
    ),
    switch!(
        "skips",
        "skip-connections",
        marked!("Skip connections"),
        marked!("Every block adds its input to its output: x + F(x)."),
        skip_connections
    ),
    option!(
        "switched",
        "switched-blocks",
        marked!("Flipped skips"),
        marked!("Blocks that do the opposite of the switch: stage.block from 0, joined by hyphens."),
        OptionKind::Blocks,
        switched_blocks,
        |places: &Vec<BlockPlace>| join_places(places),
        places
    ),
    count!("class-count", "classes", marked!("Classes"), marked!("Classes to tell apart."), CLASSES, classes),
    count!(
        "image",
        "image-edge",
        marked!("Image edge"),
        marked!("Pixels along each side of the image. Every stage after the first halves it."),
        IMAGE_EDGE,
        image_edge
    ),
    count!("channels", "image-channels", marked!("Image channels"), marked!("3 for colour, 1 for grey."), IMAGE_CHANNELS, image_channels),
    count!(
        "stages",
        "stages",
        marked!("Stages"),
        marked!("Groups of blocks. Each after the first halves the feature maps."),
        STAGES,
        stages
    ),
    count!(
        "convolutions",
        "convolutions-per-block",
        marked!("Convolutions per block"),
        marked!("What a skip connection jumps over: two k×k convolutions, or 1×1 around one or two k×k."),
        CONVOLUTIONS_PER_BLOCK,
        convolutions_per_block
    ),
    NetworkOption {
        key: "blocks",
        option: "blocks-in-stages",
        label: marked!("Blocks in each stage"),
        help: marked!(
            "One number for each stage, joined by hyphens. The depth follows from them. “equal” means as many in each as the depth says."
        ),
        kind: || OptionKind::CountOfEachStage,
        text: |choices| if choices.blocks_in_stages.is_empty() { EQUAL.into() } else { join_numbers(&choices.blocks_in_stages) },
        set: |choices, text| {
            choices.blocks_in_stages = if matches!(text.trim(), EQUAL | "") { Vec::new() } else { numbers(text)? };
            choices.settle_blocks();
            Some(())
        },
    },
    count!(
        "kernel",
        "kernel-size",
        marked!("Kernel size"),
        marked!("Edge k of the kernels in the middle of a block, an odd number."),
        KERNEL_SIZE,
        kernel_size
    ),
    count!(
        "widening",
        "first-widening",
        marked!("Channel multiplier"),
        marked!("Output channels of the first stage for each start filter."),
        WIDENING,
        first_widening
    ),
    count!(
        "later-widening",
        "later-widening",
        marked!("Channel multiplier of later stages"),
        marked!("Factor from the channels of a stage to those of the next."),
        WIDENING,
        later_widening
    ),
    word!(
        "inner",
        "inner-filters",
        marked!("Bottleneck width"),
        marked!("Channels inside a block: those that enter its stage (tutorial), or a quarter of its output (papers)."),
        InnerFilters,
        inner_filters
    ),
    word!(
        "order",
        "order",
        marked!("Block order"),
        marked!("Batch normalization and activation before each convolution (version 2) or after it (version 1)."),
        BlockOrder,
        order
    ),
    word!("activation", "activation", marked!("Activation"), marked!("Function between the convolutions."), Activation, activation),
    switch!(
        "batch-norm",
        "batch-norm",
        marked!("Batch norm"),
        marked!("Gives every channel mean 0 and variance 1 over the batch."),
        batch_norm
    ),
    switch!(
        "shared",
        "shared-preactivation",
        marked!("Shared pre-activation"),
        marked!("Projection shortcuts read the activated input, as in the paper's code."),
        shared_preactivation
    ),
    share!(
        "stem-dropout",
        "stem-dropout",
        marked!("Stem dropout"),
        marked!("Share of the stem's outputs that is set to zero while training."),
        stem_dropout
    ),
    count!(
        "pool",
        "pool",
        marked!("Pooling window"),
        marked!("Edge of the window that is averaged before the head. 0 averages the whole map."),
        0..=*IMAGE_EDGE.end(),
        pool
    ),
    count!(
        "dense",
        "dense-units",
        marked!("Dense units"),
        marked!("Units of the dense layer before the class scores. 0 leaves it out."),
        DENSE_UNITS,
        dense_units
    ),
    switch!(
        "dense-batch-norm",
        "dense-batch-norm",
        marked!("Dense batch norm"),
        marked!("Batch normalization after that dense layer."),
        dense_batch_norm
    ),
    share!(
        "head-dropout",
        "head-dropout",
        marked!("Head dropout"),
        marked!("Share of the last layer's inputs that is set to zero while training."),
        head_dropout
    ),
];

/// Of [`NetworkChoices::blocks_in_stages`] when that is empty.
const EQUAL: &str = "equal";

fn numbers(text: &str) -> Option<Vec<usize>> {
    text.split('-').map(number).collect()
}

fn number(text: &str) -> Option<usize> {
    text.trim().parse().ok()
}

/// A tiny share has hundreds of digits otherwise.
fn share_text(share: &f64) -> String {
    shortest_decimal(*share)
}

fn decimal(text: &str) -> Option<f64> {
    read_decimal(text.trim())
}

fn on_or_off(on: &bool) -> String {
    if *on { "on" } else { "off" }.into()
}

fn switch(text: &str) -> Option<bool> {
    match text {
        "on" | "true" | "1" => Some(true),
        "off" | "false" | "0" => Some(false),
        _ => None,
    }
}

fn names<T: Named>() -> Vec<&'static str> {
    T::ALL.iter().map(|value| value.name()).collect()
}

fn name<T: Named>(value: &T) -> String {
    value.name().into()
}

fn join_places(places: &[BlockPlace]) -> String {
    places.iter().map(BlockPlace::to_string).collect::<Vec<_>>().join("-")
}

fn places(text: &str) -> Option<Vec<BlockPlace>> {
    text.split('-').filter(|place| !place.is_empty()).map(|place| place.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        let mut unusual = NetworkChoices {
            switched_blocks: vec![BlockPlace { stage: 0, block: 1 }, BlockPlace { stage: 2, block: 0 }],
            order: BlockOrder::ConvolutionFirst,
            activation: Activation::LeakyRelu,
            head_dropout: 0.25,
            blocks_in_stages: vec![3, 4, 2],
            depth: 29,
            batch_norm: false,
            ..Default::default()
        };
        for option in OPTIONS {
            let mut copy = NetworkChoices::default();
            assert_eq!(option.set(&mut copy, &option.text(&unusual)), Some(()), "{} reads its own text", option.key);
            assert_eq!(option.text(&copy), option.text(&unusual), "{}", option.key);
            let before = unusual.clone();
            assert_eq!(option.set(&mut unusual, "nonsense"), None, "{}", option.key);
            assert_eq!(unusual, before, "a refused text changes nothing");
        }
    }

    #[test]
    fn every_field_has_an_option() {
        let serde_json::Value::Object(fields) = serde_json::to_value(NetworkChoices::default()).unwrap() else { panic!("an object") };
        for field in fields.keys() {
            assert!(NetworkOption::find(&field.replace('_', "-")).is_some(), "{field} can be set by name");
        }
        assert_eq!(fields.len(), OPTIONS.len(), "and nothing else can");
    }
}
