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
//!
//! # Words of this house
//!
//! | word        | what it means here                                                                                |
//! |-------------|---------------------------------------------------------------------------------------------------|
//! | recipe      | everything that a run depends on; checked once ([`recipe::CheckedRecipe`]), it can be trained       |
//! | link        | a recipe, with what comes with it on its way: digest, beginning, image, words for the reader       |
//! | fragment    | a link as text, as it stands behind the `#` of an address                                          |
//! | digest      | 64 bits of SHA-256 of what came out: weights, many networks, a census, a set of pictures           |
//! | verdict     | the digest that came out against the one that the link asks for                                    |
//! | golden      | a link with the digest that it gave when it was minted, and must give for ever                      |
//! | twin        | the command line, which trains what a link asks for natively                                       |
//! | image       | `side × side` pixels that a network learns; a *picture* is one that somebody brought                |
//! | level       | a pixel of a picture with greys, 0 to 255; a binary image has 0 and 1                              |
//! | code        | the numbers between encoder and decoder; of a variational network their means stand for it         |
//! | group       | four samples, or four networks, computed side by side in one vector                                |
//! | course      | a network on its way through its epochs; a *session* is one that somebody watches                   |
//! | census      | many networks, and what each ended as: its *outcome* and the *cause*                               |
//! | kind        | of anomalies: networks that differ in their seeds alone; a *method* is a kind and an activation     |
//! | page, bench | what is downloaded; the part of a section that has the controls                                    |
#![cfg_attr(not(test), deny(clippy::unwrap_used))]

pub mod analysis;
pub mod error;
pub mod recipe;
pub mod run;

pub use error::Error;
pub use learning::{autoencoder, data, ndarray, nn, num};

/// The example of the package's README runs.
#[cfg(doctest)]
#[doc = include_str!("README.md")]
struct Readme;
