//! Malformed uploads: whatever the bytes, a data set or a sentence, and no panic.
//!
//! Each valid file is changed here and there by our own random stream: a few bytes, a piece cut out or doubled, its end cut
//! off, numbers that are boundaries. Half of the PNG and tar files get checksums that fit what became of them, to be looked
//! into at all. The long form is run by hand, in release:
//!
//! ```sh
//! cargo test --release --lib import::fuzz_tests -- --ignored --nocapture
//! ```

use super::cifar::{CifarSet, read_batch};
use super::made_up_files::{gzip, pets, pickled_batch, picture, records, tar, upload, zip};
use super::picture::tests::{JPEG, PROGRESSIVE, WEBP, png, read, written};
use super::*;
use crate::random::{Purpose, RandomStream};

/// Inputs of each parser in every test run.
const SHORT: u64 = 40;
/// And in the long form.
const LONG: u64 = 1_000_000;

/// What is tried.
struct Parser {
    name: &'static str,
    /// Files that are read as they are.
    valid: Vec<Vec<u8>>,
    parse: fn(Vec<u8>),
    /// Makes checksums fit.
    mend: fn(&mut [u8]),
}

/// Checksums of a PNG's chunks.
fn mend_png(bytes: &mut [u8]) {
    let mut start = 8;
    while let Some(length) = bytes.get(start..start + 4).and_then(|length| length.first_chunk::<4>()) {
        let end = start + 8 + u32::from_be_bytes(*length) as usize;
        let Some(chunk) = bytes.get(start + 4..end) else { break };
        let checksum = crc32fast::hash(chunk).to_be_bytes();
        let Some(place) = bytes.get_mut(end..end + 4) else { break };
        place.copy_from_slice(&checksum);
        start = end + 4;
    }
}

/// Checksums of the headers of a tar.
fn mend_tar(bytes: &mut [u8]) {
    for header in bytes.as_chunks_mut::<512>().0.iter_mut().filter(|block| block.get(257..262) == Some(b"ustar")) {
        header[148..156].fill(b' ');
        let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
        header[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
    }
}

fn whole_upload(path: &str, bytes: Vec<u8>) {
    // Either is fine; a sentence has to say something.
    if let Err(error) = import(&[upload(path, bytes)], &ImportChoices::default(), &mut |_| ()) {
        assert!(!error.to_string().is_empty(), "a sentence");
    }
}

fn parsers() -> Vec<Parser> {
    use image::ImageFormat::{Bmp, Gif, Pnm, Tiff, WebP};
    let batch = records(&[&[1], &[2], &[1], &[2]]);
    let batches = tar(&[("data_batch_1.bin".to_owned(), batch.clone()), ("test_batch.bin".to_owned(), batch.clone())]);
    let noise: Vec<u8> = (0..48 * 36 * 3).map(|index| (index * index % 251) as u8).collect();
    let coloured = png(48, 36, png::ColorType::Rgb, png::BitDepth::Eight, None, &noise);
    let with_palette = png(9, 9, png::ColorType::Indexed, png::BitDepth::Two, Some(&[1, 2, 3, 4, 5, 6, 7, 8, 9]), &[0x1b; 27]);
    let transparent = png(7, 5, png::ColorType::Rgba, png::BitDepth::Sixteen, None, &noise[..7 * 5 * 8]);
    let pickles: [&[u8]; 2] = [
        include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/uploads/data_batch_protocol4")),
        include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/uploads/data_batch_by_columns")),
    ];
    let picture = |bytes: Vec<u8>| drop(read(&bytes));
    let nothing = |_: &mut [u8]| ();
    let pickled = |bytes: Vec<u8>| {
        let (set, labels) = (CifarSet::Ten, CifarLabels::Fine);
        drop(read_batch(set, labels, 10, "data_batch_1", &bytes, &mut |class, _| assert!(class < 10, "a class there is")));
    };
    let binary = |bytes: Vec<u8>| {
        whole_upload("data_batch_1.bin", bytes.clone());
        whole_upload("train.bin", bytes);
    };
    let table = b"id,label\n1,cat\n2,\"dog\"\n3,cat\n4,dog\n";
    let labelled = |bytes: Vec<u8>| {
        let mut uploads: Vec<Upload> = (1..=4).map(|number| upload(&format!("{number}.jpg"), JPEG.to_vec())).collect();
        uploads.push(upload("labels.csv", bytes));
        drop(import(&uploads, &ImportChoices::default(), &mut |_| ()));
    };
    let pngs = vec![coloured, with_palette, transparent, self::picture([9, 8, 7])];
    let pickles = vec![pickles[0].to_vec(), pickles[1].to_vec(), pickled_batch(&[3])];
    let binaries = vec![batch, records(&[&[4, 77], &[5, 8]])];
    let gzips = vec![gzip(&batches), gzip(&tar(&pets(1)))];
    vec![
        Parser { name: "PNG", valid: pngs, parse: picture, mend: mend_png },
        Parser { name: "JPEG", valid: vec![JPEG.to_vec(), PROGRESSIVE.to_vec()], parse: picture, mend: nothing },
        Parser {
            name: "WebP",
            valid: WEBP.iter().map(|bytes| bytes.to_vec()).chain([written(WebP)]).collect(),
            parse: picture,
            mend: nothing,
        },
        Parser { name: "GIF", valid: vec![written(Gif)], parse: picture, mend: nothing },
        Parser { name: "BMP", valid: vec![written(Bmp)], parse: picture, mend: nothing },
        Parser { name: "TIFF", valid: vec![written(Tiff)], parse: picture, mend: nothing },
        Parser { name: "PNM", valid: vec![written(Pnm)], parse: picture, mend: nothing },
        Parser { name: "table of labels", valid: vec![table.to_vec()], parse: labelled, mend: nothing },
        Parser { name: "pickle", valid: pickles, parse: pickled, mend: nothing },
        Parser { name: "CIFAR binary", valid: binaries, parse: binary, mend: nothing },
        Parser { name: "zip", valid: vec![zip(&pets(2)), zip(&[])], parse: |bytes| whole_upload("pets.zip", bytes), mend: nothing },
        Parser { name: "tar", valid: vec![batches, tar(&pets(2))], parse: |bytes| whole_upload("pets.tar", bytes), mend: mend_tar },
        Parser { name: "gzip", valid: gzips, parse: |bytes| whole_upload("pets.tar.gz", bytes), mend: nothing },
    ]
}

/// Changes a file in one to eight places.
fn mutate(bytes: &mut Vec<u8>, random: &mut RandomStream) {
    const BOUNDARIES: [u8; 8] = [0, 1, 0x7f, 0x80, 0xff, 0xfe, b'(', b'.'];
    for _ in 0..=random.below(8) {
        let length = bytes.len() as u32;
        // What decides most stands at the start, or in a zip at the end.
        let place = match random.below(3) {
            0 => random.below(length.clamp(1, 256)),
            1 => length.saturating_sub(1 + random.below(length.clamp(1, 256))),
            _ => random.below(length.max(1)),
        } as usize;
        let piece = (place + 1 + random.below(64) as usize).min(bytes.len());
        match random.below(8) {
            _ if bytes.is_empty() => bytes.push(random.next_u32() as u8),
            0 => bytes.truncate(place),
            1 => drop(bytes.drain(place..piece)),
            2 => {
                let doubled = bytes[place..piece].to_vec();
                bytes.splice(place..place, doubled);
            }
            3 => bytes.insert(place, random.next_u32() as u8),
            4 => bytes[place] = BOUNDARIES[random.below(8) as usize],
            5 => bytes[place..piece].fill(BOUNDARIES[random.below(8) as usize]),
            _ => bytes[place] ^= 1 << random.below(8),
        }
    }
}

fn fuzz(parser: &Parser, inputs: std::ops::Range<u64>) {
    let Parser { name, valid, parse, mend } = parser;
    for input in inputs {
        let mut random = RandomStream::new(input, Purpose::Import, 99);
        let mut bytes = valid[(input % valid.len() as u64) as usize].clone();
        mutate(&mut bytes, &mut random);
        if random.below(2) == 0 {
            mend(&mut bytes);
        }
        // The number of the input makes it again.
        let survived = std::panic::catch_unwind(|| parse(bytes));
        assert!(survived.is_ok(), "the {name} parser panics at input {input}");
    }
}

#[test]
fn malformed_files_give_a_sentence_and_never_a_panic() {
    parsers().iter().for_each(|parser| fuzz(parser, 0..SHORT));
}

#[test]
fn valid_files_are_accepted_before_they_are_changed() {
    let is_read = |name: &str, bytes: &[u8]| import(&[upload(name, bytes.to_vec())], &ImportChoices::default(), &mut |_| ()).is_ok();
    for Parser { name, valid, mend, .. } in parsers() {
        let accepted = |bytes: &[u8]| match name {
            "PNG" | "JPEG" | "WebP" | "GIF" | "BMP" | "TIFF" | "PNM" => read(bytes).is_ok(),
            "table of labels" => bytes.starts_with(b"id,label"),
            "pickle" => read_batch(CifarSet::Ten, CifarLabels::Fine, 10, "a", bytes, &mut |_, _| ()).is_ok(),
            "CIFAR binary" => is_read("data_batch_1.bin", bytes),
            _ => is_read("pets.tar", bytes),
        };
        let mut first = valid[0].clone();
        assert!(accepted(&first), "mutations of {name} start from something that is read");
        mend(&mut first);
        assert!(accepted(&first), "with mended checksums too");
    }
}

#[test]
#[ignore = "a million inputs for each parser: run by hand, see the top of this file"]
fn a_million_malformed_files_of_each_kind_give_no_panic() {
    for parser in parsers() {
        let start = std::time::Instant::now();
        fuzz(&parser, 0..LONG);
        println!("{}: {LONG} inputs, {:.0} s", parser.name, start.elapsed().as_secs_f64());
    }
}
