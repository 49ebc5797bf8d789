//! How the images of an epoch are divided into steps: as Keras' `fit` does it.

use super::Hyperparameters;

impl Hyperparameters {
    /// Training images that are learnt from: all but those kept to validate with.
    pub fn trained_images(&self) -> usize {
        self.training_images.saturating_sub(self.monitoring.validation_images)
    }

    /// Steps in an epoch. Where the images do not divide into whole batches, the last step learns from those that are left.
    pub fn steps_per_epoch(&self) -> usize {
        self.trained_images().div_ceil(self.batch_size.max(1))
    }

    /// Steps of the whole run.
    pub fn total_steps(&self) -> usize {
        self.steps_per_epoch().saturating_mul(self.epochs)
    }

    /// Images of the largest step: all there are where they do not fill a batch.
    pub fn largest_batch(&self) -> usize {
        self.batch_size.min(self.trained_images())
    }

    /// Images that step `step` learns from, counted from 0.
    pub fn images_in_step(&self, step: usize) -> usize {
        let first = step % self.steps_per_epoch().max(1) * self.batch_size;
        self.batch_size.min(self.trained_images().saturating_sub(first))
    }

    /// Images that the first `steps` steps learn from, each counted as often as it comes.
    pub fn images_after(&self, steps: usize) -> usize {
        let of_epoch = self.steps_per_epoch().max(1);
        // Only the last step of an epoch may have fewer.
        (steps / of_epoch).saturating_mul(self.trained_images()).saturating_add(steps % of_epoch * self.batch_size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::hyperparameters::Monitoring;

    fn of(training_images: usize, batch_size: usize) -> Hyperparameters {
        Hyperparameters { training_images, batch_size, epochs: 3, ..Default::default() }
    }

    #[test]
    fn an_epoch_learns_from_every_image_once_whatever_is_left_over() {
        // Keras: steps_per_epoch = ceil(images / batch_size).
        for (images, batch, steps, last) in
            [(3552, 32, 111, 32), (1000, 32, 32, 8), (97, 32, 4, 1), (112, 32, 4, 16), (127, 32, 4, 31), (10, 32, 1, 10), (32, 32, 1, 32)]
        {
            let all = of(images, batch);
            assert_eq!((all.steps_per_epoch(), all.total_steps()), (steps, 3 * steps), "{images} images in batches of {batch}");
            let sizes: Vec<usize> = (0..steps).map(|step| all.images_in_step(step)).collect();
            assert_eq!(sizes.iter().sum::<usize>(), images, "each image once: {sizes:?}");
            assert_eq!((sizes.first(), sizes.last()), (Some(&batch.min(images)), Some(&last)), "the last step has what is left: {sizes:?}");
            assert_eq!(all.images_in_step(2 * steps - 1), last, "in the second epoch too");
            assert_eq!(all.largest_batch(), batch.min(images));
        }
    }

    #[test]
    fn images_are_counted_as_they_come() {
        let all = of(100, 32);
        assert_eq!([0, 1, 3, 4, 5, 8, 12].map(|steps| all.images_after(steps)), [0, 32, 96, 100, 132, 200, 300]);
        let mut so_far = 0;
        for step in 0..all.total_steps() {
            assert_eq!(all.images_after(step), so_far, "before step {step}");
            so_far += all.images_in_step(step);
        }
    }

    #[test]
    fn images_to_validate_with_are_not_learnt_from() {
        let monitoring = Monitoring { validation_images: 30, ..Default::default() };
        let all = Hyperparameters { monitoring, ..of(100, 32) };
        assert_eq!((all.trained_images(), all.steps_per_epoch(), all.images_in_step(2)), (70, 3, 6));
    }

    #[test]
    fn settings_that_cannot_be_trained_have_no_steps() {
        for all in [of(0, 32), of(2, 0), Hyperparameters { epochs: usize::MAX, ..of(100, 1) }] {
            let counted = (all.total_steps(), all.images_in_step(7), all.images_after(7), all.largest_batch());
            assert!(counted.1 <= 100, "a number, whatever was typed: {counted:?}");
        }
    }
}
