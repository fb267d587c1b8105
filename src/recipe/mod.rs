//! What determines a run: the recipe, its table of keys, the link that carries it, the digest that
//! proves it.
//!
//! | file            | idea                                                                   |
//! |-----------------|------------------------------------------------------------------------|
//! | `experiment.rs` | the seven sections that can be run, and what each trains                 |
//! | `recipe.rs`     | [`Recipe`], a plain value, and [`CheckedRecipe`], the only one trained |
//! | `keys/`         | one table of keys; form, refusals and documentation are read off it    |
//! | `spelling/`     | how values are spelled, numbers above all                              |
//! | `link.rs`       | [`Link`]: the fragment `v=1&exp=…&check=…`, read and written           |
//! | `received.rs`   | what chats and mails did to a link, undone                             |
//! | `compose.rs`    | links made of other links: a recipe changed, parts added               |
//! | `weights.rs`    | weights that somebody set by hand, in a link                           |
//! | `begin.rs`      | a saved network as the beginning of a run                              |
//! | `painting.rs`   | [`Painting`]: one image in a link, one bit a pixel                     |
//! | `teaching.rs`   | [`Teaching`]: a question, and controls that are hidden or locked       |
//! | `tour.rs`       | [`Tour`]: several links in one, each with a sentence                   |
//! | `digest.rs`     | [`Digest`]: 64 bits of SHA-256 over trained parameters                 |
//! | `merkle.rs`     | the tree over many digests: pieces put together, places proved           |
//! | `workload.rs`   | [`Workload`]: what a run costs, and the most a link may ask for        |

mod begin;
mod compose;
mod digest;
mod experiment;
pub mod keys;
mod link;
pub mod merkle;
mod painting;
mod received;
// The file is named after its type, as every file is; so happens to be the folder.
#[allow(clippy::module_inception)]
mod recipe;
mod set_file;
mod spelling;
mod teaching;
mod tour;
mod weights;
mod workload;

pub use digest::{Digest, Digester};
pub use experiment::Experiment;
pub use link::{LONGEST_LINK, Link, VERSION};
pub use painting::Painting;
pub use recipe::{CheckedRecipe, MOST_IN_PIECES, Recipe, Set};
pub use spelling::{LONGEST_LABEL, write_number};
pub use teaching::{CONTROLS, LONGEST_QUESTION, Teaching};
pub use tour::{MOST_STOPS, Tour};
pub use weights::LARGEST_WEIGHT;
pub use workload::{EXAMINED, MOST_BYTES, MOST_OPERATIONS, WIDER, Workload, wider};
