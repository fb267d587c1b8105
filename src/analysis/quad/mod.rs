//! Networks of the four 2×2 images: how each ended, why, and what was to be expected of it.

pub mod cause;
pub mod odds;
pub mod outcome;
pub mod partition;
pub mod presets;
pub mod trace;
