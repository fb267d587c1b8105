//! A network that was saved, asked about new pictures: which are odd.
//!
//! | file        | idea                                  |
//! |-------------|---------------------------------------|
//! | `call.rs`   | what was asked for                    |
//! | `report.rs` | what came of it, in words and as JSON |

mod call;
mod report;

pub use call::Call;

use super::call::Refusal;
use super::output::{self, Kept};
use super::report::with_errors;
use super::{FINE, REFUSED, UNWRITTEN, pictures, saved};
use bottleneck_pictures::{LARGEST_SIDE, SMALLEST_SIDE};
use report::Report;

/// Scores the pictures and says which are odd.
///
/// # Errors
///
/// A sentence, where the network cannot be read, a path leads nowhere, or the rows cannot be written.
pub fn run(call: Call) -> Result<u8, Refusal> {
    let saved = saved::read("--network", &call.network).map_err(Refusal::Unfit)?;
    let threshold = call.threshold.map_or_else(|| saved.threshold(), |level| Ok(Some(level)));
    let threshold = threshold.map_err(Refusal::Unfit)?;
    let (side, takes) = (saved.side(), SMALLEST_SIDE..=LARGEST_SIDE);
    if !takes.contains(&side) {
        return Err(Refusal::Unfit(format!(
            "--network {} copies pictures of {side} × {side} pixels, and score takes networks of {} to {} pixels across",
            call.network,
            takes.start(),
            takes.end()
        )));
    }
    let options = bottleneck_pictures::Options { side, ..call.options };
    let gathered = pictures::gathered(&call.paths, options).map_err(Refusal::Unfit)?;
    let rows = call.csv.as_deref().map(|path| Kept::open("--csv", path)).transpose();
    let rows = rows.map_err(Refusal::Unfit)?;
    let report = Report::of(&saved, gathered, threshold);
    let is_empty = report.is_empty();
    let kept = rows.filter(|_| !is_empty).map_or(Ok(()), |rows| rows.write(report.csv().as_bytes()));
    let lost: Vec<String> = kept.err().into_iter().collect();
    let text = if call.json { with_errors(report.json(), &lost) + "\n" } else { report.to_string() };
    Ok(match output::print(&text) {
        Some(()) if is_empty => REFUSED,
        Some(()) if lost.is_empty() => FINE,
        _ => UNWRITTEN,
    })
}
