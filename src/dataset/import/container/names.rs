//! Names of files in archives, which are bytes of whatever encoding: text that tells apart what the bytes tell apart.

use std::collections::BTreeMap;

use super::charset::{Charset, oddness};

/// A name as an archive gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum RawName {
    /// The archive says that it is Unicode.
    Text(String),
    /// It says nothing.
    Bytes(Vec<u8>),
}

impl RawName {
    /// The name of which the archive says that it is UTF-8, which it need not be.
    pub fn utf8(bytes: &[u8]) -> Self {
        str::from_utf8(bytes).map_or_else(|_| Self::Bytes(bytes.into()), |text| Self::Text(text.into()))
    }
}

/// Reads the names of one archive.
#[derive(Default)]
pub(super) struct NameReader {
    /// Nothing if all are UTF-8, or if no encoding tells them apart.
    charset: Option<Charset>,
    /// Whether each name that could be UTF-8 is.
    is_utf8: bool,
}

impl NameReader {
    /// Learns from all names together which encoding they have.
    pub fn of<'n>(names: impl Iterator<Item = &'n RawName>) -> Self {
        let bytes = names.filter_map(|name| match name {
            RawName::Text(_) => None,
            RawName::Bytes(bytes) => Some(bytes.as_slice()),
        });
        let bytes: Vec<&[u8]> = bytes.filter(|bytes| !bytes.is_ascii()).collect();
        if bytes.iter().all(|bytes| str::from_utf8(bytes).is_ok()) {
            return Self { charset: None, is_utf8: true };
        }
        let mut legacy: Vec<&[u8]> = bytes.into_iter().filter(|bytes| plain_utf8(bytes).is_none()).collect();
        legacy.sort_unstable();
        legacy.dedup();
        let charset = Charset::guessed(&legacy).filter(|charset| tells_apart(*charset, &legacy));
        Self { charset, is_utf8: false }
    }

    /// The text of a name.
    pub fn text(&self, name: &RawName) -> String {
        let bytes = match name {
            RawName::Text(text) => return text.clone(),
            RawName::Bytes(bytes) => bytes,
        };
        let utf8 = if self.is_utf8 { str::from_utf8(bytes).ok() } else { plain_utf8(bytes) };
        match utf8 {
            Some(text) => text.into(),
            None => self.charset.and_then(|charset| charset.text(bytes)).unwrap_or_else(|| escaped(bytes)),
        }
    }
}

/// A name that reads well as UTF-8, among others that are none: two letters of Chinese may look like that.
fn plain_utf8(bytes: &[u8]) -> Option<&str> {
    str::from_utf8(bytes).ok().filter(|text| oddness(text) == 0)
}

/// Whether no two folders or files become one.
fn tells_apart(charset: Charset, names: &[&[u8]]) -> bool {
    let mut bytes_of = BTreeMap::new();
    let parts = names.iter().flat_map(|name| name.split(|byte| *byte == b'/'));
    parts.filter_map(|part| Some((charset.text(part)?, part))).all(|(text, part)| *bytes_of.entry(text).or_insert(part) == part)
}

/// The name with bytes that are no text in hexadecimal, each behind the sign for a letter that cannot be read.
fn escaped(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in bytes {
        match byte {
            0..=0x7f => text.push(char::from(*byte)),
            _ => text += &format!("\u{fffd}{byte:02X}"),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(names: &[&[u8]]) -> Vec<String> {
        let names: Vec<RawName> = names.iter().map(|name| RawName::Bytes(name.to_vec())).collect();
        let reader = NameReader::of(names.iter());
        names.iter().map(|name| reader.text(name)).collect()
    }

    /// Names in an encoding of web pages, in folders with an ASCII name.
    fn in_pages(encoding: &'static encoding_rs::Encoding, words: &[&str]) {
        let names: Vec<String> = words.iter().map(|word| format!("photos/{word}/1.png")).collect();
        let bytes: Vec<Vec<u8>> = names.iter().map(|name| encoding.encode(name).0.into_owned()).collect();
        assert_eq!(texts(&bytes.iter().map(Vec::as_slice).collect::<Vec<_>>()), names, "{}", encoding.name());
    }

    #[test]
    fn names_of_consoles_are_read() {
        let russian: [&[u8]; 2] = [b"\xaf\xa8\xe2\xae\xac\xe6\xeb/\xaa\xae\xe2/0.png", b"\xaf\xa8\xe2\xae\xac\xe6\xeb/\xaf\xf1\xe1/0.png"];
        assert_eq!(texts(&russian), ["питомцы/кот/0.png", "питомцы/пёс/0.png"], "CP866");
        assert_eq!(texts(&[b"K\x84se/1.png", b"M\x94we/1.png", b"K\x81he/1.png"]), ["Käse/1.png", "Möwe/1.png", "Kühe/1.png"], "CP437");
        assert_eq!(texts(&[b"p\xc6o/1.png", b"ma\x87\xc6/1.png"]), ["pão/1.png", "maçã/1.png"], "CP850");
        assert_eq!(texts(&[b"\xbe\xa2\x88w/1.png", b"\x88ab\xa9d\xab/1.png"]), ["żółw/1.png", "łabędź/1.png"], "CP852");
        assert_eq!(texts(&[b"\x9a\xe1\xab\x98/1.png", b"\xa9\xa1\xe7\xa2\xa6\xaa/1.png"]), ["γάτα/1.png", "σκύλος/1.png"], "CP737");
    }

    #[test]
    fn names_in_the_encodings_of_pages_are_read() {
        in_pages(encoding_rs::SHIFT_JIS, &["猫", "犬", "ペンギン"]);
        in_pages(encoding_rs::SHIFT_JIS, &["ねこ", "いぬ"]);
        in_pages(encoding_rs::SHIFT_JIS, &["桜", "梅", "桃"]);
        in_pages(encoding_rs::GBK, &["猫咪", "小狗", "苹果"]);
        in_pages(encoding_rs::EUC_KR, &["고양이", "강아지"]);
        in_pages(encoding_rs::BIG5, &["貓咪", "小狗", "蘋果"]);
        in_pages(encoding_rs::WINDOWS_1251, &["кошки", "собаки"]);
        in_pages(encoding_rs::WINDOWS_1252, &["Käse", "Möwe", "Kühe"]);
        in_pages(encoding_rs::KOI8_U, &["кошки", "собаки"]);
    }

    #[test]
    fn names_that_no_encoding_reads_stay_apart() {
        let odd = texts(&[b"\xff\xfe\x80/1.png", b"\xff\xfe\x81/1.png"]);
        assert_ne!(odd[0], odd[1]);
        assert_eq!(escaped(b"K\x84se"), "K\u{fffd}84se");
        // Shift-JIS has this letter twice.
        let twice: [&[u8]; 2] = [b"\x87\x90", b"\x81\xe0"];
        let sjis = Charset::OfPages(encoding_rs::SHIFT_JIS);
        assert_eq!(sjis.text(twice[0]), sjis.text(twice[1]));
        assert!(!tells_apart(sjis, &twice) && tells_apart(sjis, &twice[..1]));
    }

    #[test]
    fn what_is_unicode_stays_as_it_is() {
        assert_eq!(texts(&["猫/1.png".as_bytes(), "Käse/1.png".as_bytes()]), ["猫/1.png", "Käse/1.png"]);
        let mixed = ["собака/1.png".as_bytes(), b"K\x84se/1.png", b"cats/1.png"];
        assert_eq!(texts(&mixed), ["собака/1.png", "Käse/1.png", "cats/1.png"], "some are, some are not");
        // Chinese for "catalogue" in GBK happens to be UTF-8 too.
        let chinese: [&[u8]; 3] = [b"\xc4\xbf\xc2\xbc/1.png", b"\xc3\xa8\xdf\xe4/1.png", b"\xb9\xb7/1.png"];
        assert_eq!(texts(&chinese), ["目录/1.png", "猫咪/1.png", "狗/1.png"]);
        assert_eq!(RawName::utf8(b"\xff"), RawName::Bytes(vec![0xff]), "whatever the flag says");
    }
}
