//! Cells of a notebook, format 4.5.

use serde_json::{Value, json};

/// Text. `id` tells the cell from all others: letters, digits and hyphens.
pub(super) fn markdown(id: &str, text: &str) -> Value {
    json!({ "cell_type": "markdown", "id": id, "metadata": {}, "source": lines(text) })
}

/// Python that has not run yet.
pub(super) fn code(id: &str, text: &str) -> Value {
    json!({ "cell_type": "code", "id": id, "metadata": {}, "execution_count": null, "outputs": [], "source": lines(text) })
}

/// Each line with its end, the last without, as notebooks are written.
fn lines(text: &str) -> Vec<&str> {
    text.trim_end_matches('\n').split_inclusive('\n').collect()
}

/// A text as Python reads it: JSON's escapes are among Python's.
pub(super) fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}
