//! Files of many formats in whole uploads, and what is said of those that become no images.

use super::made_up_files::{picture, upload, zip};
use super::picture::tests::JPEG;
use super::tests::{sentence, usual};
use super::*;

const WEBP: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/imports/red_blue.webp"));
const AVIF: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/imports/red_blue.avif"));
const HEIC: &[u8] = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic and so on";
const PAGE: &[u8] = b"<!DOCTYPE html><title>404</title>";

/// The same file so often in each of two classes.
fn pets(name: &str, bytes: &[u8], each: usize) -> Vec<(String, Vec<u8>)> {
    let of = |class: &'static str| (0..each).map(move |number| (format!("p/{class}/{number}{name}"), bytes.to_vec()));
    ["cats", "dogs"].into_iter().flat_map(of).collect()
}

fn uploaded(files: &[(String, Vec<u8>)]) -> Vec<Upload> {
    vec![upload("p.zip", zip(files))]
}

#[test]
fn pictures_are_read_whatever_their_ending() {
    let png = picture([9, 8, 7]);
    for (name, bytes) in [
        (".webp", WEBP),
        (".jpg", WEBP),
        (".png", JPEG),
        (".JPEG", JPEG),
        (".jfif", JPEG),
        ("", JPEG),
        (".0001", WEBP),
        (".jpg_large", png.as_slice()),
        (" copy", png.as_slice()),
    ] {
        let images = usual(&uploaded(&pets(name, bytes, 3)));
        assert_eq!((images.training.len(), images.held_out.len(), images.left_out.count()), (4, 2, 0), "files called 0{name}");
    }
}

#[test]
fn where_nothing_can_be_read_the_commonest_reason_leads() {
    for (name, bytes, expected) in [
        (
            ".HEIC",
            HEIC,
            "16 are HEIC pictures, which are read in the page only, by the browser (p/cats/0.HEIC, p/cats/1.HEIC, p/cats/2.HEIC, …): save as JPEG (for new photos set the phone's camera to “Most Compatible”)",
        ),
        (
            ".avif",
            AVIF,
            "16 are AVIF pictures, which are read in the page only, by the browser (p/cats/0.avif, p/cats/1.avif, p/cats/2.avif, …): save as PNG or JPEG",
        ),
        (".jpg", PAGE, "16 are web pages, not pictures (p/cats/0.jpg, p/cats/1.jpg, p/cats/2.jpg, …): the download failed, download again"),
        (
            ".NEF",
            b"II*\0\x08\0\0\0",
            "16 are a camera's raw pictures (p/cats/0.NEF, p/cats/1.NEF, p/cats/2.NEF, …): export as JPEG from the camera's program",
        ),
        (
            ".mp4",
            b"\0\0\0\x18ftypisom\0\0\0\0",
            "16 are videos (p/cats/0.mp4, p/cats/1.mp4, p/cats/2.mp4, …): save single frames as PNG or JPEG",
        ),
        (".png", b"", "16 are empty files (p/cats/0.png, p/cats/1.png, p/cats/2.png, …): copy or download again"),
    ] {
        assert_eq!(sentence(&uploaded(&pets(name, bytes, 8))), format!("no picture could be used: {expected}"));
    }
}

#[test]
fn what_is_left_out_beside_pictures_is_counted_by_its_reasons() {
    let mut files = pets(".png", &picture([1, 2, 3]), 4);
    files.extend(pets(".heic", HEIC, 3));
    files.extend(pets(".jpg", PAGE, 1));
    files.push(("p/cats/drawing.svg".into(), b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec()));
    files.push(("p/manual.pdf".into(), b"%PDF-1.4".to_vec()));
    files.push(("p/readme.txt".into(), b"hello".to_vec()));
    let images = usual(&uploaded(&files));
    assert_eq!(images.training.len() + images.held_out.len(), 8);
    assert_eq!(
        images.left_out.sentence().unwrap(),
        concat!(
            "10 files were left out: 6 are HEIC pictures, which are read in the page only, by the browser ",
            "(p/cats/0.heic, p/cats/1.heic, p/cats/2.heic, …): save as JPEG (for new photos set the phone's camera to “Most Compatible”); ",
            "2 are web pages, not pictures (p/cats/0.jpg, p/dogs/0.jpg): the download failed, download again; ",
            "p/cats/drawing.svg is a vector drawing (SVG): export as PNG; p/manual.pdf is a PDF document: export the pictures in it as PNG."
        )
    );
}

#[test]
fn pictures_for_the_browser_wait_and_join_the_others_before_any_is_held_out() {
    let mut files = pets(".avif", AVIF, 5);
    files.push(("p/cats/9.png".into(), picture([1, 2, 3])));
    let mut import = begin_import(&uploaded(&files), &ImportChoices::default(), &mut |_| ()).unwrap();
    let waiting = import.take_waiting();
    assert_eq!((import.images(), waiting.len(), waiting[0].media_type()), (1, 10, "image/avif"));
    assert!(waiting.iter().all(|picture| picture.bytes() == AVIF), "their files are held");
    let square = |number: u8| Some((8, [number, 0, 0, 255].repeat(64)));
    for (number, picture) in waiting.iter().enumerate() {
        // The browser knows all but one.
        import.decoded(picture, if number == 7 { None } else { square(number as u8) });
    }
    let images = import.finish().unwrap();
    assert_eq!((images.training.len(), images.held_out.len()), (8, 2), "a fifth of all is held out");
    assert_eq!(
        images.left_out.sentence().as_deref(),
        Some("1 file was left out: p/dogs/2.avif is an AVIF picture, which this browser cannot read: save as PNG or JPEG.")
    );
}

#[test]
fn a_browser_that_reads_none_of_them_is_named_first() {
    let mut import = begin_import(&uploaded(&pets(".heic", HEIC, 2)), &ImportChoices::default(), &mut |_| ()).unwrap();
    for picture in import.take_waiting() {
        import.decoded(&picture, None);
    }
    let refused = import.finish().unwrap_err().to_string();
    assert!(
        refused.starts_with("no picture could be used: 4 are HEIC pictures, which this browser cannot read (p/cats/0.heic"),
        "{refused}"
    );
    assert!(refused.ends_with("save as JPEG (for new photos set the phone's camera to “Most Compatible”)"), "{refused}");
}

#[test]
fn an_upload_without_pictures_says_what_is_there() {
    let arrays: Vec<(String, Vec<u8>)> = (0..4).map(|number| (format!("p/{number}.npy"), vec![0x93, b'N'])).collect();
    let refused = sentence(&uploaded(&arrays));
    assert!(refused.starts_with("no image was found in p, only 4 files .npy: a folder for each class"), "{refused}");
    let documents = [upload("a.pdf", b"%PDF-1.7".to_vec()), upload("b.pdf", b"%PDF-1.7".to_vec())];
    assert_eq!(sentence(&documents), "no picture could be used: 2 are PDF documents (a.pdf, b.pdf): export the pictures in it as PNG");
}
