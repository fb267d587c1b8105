//! A set of pictures: networks and plain methods learn the normal ones, and say which are odd.
//!
//! | file        | idea                                  |
//! |-------------|---------------------------------------|
//! | `call.rs`   | which set, and what is allowed        |
//! | `report.rs` | what came of it, in words and as JSON |

mod call;
mod report;

pub use call::{Options, first};

use super::call::Refusal;
use super::cores::each_over_cores;
use super::progress::Bar;
use bottleneck::recipe::Link;
use bottleneck::run::own::{Job, Own};
use report::Judged;

/// Trains all networks of the link, and scores every picture; `saved` is the network that is saved, where one is.
///
/// # Errors
///
/// A sentence, where the set cannot be read or is another than the link's.
pub fn run(link: Link, options: Options, saved: u32) -> Result<Judged, Refusal> {
    let false_alarms = options.false_alarms;
    let at = link.at;
    let set = options.set()?;
    let mut own = Own::new(link, &set).map_err(Refusal::Link)?;
    let mut bar = Bar::new(own.recipe().networks, "networks");
    each_over_cores(own.jobs(), |mut job: Job| job.finish(), || bar.add(1));
    while !own.prepare() {}
    bar.clear();
    Ok(Judged::of(own, false_alarms, saved, at))
}
