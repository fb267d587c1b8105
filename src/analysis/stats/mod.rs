//! Statistics: intervals for frequencies, rank tests, ROC curves, long curves by few points.

pub mod rank;
pub mod roc;
mod thinned;
mod wilson;

pub use thinned::thinned;
pub use wilson::{wilson, wilson_of};
