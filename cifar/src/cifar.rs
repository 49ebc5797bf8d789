//! CIFAR-10 in memory, and the facts about it that a correct copy must show.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};

use super::shard;

pub const CLASSES: [&str; 10] = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];
/// Bytes of one image: 32 × 32 pixels, red, green and blue.
pub const IMAGE: usize = 32 * 32 * 3;

/// The training set's published channel means and standard deviations, on the scale 0 to 1.
const MEAN: [f64; 3] = [0.49140, 0.48216, 0.44653];
const DEVIATION: [f64; 3] = [0.24703, 0.24349, 0.26159];

pub struct Split {
    pixels: Vec<u8>,
    pub labels: Vec<u8>,
}

pub struct Cifar {
    pub train: Split,
    pub test: Split,
    pub mean: [f64; 3],
    pub deviation: [f64; 3],
}

impl Split {
    pub fn image(&self, id: usize) -> &[u8] {
        &self.pixels[id * IMAGE..][..IMAGE]
    }

    /// In the package, each row of a PNG is one image: 1,024 pixels, the image's own rows one after another.
    fn from_package(files: &BTreeMap<String, Vec<u8>>, images: &[&str], labels: &str) -> Result<Self> {
        let file = |name: &str| files.get(name).with_context(|| format!("the package has no {name}"));
        let mut pixels = Vec::new();
        for name in images {
            let rows = shard::decode(file(name)?, 1_024).with_context(|| format!("{name} in the package"))?;
            pixels.extend_from_slice(&rows);
        }
        // The package's own spelling is "lables".
        let labels: Vec<u8> = serde_json::from_slice(file(labels)?).with_context(|| format!("{labels} in the package"))?;
        Ok(Self { pixels, labels })
    }

    fn verify(&self, name: &str, expected: usize) -> Result<()> {
        let images = self.pixels.len() / IMAGE;
        ensure!(images == expected, "the {name} set has {images} images instead of {expected}");
        ensure!(self.labels.len() == expected, "the {name} set has {} labels instead of {expected}", self.labels.len());
        for (class, class_name) in CLASSES.iter().enumerate() {
            let count = self.labels.iter().filter(|&&label| usize::from(label) == class).count();
            ensure!(count == expected / 10, "the {name} set has {count} of class {class_name} instead of {}", expected / 10);
        }
        Ok(())
    }

    /// Mean and standard deviation of each channel, exactly: sums of bytes and of their squares are integers.
    fn statistics(&self) -> ([f64; 3], [f64; 3]) {
        let mut sums = [(0_u64, 0_u64); 3];
        for pixel in self.pixels.as_chunks::<3>().0 {
            for (sum, &value) in sums.iter_mut().zip(pixel) {
                let value = u64::from(value);
                sum.0 += value;
                sum.1 += value * value;
            }
        }
        let pixels = (self.pixels.len() / 3) as f64;
        let mean = sums.map(|(sum, _)| sum as f64 / pixels);
        let variance = |(sum, squares): (u64, u64)| squares as f64 / pixels - (sum as f64 / pixels).powi(2);
        (mean.map(|value| value / 255.0), sums.map(|sum| variance(sum).sqrt() / 255.0))
    }
}

impl Cifar {
    pub fn from_package(files: &BTreeMap<String, Vec<u8>>) -> Result<Self> {
        const BATCHES: [&str; 5] = ["data_batch_1.png", "data_batch_2.png", "data_batch_3.png", "data_batch_4.png", "data_batch_5.png"];
        let train = Split::from_package(files, &BATCHES, "train_lables.json")?;
        let test = Split::from_package(files, &["test_batch.png"], "test_lables.json")?;
        let (mean, deviation) = train.statistics();
        Ok(Self { train, test, mean, deviation })
    }

    pub fn verify(&self) -> Result<()> {
        self.train.verify("training", 50_000)?;
        self.test.verify("test", 10_000)?;
        let close = |found: [f64; 3], expected: [f64; 3]| found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-4);
        ensure!(close(self.mean, MEAN), "the channel means are {:?} instead of {MEAN:?}", self.mean);
        ensure!(close(self.deviation, DEVIATION), "the channel deviations are {:?} instead of {DEVIATION:?}", self.deviation);
        println!("50,000 training and 10,000 test images, balanced, with the published means and deviations");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statistics_are_those_of_each_channel() {
        let split = Split { pixels: vec![0, 255, 51, 0, 255, 153], labels: vec![] };
        let (mean, deviation) = split.statistics();
        for (found, expected) in mean.iter().chain(&deviation).zip([0.0, 1.0, 0.4, 0.0, 0.0, 0.2]) {
            assert!((found - expected).abs() < 1e-9, "{mean:?} {deviation:?}");
        }
    }

    #[test]
    fn a_missing_class_is_named() {
        let split = Split { pixels: vec![0; 10 * IMAGE], labels: vec![0, 1, 2, 3, 3, 5, 6, 7, 8, 9] };
        let error = split.verify("training", 10).unwrap_err().to_string();
        assert!(error.contains("cat"), "the first wrong class is cat, twice there: {error}");
    }
}
