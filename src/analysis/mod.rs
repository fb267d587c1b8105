//! What is read off a trained network.

pub mod baselines;
pub mod cause;
pub mod codes;
pub mod latent;
pub mod odds;
pub mod outcome;
pub mod partition;
pub mod presets;
pub mod rank;
pub mod roc;
pub mod stats;
pub mod thresholds;
pub mod trace;
pub mod walk;
