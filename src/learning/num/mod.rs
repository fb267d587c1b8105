//! f32 in a written order: the same bits on every machine.
//!
//! Everything above this layer computes through [`Real`] and [`Number`], takes its transcendental
//! functions from [`math`] and its random numbers from [`rng`]. Addition, multiplication, division
//! and square root are exact in the sense of IEEE 754, so they agree everywhere as long as their
//! order is written down; nothing here fuses a multiplication with an addition.

pub mod double;
pub mod grey;
pub mod lanes;
mod machine;
pub mod math;
pub mod matrix;
pub mod normal;
pub mod order;
pub mod residual;
pub mod rng;
pub(crate) mod width;

pub use lanes::{Four, Many, Number, Real};
