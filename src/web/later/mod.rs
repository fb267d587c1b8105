//! What the first visit can do without: many networks at once, and what is learned from all of them together; tours; a
//! beginning with a saved network.

mod anomalies;
mod begin;
mod census;
mod duel;
mod golden;
mod own;
mod tour;

pub use anomalies::{WebAnomalies, anomaly_network};
pub use begin::begin_with;
pub use census::{WebCensus, census_network, census_reasons, csv, names, tally, web_odds, web_shares};
pub use duel::{WebDuel, duel_network};
pub use golden::whole_digest;
pub use own::{WebOwn, WebOwnSet};
pub use tour::{tour, tour_of};
