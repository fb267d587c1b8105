//! Files of pictures to a set.
//!
//! | file         | idea                                               |
//! |--------------|----------------------------------------------------|
//! | `call.rs`    | what was asked for                                 |
//! | `files.rs`   | which files there are                              |
//! | `report.rs`  | what came of them, in words and as JSON            |

mod call;
mod files;
mod report;

pub use call::{Call, Options};
pub use files::gathered;

use super::call::Refusal;
use super::output::{self, Kept};
use super::report::with_errors;
use super::{FINE, UNWRITTEN};
use bottleneck_pictures::{Gathering, write};
use report::Report;

/// Gathers the pictures, writes the set and says what it is.
///
/// # Errors
///
/// What was found before there was a set: nothing was written then.
pub fn run(call: Call) -> Result<u8, Refusal> {
    let mut gathering = Gathering::new(call.options.clone()).map_err(Refusal::Unfit)?;
    let files = files::listed(&call.paths, call.output.as_deref(), &mut gathering).map_err(Refusal::Unfit)?;
    let output = call.output.as_deref().map(|path| Kept::open("--output", path)).transpose();
    let output = output.map_err(Refusal::Unfit)?;
    files.iter().for_each(|path| files::add(path, &mut gathering));
    let mut report = Report::of(gathering.finish(), &call.options.normal);
    let file = write(&report.set).map_err(Refusal::Unfit)?;
    let is_empty = report.set.pictures().is_empty();
    let mut lost = Vec::new();
    match output.filter(|_| !is_empty).map(|kept| kept.write(&file)) {
        Some(Ok(())) => report.written = call.output,
        Some(Err(sentence)) => lost.push(sentence),
        None => {}
    }
    let text = if call.json { with_errors(report.json(), &lost) + "\n" } else { report.to_string() };
    Ok(match output::print(&text) {
        Some(()) if is_empty => super::REFUSED,
        Some(()) if lost.is_empty() => FINE,
        _ => UNWRITTEN,
    })
}
