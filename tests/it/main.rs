//! Native tests that look at the library from outside.

mod spec_matches_keras;
