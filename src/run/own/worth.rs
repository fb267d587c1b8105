//! Whether the networks were worth training.

use super::{Figure, PLAIN, Table};
use serde::Serialize;

/// How the networks stand to a plain method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// Every network has a greater AUC.
    Ahead,
    /// Some have and some have not, or they are the same.
    Level,
    /// Every network has a smaller AUC.
    Behind,
}

/// The networks beside the best of the plain methods, the one with the greatest AUC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Worth {
    /// How they stand to it.
    pub standing: Standing,
    /// Its name in [`PLAIN`]; of equals the first.
    pub best: &'static str,
}

impl Worth {
    /// Of a table; `None` before all networks are trained, and where there is no AUC.
    pub fn of(table: &Table) -> Option<Worth> {
        let is_plain = |name: &str| PLAIN.iter().any(|(plain, _)| *plain == name);
        let networks = table.rows.iter().find(|row| !is_plain(row.name))?.all.auc?;
        let Figure::Networks(networks) = networks else { return None };
        let mut best: Option<(&'static str, f64)> = None;
        for row in table.rows.iter().filter(|row| is_plain(row.name)) {
            let auc = row.all.auc?.middle();
            if best.is_none_or(|(_, greatest)| auc > greatest) {
                best = Some((row.name, auc));
            }
        }
        let (best, auc) = best?;
        let standing = match () {
            () if networks.low > auc => Standing::Ahead,
            () if networks.high < auc => Standing::Behind,
            () => Standing::Level,
        };
        Some(Worth { standing, best })
    }
}
