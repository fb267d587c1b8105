//! What learns: the lower layers of [`bottleneck`](https://docs.rs/bottleneck), which shows them under its own name.
//!
//! They are a package of their own because they are compiled for speed and all else for size. So no
//! generic function may be what others call in a loop: it would be compiled where it is called. The entrances
//! are methods of [`Learn`](autoencoder::Learn), one for each kind of number.
#![cfg_attr(not(test), deny(clippy::unwrap_used))]

pub use ndarray;

pub mod autoencoder;
pub mod data;
pub mod nn;
pub mod num;
