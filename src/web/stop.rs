//! When a training ends by itself, out of the page's numbers.

use bottleneck::run::time::{Stall, Stop};

/// Once the loss is no higher than `below`, or once it has not fallen by `share` (0 to 1) for `patience` epochs; of what is
/// left out, neither.
pub(super) fn when(below: Option<f32>, share: Option<f32>, patience: Option<u32>) -> Option<Stop> {
    let stall = share.zip(patience).map(|(share, epochs)| Stall { share, epochs });
    Some(Stop { below, stall }).filter(|stop| *stop != Stop::default())
}
