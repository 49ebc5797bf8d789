//! However many numbers a register of the build holds, the sums are the same to the last bit: a link gives one run.

mod numbers;

use numbers::numbers;
use resnet_kernels::{ConvolutionShape, convolve, input_gradient, kernel_gradient};

/// All bits in one number, in their order (FNV-1a).
fn folded(numbers: &[f32]) -> u64 {
    let bytes = numbers.iter().flat_map(|number| number.to_le_bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |folded, byte| (folded ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// What registers of four numbers give. Rows of 29 places leave every kind of tile something to do.
#[test]
fn convolutions_and_their_gradients_are_the_same_in_registers_of_any_width() {
    let expected = [
        ([3, 20, 3, 1], [1590716413958242969, 13363595165786838433, 10893337450653993462]),
        ([16, 24, 3, 2], [16166867004407264299, 10104044649575437374, 11068732942739731993]),
        ([24, 16, 1, 1], [13574781448521643208, 10996412749561338264, 10164532511677330417]),
    ];
    for ([channels_in, channels_out, kernel, stride], expected) in expected {
        let shape = ConvolutionShape { batch: 3, height: 7, width: 29, channels_in, channels_out, kernel, stride };
        let [input, weights, bias] = [shape.input_len(), shape.kernel_len(), channels_out].map(|count| numbers(count, count as u64));
        let gradient = numbers(shape.output_len(), 4);
        let found = [
            folded(&convolve(&shape, &input, &weights, &bias)),
            folded(&input_gradient(&shape, &gradient, &weights)),
            folded(&kernel_gradient(&shape, &input, &gradient)),
        ];
        assert_eq!(found, expected, "output, input gradient and kernel gradient of {shape:?}");
    }
}
