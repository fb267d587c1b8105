//! What learns: layers, initialisation, loss, optimisers.

pub mod across;
pub mod binary;
pub mod dense;
pub mod greys;
pub mod init;
mod narrow;
pub mod optimiser;
pub mod output;
mod squares;
mod two;
mod wide;

use serde::{Deserialize, Serialize};

/// How weights are drawn before training; biases start at zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Init {
    /// Uniform on ±√(6 / (n_in + n_out)) (Glorot and Bengio 2010).
    Glorot,
    /// Uniform on ±√(6 / n_in) (He et al. 2015).
    He,
}

/// Which rule turns a gradient into a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Optimiser {
    /// Adam in Keras' form, β₁ = 0.9, β₂ = 0.999, ε = 1e-7.
    Adam,
    /// Plain gradient descent, `w −= lr·g`.
    Sgd,
}

/// The reconstruction loss, a mean over all outputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Loss {
    /// Mean squared error.
    Mse,
    /// Binary cross-entropy, in nats.
    Bce,
}
