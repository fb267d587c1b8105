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

/// Does jobs that keep what comes out in themselves, on all cores, and tells of each that is done.
pub fn each_over_cores<Job: Send>(
    jobs: impl Iterator<Item = Job> + Send,
    work: impl Fn(Job) + Sync,
    done: impl FnMut() + Send,
) {
    let done = Mutex::new(done);
    jobs.par_bridge().for_each(|job| {
        work(job);
        let mut done = done.lock().expect("a panic ends everything");
        done();
    });
}
