//! Work in shares that threads take. Shares and their order are fixed, so no number depends on how many threads there are.

/// Shares of a sum that are added up one after the other at the end: enough for the threads of most machines, few enough
/// that adding them costs nothing.
pub(crate) const SUM_SHARES: usize = 8;

/// Does the `work` of every share.
#[cfg(feature = "threads")]
pub(crate) fn for_each<T: Send>(shares: impl Iterator<Item = T>, work: impl Fn(T) + Send + Sync) {
    use rayon::prelude::*;
    shares.collect::<Vec<T>>().into_par_iter().with_max_len(1).for_each(work);
}

/// Does the `work` of every share.
#[cfg(not(feature = "threads"))]
pub(crate) fn for_each<T>(shares: impl Iterator<Item = T>, work: impl Fn(T)) {
    shares.for_each(work);
}

/// What the `work` of every share gives, in the order of the shares.
pub(crate) fn map<T: Send, R: Send>(shares: impl Iterator<Item = T>, work: impl Fn(T) -> R + Send + Sync) -> Vec<R> {
    let shares: Vec<T> = shares.collect();
    let mut results: Vec<Option<R>> = shares.iter().map(|_| None).collect();
    for_each(shares.into_iter().zip(&mut results), |(share, result)| *result = Some(work(share)));
    results.into_iter().flatten().collect()
}
