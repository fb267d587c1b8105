//! The seven experiments of the page: what each trains, and on what.

use serde::{Deserialize, Serialize};

use crate::autoencoder::Model;
use crate::data;

/// A section of the page that trains something; it sets the defaults of its recipe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Experiment {
    /// One classical autoencoder on the half planes.
    Classical,
    /// One network on the four 2×2 images, taken apart.
    Inside,
    /// One variational autoencoder on the half planes.
    Variational,
    /// A census: many networks on the four 2×2 images.
    Minima,
    /// Classical against variational, many seeds of each.
    Duel,
    /// Defects against networks of both kinds.
    Anomalies,
    /// What is odd in a set of pictures, against networks of one kind.
    Own,
}

impl Experiment {
    /// All seven, in the order of the page.
    pub const ALL: [Experiment; 7] = [
        Experiment::Classical,
        Experiment::Inside,
        Experiment::Variational,
        Experiment::Minima,
        Experiment::Duel,
        Experiment::Anomalies,
        Experiment::Own,
    ];

    /// The name in a link, which is also the id of the section.
    pub fn name(self) -> &'static str {
        match self {
            Experiment::Classical => "classical",
            Experiment::Inside => "inside",
            Experiment::Variational => "variational",
            Experiment::Minima => "minima",
            Experiment::Duel => "duel",
            Experiment::Anomalies => "anomalies",
            Experiment::Own => "own",
        }
    }

    /// The experiment of that name.
    pub fn named(name: &str) -> Option<Experiment> {
        Self::ALL.into_iter().find(|experiment| experiment.name() == name)
    }

    /// The training set where a link names none.
    pub fn data(self) -> data::Kind {
        match self {
            Experiment::Inside | Experiment::Minima => data::Kind::Quad,
            Experiment::Own => data::Kind::Digits,
            _ => data::Kind::Lines,
        }
    }

    /// The model where a link names none; where [both](Self::trains_both) are trained it says
    /// nothing and stays classical.
    pub fn model(self) -> Model {
        match self {
            Experiment::Variational => Model::Variational,
            _ => Model::Classical,
        }
    }

    /// Whether each seed trains a classical and a variational network, so that `model` means
    /// nothing.
    pub fn trains_both(self) -> bool {
        matches!(self, Experiment::Duel | Experiment::Anomalies)
    }

    /// Whether networks are shown as they were after any epoch.
    pub fn has_timeline(self) -> bool {
        use Experiment::*;
        matches!(self, Classical | Inside | Variational | Own)
    }

    /// Number of networks (of each kind) where a link names none.
    pub fn networks(self) -> u32 {
        match self {
            Experiment::Minima => 10_000,
            Experiment::Duel => 32,
            Experiment::Anomalies => 8,
            Experiment::Own => 4,
            _ => 1,
        }
    }
}
