//! The classical and the variational autoencoder: encode, decode, one training step.

mod architecture;
mod checkpoint;
mod inputs;
mod learn;
mod network;
mod safetensors;
mod small;
mod trainer;

pub use architecture::{Architecture, Layer, Layers};
pub use checkpoint::Checkpoint;
pub use learn::Learn;
pub use network::{Activation, Codes, Network};
pub use trainer::{Losses, Settings, Trainer, initial_parameters};

use serde::{Deserialize, Serialize};

/// Classical or variational.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Model {
    /// L1 feeds the code directly.
    #[serde(rename = "ca")]
    Classical,
    /// L1 feeds μ and log σ², from which the code is drawn.
    #[serde(rename = "va")]
    Variational,
}

/// Which layers have a bias.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Biases {
    /// Every layer.
    All,
    /// The output layer only, as the paper assumes when it writes formulas (its footnote 2).
    Last,
}
