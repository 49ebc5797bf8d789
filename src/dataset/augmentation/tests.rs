use super::affine::Transform;
use super::*;
use crate::dataset::LabelledImages;
use crate::random::{Purpose, RandomStream};

const SHAPE: ImageShape = [32, 32, 3];

fn noise(shape: ImageShape) -> Vec<f32> {
    let mut random = RandomStream::new(4, Purpose::Subset, 0);
    (0..shape.iter().product()).map(|_| random.below(256) as f32).collect()
}

fn everything() -> Augmentation {
    Augmentation {
        flip: true,
        width_shift: 0.1,
        height_shift: 0.2,
        rotation_degrees: 15.0,
        zoom: 0.2,
        shear_degrees: 10.0,
        crop_padding: 4,
        cutout: 8,
    }
}

fn close(found: &[f32], wanted: &[f32]) -> bool {
    found.len() == wanted.len() && found.iter().zip(wanted).all(|(found, wanted)| (found - wanted).abs() < 1e-3)
}

#[test]
fn nothing_chosen_changes_nothing() {
    let image = noise(SHAPE);
    for place in 0..20 {
        let same = augment(&Augmentation::default(), image.clone(), SHAPE, &[0.0; 3], &Draw::new(1, 0, place));
        assert_eq!(same, image, "image {place} to the bit");
    }
}

#[test]
fn seed_epoch_and_image_decide_and_nothing_else() {
    let image = noise(SHAPE);
    let made = |seed, epoch, place| augment(&everything(), image.clone(), SHAPE, &[0.0; 3], &Draw::new(seed, epoch, place));
    assert_eq!(made(7, 3, 5), made(7, 3, 5), "the same every time");
    for other in [made(8, 3, 5), made(7, 4, 5), made(7, 3, 6), made(7, 5, 3)] {
        assert_ne!(made(7, 3, 5), other, "another seed, epoch or image is another draw");
    }
}

#[test]
fn a_change_that_is_switched_on_leaves_the_draws_of_the_others() {
    let image = noise(SHAPE);
    for place in 0..50 {
        let draw = Draw::new(1, 0, place);
        let flipped = augment(&Augmentation { flip: true, ..Default::default() }, image.clone(), SHAPE, &[0.0; 3], &draw);
        let both = Augmentation { flip: true, crop_padding: 4, ..Default::default() };
        let both = augment(&both, image.clone(), SHAPE, &[0.0; 3], &draw);
        let cropped = augment(&Augmentation { crop_padding: 4, ..Default::default() }, image.clone(), SHAPE, &[0.0; 3], &draw);
        let mut expected = cropped.clone();
        if flipped != image {
            mirror(&mut expected, SHAPE);
        }
        assert_eq!(both, expected, "image {place}: the same mirror and the same crop together");
    }
}

#[test]
fn half_of_the_images_are_mirrored() {
    let flips = (0..2000).filter(|place| Draw::new(3, 1, *place).flips()).count();
    assert!((900..1100).contains(&flips), "{flips} of 2000: five deviations would be 112 from 1000");
    let mut image: Vec<f32> = [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]].concat();
    mirror(&mut image, [1, 3, 2]);
    assert_eq!(image, [[5.0, 6.0], [3.0, 4.0], [1.0, 2.0]].concat(), "columns change places, channels do not");
}

#[test]
fn a_shift_follows_keras_and_repeats_the_edge() {
    // Keras: output[row, column] = input[row + shift, column + shift].
    let image: Vec<f32> = (0..9).map(|value| value as f32).collect();
    let whole = Transform::around_centre(0.0, [1.0, -1.0], 0.0, [1.0; 2], [3, 3, 1]);
    assert!(close(&whole.apply(&image, [3, 3, 1]), &[3.0, 3.0, 4.0, 6.0, 6.0, 7.0, 6.0, 6.0, 7.0]), "a row up, a column to the right");
    let half = Transform::around_centre(0.0, [0.0, 0.5], 0.0, [1.0; 2], [3, 3, 1]);
    assert!(close(&half.apply(&image, [3, 3, 1]), &[0.5, 1.5, 2.0, 3.5, 4.5, 5.0, 6.5, 7.5, 8.0]), "half way between two pixels");
}

#[test]
fn a_quarter_turn_is_a_turn_about_the_centre() {
    let (image, shape) = (noise([5, 5, 2]), [5, 5, 2]);
    let turned = Transform::around_centre(90f64.to_radians(), [0.0; 2], 0.0, [1.0; 2], shape).apply(&image, shape);
    for row in 0..5 {
        for column in 0..5 {
            for channel in 0..2 {
                // Keras' matrix takes the new [row, column] about the centre to [−column, row].
                let (from_row, from_column) = (4 - column, row);
                let (found, wanted) = (turned[(row * 5 + column) * 2 + channel], image[(from_row * 5 + from_column) * 2 + channel]);
                assert!((found - wanted).abs() < 1e-3, "{row}, {column}: {found} is not {wanted}");
            }
        }
    }
}

#[test]
fn transforms_compose_in_keras_order() {
    // Written out from apply_affine_transform: M = R · T · S · Z, then the centre taken there and back.
    let (angle, shift, shear, zoom) = (0.3f64, [2.0, -3.0], 0.2f64, [0.9, 1.2]);
    let product = |a: [[f64; 3]; 3], b: [[f64; 3]; 3]| {
        let mut c = [[0.0; 3]; 3];
        for (row, of_a) in c.iter_mut().zip(a) {
            for (column, value) in row.iter_mut().enumerate() {
                *value = (0..3).map(|k| of_a[k] * b[k][column]).sum();
            }
        }
        c
    };
    let centre = [31.0 / 2.0, 31.0 / 2.0];
    let there = [[1.0, 0.0, centre[0]], [0.0, 1.0, centre[1]], [0.0, 0.0, 1.0]];
    let back = [[1.0, 0.0, -centre[0]], [0.0, 1.0, -centre[1]], [0.0, 0.0, 1.0]];
    let r = [[angle.cos(), -angle.sin(), 0.0], [angle.sin(), angle.cos(), 0.0], [0.0, 0.0, 1.0]];
    let t = [[1.0, 0.0, shift[0]], [0.0, 1.0, shift[1]], [0.0, 0.0, 1.0]];
    let s = [[1.0, -shear.sin(), 0.0], [0.0, shear.cos(), 0.0], [0.0, 0.0, 1.0]];
    let z = [[zoom[0], 0.0, 0.0], [0.0, zoom[1], 0.0], [0.0, 0.0, 1.0]];
    let keras = [t, s, z, back].into_iter().fold(product(there, r), product);
    let ours = Transform::around_centre(angle, shift, shear, zoom, SHAPE);
    for row in 0..2 {
        assert!((ours.offset[row] - keras[row][2]).abs() < 1e-9, "offset {row}: {ours:?} is not {keras:?}");
        for column in 0..2 {
            assert!((ours.matrix[row][column] - keras[row][column]).abs() < 1e-9, "{row}, {column}: {ours:?} is not {keras:?}");
        }
    }
}

#[test]
fn a_crop_moves_by_whole_pixels_and_reflects_at_the_edge() {
    let image: Vec<f32> = (0..32 * 32).map(|place| (place / 32 * 100 + place % 32) as f32).collect();
    let shape = [32, 32, 1];
    let reflect = |place: i64| {
        if place < 0 {
            -place
        } else if place > 31 {
            62 - place
        } else {
            place
        }
    };
    let mut corners = std::collections::BTreeSet::new();
    for place in 0..200 {
        let draw = Draw::new(9, 0, place);
        let cropped = crop::pad_and_crop(&image, shape, 2, &draw);
        let [top, left] = draw.crop_corner(4).map(|corner| corner as i64 - 2);
        corners.insert((top, left));
        let expected = |row: i64, column: i64| (reflect(row + top) * 100 + reflect(column + left)) as f32;
        for (index, value) in cropped.iter().enumerate() {
            assert_eq!(*value, expected(index as i64 / 32, index as i64 % 32), "corner {top}, {left}, pixel {index}");
        }
    }
    assert_eq!(corners.len(), 25, "every one of five by five corners comes up in 200 draws");
}

#[test]
fn a_cutout_fills_a_square_and_nothing_else() {
    let image = noise(SHAPE);
    for place in 0..100 {
        let cut =
            augment(&Augmentation { cutout: 8, ..Default::default() }, image.clone(), SHAPE, &[-1.0, -2.0, -3.0], &Draw::new(2, 0, place));
        let changed: Vec<usize> = (0..image.len()).filter(|index| cut[*index] != image[*index]).collect();
        let rows: std::collections::BTreeSet<usize> = changed.iter().map(|index| index / 96).collect();
        let columns: std::collections::BTreeSet<usize> = changed.iter().map(|index| index % 96 / 3).collect();
        assert_eq!(changed.len(), rows.len() * columns.len() * 3, "image {place}: a whole rectangle");
        assert!(
            (4..=8).contains(&rows.len()) && (4..=8).contains(&columns.len()),
            "eight pixels, less what hangs over: {rows:?} {columns:?}"
        );
        assert!(changed.iter().all(|index| cut[*index] == -1.0 - (index % 3) as f32), "in the colour given");
    }
}

#[test]
fn values_stay_between_those_of_the_image_whatever_is_drawn() {
    let image = noise(SHAPE);
    let strong =
        Augmentation { rotation_degrees: 180.0, zoom: 0.9, shear_degrees: 80.0, width_shift: 0.5, height_shift: 0.5, ..everything() };
    for place in 0..200 {
        let made = augment(&strong, image.clone(), SHAPE, &[128.0; 3], &Draw::new(5, place, place));
        assert_eq!(made.len(), image.len(), "an image of the same size");
        assert!(made.iter().all(|value| (-0.01..=255.01).contains(value)), "image {place} has no value from nowhere");
    }
    for shape in [[1, 1, 3], [2, 3, 1], [0, 0, 3], [4, 4, 0]] {
        let tiny = augment(&strong, noise(shape), shape, &[0.0; 3], &Draw::new(1, 1, 1));
        assert_eq!(tiny.len(), shape.iter().product::<usize>(), "{shape:?}");
    }
}

#[test]
fn measured_statistics_are_those_of_the_pixels() {
    let images = LabelledImages { pixels: [[0, 10, 255], [100, 10, 0]].concat(), labels: vec![0] };
    let ImageStatistics { mean, deviation } = ImageStatistics::measured(&images);
    assert!(close(&mean, &[50.0 / 255.0, 10.0 / 255.0, 0.5]), "{mean:?}");
    assert!(close(&deviation, &[50.0 / 255.0, 0.0, 0.5]), "the biased deviation: {deviation:?}");
    assert!(deviation.iter().all(|deviation| *deviation > 0.0), "a channel of one colour can be divided by its own");
}
