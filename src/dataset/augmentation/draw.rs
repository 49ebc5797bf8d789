//! The random numbers of one image in one epoch.

use crate::random::{Purpose, RandomStream};

/// What chance says about one image in one epoch, before any choice of how strong the changes are.
///
/// All numbers are drawn whether they are used or not, so that each kind of change keeps its own.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Draw {
    flip: f32,
    /// −1 to 1 each.
    pub(super) rotation: f64,
    pub(super) height_shift: f64,
    pub(super) width_shift: f64,
    pub(super) shear: f64,
    pub(super) height_zoom: f64,
    pub(super) width_zoom: f64,
    crop: [f32; 2],
    cutout: [f32; 2],
}

impl Draw {
    /// The numbers of the training image at `place` in `epoch`, both counted from 0.
    pub fn new(seed: u64, epoch: usize, place: usize) -> Self {
        let part = (epoch as u64) << 32 | (place as u64 & 0xffff_ffff);
        let mut random = RandomStream::new(seed, Purpose::Augmentation, part);
        let flip = random.unit();
        let mut either_way = || f64::from(random.unit()) * 2.0 - 1.0;
        let [rotation, height_shift, width_shift, shear, height_zoom, width_zoom] = std::array::from_fn(|_| either_way());
        let (crop, cutout) = ([random.unit(), random.unit()], [random.unit(), random.unit()]);
        Self { flip, rotation, height_shift, width_shift, shear, height_zoom, width_zoom, crop, cutout }
    }

    /// Whether an image that may be mirrored is.
    pub(super) fn flips(&self) -> bool {
        self.flip < 0.5
    }

    /// Rows and columns from the padded image's corner to the crop's, each from 0 to `most`.
    pub(super) fn crop_corner(&self, most: usize) -> [usize; 2] {
        self.crop.map(|unit| whole(unit, most + 1))
    }

    /// Row and column of the cutout's centre.
    pub(super) fn cutout_centre(&self, height: usize, width: usize) -> [usize; 2] {
        [whole(self.cutout[0], height), whole(self.cutout[1], width)]
    }
}

/// Uniform in `0..count` up to the 24 bits of `unit`.
fn whole(unit: f32, count: usize) -> usize {
    ((f64::from(unit) * count as f64) as usize).min(count.saturating_sub(1))
}
