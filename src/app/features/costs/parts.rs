//! Where parameters and work are: stem, stages, head.

use crate::language::{text, tr};
use crate::spec::{BYTES_PER_NUMBER, LayerSpec, ResNetSpec};

/// A part of the network and its costs for one image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// `Stem`, `Stage 1`, `Head`.
    pub name: String,
    /// Blocks of a stage.
    pub blocks: Option<usize>,
    /// `[height, width, channels]` of what goes out.
    pub output: [usize; 3],
    /// Weights and moving statistics.
    pub parameters: u64,
    /// Of the forward pass.
    pub multiply_adds: u64,
    /// Bytes of all its layers' outputs.
    pub output_bytes: u64,
}

/// The parts in the order of the forward pass.
pub(super) fn parts_of(spec: &ResNetSpec) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for layer in spec.layers() {
        let (name, blocks) = part_of(&layer, spec);
        if parts.last().is_none_or(|part| part.name != name) {
            parts.push(Part { name, blocks, output: layer.output, parameters: 0, multiply_adds: 0, output_bytes: 0 });
        }
        if let Some(part) = parts.last_mut() {
            part.output = layer.output;
            part.parameters += layer.trainable_parameters() + layer.moving_statistics();
            part.multiply_adds += layer.multiply_adds();
            part.output_bytes += layer.output_elements() * BYTES_PER_NUMBER;
        }
    }
    parts
}

fn part_of(layer: &LayerSpec, spec: &ResNetSpec) -> (String, Option<usize>) {
    let mut path = layer.name.split('.');
    match (path.next(), path.next().and_then(|index| index.parse::<usize>().ok())) {
        (Some("stages"), Some(stage)) => (tr!("Stage {stage}", stage = stage + 1), Some(spec.blocks_in_stage(stage))),
        (Some("stem"), _) => (text!("Stem").into(), None),
        _ => (text!("Head").into(), None),
    }
}

/// `32×32×16`, or `64` where there is no map any more.
pub(super) fn shape([height, width, channels]: [usize; 3]) -> String {
    if height == 1 && width == 1 { channels.to_string() } else { format!("{height}×{width}×{channels}") }
}

/// What the table teaches: work and parameters sit at opposite ends.
pub(super) fn finding(parts: &[Part]) -> String {
    // The last stage and the head against all before them.
    let (early, late) = parts.split_at(parts.len().saturating_sub(2));
    let share = |of: fn(&Part) -> u64| {
        let sum = |parts: &[Part]| parts.iter().map(|part| of(part) as f64).sum::<f64>();
        format!("{:.0}\u{a0}%", 100.0 * sum(early) / (sum(early) + sum(late)).max(1.0))
    };
    tr!(
        "Before the last stage are {parameters} of the parameters but {multiply_adds} of the multiply-adds: \
         large maps make work, many channels make parameters.",
        parameters = share(|part| part.parameters),
        multiply_adds = share(|part| part.multiply_adds)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::NetworkChoices;

    #[test]
    fn the_parts_add_up_to_the_network() {
        let spec = ResNetSpec::new(NetworkChoices { depth: 20, ..Default::default() }).unwrap();
        let (parts, cost) = (parts_of(&spec), spec.cost());
        assert_eq!(parts.iter().map(|part| part.name.as_str()).collect::<Vec<_>>(), ["Stem", "Stage 1", "Stage 2", "Stage 3", "Head"]);
        assert_eq!(parts.iter().map(|part| part.parameters).sum::<u64>(), cost.parameters);
        assert_eq!(parts.iter().map(|part| part.multiply_adds).sum::<u64>(), cost.multiply_adds_per_image);
        assert_eq!(parts.iter().map(|part| part.output_bytes).sum::<u64>(), cost.activation_bytes_per_image);
        assert_eq!((parts[1].blocks, parts[4].blocks), (Some(2), None));
    }

    #[test]
    fn the_finding_gives_the_shares_before_the_last_stage() {
        let part = |parameters, multiply_adds| Part {
            name: String::new(),
            blocks: None,
            output: [1; 3],
            parameters,
            multiply_adds,
            output_bytes: 0,
        };
        let said = finding(&[part(1, 6), part(1, 1), part(5, 2), part(1, 1)]);
        assert!(said.starts_with("Before the last stage are 25\u{a0}% of the parameters but 70\u{a0}% of the multiply-adds"), "{said}");
    }

    #[test]
    fn a_map_of_one_pixel_is_its_channels() {
        assert_eq!([[32, 32, 16], [1, 1, 10]].map(shape), ["32×32×16", "10"]);
    }
}
