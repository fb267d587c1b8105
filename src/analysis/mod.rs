//! What is read off a trained network.
//!
//! | folder        | idea                                                                                    |
//! |---------------|-----------------------------------------------------------------------------------------|
//! | `quad/`       | networks of the four 2×2 images: how each ended, why, and what was to be expected       |
//! | `code/`       | the code of any network: its distribution, its tear, a walk along it                    |
//! | `thresholds/` | where every output turns, solved exactly                                                |
//! | `baselines/`  | what a sceptic asks for: principal components, the nearest image, the half plane itself |
//! | `stats/`      | intervals, rank tests, ROC curves                                                       |

pub mod baselines;
pub mod code;
pub mod quad;
pub mod stats;
pub mod thresholds;
