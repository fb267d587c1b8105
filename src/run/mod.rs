//! From a recipe to results: one network ([`Session`]), and many.

pub mod anomalies;
pub mod census;
mod course;
pub mod duel;
pub mod own;
mod session;
pub mod setup;
pub mod tally;
pub mod time;
mod verdict;
pub mod whole;

pub use census::Census;
pub use course::Course;
pub use session::{Progress, Session};
pub use verdict::Verdict;
