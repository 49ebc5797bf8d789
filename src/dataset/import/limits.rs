//! What an upload may ask of the browser. More is refused or left out with a sentence, before memory runs out.

/// Largest picture file that is read, in bytes.
pub const PICTURE_FILE_BYTES: u64 = 64 << 20;
/// Most pixels of a picture that is unpacked: four bytes each while it is.
pub const PICTURE_PIXELS: u64 = 40_000_000;
/// Most bytes that those pixels may take: colours of 16 bits take twice as many.
pub const PICTURE_BYTES: u64 = 8 * PICTURE_PIXELS;
/// Most bytes of pictures that wait for the browser to decode them.
pub const FOR_BROWSER_BYTES: usize = 256 << 20;
/// Largest table of labels, in bytes.
pub const TABLE_BYTES: u64 = 16 << 20;
/// Most tables of labels that are looked at.
pub const TABLES: usize = 8;
/// Largest batch of CIFAR that is read, in bytes: CIFAR-100's pickled training set has 155 MB.
pub const BATCH_FILE_BYTES: u64 = 256 << 20;
/// Largest list of class names, in bytes.
pub const NAMES_FILE_BYTES: u64 = 1 << 20;
/// Most files in a folder or an archive.
pub const FILES: usize = 200_000;
/// Longest path of a file that is looked at, in bytes.
pub const PATH_BYTES: usize = 1024;
/// Most archives around a file, one in another.
pub const NESTED_ARCHIVES: usize = 3;
/// Largest archive inside of another that is read, in bytes: memory holds it.
pub const NESTED_BYTES: u64 = 512 << 20;
/// Most bytes that an archive may unpack to, all files together.
pub const UNPACKED_BYTES: u64 = 4 << 30;
/// Most times its size that an archive may unpack to; pictures and CIFAR's files stay below 2.
pub const INFLATION: u64 = 100;
/// Below this many unpacked bytes the ratio says nothing: a short file of zeros is harmless.
pub const INFLATION_COUNTS_FROM: u64 = 4 << 20;
/// Most values in a pickle: CIFAR-100's training set has 150,000.
pub const PICKLED_VALUES: usize = 1_000_000;
/// Most classes: what a network here can tell apart.
pub const CLASSES: usize = 1000;
/// Most images kept to train on, and to hold out: what a link can ask for.
pub const TRAINING_IMAGES: usize = crate::dataset::limits::MOST_TRAINING_IMAGES;
/// The same for held-out images.
pub const HELD_OUT_IMAGES: usize = crate::dataset::limits::MOST_HELD_OUT_IMAGES;
