//! What names of tensors start with that are no weights of the network as it stands.

/// What names of the optimizer's tensors start with.
pub(super) const OPTIMIZER_PREFIX: &str = "optimizer.";

/// What names of the averaged weights start with.
pub(super) const AVERAGE_PREFIX: &str = "average.";

/// What names of the weights with the lowest validation loss start with.
pub(super) const BEST_PREFIX: &str = "best.";

/// What names of tensors start with that are no weights of the network as it stands.
pub(super) const PREFIXES: [&str; 3] = [OPTIMIZER_PREFIX, AVERAGE_PREFIX, BEST_PREFIX];
