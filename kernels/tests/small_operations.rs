//! Cross-entropy, dropout, moving statistics and the choice of images against their formulas.

use resnet_kernels::{CrossEntropy, drop_units, follow, gather_images};

/// In double precision.
fn loss(logits: &[f64], label: usize) -> f64 {
    logits.iter().map(|logit| logit.exp()).sum::<f64>().ln() - logits[label]
}

#[test]
fn losses_and_slopes_are_as_the_formula_says() {
    let logits = [1.0f32, -2.0, 0.5, 3.0, 80.0, 2.0, 0.0, -40.0, 7.0, 7.0, 1.0, 7.0];
    let labels = [2, 1, 3];
    let found = CrossEntropy::of(&logits, &labels);
    for (image, (row, label)) in logits.chunks(4).zip(labels).enumerate() {
        let row: Vec<f64> = row.iter().copied().map(f64::from).collect();
        let expected = loss(&row, label as usize);
        assert!((f64::from(found.losses[image]) - expected).abs() < 1e-5 * expected, "{} is not {expected}", found.losses[image]);
        for place in 0..4 {
            let moved = |by: f64| {
                let mut row = row.clone();
                row[place] += by;
                loss(&row, label as usize)
            };
            let slope = (moved(0.01) - moved(-0.01)) / 0.02;
            let ours = f64::from(found.slopes[image * 4 + place]);
            assert!((ours - slope).abs() < 1e-4, "the slope of image {image} along logit {place} is {slope}, not {ours}");
        }
    }
    assert_eq!(found.correct, [0.0, 0.0, 0.0], "neither the largest logit, nor the last of equals");
    assert_eq!(CrossEntropy::of(&logits, &[3, 0, 0]).correct, [1.0; 3], "the largest, and the first of equals");
}

#[test]
fn a_label_without_a_class_has_no_loss_and_is_not_right() {
    let found = CrossEntropy::of(&[1.0, 2.0], &[7]);
    assert!(found.losses[0].is_nan(), "no class, no loss");
    assert_eq!(found.correct, [0.0], "nothing is right");
}

#[test]
fn units_without_their_bit_are_dropped() {
    let numbers: Vec<f32> = (1..=34).map(|number| number as f32).collect();
    let kept = drop_units(&numbers, &[i32::MIN + 1, 2], 2.0);
    let stayed: Vec<f32> = kept.iter().copied().filter(|number| *number != 0.0).collect();
    assert_eq!(stayed, [2.0, 64.0, 68.0], "bits 0 and 31 of the first word, bit 1 of the second");
    assert_eq!(kept.len(), 34, "the others are 0");
}

#[test]
fn averages_move_by_what_the_momentum_leaves() {
    assert_eq!(follow(&[1.0, 0.0], &[3.0, -4.0], 0.75), [1.5, -1.0], "a quarter of the way");
}

#[test]
fn images_come_in_the_asked_order_channel_by_channel() {
    let words = [[1u8, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12], [255, 0, 255, 0], [0; 4], [0; 4]].map(i32::from_le_bytes);
    let found = gather_images(&words, 2, &[1, 0, 7], [1.0, 10.0, 100.0], [0.0, 0.5, 0.0]);
    assert_eq!(found[..4], [255.0, 0.5, 25_500.0, 0.0], "the second image first");
    assert_eq!(found[12..24], [1.0, 20.5, 300.0, 4.0, 50.5, 600.0, 7.0, 80.5, 900.0, 10.0, 110.5, 1200.0], "then the first");
    assert_eq!(found[24..], [0.0; 12], "there is no eighth image");
}
