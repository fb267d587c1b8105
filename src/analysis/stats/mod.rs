//! Statistics: intervals for frequencies, rank tests, ROC curves, long curves by few points.

mod average_precision;
mod clopper_pearson;
pub mod rank;
pub mod roc;
mod thinned;
mod wilson;

pub use average_precision::average_precision;
pub use clopper_pearson::clopper_pearson;
pub use thinned::thinned;
pub use wilson::{wilson, wilson_of};
