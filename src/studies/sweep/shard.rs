//! A part of a sweep, for one of several machines.

use std::str::FromStr;

/// Shard `number` of `count`, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    number: usize,
    count: usize,
}

impl Default for Shard {
    /// All of it.
    fn default() -> Self {
        Self { number: 1, count: 1 }
    }
}

impl Shard {
    /// Whether it has the run at that place, counted from 0: every `count`th, so that all shards have about as many large networks.
    pub fn has(self, place: usize) -> bool {
        place % self.count == self.number - 1
    }
}

impl FromStr for Shard {
    type Err = String;

    /// Reads `2/3`.
    ///
    /// # Errors
    /// A sentence that says what a shard is.
    fn from_str(text: &str) -> Result<Self, String> {
        let wanted = || format!("a shard is one of so many, counted from 1, as in 2/3, not “{text}”");
        let (number, count) = text.split_once('/').ok_or_else(wanted)?;
        let read = |text: &str| text.trim().parse::<usize>().map_err(|_| wanted());
        let (number, count) = (read(number)?, read(count)?);
        // A job that counts from 0 would leave out a part of the sweep without a word.
        if number == 0 {
            return Err(format!("shards count from 1: a job that counts from 0 adds 1 to its number, so that “{text}” is 1/{count}"));
        }
        if number > count { Err(wanted()) } else { Ok(Self { number, count }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_run_is_in_one_shard() {
        for count in 1..6 {
            let shards: Vec<Shard> = (1..=count).map(|number| format!("{number}/{count}").parse().unwrap()).collect();
            for place in 0..20 {
                assert_eq!(shards.iter().filter(|shard| shard.has(place)).count(), 1, "place {place} of {count} shards");
            }
        }
        assert!((0..5).all(|place| Shard::default().has(place)), "all of it");
    }

    #[test]
    fn what_is_no_shard_is_refused() {
        for text in ["", "1", "3/2", "a/b", "1/0", "-1/2", "1/2/3", "1.5/2"] {
            assert!(text.parse::<Shard>().unwrap_err().contains("as in 2/3"), "{text}");
        }
        assert!("0/3".parse::<Shard>().unwrap_err().contains("1/3"), "counted from 0");
    }
}
