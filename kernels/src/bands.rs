//! Maps in bands that fit the nearest cache.

/// Numbers that the nearest cache holds beside the weights: 24 of its 32 kB.
const CACHED: usize = 24 * 1024 / size_of::<f32>();

/// A part of the places of a map: whole rows, or a stretch of the only one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Band {
    pub row: usize,
    pub column: usize,
    /// Rows and columns.
    pub places: [usize; 2],
}

/// Cuts `[rows, columns]` into bands, each place of which takes `numbers` in the cache.
pub(crate) fn bands([rows, columns]: [usize; 2], numbers: usize) -> impl Iterator<Item = Band> {
    // A multiple of the pixels that are computed at once, and enough of them to make up for starting.
    let places = (CACHED / numbers.max(1)).max(32) / crate::PIXELS * crate::PIXELS;
    let (height, width) = if rows == 1 { (1, places.min(columns)) } else { ((places / columns.max(1)).max(1), columns) };
    let row_starts = (0..rows).step_by(height);
    row_starts.flat_map(move |row| {
        let starts = (0..columns).step_by(width.max(1));
        starts.map(move |column| Band { row, column, places: [height.min(rows - row), width.min(columns - column)] })
    })
}
