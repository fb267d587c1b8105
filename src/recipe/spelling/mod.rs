//! How values are spelled in a link: one way out, whatever the way in.
//!
//! | file         | idea                                                  |
//! |--------------|-------------------------------------------------------|
//! | `decimal.rs` | decimals of any length, and the `f32` nearest to each |
//! | `number.rs`  | how a number is spelled                               |

mod decimal;
mod number;

pub use number::{Integer, read_integer, read_number, write_number};
