//! Statistics: intervals for frequencies, rank tests, ROC curves.

pub mod rank;
pub mod roc;
mod wilson;

pub use wilson::wilson;
