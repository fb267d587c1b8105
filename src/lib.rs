//! Bottleneck: the autoencoders of one short paper, trained with the same bits everywhere.
//!
//! # Layers
//!
//! Dependencies point one way; `tests/tidy` holds the direction:
//!
//! `num` ← `data`, `nn` ← `autoencoder` ← `analysis` ← `recipe` ← `run` ← `web`, `main`.
//!
//! The first four are the package [`learning`], compiled for speed; the rest is compiled for size. `web` is the package
//! that the page downloads. `pictures` makes sets of pictures ([`data::PictureSet`]) out of files: a package of its own above
//! `learning`, which the command line uses and nothing here; `pictures/web` is its wasm.
//!
//! # Invariants
//!
//! - Only `web` (and that of `pictures`) knows that JavaScript exists.
//! - The core does no IO, reads no clock and draws no entropy: a run is a function of its recipe.
//! - `nn` knows no data set, `data` knows no network.
//! - Transcendental functions come from `num` only, never from the platform.
#![cfg_attr(not(test), deny(clippy::unwrap_used))]

pub mod analysis;
pub mod error;
pub mod recipe;
pub mod run;

pub use error::Error;
pub use learning::{autoencoder, data, ndarray, nn, num};
