//! How values are spelled in a link: one way out, whatever the way in.
//!
//! | file           | idea                                                  |
//! |----------------|-------------------------------------------------------|
//! | `base64url.rs` | bytes and bits in 64 digits                           |
//! | `decimal.rs`   | decimals of any length, and the `f32` nearest to each |
//! | `number.rs`    | how a number is spelled                               |
//! | `percent.rs`   | UTF-8 in the characters that no address changes       |
//! | `text.rs`      | words of somebody's own                               |
//! | `unseen.rs`    | characters that nobody sees                           |

pub mod base64url;
mod decimal;
mod number;
pub mod percent;
pub mod text;
pub mod unseen;

pub use number::{Integer, read_integer, read_number, write_number};
pub use text::{LABEL_RULE, LONGEST_LABEL};
