//! Malformed uploads: whatever the bytes, a data set or a sentence, and no panic.
//!
//! Each valid file is changed here and there by our own random stream: a few bytes, a piece cut out or doubled, its end cut
//! off, numbers that are boundaries. The long form is run by hand, in release:
//!
//! ```sh
//! cargo test --release --lib import::fuzz_tests -- --ignored --nocapture
//! ```

use super::cifar::{CifarSet, read_batch};
use super::made_up_files::{gzip, pets, pickled_batch, picture, records, tar, upload, zip};
use super::picture::read_picture;
use super::picture::tests::{JPEG, PROGRESSIVE, png};
use super::*;
use crate::random::{Purpose, RandomStream};

/// Inputs of each parser in every test run.
const SHORT: u64 = 40;
/// And in the long form.
const LONG: u64 = 1_000_000;

/// A parser that takes any bytes, and valid files to change.
type Parser = (&'static str, Vec<Vec<u8>>, fn(Vec<u8>));

fn whole_upload(path: &str, bytes: Vec<u8>) {
    // Either is fine; a sentence has to say something.
    if let Err(error) = import(&[upload(path, bytes)], &ImportChoices::default(), &mut |_| ()) {
        assert!(!error.to_string().is_empty(), "a sentence");
    }
}

fn parsers() -> Vec<Parser> {
    let small = |files: &[(String, Vec<u8>)]| zip(files);
    let batch = records(&[&[1], &[2], &[1], &[2]]);
    let batches = tar(&[("data_batch_1.bin".to_owned(), batch.clone()), ("test_batch.bin".to_owned(), batch.clone())]);
    let noise: Vec<u8> = (0..48 * 36 * 3).map(|index| (index * index % 251) as u8).collect();
    let coloured = png(48, 36, png::ColorType::Rgb, png::BitDepth::Eight, None, &noise);
    let with_palette = png(9, 9, png::ColorType::Indexed, png::BitDepth::Two, Some(&[1, 2, 3, 4, 5, 6, 7, 8, 9]), &[0x1b; 27]);
    let transparent = png(7, 5, png::ColorType::Rgba, png::BitDepth::Sixteen, None, &noise[..7 * 5 * 8]);
    let pickles: [&[u8]; 2] = [
        include_bytes!("../../tests/fixtures/uploads/data_batch_protocol4"),
        include_bytes!("../../tests/fixtures/uploads/data_batch_by_columns"),
    ];
    let picture = |bytes: Vec<u8>| drop(read_picture(&bytes));
    vec![
        ("PNG", vec![coloured, with_palette, transparent, self::picture([9, 8, 7])], picture),
        ("JPEG", vec![JPEG.to_vec(), PROGRESSIVE.to_vec()], picture),
        ("pickle", vec![pickles[0].to_vec(), pickles[1].to_vec(), pickled_batch(&[3])], |bytes| {
            let (set, labels) = (CifarSet::Ten, CifarLabels::Fine);
            drop(read_batch(set, labels, 10, "data_batch_1", &bytes, &mut |class, _| assert!(class < 10, "a class there is")));
        }),
        ("CIFAR binary", vec![batch, records(&[&[4, 77], &[5, 8]])], |bytes| {
            whole_upload("data_batch_1.bin", bytes.clone());
            whole_upload("train.bin", bytes);
        }),
        ("zip", vec![small(&pets(2)), small(&[])], |bytes| whole_upload("pets.zip", bytes)),
        ("tar", vec![batches.clone(), tar(&pets(2))], |bytes| whole_upload("pets.tar", bytes)),
        ("gzip", vec![gzip(&batches), gzip(&tar(&pets(1)))], |bytes| whole_upload("pets.tar.gz", bytes)),
    ]
}

/// Changes a file in one to eight places.
fn mutate(bytes: &mut Vec<u8>, random: &mut RandomStream) {
    const BOUNDARIES: [u8; 8] = [0, 1, 0x7f, 0x80, 0xff, 0xfe, b'(', b'.'];
    for _ in 0..=random.below(8) {
        let length = bytes.len() as u32;
        let place = random.below(length.max(1)) as usize;
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
    let (name, valid, parse) = parser;
    for input in inputs {
        let mut random = RandomStream::new(input, Purpose::Import, 99);
        let mut bytes = valid[(input % valid.len() as u64) as usize].clone();
        mutate(&mut bytes, &mut random);
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
    for (name, valid, _) in parsers() {
        let accepted = |bytes: &Vec<u8>| match name {
            "PNG" | "JPEG" => read_picture(bytes).is_ok(),
            "pickle" => read_batch(CifarSet::Ten, CifarLabels::Fine, 10, "a", bytes, &mut |_, _| ()).is_ok(),
            "zip" => import(&[upload("a.zip", bytes.clone())], &ImportChoices::default(), &mut |_| ()).is_ok(),
            "tar" | "gzip" => import(&[upload("a.tar", bytes.clone())], &ImportChoices::default(), &mut |_| ()).is_ok(),
            _ => import(&[upload("data_batch_1.bin", bytes.clone())], &ImportChoices::default(), &mut |_| ()).is_ok(),
        };
        assert!(valid.iter().any(accepted), "mutations of {name} start from something that is read");
    }
}

#[test]
#[ignore = "a million inputs for each parser take an hour: run by hand, see the top of this file"]
fn a_million_malformed_files_of_each_kind_give_no_panic() {
    for parser in parsers() {
        let start = std::time::Instant::now();
        fuzz(&parser, 0..LONG);
        println!("{}: {LONG} inputs, {:.0} s", parser.0, start.elapsed().as_secs_f64());
    }
}
