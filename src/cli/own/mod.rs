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
use bottleneck::run::time::Stop;
use report::Judged;

/// Trains all networks of the link, and scores every picture; `saved` is the network that is saved, where one is, and
/// `stop` says when training ends by itself, where it does.
///
/// # Errors
///
/// A sentence, where the set cannot be read or is another than the link's.
pub fn run(link: Link, options: Options, saved: u32, stop: Option<Stop>) -> Result<Judged, Refusal> {
    let false_alarms = options.false_alarms;
    let at = link.at;
    let set = options.set()?;
    let mut own = Own::new(link, &set).map_err(Refusal::Link)?;
    match stop {
        None => over_cores(&mut own),
        Some(_) => {
            own.stop_when(stop).map_err(Refusal::Link)?;
            epoch_by_epoch(&mut own);
        }
    }
    while !own.prepare() {}
    Ok(Judged::of(own, false_alarms, saved, at))
}

fn over_cores(own: &mut Own) {
    let mut bar = Bar::new(own.recipe().networks, "networks");
    each_over_cores(own.jobs(), |mut job: Job| job.finish(), || bar.add(1));
    bar.clear();
}

/// All networks side by side, on one core as on the page: whether an epoch is the last is told by what all of them met in
/// it.
fn epoch_by_epoch(own: &mut Own) {
    let mut bar = Bar::new(own.recipe().epochs, "epochs");
    let batches = own.recipe().networks;
    loop {
        let progress = own.train(batches);
        bar.show(progress.epoch, &format!("· loss {:.5}", progress.loss));
        if progress.done {
            break;
        }
    }
    bar.clear();
}
