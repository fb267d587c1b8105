//! Networks over all cores: which core trains which, and when, is left to chance and changes nothing.

use bottleneck::error::Error;
use rayon::iter::{ParallelBridge, ParallelIterator};
use std::sync::Mutex;

/// Does the jobs on all cores, begun in their order, and hands each result over as soon as it is there, one at a time.
///
/// # Errors
///
/// The first; what has not begun by then is left undone.
pub fn over_cores<Job: Send, Done>(
    jobs: impl Iterator<Item = Job> + Send,
    work: impl Fn(&Job) -> Result<Done, Error> + Sync,
    take: impl FnMut(Job, Done) -> Result<(), Error> + Send,
) -> Result<(), Error> {
    let take = Mutex::new(take);
    jobs.par_bridge().try_for_each(|job| {
        let done = work(&job)?;
        let mut take = take.lock().expect("a panic ends everything");
        take(job, done)
    })
}
