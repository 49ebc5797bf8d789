//! Choices that are one of a few, each with a name for links, options and files.

/// One of a few values, each with a name.
pub trait Named: Copy + 'static {
    /// Every value, in the order in which a list offers them.
    const ALL: &'static [Self];

    /// Lower-case words joined by hyphens, for example `pre-activation`.
    fn name(self) -> &'static str;

    /// The value of that name, if there is one.
    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.name() == name)
    }
}
