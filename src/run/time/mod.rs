//! Every moment of a run: back to any epoch, marks on the way, and an end before the last epoch.
//!
//! | file          | idea                                                              |
//! |---------------|-------------------------------------------------------------------|
//! | `timeline.rs` | checkpoints of a run, thinned to a budget                         |
//! | `replay.rs`   | a run as it was after any epoch                                   |
//! | `marks.rs`    | at which epochs something happened                                |
//! | `stop.rs`     | when a training ends by itself                                    |

mod marks;
mod replay;
mod stop;
mod timeline;

pub use marks::{Event, Mark, Place, Sweep};
pub(super) use replay::Replay;
pub(super) use stop::Watch;
pub use stop::{Ended, Stall, Stop};
pub use timeline::{BUDGET, Timeline};
