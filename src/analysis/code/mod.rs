//! The code of a network, over its training set: how it is distributed, where it tears, a walk along it.

pub mod codes;
pub mod latent;
pub mod walk;
