//! Archives as people bring them, from bytes to a data set.

use super::made_up_files::{gzip, marked, pets, picture, records, tar, upload, zip, zip_of_raw_names};
use super::*;

const DEFLATE: u16 = 8;

fn read(uploads: &[Upload]) -> Result<ImportedImages, String> {
    import(uploads, &ImportChoices::default(), &mut |_| ()).map_err(|error| error.to_string())
}

fn sentence(uploads: &[Upload]) -> String {
    read(uploads).unwrap_err()
}

/// Names of the classes with all their images.
fn counted(images: &ImportedImages) -> Vec<(&str, usize)> {
    let labels = || images.training.labels.iter().chain(&images.held_out.labels);
    let count = |class: usize| labels().filter(|label| usize::from(**label) == class).count();
    images.classes.iter().enumerate().map(|(class, name)| (name.as_str(), count(class))).collect()
}

/// The classes of an upload.
fn classes(uploads: &[Upload]) -> Vec<(String, usize)> {
    let images = read(uploads).unwrap();
    counted(&images).into_iter().map(|(name, count)| (name.to_owned(), count)).collect()
}

fn expected(classes: &[(&str, usize)]) -> Vec<(String, usize)> {
    classes.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect()
}

/// So many pictures in a folder, which ends with a slash.
fn pictures(folder: &str, count: u8) -> Vec<(String, Vec<u8>)> {
    (0..count).map(|number| (format!("{folder}{number}.png"), picture([number, 7, 9]))).collect()
}

fn both(first: Vec<(String, Vec<u8>)>, second: Vec<(String, Vec<u8>)>) -> Vec<(String, Vec<u8>)> {
    first.into_iter().chain(second).collect()
}

#[test]
fn folders_with_names_of_old_encodings_stay_apart() {
    let (cat, dog, animals) = (&b"\xaa\xae\xe2"[..], &b"\xaf\xf1\xe1"[..], &b"\xaf\xa8\xe2\xae\xac\xe6\xeb"[..]);
    let named = |class: &[u8], number: u8| ([animals, b"/", class, b"/", &[b'0' + number], b".png"].concat(), picture([number, 1, 1]));
    let files: Vec<(Vec<u8>, Vec<u8>)> = (0..6).map(|number| named(if number < 3 { cat } else { dog }, number)).collect();
    let files: Vec<(&[u8], Vec<u8>)> = files.iter().map(|(path, bytes)| (path.as_slice(), bytes.clone())).collect();
    assert_eq!(classes(&[upload("pets.zip", zip_of_raw_names(&files))]), expected(&[("кот", 3), ("пёс", 3)]), "CP866");
    let unread: Vec<(&[u8], Vec<u8>)> =
        [&b"a\xff\x80\xfd/1.png"[..], b"a\xff\x80\xfd/2.png", b"a\xff\x81\xfd/1.png", b"a\xff\x81\xfd/2.png"]
            .map(|path| (path, picture([1; 3])))
            .into();
    assert_eq!(read(&[upload("odd.zip", zip_of_raw_names(&unread))]).unwrap().classes.len(), 2, "whatever the bytes mean");
}

#[test]
fn a_tar_with_names_of_an_old_encoding_keeps_its_folders_apart() {
    let names: [&[u8]; 4] = [b"K\x84se/1.png", b"K\x84se/2.png", b"K\x81he/1.png", b"K\x81he/2.png"];
    let mut archive = ::tar::Builder::new(Vec::new());
    for name in names {
        let (mut header, bytes) = (::tar::Header::new_gnu(), picture([1, 2, 3]));
        header.as_old_mut().name[..name.len()].copy_from_slice(name);
        header.set_size(bytes.len() as u64);
        header.set_cksum();
        archive.append(&header, bytes.as_slice()).unwrap();
    }
    let tar = archive.into_inner().unwrap();
    let found = expected(&[("Käse", 2), ("Kühe", 2)]);
    for archive in [upload("bilder", tar.clone()), upload("bilder.tgz", gzip(&tar))] {
        assert_eq!(classes(&[archive]), found);
    }
}

#[test]
fn an_accent_written_in_two_ways_is_one_folder() {
    let files = [pictures("pets/Ka\u{308}fer/a", 2), pictures("pets/K\u{e4}fer/b", 2), pictures("pets/cats/", 2)].concat();
    let images = read(&[upload("pets.zip", zip(&files))]).unwrap();
    assert_eq!(counted(&images), [("K\u{e4}fer", 4), ("cats", 2)].map(|(name, count)| (name, count)));
    assert!(images.summary().sentences().contains("two ways"), "{}", images.summary().sentences());
    let one_way = [pictures("pets/Ka\u{308}fer/a", 2), pictures("pets/cats/", 2)].concat();
    assert!(
        !read(&[upload("pets.zip", zip(&one_way))]).unwrap().summary().sentences().contains("two ways"),
        "no word where it does not matter"
    );
}

#[test]
fn a_password_is_named_with_what_to_do() {
    let whole = zip(&pets(2));
    for (flags, method) in [(1, DEFLATE), (1, 99), (0x41, DEFLATE)] {
        let said = sentence(&[upload("pets.zip", marked(whole.clone(), flags, method, |_| true))]);
        assert!(said.starts_with("pets.zip is protected with a password: unpack"), "{said}");
    }
    let images = read(&[upload("pets.zip", marked(zip(&pets(3)), 1, DEFLATE, |number| number == 1))]).unwrap();
    assert_eq!(counted(&images), [("cats", 2), ("dogs", 3)], "the others are read");
    let said = images.summary().sentences();
    assert!(said.contains("1 file was left out: pets/cats/001.png is protected with a password: unpack"), "{said}");
}

#[test]
fn methods_of_zips_are_read_or_named() {
    let noise: Vec<u8> = (0..40 * 32 * 3).map(|index: u32| (index * index % 251) as u8).collect();
    let noise = super::picture::tests::png(40, 32, png::ColorType::Rgb, png::BitDepth::Eight, None, &noise);
    let files: Vec<_> = pets(2).into_iter().map(|(path, _)| (path, noise.clone())).collect();
    // Without the longest repetitions, in which they differ, Deflate is Deflate64.
    assert_eq!(classes(&[upload("pets.zip", marked(zip(&files), 0, 9, |_| true))]), expected(&[("cats", 2), ("dogs", 2)]));
    for (method, name) in [(14, "LZMA"), (12, "bzip2"), (93, "Zstandard"), (95, "xz"), (98, "PPMd"), (6, "Implode"), (77, "method 77")] {
        let said = sentence(&[upload("pets.zip", marked(zip(&files), 0, method, |_| true))]);
        assert!(said.starts_with(&format!("pets.zip is packed with {name}, which is not read here: unpack")), "{said}");
    }
    let images = read(&[upload("pets.zip", marked(zip(&pets(3)), 0, 14, |number| number == 0))]).unwrap();
    assert!(
        images.summary().sentences().contains("pets/cats/000.png is packed with LZMA, which is not read here: unpack"),
        "{}",
        images.summary().sentences()
    );
    assert_eq!(counted(&images), [("cats", 2), ("dogs", 3)]);
}

#[test]
fn other_archives_are_named_by_their_bytes() {
    let starts: [(&[u8], &str); 8] = [
        (b"7z\xbc\xaf\x27\x1c\0\x04", "is a 7z archive"),
        (b"Rar!\x1a\x07\0", "is a RAR archive"),
        (b"Rar!\x1a\x07\x01\0", "is a RAR archive"),
        (b"\xfd7zXZ\0", "is packed with xz"),
        (b"BZh91AY&SY", "is packed with bzip2"),
        (b"\x28\xb5\x2f\xfd", "is packed with Zstandard"),
        (b"<!DOCTYPE html><html>", "is a web page"),
        (b"version https://git-lfs.github.com/spec/v1\n", "Git LFS"),
    ];
    for (start, words) in starts {
        let bytes = [start, &[0; 300]].concat();
        for name in ["pets.zip", "pets", "pets.tar.gz"] {
            let said = sentence(&[upload(name, bytes.clone())]);
            assert!(said.starts_with(name) && said.contains(words) && !said.contains("damaged"), "{said}");
        }
    }
    let mut iso = vec![0; 40_000];
    iso[0x8001..0x8006].copy_from_slice(b"CD001");
    assert!(sentence(&[upload("pets.iso", iso)]).contains("is an image of a disk"));
    let first_part = zip(&pets(2))[..500].to_vec();
    assert!(sentence(&[upload("pets.zip.001", first_part)]).contains("is a part of a zip that was split"));
}

#[test]
fn an_archive_without_an_ending_is_one() {
    let found = expected(&[("cats", 2), ("dogs", 2)]);
    for bytes in [tar(&pets(2)), zip(&pets(2)), gzip(&tar(&pets(2))), gzip(&zip(&pets(2)))] {
        assert_eq!(classes(&[upload("pets", bytes)]), found);
    }
    let labels: Vec<[u8; 1]> = (0..20).map(|index| [index % 10]).collect();
    let labels: Vec<&[u8]> = labels.iter().map(<[u8; 1]>::as_slice).collect();
    let images = read(&[upload("data_batch_1.bin.gz", gzip(&records(&labels)))]).unwrap();
    assert_eq!((images.name.as_str(), images.classes.len()), ("cifar-10", 10), "a single file that was made smaller");
}

#[test]
fn archives_of_pictures_are_a_class_each() {
    let (cats, dogs) = (zip(&pictures("", 3)), zip(&pictures("", 4)));
    let found = expected(&[("cats-samples", 3), ("dogs-samples", 4)]);
    assert_eq!(classes(&[upload("cats-samples.zip", cats.clone()), upload("dogs-samples.zip", dogs.clone())]), found, "dropped together");
    let inside = [("cats-samples.zip".to_owned(), cats.clone()), ("dogs-samples.zip".into(), dogs.clone())];
    assert_eq!(classes(&[upload("drive-download.zip", zip(&inside))]), found, "in one more zip");
    assert_eq!(classes(&[upload("drive-download.tar.gz", gzip(&tar(&inside)))]), found, "or in a tar");
    assert_eq!(classes(&[upload("all.zip", zip(&[("more/drive.zip".to_owned(), zip(&inside))]))]), found, "or in two");
    let in_folders = [
        upload("pets/cats/more.zip", cats.clone()),
        upload("pets/cats/a.png", picture([1; 3])),
        upload("pets/dogs/more.zip", dogs.clone()),
    ];
    assert_eq!(classes(&in_folders), expected(&[("cats", 4), ("dogs", 4)]), "an archive in a class' folder belongs to the class");
    let same_folder = [upload("cats.zip", zip(&pictures("images/", 3))), upload("dogs.zip", zip(&pictures("images/", 4)))];
    assert_eq!(classes(&same_folder), expected(&[("cats", 3), ("dogs", 4)]), "two folders of one name in two archives are not one class");
    let own_folder = [upload("x.zip", zip(&pictures("cats/", 3))), upload("y.zip", zip(&pictures("dogs/", 4)))];
    assert_eq!(classes(&own_folder), expected(&[("cats", 3), ("dogs", 4)]), "a folder of the archive's own is its class");
}

#[test]
fn archives_with_classes_go_together() {
    let animals = upload("animals.zip", zip(&both(pictures("animals/cats/", 2), pictures("animals/dogs/", 2))));
    let more = upload("more.zip", zip(&both(pictures("more/cats/", 3), pictures("more/birds/", 2))));
    assert_eq!(
        classes(&[animals, more, upload("fish.zip", zip(&pictures("", 2)))]),
        expected(&[("birds", 2), ("cats", 5), ("dogs", 2), ("fish", 2)])
    );
    let side = |blue: u8| zip(&[("x/cats/1.png".to_owned(), picture([0, 0, blue])), ("x/dogs/1.png".into(), picture([0, 0, blue]))]);
    let images = read(&[upload("train.zip", side(1)), upload("test.zip", side(2))]).unwrap();
    assert_eq!((images.training.labels.as_slice(), images.held_out.labels.as_slice()), (&[0, 1][..], &[0, 1][..]));
    assert!(images.held_out.pixels.chunks(3).all(|pixel| pixel[2] == 2), "the side is the archive's name");
    let part = |blue: u8, class: &str| zip(&pictures(&format!("pets/{class}/{blue}"), 3));
    let parts = [
        upload("pets-001.zip", part(1, "cats")),
        upload("pets-002.zip", zip(&both(pictures("pets/cats/2", 1), pictures("pets/dogs/", 2)))),
    ];
    let images = read(&parts).unwrap();
    assert_eq!((images.name.as_str(), counted(&images)), ("pets", vec![("cats", 4), ("dogs", 2)]), "parts of a download");
    assert!(images.summary().sentences().contains("2 archives are read as the parts of one, pets."), "{}", images.summary().sentences());
}

#[test]
fn an_archive_that_cannot_be_read_among_others_is_left_out_with_its_reason() {
    let locked = marked(zip(&pictures("", 3)), 1, DEFLATE, |_| true);
    let others = || vec![upload("cats.zip", zip(&pictures("", 3))), upload("dogs.zip", zip(&pictures("", 3)))];
    let mut uploads = others();
    uploads.extend([
        upload("birds.zip", locked.clone()),
        upload("fish.7z", b"7z\xbc\xaf\x27\x1c".to_vec()),
        upload("rats.zip", b"PK\x03\x04cut".to_vec()),
    ]);
    let images = read(&uploads).unwrap();
    assert_eq!(counted(&images), [("cats", 3), ("dogs", 3)]);
    let said = images.summary().sentences();
    for words in [
        "3 files were left out",
        "birds.zip is protected with a password",
        "fish.7z is a 7z archive, which is not read here: unpack",
        "rats.zip is damaged or cut short",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let inside = [("cats.zip".to_owned(), locked.clone()), ("dogs.zip".into(), locked)];
    let said = sentence(&[upload("all.zip", zip(&inside))]);
    assert!(said.starts_with("no picture could be used: 2 are protected with a password (cats.zip, dogs.zip): unpack"), "{said}");
    let said = sentence(&[upload("all.zip", zip(&inside[..1]))]);
    assert!(said.starts_with("cats.zip is protected with a password: unpack"), "where nothing else is there: {said}");
}

#[test]
fn archives_in_archives_end_somewhere() {
    let mut bytes = zip(&pets(2));
    for depth in 1..3 {
        bytes = zip(&[("pets.zip".to_owned(), bytes)]);
        assert_eq!(classes(&[upload("pets.zip", bytes.clone())]), expected(&[("cats", 2), ("dogs", 2)]), "{depth} around it");
    }
    let said = sentence(&[upload("pets.zip", zip(&[("pets.zip".to_owned(), bytes)]))]);
    assert!(said.starts_with("pets.zip lies in more than 3 archives"), "{said}");
    let bomb = zip(&[("bomb.zip".to_owned(), zip(&[("a/1.bin".to_owned(), vec![0; 12 << 20])]))]);
    assert!(bomb.len() < 20_000, "12 MB in {} bytes", bomb.len());
    assert!(sentence(&[upload("bomb.zip", bomb)]).contains("no image was found"), "what is no image is not unpacked");
    let bomb = zip(&[("bomb.tar.gz".to_owned(), gzip(&tar(&[("a/1.bin".to_owned(), vec![0; 12 << 20])])))]);
    assert!(sentence(&[upload("bomb.zip", bomb)]).contains("unpacks to more than 100 times its size"));
}

#[test]
fn empty_folders_of_archives_are_said() {
    let mut archive = ::tar::Builder::new(Vec::new());
    for (path, bytes) in pets(2) {
        let mut header = ::tar::Header::new_ustar();
        header.set_size(bytes.len() as u64);
        archive.append_data(&mut header, path, bytes.as_slice()).unwrap();
    }
    let mut header = ::tar::Header::new_ustar();
    header.set_entry_type(::tar::EntryType::Directory);
    header.set_size(0);
    archive.append_data(&mut header, "pets/birds", &[][..]).unwrap();
    let tar = archive.into_inner().unwrap();
    for upload in [upload("pets.tar", tar.clone()), upload("all.zip", zip(&[("pets.tar".to_owned(), tar)]))] {
        let said = read(&[upload]).unwrap().summary().sentences();
        assert!(said.contains("birds") && said.contains("empty"), "{said}");
    }
}

#[test]
fn what_systems_leave_is_no_class() {
    let mut files = pets(2);
    for path in
        ["@eaDir/pets/SYNOPHOTO_THUMB_M.jpg", "pets/@eaDir/1.jpg", "#recycle/a.png", "$RECYCLE.BIN/b.png", "__MACOSX/pets/cats/._1.png"]
    {
        files.push((path.into(), picture([1, 2, 3])));
    }
    for path in
        ["pets/cats/._001.png", "pets/.ipynb_checkpoints/1.png", "pets/System Volume Information/1.png", "lost+found/1.png", "pets/~$1.png"]
    {
        files.push((path.into(), picture([1, 2, 3])));
    }
    let images = read(&[upload("pets.zip", zip(&files))]).unwrap();
    assert_eq!((counted(&images), images.left_out.sentence()), (vec![("cats", 2), ("dogs", 2)], None));
}
