//! Some training images of each class.

use crate::dataset::{DatasetManifest, IMAGE_BYTES, IMAGE_EDGE};
use crate::drawing::picture::Picture;

/// Images shown of a class.
const SHOWN: usize = 10;

/// The first images of each class in the first shard of training images, side by side: one picture a class.
pub fn class_pictures(manifest: &DatasetManifest, first_shard: &[u8]) -> Vec<Picture> {
    let labels = manifest.train.first().map_or(&[][..], |shard| &shard.labels);
    let of_class = |class: usize| {
        let images = labels.iter().zip(first_shard.chunks_exact(IMAGE_BYTES)).filter(|(label, _)| usize::from(**label) == class);
        let images: Vec<&[u8]> = images.map(|(_, image)| image).take(SHOWN).collect();
        if images.is_empty() { Picture::default() } else { Picture::of_images(&[images], IMAGE_EDGE) }
    };
    (0..manifest.classes.len()).map(of_class).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::Shard;

    #[test]
    fn each_class_has_its_own_images() {
        let manifest = DatasetManifest {
            classes: vec!["cats".into(), "dogs".into(), "fish".into()],
            train: vec![Shard { file: "a.png".into(), bytes: 1, labels: vec![0, 1, 0, 0] }],
            ..DatasetManifest::without_images()
        };
        let shard: Vec<u8> = (0..4u8).flat_map(|image| [image * 60; IMAGE_BYTES]).collect();
        let pictures = class_pictures(&manifest, &shard);
        let cats = &pictures[0];
        let firsts: Vec<u8> = (0..cats.width / IMAGE_EDGE).map(|image| cats.at(0, image * IMAGE_EDGE)[0]).collect();
        assert_eq!(firsts, [0, 120, 180], "side by side, those of the class alone");
        assert_eq!(pictures[1].width, IMAGE_EDGE);
        assert_eq!(pictures[2], Picture::default(), "there is no fish");
        assert!(class_pictures(&manifest, &[]).iter().all(|picture| picture.width == 0), "no pictures where they could not be had");
    }
}
