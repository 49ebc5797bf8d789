//! The steps of a run as a table for other programs (RFC 4180).

use crate::evaluation::metrics::StepMetrics;
use crate::language::csv_table::CsvTable;

/// A row for each step; `step` is 1 for the first.
pub fn steps_as_csv(steps: &[StepMetrics]) -> String {
    let mut table = CsvTable::new(["step", "training loss", "training accuracy"]);
    for StepMetrics { step, loss, accuracy } in steps {
        table.row([(step + 1).to_string(), loss.to_string(), accuracy.to_string()]);
    }
    table.into_text()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn losses_are_written_to_the_last_bit() {
        let loss = 2.814_347_3_f32;
        let table = steps_as_csv(&[StepMetrics { step: 0, loss, accuracy: 0.125 }]);
        assert_eq!(table, format!("step,training loss,training accuracy\r\n1,{loss},0.125\r\n"));
    }
}
