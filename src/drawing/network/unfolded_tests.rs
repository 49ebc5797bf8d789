use super::*;
use crate::spec::{Activation, BlockOrder, BlockPlace, NetworkChoices, ResNetSpec, Shortcut};

const WIDTHS: [f64; 5] = [240.0, 330.0, NARROWEST_WIDE, 935.0, 1600.0];
const LABEL_SIZE: f64 = 11.0;

fn networks() -> Vec<ResNetSpec> {
    let usual = |depth| NetworkChoices { depth, start_filters: 16, ..Default::default() };
    let choices = [
        usual(11),
        usual(29),
        usual(164),
        usual(1001),
        NetworkChoices { skip_connections: false, ..usual(56) },
        NetworkChoices { order: BlockOrder::ConvolutionFirst, convolutions_per_block: 4, ..usual(50) },
        NetworkChoices { order: BlockOrder::ConvolutionFirst, skip_connections: false, ..usual(29) },
        NetworkChoices { shared_preactivation: true, activation: Activation::LeakyRelu, ..usual(56) },
        NetworkChoices { convolutions_per_block: 2, kernel_size: 5, activation: Activation::None, batch_norm: false, ..usual(56) },
        NetworkChoices { stages: 5, pool: 2, activation: Activation::Softplus, ..usual(62) },
        NetworkChoices { stages: 1, ..usual(59) },
        NetworkChoices { switched_blocks: (0..9).map(|block| BlockPlace { stage: 1, block: 2 * block }).collect(), ..usual(164) },
    ];
    choices.into_iter().map(|choices| ResNetSpec::new(choices).unwrap()).collect()
}

/// Ways to unfold: everything, only blocks, one stage, one block in the middle of a bundle, the first of a stage.
fn unfoldings(spec: &ResNetSpec) -> Vec<Unfolding> {
    let last_stage = spec.choices().stages - 1;
    let mut one_stage = Unfolding::default();
    one_stage.unfold(last_stage);
    let opened = |places: &[BlockPlace]| {
        let mut unfolding = Unfolding::default();
        places.iter().for_each(|place| unfolding.turn(*place));
        unfolding
    };
    let middle = BlockPlace { stage: 0, block: spec.stage(0).blocks / 2 };
    let first = BlockPlace { stage: last_stage, block: 0 };
    vec![
        Unfolding::of(Detail::Layers),
        Unfolding::of(Detail::Blocks),
        one_stage,
        opened(&[middle]),
        opened(&[first]),
        opened(&[middle, first]),
    ]
}

fn each_drawing(mut check: impl FnMut(&ResNetSpec, &LayerGraph, &Drawing, &str)) {
    for spec in networks() {
        let graph = LayerGraph::new(&spec);
        for width in WIDTHS {
            for unfolding in unfoldings(&spec) {
                let drawing = layout_unfolded(&spec, &graph, width, &unfolding);
                check(&spec, &graph, &drawing, &format!("{:?} at {width} px with {unfolding:?}", spec.choices()));
            }
        }
    }
}

fn along(arc: &Arc) -> impl Iterator<Item = Point> {
    (0..=100).map(|step| arc.point_at(f64::from(step) / 100.0))
}

fn start(drawing: &Drawing, rectangle: &Rectangle) -> f64 {
    if drawing.orientation == Orientation::Wide { rectangle.x } else { rectangle.y }
}

#[test]
fn folded_it_is_the_drawing_it_was() {
    for spec in networks() {
        for width in WIDTHS {
            let drawing = layout_unfolded(&spec, &LayerGraph::new(&spec), width, &Unfolding::default());
            assert_eq!(drawing, layout(&spec, width), "{width} px");
        }
    }
}

#[test]
fn every_block_and_every_layer_of_an_open_block_is_drawn_once() {
    each_drawing(|spec, graph, drawing, what| {
        for (stage, drawn) in spec.stages().iter().zip(&drawing.stages) {
            let all: Vec<usize> = drawn.blocks.iter().flat_map(|block| block.blocks.clone()).collect();
            assert_eq!(all, (0..stage.blocks).collect::<Vec<_>>(), "stage {} of {what}", stage.index + 1);
        }
        for block in drawing.blocks().filter(|block| block.is_open()) {
            let drawn: Vec<usize> = block.layers.iter().map(|layer| layer.node).collect();
            let wanted: Vec<usize> = graph.range_of(Place::Block { stage: block.stage, index: block.blocks.start }).collect();
            assert_eq!(drawn, wanted, "in forward order, {:?} of {what}", block.blocks);
        }
    });
}

#[test]
fn all_layers_of_the_network_are_drawn_where_all_are_asked_for() {
    for spec in networks() {
        let graph = LayerGraph::new(&spec);
        let drawing = layout_unfolded(&spec, &graph, 935.0, &Unfolding::of(Detail::Layers));
        let drawn = drawing.blocks().map(|block| block.layers.len()).sum::<usize>();
        let wanted = graph.nodes.iter().filter(|node| matches!(node.place, Place::Block { .. })).count();
        assert_eq!(drawn, wanted, "{:?}", spec.choices());
    }
}

/// Things that may not meet: ends, cards of closed blocks, layers of open ones.
fn nodes(drawing: &Drawing) -> Vec<Rectangle> {
    let of_blocks = drawing.blocks().flat_map(|block| match block.is_open() {
        true => block.layers.iter().map(|layer| layer.outline).collect(),
        false => vec![block.extent()],
    });
    let mut nodes: Vec<Rectangle> = drawing.ends.iter().map(|end| end.outline).chain(of_blocks).collect();
    // Only neighbours along the trunk can meet.
    nodes.sort_by(|one, other| start(drawing, one).total_cmp(&start(drawing, other)));
    nodes
}

#[test]
fn nodes_do_not_overlap_however_much_is_unfolded() {
    each_drawing(|_, _, drawing, what| {
        let nodes = nodes(drawing);
        for (place, node) in nodes.iter().enumerate() {
            assert!(node.width > 3.0 && node.height > 3.0, "node {place} of {what} can be seen: {node:?}");
            let near = &nodes[place.saturating_sub(16)..place];
            assert!(near.iter().all(|other| !other.overlaps(node)), "node {place} of {what}: {node:?}");
        }
    });
}

#[test]
fn arcs_cross_neither_layers_nor_neighbours() {
    each_drawing(|_, _, drawing, what| {
        let blocks: Vec<_> = drawing.blocks().collect();
        for (place, block) in blocks.iter().enumerate() {
            let arc = block.arc;
            let on_the_way = |role| matches!(role, LayerRole::Projection | LayerRole::Sum);
            let own = block.layers.iter().filter(|layer| !on_the_way(layer.role)).map(|layer| layer.outline).chain([block.extent()]);
            for node in own {
                assert!(along(&arc).all(|point| !node.grown(2.0).contains(point)), "block {place} of {what}: {node:?}");
            }
            for other in blocks[place.saturating_sub(1)..].iter().take(3).filter(|other| other.blocks != block.blocks) {
                let others = other.layers.iter().map(|layer| layer.outline).chain([other.extent()]);
                for node in others {
                    assert!(along(&arc).all(|point| !node.contains(point)), "from block {place} into another of {what}: {node:?}");
                }
            }
        }
        for pair in blocks.windows(2) {
            // A folded stage that is squeezed to lines has no room to spare, and unfolding moves nothing before it.
            if pair.iter().all(|block| block.outline.width > 6.0) {
                let gap = (pair[1].arc.start.x - pair[0].arc.end.x).max(pair[1].arc.start.y - pair[0].arc.end.y);
                assert!(gap > 5.5, "the plus and the next arc of {what} are {gap} px apart");
            }
        }
    });
}

#[test]
fn stages_enclose_what_is_drawn_in_them() {
    each_drawing(|_, _, drawing, what| {
        for stage in &drawing.stages {
            for block in &stage.blocks {
                assert!(stage.frame.encloses(&block.extent()), "block {:?} of {what}", block.blocks);
                assert!(along(&block.arc).all(|point| stage.frame.grown(-1.0).contains(point)), "arc of {:?} of {what}", block.blocks);
                let layers = block.layers.iter();
                assert!(layers.clone().all(|layer| stage.frame.encloses(&layer.outline)), "layers of {:?} of {what}", block.blocks);
                let title = stage.title.extent(LABEL_SIZE);
                assert!(layers.clone().all(|layer| !layer.outline.overlaps(&title)), "title over a layer of {what}");
            }
        }
        for pair in drawing.stages.windows(2) {
            assert!(!pair[0].frame.overlaps(&pair[1].frame), "stages of {what}");
        }
    });
}

#[test]
fn labels_stay_inside_and_apart() {
    each_drawing(|_, _, drawing, what| {
        // Where blocks are squeezed to lines, their labels touch in the folded drawing already.
        if drawing.blocks().any(|block| !block.is_open() && block.outline.width < 14.0) {
            return;
        }
        let picture = Rectangle { x: 0.0, y: 0.0, width: drawing.width, height: drawing.height };
        let of_stages = drawing.stages.iter().flat_map(|stage| [&stage.title, &stage.shape].into_iter().chain(&stage.notes));
        let of_blocks = drawing.blocks().flat_map(|block| {
            let of_layers = block.layers.iter().filter_map(|layer| layer.label.as_ref());
            block.kernels.iter().chain([&block.label]).chain(of_layers)
        });
        let of_ends = drawing.ends.iter().flat_map(|end| [&end.name, &end.detail]);
        let mut labels: Vec<(Rectangle, &Label)> =
            of_stages.chain(of_blocks).chain(of_ends).map(|label| (label.extent(LABEL_SIZE), label)).collect();
        labels.sort_by(|one, other| start(drawing, &one.0).total_cmp(&start(drawing, &other.0)));
        for (place, (extent, label)) in labels.iter().enumerate() {
            assert!(picture.grown(2.0).encloses(extent), "“{}” of {what} at {extent:?}", label.text);
            for (other, other_label) in &labels[place.saturating_sub(12)..place] {
                assert!(!other.overlaps(extent), "“{}” and “{}” of {what}", label.text, other_label.text);
            }
        }
        for block in drawing.blocks().filter(|block| block.is_open()) {
            let labels = block.layers.iter().filter(|layer| layer.role != LayerRole::Projection).filter_map(|layer| layer.label.as_ref());
            for label in labels.chain([&block.label]) {
                let extent = label.extent(LABEL_SIZE);
                assert!(!block.outline.overlaps(&extent), "“{}” and the card of {what}", label.text);
                assert!(along(&block.arc).all(|point| !extent.contains(point)), "“{}” and the arc of {what}", label.text);
            }
        }
    });
}

#[test]
fn what_comes_before_a_strided_convolution_is_visibly_larger() {
    each_drawing(|spec, graph, drawing, what| {
        for block in drawing.blocks().filter(|block| block.is_open()) {
            let stage = spec.stage(block.stage);
            let across = |rectangle: &Rectangle| if drawing.orientation == Orientation::Wide { rectangle.height } else { rectangle.width };
            let on_trunk = block.layers.iter().filter(|layer| !matches!(layer.role, LayerRole::Projection | LayerRole::Sum));
            let (large, small): (Vec<_>, Vec<_>) = on_trunk.partition(|layer| graph.nodes[layer.node].output[0] > stage.edge_out);
            let least_large = large.iter().map(|layer| across(&layer.outline)).fold(f64::INFINITY, f64::min);
            let most_small = small.iter().map(|layer| across(&layer.outline)).fold(0.0, f64::max);
            assert!(least_large > most_small + 5.0, "{least_large} px before, {most_small} px behind in {what}");
        }
    });
}

#[test]
fn opening_a_block_moves_others_only_along_the_trunk_and_what_is_before_it_not_at_all() {
    for spec in networks() {
        let graph = LayerGraph::new(&spec);
        for width in WIDTHS {
            for base in [Unfolding::default(), Unfolding::of(Detail::Blocks)] {
                let place = BlockPlace { stage: spec.choices().stages / 2, block: spec.stage(0).blocks / 2 };
                let mut opened = base.clone();
                opened.turn(place);
                let [before, after] = [&base, &opened].map(|unfolding| layout_unfolded(&spec, &graph, width, unfolding));
                let what = format!("{:?} at {width} px from {base:?}", spec.choices());
                let is_before = |block: &&BlockDrawing| (block.stage, block.blocks.end) <= (place.stage, place.block);
                let intact = |drawing: &Drawing| drawing.blocks().filter(is_before).cloned().collect::<Vec<_>>();
                let (was, is) = (intact(&before), intact(&after));
                // The rest of a bundle that came apart has no counterpart.
                let kept = was.iter().zip(&is).take_while(|(was, is)| was.blocks == is.blocks).count();
                assert_eq!(was[..kept], is[..kept], "blocks before {place:?} of {what}");
                assert_eq!(kept, was.len(), "all of them are there in {what}");
                let moved = after.width - before.width + after.height - before.height;
                let is_behind = |block: &&BlockDrawing| (block.stage, block.blocks.start) > (place.stage, place.block);
                for block in before.blocks().filter(is_behind) {
                    let Some(now) = after.blocks().find(|now| now.stage == block.stage && now.blocks == block.blocks) else { continue };
                    let (right, down) = (now.outline.x - block.outline.x, now.outline.y - block.outline.y);
                    let (forth, aside) = if after.orientation == Orientation::Wide { (right, down) } else { (down, right) };
                    assert!(aside.abs() < 1e-6 && (forth - moved).abs() < 1e-6, "{right}, {down} instead of {moved} in {what}");
                    assert_eq!([now.outline.width, now.outline.height], [block.outline.width, block.outline.height], "sizes in {what}");
                }
                assert_eq!(before.canvas, after.canvas, "the page keeps as much room for {what}");
            }
        }
    }
}

#[test]
fn the_first_stages_projection_and_every_sum_lie_on_the_arc() {
    each_drawing(|_, _, drawing, what| {
        for block in drawing.blocks().filter(|block| block.is_open()) {
            let lies = |role: LayerRole, point: Point| block.layers.iter().any(|layer| layer.role == role && layer.outline.contains(point));
            assert_eq!(lies(LayerRole::Sum, block.arc.end), block.has_skip_connection(), "the sum of {:?} of {what}", block.blocks);
            let projects = block.arc.shortcut == Shortcut::Projection;
            assert_eq!(lies(LayerRole::Projection, block.arc.apex()), projects, "the projection of {:?} of {what}", block.blocks);
        }
    });
}

#[test]
fn everything_drawn_can_be_pointed_at_and_is_explained() {
    for spec in networks() {
        let graph = LayerGraph::new(&spec);
        let parts = layout_unfolded(&spec, &graph, 935.0, &Unfolding::of(Detail::Layers)).parts();
        assert!(parts.len() > graph.nodes.len() - 12, "ends stand for their layers");
        for (place, part) in parts.iter().enumerate() {
            assert!(!parts[..place].iter().rev().take(20).any(|other| other == part), "{part:?} stands once");
            assert!(!explain(&spec, &graph, part).sentence.is_empty(), "{part:?} is explained");
        }
    }
}
