//! Windows bitmaps: the one format without compression that every browser shows.

/// Room for the headers.
pub const HEADER_BYTES: usize = 54;

/// A picture of so many pixels; `pixel` gives red, green and blue of a row and a column, the first row on top.
pub fn bitmap(width: usize, height: usize, pixel: &dyn Fn(usize, usize) -> [u8; 3]) -> Vec<u8> {
    let row_bytes = (3 * width).next_multiple_of(4);
    let mut bytes = Vec::with_capacity(HEADER_BYTES + row_bytes * height);
    bytes.extend(b"BM");
    let word = |number: usize| (number as u32).to_le_bytes();
    for number in [HEADER_BYTES + row_bytes * height, 0, HEADER_BYTES, 40, width, height] {
        bytes.extend(word(number));
    }
    // One plane of 24 bits.
    bytes.extend([1, 0, 24, 0]);
    for number in [0, row_bytes * height, 0, 0, 0, 0] {
        bytes.extend(word(number));
    }
    // Stored from the bottom up, blue first.
    for row in (0..height).rev() {
        for column in 0..width {
            let [red, green, blue] = pixel(row, column);
            bytes.extend([blue, green, red]);
        }
        bytes.resize(bytes.len() + row_bytes - 3 * width, 0);
    }
    bytes
}
