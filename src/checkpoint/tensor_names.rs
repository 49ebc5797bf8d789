//! Names of tensors as files have them, taken apart: what stands before the layer, the layer, the part of it.

use crate::experiment::weight_init::WeightLayout;

/// Parts of names that wrappers put before or between the network's own: data-parallel, compiled and sharded models.
const WRAPPERS: [&str; 6] =
    ["module", "_orig_mod", "_fsdp_wrapped_module", "_checkpoint_wrapped_module", "_forward_module", "_original_module"];

/// Longest name that is taken apart, in bytes.
const LONGEST_NAME: usize = 500;

/// A name of a file that is one of a network's weights.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TensorName {
    /// What stands before the layer, `module.`; nothing in a file of ours.
    pub prefix: String,
    /// The weight by its Keras name; nothing for what PyTorch's batch norm counts.
    pub weight: Option<String>,
    /// The layout, where the name gives it away.
    pub layout: Option<WeightLayout>,
    /// Whether a wrapper stands between the network's own parts of the name.
    pub is_wrapped_inside: bool,
}

impl TensorName {
    /// Takes a name apart; nothing for one that is no weight of any network of ours.
    ///
    /// Layers are separated from their parts by points or, as Keras writes paths, by slashes; within the layer there may be
    /// underscores, as in the code that the page exports for Keras.
    pub fn parse(name: &str) -> Option<Self> {
        if name.len() > LONGEST_NAME {
            return None;
        }
        let name = name.strip_suffix(":0").unwrap_or(name);
        let starts = [0].into_iter().chain(name.match_indices(['.', '/']).map(|(place, _)| place + 1));
        starts.filter_map(|start| name.split_at_checked(start)).find_map(|(prefix, rest)| Self::after(prefix, rest))
    }

    fn after(prefix: &str, rest: &str) -> Option<Self> {
        if !["stem", "stages", "head"].iter().any(|start| rest.starts_with(start)) {
            return None;
        }
        let mut is_wrapped_inside = false;
        let mut segments: Vec<&str> = rest.split(['.', '/']).collect();
        segments.retain(|segment| {
            let is_wrapper = WRAPPERS.contains(segment);
            is_wrapped_inside |= is_wrapper;
            !is_wrapper
        });
        let part = segments.pop()?;
        let layer = layer(&segments.join("."))?;
        let (part, layout) = weight_part(part, is_batch_norm(&layer))?;
        Some(Self { prefix: prefix.into(), weight: part.map(|part| format!("{layer}.{part}")), layout, is_wrapped_inside })
    }
}

/// The path of a layer with its points; nothing where it is none of ours.
fn layer(path: &str) -> Option<String> {
    let path = path.replace('_', ".").replace("dense.bn", "dense_bn");
    let segments: Vec<&str> = path.split('.').collect();
    let is_layer = match segments.as_slice() {
        ["stem", "conv" | "bn"] | ["head", "bn" | "dense1" | "dense2" | "dense_bn"] => true,
        ["stages", stage, "blocks", block, unit] => is_number(stage) && is_number(block) && is_unit(unit),
        _ => false,
    };
    is_layer.then_some(path)
}

/// A number as we write it, of at most four digits: no network is deeper.
fn is_number(text: &str) -> bool {
    (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()) && (text.len() == 1 || !text.starts_with('0'))
}

/// A layer of a block.
fn is_unit(text: &str) -> bool {
    let place = text.strip_prefix("conv").or_else(|| text.strip_prefix("bn"));
    text == "shortcut" || place.is_some_and(|place| matches!(place, "1" | "2" | "3" | "4"))
}

fn is_batch_norm(layer: &str) -> bool {
    layer.rsplit('.').next().is_some_and(|unit| unit.starts_with("bn") || unit == "dense_bn")
}

/// Keras' word for the last part of a name, and the layout that has this word alone.
fn weight_part(part: &str, is_batch_norm: bool) -> Option<(Option<&'static str>, Option<WeightLayout>)> {
    use WeightLayout::{Keras, PyTorch};
    Some(match (part, is_batch_norm) {
        ("kernel", false) => (Some("kernel"), Some(Keras)),
        ("weight", false) => (Some("kernel"), Some(PyTorch)),
        ("bias", false) => (Some("bias"), None),
        ("gamma", true) => (Some("gamma"), Some(Keras)),
        ("beta", true) => (Some("beta"), Some(Keras)),
        ("moving_mean", true) => (Some("moving_mean"), Some(Keras)),
        ("moving_variance", true) => (Some("moving_variance"), Some(Keras)),
        ("weight", true) => (Some("gamma"), Some(PyTorch)),
        ("bias", true) => (Some("beta"), Some(PyTorch)),
        ("running_mean", true) => (Some("moving_mean"), Some(PyTorch)),
        ("running_var", true) => (Some("moving_variance"), Some(PyTorch)),
        ("num_batches_tracked", true) => (None, Some(PyTorch)),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(name: &str) -> (String, String) {
        let name = TensorName::parse(name).unwrap_or_else(|| panic!("{name} is a weight"));
        (name.prefix, name.weight.unwrap_or_default())
    }

    #[test]
    fn what_stands_before_a_layer_is_told_from_it() {
        for (name, prefix, weight) in [
            ("stem.conv.kernel", "", "stem.conv.kernel"),
            ("module.stem.conv.weight", "module.", "stem.conv.kernel"),
            ("module.model._orig_mod.head.dense_bn.running_var", "module.model._orig_mod.", "head.dense_bn.moving_variance"),
            ("state_dict.net.stages.2.blocks.11.bn3.bias", "state_dict.net.", "stages.2.blocks.11.bn3.beta"),
            ("resnet/stages_0_blocks_1_conv2/kernel:0", "resnet/", "stages.0.blocks.1.conv2.kernel"),
            ("head_dense_bn/moving_mean", "", "head.dense_bn.moving_mean"),
            ("stages.0._orig_mod.blocks.1.module.shortcut.bias", "", "stages.0.blocks.1.shortcut.bias"),
            ("optimizer.first.stem.bn.gamma", "optimizer.first.", "stem.bn.gamma"),
        ] {
            assert_eq!(parsed(name), (prefix.into(), weight.into()), "{name}");
        }
        assert_eq!(parsed("head.bn.num_batches_tracked").1, "", "a count is no weight");
    }

    #[test]
    fn names_of_other_networks_are_none_of_ours() {
        for name in [
            "",
            ".",
            "conv1.weight",
            "layer1.0.conv1.weight",
            "stem.0.weight",
            "stages.0.blocks.0.conv_dw.weight",
            "stages.0.blocks.0.conv9.weight",
            "stages.00.blocks.0.conv1.weight",
            "stages.99999.blocks.0.conv1.weight",
            "stages.é.blocks.0.conv1.weight",
            "stem.conv.gamma",
            "stem.bn.kernel",
            "stem.conv",
            "head.dense3.kernel",
        ] {
            assert_eq!(TensorName::parse(name), None, "{name}");
        }
    }
}
