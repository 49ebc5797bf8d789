use super::*;
use crate::dataset::IMAGE_EDGE;

fn look(probabilities: &[f32], activation: ActivationMap) -> ImageLook {
    ImageLook {
        question: ImageQuestion { image: 9, class: Some(1), ..Default::default() },
        steps_done: 31,
        images: 20,
        strip_start: 8,
        strip_pixels: (0..2 * IMAGE_BYTES).map(|index| (index / IMAGE_BYTES) as u8).collect(),
        strip_labels: vec![2, 1],
        probabilities: probabilities.to_vec(),
        maps: FeatureMaps::default(),
        activation,
    }
}

fn names() -> Vec<String> {
    ["cat", "dog", "ship"].map(str::to_owned).to_vec()
}

#[test]
fn the_strongest_maps_come_first_and_each_uses_the_whole_range() {
    // Two by one values of three channels: sizes 2, 6 and 4.
    let maps = FeatureMaps::strongest(&[1.0, 2.0, -4.0, 1.0, 4.0, 0.0], [2, 1], 3);
    assert_eq!(maps.chosen, [1, 2, 0], "by their mean size, whatever the sign");
    assert_eq!(maps.bytes, [0, 255, 0, 255, 0, 0], "from smallest to largest; one that is the same everywhere is dark");
    let many: Vec<f32> = (0..100).map(|channel| channel as f32).collect();
    let maps = FeatureMaps::strongest(&many, [1, 1], 100);
    assert_eq!((maps.chosen.len(), maps.chosen[0], maps.channels), (MOST_MAPS, 99, 100), "no more than there is room for");
    assert_eq!(FeatureMaps::strongest(&[f32::NAN, f32::NAN], [2, 1], 1).bytes, [0, 0], "what is no number is dark");
}

#[test]
fn the_place_that_speaks_most_for_a_class_is_named() {
    let at = |place: usize| {
        let values: Vec<f32> = (0..64).map(|here| if here == place { 2.0 } else { 0.5 }).collect();
        strongest_place(&ActivationMap::new(&values, [8, 8]))
    };
    assert_eq!(at(0), Some("in the upper left"));
    assert_eq!(at(4 * 8 + 4), Some("in the middle"));
    assert_eq!(at(7 * 8 + 3), Some("at the bottom"));
    assert_eq!(at(3 * 8 + 7), Some("at the right"));
    assert_eq!(strongest_place(&ActivationMap::new(&[0.5; 4], [2, 2])), None, "the same everywhere");
    assert_eq!(strongest_place(&ActivationMap::default()), None, "nowhere");
}

#[test]
fn a_prediction_is_told_with_its_truth() {
    let map = ActivationMap::new(&[0.0, 0.0, 0.0, 3.0], [2, 2]);
    let right = about_prediction(&look(&[0.1, 0.7, 0.2], map.clone()), &names());
    assert_eq!(right, "After 31 steps: predicts dog (70\u{a0}%); it is a dog. The evidence for “dog” is in the lower right.");
    let wrong = about_prediction(&look(&[0.9, 0.05, 0.05], ActivationMap::new(&[0.0; 4], [2, 2])), &names());
    assert_eq!(wrong, "After 31 steps: predicts cat (90\u{a0}%); it is a dog. There is no evidence for “dog” in the image.");
    let aeroplanes = ["bird", "aeroplane", "ship"].map(str::to_owned);
    assert!(about_prediction(&look(&[0.1, 0.7, 0.2], map.clone()), &aeroplanes).contains("it is an aeroplane"), "as one says it");
    let mut own = look(&[0.1, 0.7, 0.2], map.clone());
    own.question.own = Some(vec![9; IMAGE_BYTES]);
    assert!(
        about_prediction(&own, &names()).contains("predicts dog (70\u{a0}%); only you know what it is."),
        "one's own image has no label"
    );
    assert_eq!((own.looked_at(), own.label()), (&[9; IMAGE_BYTES][..], None), "and is what is shown");
    assert_eq!(look(&[0.2, f32::NAN, 0.5], map).most_probable(2), [(2, 0.5), (0, 0.2)], "what is no number comes last");
}

#[test]
fn pictures_have_a_pixel_for_each_value() {
    let found = look(&[], ActivationMap::new(&[0.0, 0.0, 0.0, 3.0], [2, 2]));
    let pixels = found.pixels(9).unwrap();
    assert_eq!((pixels[0], found.pixels(10), found.pixels(3)), (1, None, None), "the second of the strip");
    let plain = image_picture(&[200; IMAGE_BYTES], None);
    assert_eq!((plain.width, plain.at(5, 7)), (IMAGE_EDGE, [200; 3]), "as it is");
    let covered = image_picture(&[200; IMAGE_BYTES], Some(&found.activation));
    let (left, right) = (covered.at(IMAGE_EDGE - 1, 0), covered.at(IMAGE_EDGE - 1, IMAGE_EDGE - 1));
    assert!(right.iter().zip(left).all(|(right, left)| *right > left), "bright where the evidence is: {left:?} {right:?}");
    let bar = colour_bar(16);
    assert_eq!(
        (bar.height, bar.at(0, 0), bar.at(0, 15)),
        (1, crate::insight::layer_stats::ramp(0.0), crate::insight::layer_stats::ramp(1.0))
    );

    let maps = FeatureMaps::strongest(&(0..9 * 4).map(|value| value as f32).collect::<Vec<_>>(), [2, 2], 9);
    let picture = maps_picture(&maps);
    assert_eq!((picture.width, picture.height), (8 * 3 - 1, 2 * 3 - 1), "nine maps in two rows of eight, a pixel between them");
    assert!(maps_picture(&FeatureMaps::default()).rgba.is_empty(), "and none is no panic");
}

#[test]
fn every_block_can_be_chosen() {
    let spec = ResNetSpec::new(crate::spec::NetworkChoices { depth: 20, ..Default::default() }).unwrap();
    let places = places(&spec);
    assert_eq!(places.len(), 7, "the stem and two blocks in each of three stages");
    assert_eq!((places[0].as_str(), places[6].as_str()), ("stem", "stage 3, block 2"));
}
