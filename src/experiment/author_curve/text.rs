//! A curve as text without signs that an address would have to escape, and back.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use thiserror::Error;

use super::code::MOST_CODES;
use super::{AuthorCurve, CodedPoint, MOST_POINTS};
use crate::language::text;

/// Begins the text. Raised when its meaning changes.
const VERSION: char = '1';
/// Ends the text. Base64 may begin or end with `_` or `-`, which whoever reads a link from a sentence takes for signs around it.
const END: char = 'z';
/// A longer text is none of ours.
const LONGEST: usize = 2000;
const CHECKSUM_BYTES: usize = 3;

/// A text that is no curve. The message is shown to the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum UnreadableCurve {
    /// Made by a page that does it otherwise.
    #[error("{}", text!("The author's curve was written by another version of this page: it is left out."))]
    OtherVersion,
    /// Not what was written: most often a link that was cut off.
    #[error("{}", text!("The author's curve in the link is damaged or was cut off: it is left out. Ask for the whole link."))]
    Damaged,
}

/// As a link has it.
impl fmt::Display for AuthorCurve {
    fn fmt(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = Vec::new();
        for points in [&self.losses, &self.accuracies] {
            put(&mut bytes, points.len() as u32);
            let mut before = CodedPoint { step: 0, code: 0 };
            for point in points {
                put(&mut bytes, point.step - before.step);
                put(&mut bytes, zigzag(i32::from(point.code) - i32::from(before.code)));
                before = *point;
            }
        }
        let checksum = checksum(&bytes);
        bytes.extend(checksum);
        write!(text, "{VERSION}{}{END}", BASE64_URL_SAFE_NO_PAD.encode(bytes))
    }
}

impl FromStr for AuthorCurve {
    type Err = UnreadableCurve;

    fn from_str(text: &str) -> Result<Self, UnreadableCurve> {
        use UnreadableCurve::{Damaged, OtherVersion};
        let inner = text.strip_suffix(END).filter(|_| text.len() <= LONGEST).ok_or(Damaged)?;
        let Some(inner) = inner.strip_prefix(VERSION) else {
            return Err(if inner.starts_with(|letter: char| letter.is_ascii_digit()) { OtherVersion } else { Damaged });
        };
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(inner).map_err(|_| Damaged)?;
        let (mut contents, found) = bytes.split_last_chunk::<CHECKSUM_BYTES>().ok_or(Damaged)?;
        if checksum(contents) != *found {
            return Err(Damaged);
        }
        let [losses, accuracies] = MOST_CODES.map(|most| take_points(&mut contents, most));
        let curve = Self { losses: losses.ok_or(Damaged)?, accuracies: accuracies.ok_or(Damaged)? };
        let says_something = !curve.losses.is_empty() || !curve.accuracies.is_empty();
        if contents.is_empty() && says_something { Ok(curve) } else { Err(Damaged) }
    }
}

/// Points in rising steps.
fn take_points(bytes: &mut &[u8], most_code: u16) -> Option<Vec<CodedPoint>> {
    let count = take(bytes)? as usize;
    if count > MOST_POINTS {
        return None;
    }
    let mut points: Vec<CodedPoint> = Vec::with_capacity(count);
    for _ in 0..count {
        let (further, change) = (take(bytes)?, unzigzag(take(bytes)?));
        let before = points.last().copied();
        if before.is_some() && further == 0 {
            return None;
        }
        let before = before.unwrap_or(CodedPoint { step: 0, code: 0 });
        let code = u16::try_from(i32::from(before.code).checked_add(change)?).ok().filter(|code| *code <= most_code)?;
        points.push(CodedPoint { step: before.step.checked_add(further)?, code });
    }
    Some(points)
}

/// Seven bits a byte, the lowest first; the eighth says that more follow.
fn put(bytes: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

fn take(bytes: &mut &[u8]) -> Option<u32> {
    let mut value = 0_u64;
    for place in 0..5 {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u64::from(byte & 0x7f) << (7 * place);
        if byte & 0x80 == 0 {
            return u32::try_from(value).ok();
        }
    }
    None
}

/// Small numbers of either sign as small numbers without one.
fn zigzag(value: i32) -> u32 {
    ((value << 1) ^ (value >> 31)) as u32
}

fn unzigzag(value: u32) -> i32 {
    (value >> 1) as i32 ^ -((value & 1) as i32)
}

pub(super) fn checksum(bytes: &[u8]) -> [u8; CHECKSUM_BYTES] {
    let [first, second, third, _] = crc32fast::hash(bytes).to_le_bytes();
    [first, second, third]
}
