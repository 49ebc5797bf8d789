//! What stands in the fields of the panel when files are chosen.

use serde::{Deserialize, Serialize};

use crate::dataset::import::{CifarLabels, ImportChoices};

/// Most held out, in percent: something has to be left to learn from.
const MOST_HELD_OUT: u32 = 90;

/// Texts as the visitor left them: images per class (a number, or nothing for all), percent held out, seed, and `coarse` for
/// CIFAR-100's groups.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportFields(pub [String; 4]);

impl ImportFields {
    /// # Errors
    /// A sentence about the first field that cannot be used.
    pub fn choices(&self) -> Result<ImportChoices, String> {
        let usual = ImportChoices::default();
        let [per_class, held_out, seed, labels] = self.0.each_ref().map(|text| text.trim());
        let images_per_class = match per_class.parse::<usize>() {
            Ok(count) if count > 0 => Some(count),
            _ if per_class.is_empty() => None,
            _ => return Err(format!("images per class is a whole number above 0, or empty for all, not “{per_class}”")),
        };
        let held_out_percent = match held_out.parse::<u32>() {
            Ok(percent) if (1..=MOST_HELD_OUT).contains(&percent) => percent,
            _ if held_out.is_empty() => usual.held_out_percent,
            _ => return Err(format!("held out is a whole number of percent from 1 to {MOST_HELD_OUT}, not “{held_out}”")),
        };
        let seed = match seed.parse::<u64>() {
            Ok(seed) => seed,
            _ if seed.is_empty() => usual.seed,
            _ => return Err(format!("the seed is a whole number from 0, not “{seed}”")),
        };
        let labels = if labels == "coarse" { CifarLabels::Coarse } else { CifarLabels::Fine };
        Ok(ImportChoices { images_per_class, held_out_percent, seed, labels })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(images_per_class: &str, held_out: &str, seed: &str) -> Result<ImportChoices, String> {
        ImportFields([images_per_class, held_out, seed, ""].map(str::to_owned)).choices()
    }

    #[test]
    fn empty_fields_are_the_usual_choices() {
        assert_eq!(fields("", " ", ""), Ok(ImportChoices::default()));
        let asked = fields("100", "25", "7").unwrap();
        assert_eq!((asked.images_per_class, asked.held_out_percent, asked.seed), (Some(100), 25, 7));
        let coarse = ImportFields(["", "", "", "coarse"].map(str::to_owned));
        assert_eq!(coarse.choices().unwrap().labels, CifarLabels::Coarse);
    }

    #[test]
    fn a_field_that_cannot_be_used_is_named() {
        assert!(fields("0", "", "").unwrap_err().contains("images per class"));
        assert!(fields("", "100", "").unwrap_err().contains("held out is a whole number of percent from 1 to 90, not “100”"));
        assert!(fields("", "", "-1").unwrap_err().contains("the seed"));
    }
}
