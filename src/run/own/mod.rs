//! What is odd among pictures that somebody brought: methods learn the normal ones, and score all of them.
//!
//! A method turns a picture into a reconstruction; the mean squared residual is its decision score. Nobody learns the
//! normal pictures that are held out: they set the threshold, and are what the anomalies are told from.

mod judgement;
mod learner;
mod look;
mod plain;
mod run;
mod split;
mod table;
mod worth;

pub use judgement::{Judgement, OfLabel};
pub use learner::Curve;
pub use look::{Lying, middle_score, oddity};
pub use plain::{PLAIN, Plain, Way, network_scores, score};
pub use run::{DIGITS, Job, Own, OwnProgress};
pub use split::Split;
pub use table::{Counts, Figure, Figures, Row, Table};
pub use worth::{Standing, Worth};
