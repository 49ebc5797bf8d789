//! What the name of a file says about it.

/// Endings of pictures, those that cannot be read too: whoever puts one in a folder should hear of it.
const PICTURES: [&str; 25] = [
    "png", "apng", "jpg", "jpeg", "jpe", "jfif", "pjpeg", "pjp", "webp", "gif", "bmp", "dib", "tif", "tiff", "pgm", "ppm", "pbm", "pnm",
    "heic", "heif", "hif", "avif", "jxl", "jp2", "ico",
];

/// The ending of a file's name in small letters, without its dot.
pub fn ending_of(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default()
}

/// Whether the name says that a file is a picture.
pub fn is_picture_name(path: &str) -> bool {
    PICTURES.contains(&ending_of(path).as_str())
}
