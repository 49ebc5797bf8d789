//! The path that a drawing points out.

/// A path through the network that the drawing shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ShownPath {
    /// None: everything is drawn alike.
    #[default]
    None,
    /// Along every skip connection.
    Shortest,
    /// Through every residual branch.
    Longest,
}
