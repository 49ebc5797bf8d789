//! A look at one image, read back in one transfer.

use burn::tensor::{Int, Tensor, TensorData};

use super::trainer::Trainer;
use crate::dataset::IMAGE_BYTES;
use crate::dataset::LabelledImages;
use crate::experiment::TrainError;
use crate::insight::feature_maps::{ActivationMap, FeatureMaps, ImageLook, ImageQuestion, STRIP_IMAGES};
use crate::insight::measuring::look_at_image;
use crate::spec::StageSpec;
use crate::training::readback::read_numbers;

impl Trainer {
    /// What the network makes of a held-out image or of one of the visitor's own, as it is now; none where nothing is held out.
    ///
    /// # Errors
    /// When the device was lost.
    pub async fn look_at_image(&self, question: ImageQuestion) -> Result<Option<ImageLook>, TrainError> {
        let images = self.held_out().len();
        if images == 0 {
            return Ok(None);
        }
        let blocks = self.spec().stages().iter().map(|stage| StageSpec::all_blocks(stage).count()).sum();
        let (image, place) = (question.image % images, question.place.min(blocks));
        let strip_start = image - image % STRIP_IMAGES;
        let strip_images = STRIP_IMAGES.min(images - strip_start);
        let device = self.held_out().device();
        let places = |start: usize, count: usize| {
            let places: Vec<i32> = (start..start + count).map(|place| place as i32).collect();
            Tensor::<1, Int>::from_data(TensorData::new(places, [count]), &device)
        };
        let own = question.own.map(|mut pixels| {
            pixels.resize(IMAGE_BYTES, 0);
            pixels
        });
        let (pixels, _) = match &own {
            // Its label is not used.
            Some(pixels) => self.held_out().like(&LabelledImages { pixels: pixels.clone(), labels: vec![0] }).batch(places(0, 1)),
            None => self.held_out().batch(places(image, 1)),
        };
        let found = look_at_image(self.model_before_next_step(), pixels, place, question.class);
        let (strip, labels) = self.held_out().as_uploaded(places(strip_start, strip_images));
        let [_, height, width, channels] = found.maps.dims();
        let [map_height, map_width] = found.activation.dims();
        let [classes] = found.probabilities.dims();
        let sizes = [height * width * channels, classes, map_height * map_width, strip_images * IMAGE_BYTES, strip_images];
        let flat = [found.maps.reshape([sizes[0]]), found.probabilities, found.activation.reshape([sizes[2]]), strip, labels];
        let numbers = read_numbers(Tensor::cat(flat.to_vec(), 0)).await?;
        let mut rest = numbers.as_slice();
        let [maps, probabilities, activation, strip, labels] = sizes.map(|size| {
            let (part, after) = rest.split_at_checked(size).unwrap_or_default();
            rest = after;
            part
        });
        let class = question.class.filter(|class| *class < classes);
        let mut look = ImageLook {
            question: ImageQuestion { image, own, place, class },
            steps_done: self.steps_done(),
            images,
            strip_start,
            strip_pixels: strip.iter().map(|pixel| *pixel as u8).collect(),
            strip_labels: labels.iter().map(|label| *label as u16).collect(),
            probabilities: probabilities.to_vec(),
            maps: FeatureMaps::strongest(maps, [height, width], channels),
            activation: ActivationMap::new(activation, [map_height, map_width]),
        };
        let predicted = look.most_probable(1).first().map(|(class, _)| *class);
        look.question.class = class.or(predicted);
        Ok(Some(look))
    }
}
