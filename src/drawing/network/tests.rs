use super::folding::MOST_GROUPS;
use super::*;
use crate::spec::{Activation, BlockOrder, BlockPlace, BlockSpec, NetworkChoices, ResNetSpec, Shortcut};

/// Inner widths of the panel: phones, a tablet, the narrowest wide one, 1440 px screens and beyond.
const WIDTHS: [f64; 9] = [240.0, 296.0, 330.0, 520.0, NARROWEST_WIDE, 760.0, 900.0, 935.0, 1600.0];
const LABEL_SIZE: f64 = 11.0;

fn spec(depth: usize, skip_connections: bool, start_filters: usize) -> ResNetSpec {
    ResNetSpec::new(NetworkChoices { depth, skip_connections, start_filters, ..Default::default() }).unwrap()
}

/// Every depth, residual and plain, at every width.
fn each_drawing(mut check: impl FnMut(&ResNetSpec, &Drawing, &str)) {
    for depth in (11..=1001).step_by(9) {
        for skip_connections in [true, false] {
            for width in WIDTHS {
                let spec = spec(depth, skip_connections, 128);
                let kind = if skip_connections { "residual" } else { "plain" };
                check(&spec, &layout(&spec, width), &format!("depth {depth}, {kind}, {width} px"));
            }
        }
    }
}

fn blocks(drawing: &Drawing) -> impl Iterator<Item = &BlockDrawing> {
    drawing.stages.iter().flat_map(|stage| &stage.blocks)
}

fn along(arc: &Arc) -> impl Iterator<Item = Point> {
    (0..=100).map(|step| arc.point_at(f64::from(step) / 100.0))
}

fn labels(drawing: &Drawing) -> Vec<&Label> {
    let of_ends = drawing.ends.iter().flat_map(|end| [&end.name, &end.detail]);
    let of_stages = drawing.stages.iter().flat_map(|stage| [&stage.title, &stage.shape].into_iter().chain(&stage.notes));
    let of_blocks = blocks(drawing).flat_map(|block| block.kernels.iter().chain([&block.label]));
    of_ends.chain(of_stages).chain(of_blocks).collect()
}

#[test]
fn every_block_is_drawn_or_folded_exactly_once() {
    each_drawing(|spec, drawing, what| {
        for (stage, drawn) in spec.stages().iter().zip(&drawing.stages) {
            let all: Vec<usize> = drawn.blocks.iter().flat_map(|block| block.blocks.clone()).collect();
            assert_eq!(all, (0..stage.blocks).collect::<Vec<_>>(), "stage {} of {what}", stage.index + 1);
        }
    });
}

#[test]
fn what_is_drawn_does_not_grow_with_depth() {
    each_drawing(|_, drawing, what| {
        assert!(blocks(drawing).count() <= 3 * FOLD_THRESHOLD, "{what} draws {} blocks", blocks(drawing).count());
        assert!(drawing.height < 800.0, "{what} is {} px high", drawing.height);
    });
}

#[test]
fn only_equal_blocks_are_folded() {
    each_drawing(|spec, drawing, what| {
        for block in blocks(drawing).filter(|block| block.is_bundle()) {
            let stage = spec.stage(block.stage);
            let first = stage.block(block.blocks.start);
            let equal = block.blocks.clone().all(|index| BlockSpec { index: first.index, ..stage.block(index) } == first);
            assert!(equal, "a bundle in {what}");
        }
    });
}

#[test]
fn nodes_do_not_overlap_at_any_depth() {
    each_drawing(|_, drawing, what| {
        let nodes: Vec<_> = drawing.ends.iter().map(|end| end.outline).chain(blocks(drawing).map(BlockDrawing::extent)).collect();
        for (place, node) in nodes.iter().enumerate() {
            assert!(node.width > 16.0 && node.height > 10.0, "node {place} of {what} can be seen: {node:?}");
            assert!(nodes[..place].iter().all(|other| !other.overlaps(node)), "node {place} of {what}");
        }
    });
}

#[test]
fn arcs_never_cross_their_own_blocks_nodes() {
    each_drawing(|_, drawing, what| {
        for block in blocks(drawing) {
            let arc = block.arc;
            let extent = block.extent().grown(2.0);
            assert!(along(&arc).all(|point| !extent.contains(point)), "block {:?} of stage {} of {what}", block.blocks, block.stage);
        }
    });
}

#[test]
fn arcs_touch_neither_other_blocks_nor_other_arcs() {
    each_drawing(|_, drawing, what| {
        let drawn: Vec<_> = blocks(drawing).collect();
        for pair in drawn.windows(2) {
            let (before, after) = (pair[0].arc, pair[1].arc);
            assert!(along(&before).all(|point| !pair[1].extent().contains(point)), "into the next block of {what}");
            let gap = (after.start.x - before.end.x).max(after.start.y - before.end.y);
            assert!(gap > 5.5, "the plus and the next arc of {what} are {gap} px apart");
        }
    });
}

#[test]
fn stages_enclose_their_blocks_and_arcs() {
    each_drawing(|_, drawing, what| {
        for stage in &drawing.stages {
            for block in &stage.blocks {
                assert!(stage.frame.encloses(&block.extent()), "block {:?} of {what}", block.blocks);
                let inside = |point: Point| stage.frame.grown(-1.0).contains(point);
                assert!(along(&block.arc).all(inside), "arc of {:?} of {what}", block.blocks);
                let chip =
                    Some(block.arc).filter(|arc| arc.shortcut == Shortcut::Projection).map(|arc| Rectangle::around(arc.apex(), 28.0, 16.0));
                assert!(chip.is_none_or(|chip| stage.frame.encloses(&chip)), "chip of {:?} of {what}", block.blocks);
                assert!(chip.is_none_or(|chip| !chip.overlaps(&stage.title.extent(LABEL_SIZE))), "chip and title of {what}");
            }
        }
    });
}

#[test]
fn bars_lie_inside_their_block_and_apart() {
    each_drawing(|_, drawing, what| {
        for block in blocks(drawing) {
            assert!(block.bars.iter().all(|bar| block.outline.encloses(bar)), "{:?} of {what}", block.blocks);
            assert!(block.bars.windows(2).all(|pair| !pair[0].overlaps(&pair[1])), "{:?} of {what}", block.blocks);
            let area = |bar: &Rectangle| bar.width * bar.height;
            assert!(area(&block.bars[1]) > area(&block.bars[0]), "3×3 is the larger in {what}");
        }
    });
}

#[test]
fn labels_stay_inside_the_drawing_and_apart() {
    each_drawing(|_, drawing, what| {
        let picture = Rectangle { x: 0.0, y: 0.0, width: drawing.width, height: drawing.height };
        let labels = labels(drawing);
        for (place, label) in labels.iter().enumerate() {
            let extent = label.extent(LABEL_SIZE);
            assert!(picture.grown(2.0).encloses(&extent), "“{}” of {what} at {extent:?}", label.text);
            for other in &labels[..place] {
                assert!(!other.extent(LABEL_SIZE).overlaps(&extent), "“{}” and “{}” of {what}", label.text, other.text);
            }
            assert!(blocks(drawing).all(|block| !block.outline.overlaps(&extent)), "“{}” and a block of {what}", label.text);
        }
    });
}

#[test]
fn plain_networks_have_no_arcs_and_residual_ones_one_a_block() {
    each_drawing(|spec, drawing, what| {
        for block in blocks(drawing) {
            let wanted = spec.stages()[block.stage].block(block.blocks.start).shortcut;
            assert_eq!(block.arc.shortcut, wanted, "{:?} of {what}", block.blocks);
        }
    });
}

#[test]
fn blocks_shrink_with_the_map() {
    each_drawing(|_, drawing, what| {
        let area = |stage: &StageDrawing| stage.blocks[0].outline.width * stage.blocks[0].outline.height;
        assert!(drawing.stages.windows(2).all(|pair| area(&pair[0]) > area(&pair[1])), "{what}");
    });
}

#[test]
fn frames_do_not_move_when_depth_changes_in_the_wide_drawing() {
    let frames = |depth| layout(&spec(depth, true, 16), 935.0).stages.into_iter().map(|stage| stage.frame).collect::<Vec<_>>();
    assert_eq!(frames(11), frames(1001), "a stepper pressed many times leaves the stages where they are");
}

/// Networks that differ from the tutorial's in every choice that changes the drawing.
fn unusual_networks() -> Vec<ResNetSpec> {
    let usual = NetworkChoices { start_filters: 4, ..Default::default() };
    let places =
        |places: &[(usize, usize)]| places.iter().map(|(stage, block)| BlockPlace { stage: *stage, block: *block }).collect::<Vec<_>>();
    let choices = [
        NetworkChoices { convolutions_per_block: 2, depth: 56, kernel_size: 5, ..usual.clone() },
        NetworkChoices { convolutions_per_block: 4, depth: 50, order: BlockOrder::ConvolutionFirst, ..usual.clone() },
        NetworkChoices { stages: 1, depth: 59, pool: 0, dense_units: 0, ..usual.clone() },
        NetworkChoices { stages: 2, depth: 20, image_edge: 64, image_channels: 1, ..usual.clone() },
        NetworkChoices { blocks_in_stages: vec![1, 9, 2], switched_blocks: places(&[(1, 8)]), ..usual.clone() },
        NetworkChoices { stages: 5, depth: 62, pool: 2, activation: Activation::None, batch_norm: false, ..usual.clone() },
        NetworkChoices {
            depth: 164,
            switched_blocks: places(&[(0, 0), (0, 3), (1, 17), (2, 5), (2, 7), (2, 9), (2, 11)]),
            ..usual.clone()
        },
        NetworkChoices { depth: 92, skip_connections: false, switched_blocks: places(&[(1, 1)]), shared_preactivation: true, ..usual },
    ];
    choices.into_iter().map(|choices| ResNetSpec::new(choices).unwrap()).collect()
}

#[test]
fn unusual_networks_are_drawn_whole_and_apart() {
    for spec in unusual_networks() {
        for width in [296.0, 330.0, 935.0, 1600.0] {
            let (drawing, what) = (layout(&spec, width), format!("{:?} at {width} px", spec.choices()));
            for (stage, drawn) in spec.stages().iter().zip(&drawing.stages) {
                let all: Vec<usize> = drawn.blocks.iter().flat_map(|block| block.blocks.clone()).collect();
                assert_eq!(all, (0..stage.blocks).collect::<Vec<_>>(), "every block once in {what}");
                for block in &drawn.blocks {
                    assert_eq!(block.bars.len(), spec.choices().convolutions_per_block, "a bar for each convolution in {what}");
                    let shortcuts: Vec<Shortcut> = block.blocks.clone().map(|index| stage.block(index).shortcut).collect();
                    let alike = shortcuts.windows(2).all(|pair| pair[0] == pair[1]) || drawn.blocks.len() == MOST_GROUPS;
                    assert!(alike, "a switched block stands alone in {what}");
                    assert!(
                        block.blocks.len() > 1 || block.has_skip_connection() == (shortcuts[0] != Shortcut::Absent),
                        "its arc in {what}"
                    );
                }
            }
            let nodes: Vec<_> = drawing.ends.iter().map(|end| end.outline).chain(blocks(&drawing).map(BlockDrawing::extent)).collect();
            for (place, node) in nodes.iter().enumerate() {
                assert!(node.width > 3.0 && node.height > 3.0, "node {place} of {what} has a size: {node:?}");
                assert!(nodes[..place].iter().all(|other| !other.overlaps(node)), "node {place} of {what}");
            }
            assert_eq!(drawing.ends.iter().any(|end| end.end == NetworkEnd::Dense), spec.choices().dense_units > 0, "dense in {what}");
        }
        let graph = LayerGraph::new(&spec);
        for part in layout(&spec, 935.0).parts() {
            assert!(!explain(&spec, &graph, &part).text().is_empty(), "{part:?} is explained");
        }
    }
}

#[test]
fn a_shared_preactivation_feeds_the_projection() {
    let choices = NetworkChoices { shared_preactivation: true, depth: 20, ..Default::default() };
    let graph = LayerGraph::new(&ResNetSpec::new(choices).unwrap());
    let projections: Vec<_> = graph.edges.iter().filter(|edge| edge.kind == EdgeKind::ProjectionShortcut).collect();
    let fed_by: Vec<&str> = projections.iter().step_by(2).map(|edge| graph.nodes[edge.from].name.as_str()).collect();
    assert_eq!(fed_by, ["stem.dropout", "stages.1.blocks.0.activation1", "stages.2.blocks.0.activation1"], "activated before the fork");
}
