//! Which encoding the names in an archive have, where it does not say.
//!
//! Browsers' detector knows the encodings of web pages. Zips are older: Windows writes names in the code page of its console,
//! which hardly any page ever had. So both are tried, and what reads most like words wins.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{GB18030, GBK, SHIFT_JIS};
use oem_cp::code_table::{
    DECODING_TABLE_CP437, DECODING_TABLE_CP737, DECODING_TABLE_CP850, DECODING_TABLE_CP852, DECODING_TABLE_CP862, DECODING_TABLE_CP866,
};

/// Code pages of consoles, the commonest first: of two that read equally well the earlier is taken.
const OF_CONSOLES: [&[char; 128]; 6] = [
    &DECODING_TABLE_CP866, // Russian
    &DECODING_TABLE_CP437, // American
    &DECODING_TABLE_CP850, // Western European
    &DECODING_TABLE_CP852, // Central European
    &DECODING_TABLE_CP737, // Greek
    &DECODING_TABLE_CP862, // Hebrew
];

/// How bytes become text.
#[derive(Clone, Copy)]
pub(super) enum Charset {
    OfPages(&'static encoding_rs::Encoding),
    /// The upper half of a code page; the lower is ASCII.
    OfConsoles(&'static [char; 128]),
}

impl Charset {
    /// The encoding in which all of the names read best; nothing if none fits.
    pub fn guessed(names: &[&[u8]]) -> Option<Self> {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        for name in names {
            detector.feed(name, false);
            detector.feed(b"\n", false);
        }
        detector.feed(b"", true);
        // Japanese names are short, too short for the detector.
        let of_pages = [detector.guess(None, Utf8Detection::Deny), SHIFT_JIS].map(Self::OfPages);
        let all = of_pages.into_iter().chain(OF_CONSOLES.into_iter().map(Self::OfConsoles));
        let read = |charset: Self| {
            let oddness: Option<usize> = names.iter().map(|name| Some(oddness(&charset.text(name)?) + charset.rareness(name))).sum();
            oddness.map(|oddness| (oddness, charset))
        };
        all.filter_map(read).min_by_key(|(oddness, _)| *oddness).map(|(_, charset)| charset)
    }

    /// How many letters are rare: almost any bytes are Chinese, but seldom common Chinese.
    fn rareness(self, name: &[u8]) -> usize {
        match self {
            Self::OfPages(encoding) if encoding == GBK || encoding == GB18030 => {
                let mut rareness = 0;
                let mut bytes = name.iter();
                while let Some(lead) = bytes.next() {
                    match (lead, bytes.as_slice().first()) {
                        (0..=0x80, _) => continue,
                        // The standard's first level, and its signs.
                        (0xa1..=0xd7, Some(0xa1..)) => {}
                        (0xd8..=0xf7, Some(0xa1..)) => rareness += 1,
                        _ => rareness += 3,
                    }
                    bytes.next();
                }
                rareness
            }
            _ => 0,
        }
    }

    /// The text of a name; nothing if it has none in this encoding.
    pub fn text(self, name: &[u8]) -> Option<String> {
        match self {
            Self::OfPages(encoding) => encoding.decode_without_bom_handling_and_without_replacement(name).map(Into::into),
            Self::OfConsoles(upper) => {
                let letter = |byte: &u8| upper.get(usize::from(byte & 0x7f)).copied().filter(|_| *byte > 0x7f).unwrap_or(char::from(*byte));
                Some(name.iter().map(letter).collect())
            }
        }
    }
}

/// Whose letters a letter is among.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Greek,
    Cyrillic,
    Hebrew,
    Arabic,
    EastAsian,
    Other,
}

impl Script {
    fn of(letter: char) -> Self {
        match letter {
            '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Self::Latin,
            '\u{370}'..='\u{3ff}' => Self::Greek,
            '\u{400}'..='\u{52f}' => Self::Cyrillic,
            '\u{590}'..='\u{5ff}' => Self::Hebrew,
            '\u{600}'..='\u{6ff}' => Self::Arabic,
            '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' => Self::EastAsian,
            _ => Self::Other,
        }
    }
}

/// How little a text reads like words: signs among its letters, letters of two scripts side by side, capitals after small
/// letters, accents side by side, brackets and the like beside letters.
pub(super) fn oddness(text: &str) -> usize {
    let signs = text.chars().filter(|letter| is_sign(*letter)).count();
    let pairs = text.chars().zip(text.chars().skip(1)).filter(|(left, right)| !left.is_ascii() || !right.is_ascii());
    let of_pairs = pairs.map(|(left, right)| {
        if !left.is_alphabetic() || !right.is_alphabetic() {
            return usize::from([left, right].iter().any(|letter| "\\@[]^`{|}~".contains(*letter)));
        }
        let (script, other) = (Script::of(left), Script::of(right));
        let mixes = match (script == other, [script, other].contains(&Script::EastAsian)) {
            (true, _) => 0,
            // Names such as 猫cat are no rarity there.
            (false, true) => 1,
            (false, false) => 3,
        };
        let accents = script == Script::Latin && other == Script::Latin && !left.is_ascii() && !right.is_ascii();
        mixes + usize::from(left.is_lowercase() && right.is_uppercase()) + usize::from(accents)
    });
    3 * signs + of_pairs.sum::<usize>()
}

/// Whether a letter is hardly one of a name.
fn is_sign(letter: char) -> bool {
    match letter {
        '\0'..='\u{7f}' => false,
        // Letters that other encodings have where CP437 and CP852 have common ones, and Japanese letters of half the width.
        'ª' | 'º' | 'µ' | 'ƒ' | 'ÿ' | '\u{ff61}'..='\u{ff9f}' => true,
        // Punctuation of East Asia, and the apostrophe.
        '\u{3000}'..='\u{303f}' | '\u{ff01}'..='\u{ff5e}' | '’' => false,
        _ => !letter.is_alphabetic(),
    }
}
