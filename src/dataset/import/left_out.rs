//! Files of an upload that become no images, counted by their reasons.

use serde::{Deserialize, Serialize};

use super::error::ImportError;
use super::limits;
use super::picture::{FileFormat, PictureProblem};
use crate::language::format::grouped;
use crate::language::{text, tr};

/// Files of a reason that are named; more are counted.
const NAMED: usize = 3;
/// Reasons that are told; files of more are counted together.
const TOLD: usize = 5;

/// Why a file is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Why {
    /// It lies beside the folders of the classes.
    NoClass,
    /// It has no row in the table that gives the classes.
    NotInTable,
    /// Its name has no class in it, while the others' names do.
    NoClassInName,
    /// Nothing here reads that.
    Format(FileFormat),
    /// Only a browser reads that, and this is none.
    NeedsBrowser(FileFormat),
    /// The browser was asked for it in vain.
    BrowserCannot(FileFormat),
    /// More pictures for the browser than are held in memory.
    NoRoom,
    /// Its decoder gave up.
    Damaged,
    /// Its decoder does not know that variant.
    Variant,
    /// Too many pixels, or none.
    Pixels,
    /// Too many bytes.
    Bytes,
    /// It unpacks to more than any picture does.
    Inflates,
    /// Only its owner can unpack it.
    Protected,
    /// It is packed in an uncommon way.
    Method,
    /// An archive of another kind.
    OtherArchive,
    /// An archive inside of too many others.
    NestedTooDeep,
    /// It does not come out of its archive.
    NotUnpacked,
}

impl Why {
    /// Half a sentence that follows the file's name, or the number of files.
    fn words(self, is_one: bool) -> String {
        let files = if is_one { 1 } else { 2 };
        let noun = |format: FileFormat| format.noun(is_one);
        match self {
            Self::NoClass => tr!("lies in no folder of a class" | "lie in no folder of a class" % files),
            Self::NotInTable => tr!("has no row in the table of labels" | "have no row in the table of labels" % files),
            Self::NoClassInName => tr!("has no class in its name" | "have no class in their names" % files),
            Self::Format(format) => tr!("is {noun}" | "are {noun}" % files, noun = noun(format)),
            Self::NeedsBrowser(format) => tr!(
                "is {noun}, which is read in the page only, by the browser"
                    | "are {noun}, which are read in the page only, by the browser" % files,
                noun = noun(format)
            ),
            Self::BrowserCannot(format) => {
                tr!("is {noun}, which this browser cannot read" | "are {noun}, which this browser cannot read" % files, noun = noun(format))
            }
            Self::NoRoom => tr!(
                "is left to the browser and did not fit into the {room} MiB held for it"
                    | "are left to the browser and did not fit into the {room} MiB held for it" % files,
                room = limits::FOR_BROWSER_BYTES >> 20
            ),
            Self::Damaged => tr!("is damaged or cut short" | "are damaged or cut short" % files),
            Self::Variant => tr!("is written in a rare form of the format" | "are written in a rare form of the format" % files),
            Self::Pixels => tr!(
                "has not from 1 to {most} pixels" | "have not from 1 to {most} pixels" % files,
                most = grouped(limits::PICTURE_PIXELS as usize)
            ),
            Self::Bytes => tr!(
                "has more than {most} bytes" | "have more than {most} bytes" % files,
                most = grouped(limits::PICTURE_FILE_BYTES as usize)
            ),
            Self::Inflates => tr!(
                "unpacks to more than {times} times its size, which no picture does"
                    | "unpack to more than {times} times its size, which no picture does" % files,
                times = limits::INFLATION
            ),
            Self::Protected => tr!("is protected with a password" | "are protected with a password" % files),
            Self::Method => tr!("is packed in a way that is not read here" | "are packed in a way that is not read here" % files),
            Self::OtherArchive => tr!("is not read here" | "are not read here" % files),
            Self::NestedTooDeep => tr!(
                "lies in more than {archives} archives, one in another" | "lie in more than {archives} archives, one in another" % files,
                archives = limits::NESTED_ARCHIVES
            ),
            Self::NotUnpacked => tr!("does not come out of its archive" | "do not come out of their archives" % files),
        }
    }

    /// What can be done.
    fn remedy(self) -> &'static str {
        match self {
            Self::NoClass => text!("put each class into a folder of its own"),
            Self::NotInTable => text!("add rows for them if they should be used"),
            Self::NoClassInName => text!("rename, or put each class into a folder of its own"),
            Self::Format(format) | Self::NeedsBrowser(format) | Self::BrowserCannot(format) => format.remedy(),
            Self::NoRoom | Self::Variant => text!("save as PNG or JPEG"),
            Self::Damaged => text!("copy or download again"),
            Self::Pixels | Self::Bytes => text!("make a smaller copy"),
            Self::Inflates => text!("look whether it is a picture"),
            Self::Protected => text!("unpack the archive and choose the folder, or pack it again without a password"),
            Self::Method => text!("unpack the zip and choose the folder, or pack it again with Deflate, the usual method"),
            Self::OtherArchive => text!("unpack and choose the folder, or pack the folder as a zip"),
            Self::NestedTooDeep => text!("unpack the archive and choose the folder"),
            Self::NotUnpacked => text!("pack the archive again"),
        }
    }
}

impl From<&PictureProblem> for Why {
    fn from(problem: &PictureProblem) -> Self {
        match problem {
            PictureProblem::OtherFormat => Self::Format(FileFormat::Unknown),
            PictureProblem::Damaged(_) => Self::Damaged,
            PictureProblem::Variant(_) => Self::Variant,
            PictureProblem::Size(_) => Self::Pixels,
        }
    }
}

/// Files left out for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// Which.
    pub why: Why,
    /// How many.
    pub count: usize,
    /// Paths of the first of them.
    pub examples: Vec<String>,
    /// More about the first; may be empty.
    pub detail: String,
}

impl Reason {
    /// Half a sentence with names and remedy.
    pub fn sentence(&self) -> String {
        let Self { why, count, examples, detail } = self;
        // An archive has its own words for it, and its own remedy.
        let has_own_words = matches!(why, Why::Method | Why::OtherArchive | Why::NestedTooDeep | Why::NotUnpacked) && !detail.is_empty();
        if has_own_words && *count == 1 {
            return detail.clone();
        }
        if has_own_words && *why == Why::NotUnpacked {
            let files = grouped(*count);
            return tr!("{files} do not come out of their archives, the first: {detail}", files, detail);
        }
        let remedy = why.remedy();
        if let ([path], 1) = (examples.as_slice(), *count) {
            let detail = if detail.is_empty() { String::new() } else { format!(" ({detail})") };
            return format!("{path} {}{detail}: {remedy}", why.words(true));
        }
        let more = if *count > examples.len() { ", …" } else { "" };
        format!("{} {} ({}{more}): {remedy}", grouped(*count), why.words(false), examples.join(", "))
    }
}

/// Files that were left out, the commonest reason first once all are there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    reasons: Vec<Reason>,
}

impl LeftOut {
    /// One more.
    pub(super) fn add(&mut self, path: &str, why: Why, detail: impl FnOnce() -> String) {
        let place = self.reasons.iter().position(|reason| reason.why == why).unwrap_or_else(|| {
            self.reasons.push(Reason { why, count: 0, examples: Vec::new(), detail: detail() });
            self.reasons.len() - 1
        });
        let Some(reason) = self.reasons.get_mut(place) else { return };
        reason.count += 1;
        if reason.examples.len() < NAMED {
            reason.examples.push(path.to_owned());
        }
        // Reasons are few; those that were told of earlier come first among equals.
        self.reasons.sort_by_key(|reason| std::cmp::Reverse(reason.count));
    }

    /// A file whose bytes could not be had.
    pub(super) fn add_unread(&mut self, path: &str, error: ImportError) {
        match error {
            ImportError::TooLarge { .. } => self.add(path, Why::Bytes, String::new),
            ImportError::Inflates { .. } | ImportError::UnpacksToTooMuch { .. } => self.add(path, Why::Inflates, String::new),
            ImportError::Damaged { reason, .. } => self.add(path, Why::Damaged, || reason),
            ImportError::Protected { .. } => self.add(path, Why::Protected, String::new),
            ImportError::Method { .. } => self.add(path, Why::Method, || error.to_string()),
            ImportError::Foreign { .. } => self.add(path, Why::OtherArchive, || error.to_string()),
            ImportError::NestedTooDeep { .. } => self.add(path, Why::NestedTooDeep, || error.to_string()),
            other => self.add(path, Why::NotUnpacked, || other.to_string()),
        }
    }

    /// Those of another count too.
    pub(super) fn add_all(&mut self, other: &Self) {
        for reason in &other.reasons {
            match self.reasons.iter_mut().find(|known| known.why == reason.why) {
                Some(known) => {
                    known.count += reason.count;
                    known.examples.extend_from_slice(&reason.examples);
                    known.examples.truncate(NAMED);
                }
                None => self.reasons.push(reason.clone()),
            }
        }
        self.reasons.sort_by_key(|reason| std::cmp::Reverse(reason.count));
    }

    /// How many files.
    pub fn count(&self) -> usize {
        self.reasons.iter().map(|reason| reason.count).sum()
    }

    /// Why, the commonest first.
    pub fn reasons(&self) -> &[Reason] {
        &self.reasons
    }

    /// The reasons in words, without a full stop; empty if no file was left out.
    pub fn reasons_in_words(&self) -> String {
        let told: Vec<String> = self.reasons.iter().take(TOLD).map(Reason::sentence).collect();
        let others: usize = self.reasons.iter().skip(TOLD).map(|reason| reason.count).sum();
        let others = if others > 0 { tr!("; {files} for other reasons", files = grouped(others)) } else { String::new() };
        told.join("; ") + &others
    }

    /// How many were left out and why; nothing if none was.
    pub fn sentence(&self) -> Option<String> {
        let count = self.count();
        (count > 0).then(|| {
            tr!(
                "{files} file was left out: {reasons}." | "{files} files were left out: {reasons}." % count,
                files = grouped(count),
                reasons = self.reasons_in_words()
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_counted_and_the_commonest_comes_first() {
        let mut left_out = LeftOut::default();
        assert_eq!(left_out.sentence(), None);
        left_out.add("a.png", Why::NoClass, String::new);
        (0..400).for_each(|number| left_out.add(&format!("cats/{number}.heic"), Why::BrowserCannot(FileFormat::Heic), String::new));
        left_out.add("b.png", Why::NoClass, String::new);
        assert_eq!(
            left_out.sentence().as_deref(),
            Some(
                "402 files were left out: 400 are HEIC pictures, which this browser cannot read (cats/0.heic, cats/1.heic, cats/2.heic, …): \
                 save as JPEG (for new photos set the phone's camera to “Most Compatible”); \
                 2 lie in no folder of a class (a.png, b.png): put each class into a folder of its own."
            )
        );
    }

    #[test]
    fn a_single_file_is_named_with_what_is_wrong() {
        let mut left_out = LeftOut::default();
        left_out.add("cats/1.jpg", Why::Damaged, || "no end".into());
        assert_eq!(
            left_out.sentence().as_deref(),
            Some("1 file was left out: cats/1.jpg is damaged or cut short (no end): copy or download again.")
        );
        let mut page = LeftOut::default();
        page.add("cats/2.jpg", Why::Format(FileFormat::WebPage), String::new);
        left_out.add_all(&page);
        left_out.add_all(&page);
        assert_eq!((left_out.count(), left_out.reasons().len()), (3, 2));
        let sentence = left_out.sentence().unwrap_or_default();
        assert!(
            sentence.contains(
                "3 files were left out: 2 are web pages, not pictures (cats/2.jpg, cats/2.jpg): the download failed, download again; cats/1.jpg is damaged"
            ),
            "{sentence}"
        );
    }

    #[test]
    fn what_an_archive_says_is_told_in_its_words() {
        let mut left_out = LeftOut::default();
        let protected = |path: &str| ImportError::Unreadable { path: path.into(), reason: "the disk is gone".into() };
        left_out.add_unread("a.png", protected("a.png"));
        assert!(left_out.reasons_in_words().starts_with("a.png could not be read (the disk is gone)"), "{}", left_out.reasons_in_words());
        left_out.add_unread("b.png", protected("b.png"));
        assert!(left_out.reasons_in_words().starts_with("2 do not come out of their archives, the first: a.png could"));
    }

    #[test]
    fn every_reason_reads_well_for_one_and_for_many() {
        use Why::*;
        let reasons = [
            NoClass,
            NotInTable,
            NoClassInName,
            Format(FileFormat::Psd),
            NeedsBrowser(FileFormat::Avif),
            BrowserCannot(FileFormat::JpegXl),
            NoRoom,
            Damaged,
            Variant,
            Pixels,
            Bytes,
            Inflates,
            Protected,
            Method,
            OtherArchive,
            NestedTooDeep,
            NotUnpacked,
        ];
        for why in reasons {
            let begins = |is_one: bool, with: &[&str]| with.iter().any(|word| why.words(is_one).starts_with(&format!("{word} ")));
            assert!(!why.remedy().is_empty() && !begins(true, &["are", "have", "do", "lie"]), "{}", why.words(true));
            assert!(!begins(false, &["is", "has", "does", "lies"]), "{}", why.words(false));
        }
    }
}
