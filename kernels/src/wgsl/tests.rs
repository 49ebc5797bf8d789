//! What can be said of a kernel without a GPU: it is valid WGSL, within what every device has, and its launch covers its
//! output. That it computes the right numbers is shown in a browser.

use super::*;

fn shapes() -> impl Iterator<Item = ConvolutionShape> {
    let channels = [(3, 8), (8, 8), (4, 6), (2, 2), (20, 36)];
    let windows = [(1, 1), (3, 1), (5, 1), (1, 2), (3, 2), (7, 3)];
    channels.into_iter().flat_map(move |(channels_in, channels_out)| {
        windows.into_iter().map(move |(kernel, stride)| ConvolutionShape {
            batch: 3,
            height: 9,
            width: 7,
            channels_in,
            channels_out,
            kernel,
            stride,
        })
    })
}

fn kernels(shape: &ConvolutionShape) -> Vec<WgslKernel> {
    let rows = shape.batch * shape.height * shape.width;
    let rows = |tile, relu| Rows { rows, channels: shape.channels_in, relu, tile };
    let normalised = Tile::ALL.into_iter().flat_map(|tile| [rows(tile, true), rows(tile, false)]).flat_map(|rows| {
        [rows.sums(), rows.statistics(1e-3, 0.99), rows.output(), rows.gradient_sums(), rows.gradients(), rows.input_gradient()]
    });
    let others = [
        amsgrad([(shape.kernel_len(), 2e-4)]),
        amsgrad([(shape.kernel_len(), 2e-4), (shape.channels_out, 0.0)]),
        cross_entropy(shape.batch, shape.channels_out),
        drop_units(shape.kernel_len(), 1.25),
        copy(shape.batch),
        gather_images(shape.batch, 768),
    ];
    let tiled = Tile::ALL
        .into_iter()
        .flat_map(|tile| [convolve(shape, tile), input_gradient(shape, tile), kernel_gradient(shape, tile), sum_shares(shape, tile)]);
    tiled.chain(normalised).chain(others).collect()
}

#[test]
fn every_kernel_is_valid_wgsl() {
    for kernel in shapes().flat_map(|shape| kernels(&shape)) {
        let source = kernel.variant.source();
        let module = naga::front::wgsl::parse_str(&source).unwrap_or_else(|error| panic!("{}\n{source}", error.emit_to_string(&source)));
        let mut validator = naga::valid::Validator::new(naga::valid::ValidationFlags::all(), naga::valid::Capabilities::empty());
        validator.validate(&module).unwrap_or_else(|error| panic!("{error:?}\n{source}"));
        let sizes = |workgroup: bool| {
            let of = move |variable: &naga::GlobalVariable| (variable.space == naga::AddressSpace::WorkGroup) == workgroup;
            let size = |variable: &naga::GlobalVariable| module.types[variable.ty].inner.size(module.to_ctx());
            module.global_variables.iter().map(|(_, variable)| variable).filter(move |variable| of(variable)).map(size)
        };
        assert!(sizes(false).count() <= 8, "every device binds eight storage buffers: {source}");
        assert!(sizes(true).sum::<u32>() <= 16_384, "every device has so much memory for a workgroup: {source}");
    }
}

#[test]
fn every_loop_of_a_text_says_how_often_it_runs() {
    for kernel in shapes().flat_map(|shape| kernels(&shape)) {
        let source = kernel.variant.source();
        assert_eq!(kernel.loops().len(), source.matches("for (").count(), "{source}");
        assert!(kernel.loops().iter().all(|rounds| *rounds >= 0.0), "{:?}", kernel.loops());
    }
}

#[test]
fn equal_variants_have_equal_texts_and_others_do_not() {
    let mut seen: Vec<(Variant, String)> = Vec::new();
    for kernel in shapes().flat_map(|shape| kernels(&shape)) {
        let source = kernel.variant.source();
        match seen.iter().find(|(variant, _)| *variant == kernel.variant) {
            Some((_, before)) => assert_eq!(*before, source, "the pipeline is compiled once for all of a variant"),
            None => {
                seen.push((kernel.variant, source));
            }
        }
    }
    assert!(seen.len() > 20, "the shapes above are of many kinds, {}", seen.len());
}

#[test]
fn a_batch_of_another_size_is_computed_by_the_same_texts() {
    for shape in shapes() {
        for batch in [1, 2, 32] {
            let other = ConvolutionShape { batch, ..shape };
            let variants = |shape: &ConvolutionShape| kernels(shape).into_iter().map(|kernel| kernel.variant).collect::<Vec<_>>();
            assert_eq!(variants(&other), variants(&shape), "the last batch of an epoch compiles nothing: {other:?}");
            assert!((1..=batch * shape.height_out()).contains(&shares_of(&other)), "no share without a line: {other:?}");
        }
    }
    let one = Rows { rows: 1, channels: 10, relu: false, tile: Tile::LARGEST };
    assert_eq!((one.shares(), one.sums().threads), (1, 10), "a single row is one share of each channel");
}

#[test]
fn a_card_gets_its_threads_and_every_tile_the_same_shares() {
    let [few, many] = [(32, 8), (8, 64)].map(|(edge, channels)| ConvolutionShape {
        batch: 32,
        height: edge,
        width: edge,
        channels_in: channels,
        channels_out: channels,
        kernel: 3,
        stride: 1,
    });
    let smallest = Tile::ALL[Tile::ALL.len() - 1];
    for shape in [few, many] {
        let threads = Tile::ALL.map(|tile| kernel_gradient(&shape, tile).threads);
        assert!(threads.is_sorted() && threads[Tile::ALL.len() - 1] > 20_000, "{threads:?}");
        let shares = Tile::ALL.map(|tile| sum_shares(&shape, tile).extents[9] as usize);
        assert_eq!(shares, [shares_of(&shape); Tile::ALL.len()], "their number decides the order of the sums");
        let rows = |tile| Rows { rows: shape.batch * shape.height * shape.width, channels: shape.channels_in, relu: true, tile };
        let [alone, together] = [Tile::LARGEST, smallest].map(rows);
        assert_eq!((alone.shares(), alone.partial_len()), (together.shares(), together.partial_len()));
        assert!(
            together.sums().threads >= 8 * alone.sums().threads,
            "a row of eight channels has two groups, and eight rows are read at once"
        );
        assert_eq!(together.statistics(1e-3, 0.99).threads % WORKGROUP as usize, 0, "threads that wait for each other are all there");
    }
}

#[test]
fn the_sum_has_a_thread_for_every_weight() {
    for shape in shapes() {
        let lanes = if shape.channels_out % 4 == 0 { 4 } else { 1 };
        assert_eq!(sum_shares(&shape, Tile::LARGEST).threads * lanes, shape.kernel_len() + shape.channels_out, "{shape:?}");
        assert!((1..=shape.batch * shape.height_out()).contains(&shares_of(&shape)), "no share without a line: {shape:?}");
    }
}
