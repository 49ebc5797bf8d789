use super::*;
use resnet_playground::spec::NetworkChoices;

fn spec(choices: NetworkChoices) -> ResNetSpec {
    ResNetSpec::new(choices).expect("a network")
}

fn launched(spec: &ResNetSpec, name: &str) -> usize {
    of_step(spec, 32, Tile::LARGEST).iter().filter(|launch| launch.kernel.variant.entry_point() == name).count()
}

/// Counted in a browser by wrapping WebGPU's own functions, without dropout (docs/performance.md): these and Burn's, which add, pool,
/// and make gradients of both.
const DISPATCHES_COUNTED: usize = 185;

#[test]
fn a_step_of_the_default_network_launches_what_a_browser_counts_but_for_burns_kernels() {
    let spec = spec(NetworkChoices { stem_dropout: 0.0, head_dropout: 0.0, ..NetworkChoices::default() });
    let ours = of_step(&spec, 32, Tile::LARGEST).len();
    assert_eq!(ours, 153);
    // Three sums of blocks with their gradients, the pool, one ReLU, the loss: not more than two or three for each of a dozen.
    assert!((20..40).contains(&(DISPATCHES_COUNTED - ours)), "Burn launches {}", DISPATCHES_COUNTED - ours);
}

#[test]
fn each_layer_is_launched_forward_and_back() {
    let spec = spec(NetworkChoices { depth: 20, ..NetworkChoices::default() });
    let kernels = spec.kernel_layers().len();
    assert_eq!(launched(&spec, "convolution"), kernels);
    assert_eq!(launched(&spec, "input_gradient"), kernels - 1, "none for the images");
    assert_eq!(launched(&spec, "kernel_gradient"), kernels);
    let norms = spec.layers().iter().filter(|layer| layer.kind == LayerKind::BatchNorm).count();
    for name in ["batch_norm_sums", "batch_norm", "batch_norm_input_gradient"] {
        assert_eq!(launched(&spec, name), norms, "{name}");
    }
    assert_eq!(launched(&spec, "amsgrad"), kernels + norms, "both weights of a layer in one");
}

#[test]
fn convolutions_forward_multiply_as_often_as_the_network_says() {
    let spec = ResNetSpec::default();
    let batch = 4;
    let launches = of_step(&spec, batch, Tile::LARGEST);
    let forward = launches.iter().filter(|launch| launch.kernel.variant.entry_point() == "convolution");
    let multiply_adds: u64 = spec.layers().iter().map(LayerSpec::multiply_adds).sum();
    assert_eq!(forward.map(|launch| launch.multiply_adds as u64).sum::<u64>(), batch as u64 * multiply_adds);
    let updated: usize =
        launches.iter().filter(|launch| launch.kernel.variant.entry_point() == "amsgrad").map(|launch| launch.numbers_written / 4).sum();
    let parameters: u64 = spec.layers().iter().map(LayerSpec::trainable_parameters).sum();
    assert_eq!(updated as u64, parameters, "every weight is moved once");
}
