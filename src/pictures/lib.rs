//! Pictures out of files: decoded, turned upright, cut square, averaged to one size and turned grey, all in integers, so
//! that the same files are the same set on every machine.
//!
//! It reads no files itself: the caller brings paths and bytes. Each file is hostile input: one that cannot be read is
//! refused by name, with a sentence, and costs the others nothing.
#![cfg_attr(not(test), deny(clippy::unwrap_used))]

mod decode;
mod digits;
mod fit;
mod gather;
mod grey;
mod idx;
mod jpeg;
mod labels;
mod limits;
mod many;
mod npy;
mod npz;
mod table;

pub use decode::decode;
pub use digits::{DIGITS, digits};
pub use fit::{Fit, fit};
pub use gather::{Gathered, Gathering, Note, Options, Refusal};
pub use grey::{Backdrop, Grey};
pub use labels::{is_normal, normal_label};
pub use limits::{LARGEST_SIDE, MOST_BYTES, MOST_PICTURES, MOST_PIXELS, SMALLEST_SIDE};
pub use npz::{read, write};
