//! Pickles, as far as CIFAR's files use them: numbers, strings, lists, tuples, dictionaries and arrays of numpy.
//!
//! A pickle is a program for a stack machine, and whole Python can be called from it. Nothing is called here: an object
//! is only what its state says. Readers for all of Python's pickles drop that state, which is where numpy's arrays lie.
//! Opcodes: <https://github.com/python/cpython/blob/main/Lib/pickletools.py>.

use std::collections::BTreeMap;

use crate::dataset::import::limits;
use crate::language::format::grouped;
use crate::language::tr;

/// Where a value lies in [`Pickle`].
type Place = usize;

/// A value.
#[derive(Debug)]
pub enum Value<'a> {
    /// `True`.
    True,
    /// `None`, `False`, or the name of a class or function.
    Other,
    /// A whole number.
    Integer(i64),
    /// Bytes or text.
    Bytes(&'a [u8]),
    /// A list or tuple.
    Sequence(Vec<Place>),
    /// Keys and values.
    Dictionary(Vec<(Place, Place)>),
    /// An object of a class, with the state it was given.
    Object(Option<Place>),
}

/// All values of a pickle, and which of them it is about.
#[derive(Debug)]
pub struct Pickle<'a> {
    values: Vec<Value<'a>>,
    top: Place,
}

impl<'a> Pickle<'a> {
    /// # Errors
    /// Says at which byte it is none, or uses what CIFAR's do not.
    pub fn read(bytes: &'a [u8]) -> Result<Self, String> {
        let mut machine =
            Machine { bytes, place: 0, values: Vec::new(), stack: Vec::new(), marks: Vec::new(), memo: BTreeMap::new(), work: 0 };
        loop {
            let start = machine.place;
            match machine.step() {
                Some(Step::Next) => {}
                Some(Step::Stop(top)) => return Ok(Self { values: machine.values, top }),
                None if machine.work > limits::PICKLED_VALUES => {
                    return Err(tr!("it has more than {values} values", values = grouped(limits::PICKLED_VALUES)));
                }
                None if machine.place > bytes.len() || start >= bytes.len() => {
                    return Err(tr!("it ends early, at byte {place}", place = bytes.len()));
                }
                None => return Err(tr!("byte {start} is not what CIFAR's files have there", start)),
            }
        }
    }

    /// What the pickle is about.
    pub fn top(&self) -> Option<&Value<'a>> {
        self.values.get(self.top)
    }

    /// The value that another refers to.
    pub fn at(&self, place: Place) -> Option<&Value<'a>> {
        self.values.get(place)
    }

    /// The value of a key of the top dictionary.
    pub fn find(&self, key: &str) -> Option<&Value<'a>> {
        let Value::Dictionary(entries) = self.top()? else { return None };
        let is_it = |(place, _): &&(Place, Place)| matches!(self.at(*place), Some(Value::Bytes(bytes)) if *bytes == key.as_bytes());
        entries.iter().find(is_it).and_then(|(_, value)| self.at(*value))
    }
}

enum Step {
    Next,
    Stop(Place),
}

struct Machine<'a> {
    bytes: &'a [u8],
    place: usize,
    values: Vec<Value<'a>>,
    stack: Vec<Place>,
    /// Heights of the stack.
    marks: Vec<usize>,
    memo: BTreeMap<u32, Place>,
    /// Values pushed and remembered so far.
    work: usize,
}

impl<'a> Machine<'a> {
    /// One opcode; nothing when it cannot be done.
    fn step(&mut self) -> Option<Step> {
        match self.opcode()? {
            // Version and frame: how much follows matters to nobody here.
            0x80 => drop(self.number::<1>()?),
            0x95 => drop(self.number::<8>()?),
            b'.' => return self.pop().map(Step::Stop),
            b'(' => self.marks.push(self.stack.len()),
            b'}' => self.push(Value::Dictionary(Vec::new()))?,
            b']' | b')' => self.push(Value::Sequence(Vec::new()))?,
            0x88 => self.push(Value::True)?,
            b'N' | 0x89 => self.push(Value::Other)?,
            b'K' => self.integer::<1>()?,
            b'M' => self.integer::<2>()?,
            b'J' => {
                let number = self.number::<4>()? as u32;
                self.push(Value::Integer(i64::from(number as i32)))?;
            }
            0x8a => self.long()?,
            b'U' | b'C' | 0x8c => self.bytes_of_length::<1>()?,
            b'T' | b'X' | b'B' => self.bytes_of_length::<4>()?,
            0x8e => self.bytes_of_length::<8>()?,
            b'q' => self.remember_as(|machine| machine.number::<1>())?,
            b'r' => self.remember_as(|machine| machine.number::<4>())?,
            0x94 => self.remember_as(|machine| Some(machine.memo.len() as u64))?,
            b'h' => self.recall::<1>()?,
            b'j' => self.recall::<4>()?,
            b'c' => {
                self.line()?;
                self.line()?;
                self.push(Value::Other)?;
            }
            0x93 => {
                self.pop()?;
                self.pop()?;
                self.push(Value::Other)?;
            }
            0x85 => self.tuple(1)?,
            0x86 => self.tuple(2)?,
            0x87 => self.tuple(3)?,
            b't' => {
                let parts = self.since_mark()?;
                self.push(Value::Sequence(parts))?;
            }
            b'a' => self.append(1)?,
            b'e' => {
                let count = self.stack.len() - self.unmark()?;
                self.append(count)?;
            }
            b's' => self.set(2)?,
            b'u' => {
                let count = self.stack.len() - self.unmark()?;
                self.set(count)?;
            }
            b'R' => {
                self.pop()?;
                self.pop()?;
                self.push(Value::Object(None))?;
            }
            b'b' => {
                let state = self.pop()?;
                if let Value::Object(of_object) = self.last()? {
                    *of_object = Some(state);
                }
            }
            _ => return None,
        }
        Some(Step::Next)
    }

    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let start = self.place;
        self.place = start.saturating_add(count);
        self.bytes.get(start..self.place)
    }

    fn opcode(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    /// A little-endian number of so many bytes.
    fn number<const BYTES: usize>(&mut self) -> Option<u64> {
        Some(self.take(BYTES)?.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    fn allow(&mut self) -> Option<()> {
        self.work += 1;
        (self.work <= limits::PICKLED_VALUES).then_some(())
    }

    fn push(&mut self, value: Value<'a>) -> Option<()> {
        self.allow()?;
        self.stack.push(self.values.len());
        self.values.push(value);
        Some(())
    }

    fn pop(&mut self) -> Option<Place> {
        // What lies below a mark belongs to what comes after it.
        let floor = self.marks.last().copied().unwrap_or(0);
        if self.stack.len() > floor { self.stack.pop() } else { None }
    }

    fn last(&mut self) -> Option<&mut Value<'a>> {
        let place = *self.stack.last()?;
        self.values.get_mut(place)
    }

    fn integer<const BYTES: usize>(&mut self) -> Option<()> {
        let number = self.number::<BYTES>()?;
        self.push(Value::Integer(number as i64))
    }

    /// A whole number of up to eight bytes, the last with its sign.
    fn long(&mut self) -> Option<()> {
        let count = self.number::<1>()? as usize;
        let digits = self.take(count).filter(|digits| digits.len() <= 8)?;
        let filler = if digits.last().is_some_and(|last| *last > 127) { 0xff } else { 0 };
        let mut all = [filler; 8];
        all.iter_mut().zip(digits).for_each(|(into, digit)| *into = *digit);
        self.push(Value::Integer(i64::from_le_bytes(all)))
    }

    fn bytes_of_length<const BYTES: usize>(&mut self) -> Option<()> {
        let length = usize::try_from(self.number::<BYTES>()?).ok()?;
        let bytes = self.take(length)?;
        self.push(Value::Bytes(bytes))
    }

    fn line(&mut self) -> Option<()> {
        let length = self.bytes.get(self.place..)?.iter().position(|byte| *byte == b'\n')?;
        self.take(length + 1).map(|_| ())
    }

    fn remember_as(&mut self, key: impl Fn(&mut Self) -> Option<u64>) -> Option<()> {
        self.allow()?;
        let key = u32::try_from(key(self)?).ok()?;
        self.memo.insert(key, *self.stack.last()?);
        Some(())
    }

    fn recall<const BYTES: usize>(&mut self) -> Option<()> {
        self.allow()?;
        let key = self.number::<BYTES>()? as u32;
        self.stack.push(*self.memo.get(&key)?);
        Some(())
    }

    fn unmark(&mut self) -> Option<usize> {
        self.marks.pop().filter(|height| *height <= self.stack.len())
    }

    fn since_mark(&mut self) -> Option<Vec<Place>> {
        let height = self.unmark()?;
        Some(self.stack.split_off(height))
    }

    fn tuple(&mut self, count: usize) -> Option<()> {
        let height = self.stack.len().checked_sub(count)?;
        let parts = self.stack.split_off(height);
        self.push(Value::Sequence(parts))
    }

    /// Moves the last `count` values to the end of the list below them.
    fn append(&mut self, count: usize) -> Option<()> {
        let height = self.stack.len().checked_sub(count)?;
        let parts = self.stack.split_off(height);
        let Value::Sequence(list) = self.last()? else { return None };
        list.extend(parts);
        Some(())
    }

    /// The same for keys and values of a dictionary.
    fn set(&mut self, count: usize) -> Option<()> {
        let height = self.stack.len().checked_sub(count)?;
        let parts = self.stack.split_off(height);
        let Value::Dictionary(entries) = self.last()? else { return None };
        let (pairs, _) = parts.as_chunks::<2>();
        entries.extend(pairs.iter().map(|[key, value]| (*key, *value)));
        Some(())
    }
}
