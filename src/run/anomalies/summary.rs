//! Who wins: the table in a few counts, for a verdict in words.

use super::{Anomalies, Cell, METHODS, Way};
use serde::Serialize;

/// Median AUCs that are no further apart than this are called level.
pub const LEVEL_WITHIN: f64 = 0.005;

/// Two methods against each other: counts of conditions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Versus {
    /// The first has the higher median AUC, by more than [`LEVEL_WITHIN`].
    pub ahead: u32,
    /// The second has.
    pub behind: u32,
    /// The ranges over the networks have a value in common.
    pub overlap: u32,
}

/// What the table of a run says; each part is `None` before its methods are examined.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Summary {
    /// The variational network against the classical one.
    pub variational: Option<Versus>,
    /// The classical network of the wide layers against the narrow one.
    pub wide: Option<Versus>,
    /// Conditions in which PCA with 8 components is ahead of every network, by more than [`LEVEL_WITHIN`].
    pub pca_8: Option<u32>,
    /// Conditions in which the nearest training image is.
    pub nearest_image: Option<u32>,
    /// The classical network through a Heaviside function against itself through a sigmoid.
    pub heaviside_ca: Option<Versus>,
    /// The variational one.
    pub heaviside_va: Option<Versus>,
    /// The least and the greatest share of the variational network's outputs that are a line, over the
    /// conditions.
    pub lines: Option<(f64, f64)>,
}

/// The place of a method; names are spelt in `METHODS`.
fn place(name: &str) -> Option<usize> {
    METHODS.iter().position(|method| method.name == name)
}

impl Anomalies {
    /// The counts of all cells as they are now.
    pub fn summary(&self, false_alarms: f64) -> Summary {
        let row = |m: usize| (0..self.conditions().len()).map(|c| self.cell(c, m, false_alarms)).collect();
        let cells: Vec<Option<Vec<Cell>>> = (0..METHODS.len()).map(row).collect();
        let of = |name: &str| cells[place(name)?].as_deref();
        let duel = |a: &str, b: &str| of(a).zip(of(b)).map(|(a, b)| fight(a, b));
        let networks: Vec<&[Cell]> = METHODS
            .iter()
            .zip(&cells)
            .filter(|(method, _)| matches!(method.way, Way::Network(..)))
            .filter_map(|(_, cells)| cells.as_deref())
            .collect();
        let beats_all = |name: &str| of(name).filter(|_| !networks.is_empty()).map(|a| wins(a, &networks));
        Summary {
            variational: duel("va", "ca"),
            wide: duel("wide_ca", "ca"),
            pca_8: beats_all("pca_8"),
            nearest_image: beats_all("nearest_image"),
            heaviside_ca: duel("ca_heaviside", "ca"),
            heaviside_va: duel("va_heaviside", "va"),
            lines: of("va").map(|cells| {
                let ends = (f64::INFINITY, f64::NEG_INFINITY);
                cells.iter().fold(ends, |(low, high), cell| (low.min(cell.lines), high.max(cell.lines)))
            }),
        }
    }
}

fn fight(a: &[Cell], b: &[Cell]) -> Versus {
    let mut duel = Versus::default();
    for (a, b) in a.iter().zip(b) {
        duel.ahead += u32::from(a.auc.median - b.auc.median > LEVEL_WITHIN);
        duel.behind += u32::from(b.auc.median - a.auc.median > LEVEL_WITHIN);
        duel.overlap += u32::from(a.auc.low <= b.auc.high && b.auc.low <= a.auc.high);
    }
    duel
}

fn wins(method: &[Cell], others: &[&[Cell]]) -> u32 {
    let beats =
        |c: usize| others.iter().all(|other| method[c].auc.median - other[c].auc.median > LEVEL_WITHIN);
    (0..method.len()).filter(|&c| beats(c)).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::anomalies::Spread;

    fn cell(low: f64, median: f64, high: f64) -> Cell {
        let auc = Spread { median, low, high };
        Cell { auc, interval: [low, high], networks: 3, lines: 1.0, precision: None, recall: None }
    }

    #[test]
    fn level_medians_are_nobodys_win_and_touching_ranges_overlap() {
        let a = [cell(0.5, 0.6, 0.7), cell(0.9, 0.95, 1.0), cell(0.8, 0.804, 0.9)];
        let b = [cell(0.7, 0.8, 0.9), cell(0.5, 0.5, 0.6), cell(0.7, 0.8, 0.9)];
        assert_eq!(fight(&a, &b), Versus { ahead: 1, behind: 1, overlap: 2 });
    }

    #[test]
    fn a_method_wins_only_where_it_is_ahead_of_all() {
        let a = [cell(0.9, 0.9, 0.9), cell(0.9, 0.9, 0.9)];
        let [b, c] = [[cell(0.1, 0.1, 0.1), cell(0.2, 0.2, 0.2)], [cell(0.5, 0.5, 0.5), cell(0.9, 0.9, 0.9)]];
        assert_eq!(wins(&a, &[&b, &c]), 1);
    }

    #[test]
    fn the_names_it_asks_for_exist() {
        for name in ["ca", "va", "wide_ca", "ca_heaviside", "va_heaviside", "pca_8", "nearest_image"] {
            assert!(place(name).is_some(), "{name}");
        }
    }
}
