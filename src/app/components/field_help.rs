//! Where the sentence stands that explains a field.

/// Class of the sentence: under the label, or, where there is no room for it, over what is below while the field has the focus.
/// A tooltip alone would be out of reach of fingers and keys.
pub fn help_class(is_shown: bool) -> &'static str {
    if is_shown { "field-help" } else { "field-tip" }
}
