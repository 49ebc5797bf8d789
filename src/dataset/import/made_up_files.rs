//! Uploads made for tests.

use std::io::Write;

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};
use png::{BitDepth, ColorType};

use super::Upload;
use super::picture::tests::png;

pub fn upload(path: &str, bytes: Vec<u8>) -> Upload {
    Upload { path: path.into(), bytes: Box::new(bytes) }
}

/// A PNG of one colour.
pub fn picture(colour: [u8; 3]) -> Vec<u8> {
    png(40, 32, ColorType::Rgb, BitDepth::Eight, None, &colour.repeat(40 * 32))
}

/// Two classes of that many pictures, each of its own colour.
pub fn pets(each: usize) -> Vec<(String, Vec<u8>)> {
    let pet = |index: usize, class: &str, red: u8| (format!("pets/{class}/{index:03}.png"), picture([red, index as u8, 7]));
    [("cats", 10), ("dogs", 200)].into_iter().flat_map(|(class, red)| (0..each).map(move |index| pet(index, class, red))).collect()
}

pub fn zip(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut output = Vec::new();
    let mut archive = rawzip::ZipArchiveWriter::new(&mut output);
    for (path, bytes) in files {
        let (mut entry, config) = archive.new_file(path).compression_method(rawzip::CompressionMethod::DEFLATE).start().unwrap();
        let mut writer = config.wrap(DeflateEncoder::new(&mut entry, Compression::default()));
        writer.write_all(bytes).unwrap();
        let (encoder, descriptor) = writer.finish().unwrap();
        encoder.finish().unwrap();
        entry.finish(descriptor).unwrap();
    }
    archive.finish().unwrap();
    output
}

/// A zip of files whose names are bytes of any encoding.
pub fn zip_of_raw_names(files: &[(&[u8], Vec<u8>)]) -> Vec<u8> {
    let mut output = Vec::new();
    let mut archive = rawzip::ZipArchiveWriter::new(&mut output);
    for (path, bytes) in files {
        let path = rawzip::path::EntryPath::verbatim(*path);
        let (mut entry, config) = archive.new_file(path).start().unwrap();
        let mut writer = config.wrap(&mut entry);
        writer.write_all(bytes).unwrap();
        let (_, descriptor) = writer.finish().unwrap();
        entry.finish(descriptor).unwrap();
    }
    archive.finish().unwrap();
    output
}

/// Sets the flags and the method of the files of a zip for which `is_meant`, counted from 0, in both of its headers.
pub fn marked(mut zip: Vec<u8>, flags: u16, method: u16, is_meant: impl Fn(usize) -> bool) -> Vec<u8> {
    for (signature, place) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let headers: Vec<usize> = zip.windows(4).enumerate().filter(|(_, bytes)| bytes == signature).map(|(start, _)| start).collect();
        for (_, start) in headers.into_iter().enumerate().filter(|(number, _)| is_meant(*number)) {
            let old = u16::from_le_bytes([zip[start + place], zip[start + place + 1]]);
            zip[start + place..start + place + 2].copy_from_slice(&(old | flags).to_le_bytes());
            zip[start + place + 2..start + place + 4].copy_from_slice(&method.to_le_bytes());
        }
    }
    zip
}

pub fn tar(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    for (path, bytes) in files {
        let mut header = tar::Header::new_ustar();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        archive.append_data(&mut header, path, bytes.as_slice()).unwrap();
    }
    archive.into_inner().unwrap()
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Records of CIFAR: labels in front, then planes of 1,024 bytes of red, green and blue.
pub fn records(labels: &[&[u8]]) -> Vec<u8> {
    let record = |(number, labels): (usize, &&[u8])| {
        let plane = |channel: usize| vec![(number * 3 + channel) as u8; 1024];
        [labels.to_vec(), plane(0), plane(1), plane(2)].concat()
    };
    labels.iter().enumerate().flat_map(record).collect()
}

/// A batch as Python 2 pickled it with protocol 2, opcode for opcode as in the published files.
pub fn pickled_batch(labels: &[u8]) -> Vec<u8> {
    pickled_lists(&[("labels", labels)])
}

/// The same with one or more lists of labels.
pub fn pickled_lists(lists: &[(&str, &[u8])]) -> Vec<u8> {
    let rows = lists[0].1.len() as u16;
    let pixels = records(&vec![&[][..]; usize::from(rows)]);
    let mut bytes = b"\x80\x02}q\x01(U\x0bbatch_labelq\x02U\x15training batch 1 of 5q\x03".to_vec();
    for (name, labels) in lists {
        bytes.extend([b'U', name.len() as u8]);
        bytes.extend(name.as_bytes());
        bytes.extend(b"q\x04]q\x05(");
        labels.iter().for_each(|label| bytes.extend([b'K', *label]));
        bytes.push(b'e');
    }
    bytes.extend(b"U\x04dataq\x06cnumpy.core.multiarray\n_reconstruct\nq\x07cnumpy\nndarray\nq\x08K\x00\x85U\x01b\x87Rq\t(K\x01M");
    bytes.extend(rows.to_le_bytes());
    bytes
        .extend(b"M\x00\x0c\x86cnumpy\ndtype\nq\nU\x02u1K\x00K\x01\x87Rq\x0b(K\x03U\x01|NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb\x89T");
    bytes.extend((pixels.len() as u32).to_le_bytes());
    bytes.extend(pixels);
    bytes.extend(b"tbU\tfilenamesq\x0c]q\r(");
    (0..rows).for_each(|_| bytes.extend(b"U\x05a.png"));
    bytes.extend(b"eu.");
    bytes
}

/// The names that come with it.
pub fn pickled_names(names: &[&str]) -> Vec<u8> {
    let mut bytes = b"\x80\x02}q\x01(U\x0blabel_namesq\x02]q\x03(".to_vec();
    for name in names {
        bytes.extend([b'U', name.len() as u8]);
        bytes.extend(name.as_bytes());
    }
    bytes.extend(b"eu.");
    bytes
}
