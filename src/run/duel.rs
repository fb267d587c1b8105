//! A duel: as many classical as variational networks from the same seeds, compared by rank.

use super::Session;
use crate::analysis::code::diagnosis::STUCK_MSE;
use crate::analysis::stats::rank::{MannWhitney, Quartiles, mann_whitney, quartiles};
use crate::autoencoder::{Activation, Model};
use crate::error::Error;
use crate::recipe::{CheckedRecipe, Digest, Digester, Experiment, Link};
use crate::run::Verdict;
use serde::Serialize;

/// Below this p a difference is said to be seen.
pub const SIGNIFICANCE: f64 = 0.05;

/// What a trained network brings into the duel.
#[derive(Clone, Debug, PartialEq)]
pub struct Finished {
    /// Over the training set, at the mean code and through the sigmoid; infinite once diverged.
    pub mse: f32,
    /// In the order of the digest.
    pub parameters: Vec<f32>,
}

impl Finished {
    /// Of a session that is done.
    pub fn of(session: &Session) -> Finished {
        let network = session.network();
        let mse = match session.progress().diverged_at {
            Some(_) => f32::INFINITY,
            None => network.mse(session.images(), Activation::Sigmoid),
        };
        Finished { mse, parameters: network.parameters().to_vec() }
    }
}

/// One kind of network in a duel.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Side {
    /// By seed, in order; `None` where a network is still missing, infinite where one diverged.
    pub mse: Vec<Option<f32>>,
    /// Of the finished ones.
    pub quartiles: Option<Quartiles>,
    /// How many are finished.
    pub finished: u32,
    /// How many of these are stuck: above [`STUCK_MSE`], the diverged included.
    pub stuck: u32,
    /// How many diverged.
    pub diverged: u32,
}

/// Which kind has the lower errors, as far as the numbers tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Winner {
    /// The classical networks, with p below [`SIGNIFICANCE`].
    Classical,
    /// The variational ones, with p below [`SIGNIFICANCE`].
    Variational,
    /// No difference is seen.
    Neither,
}

/// What a duel has shown so far.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Standing {
    /// The classical networks.
    pub classical: Side,
    /// The variational ones.
    pub variational: Side,
    /// The classical as the first sample, the variational as the second.
    pub test: Option<MannWhitney>,
    /// What the test says at [`SIGNIFICANCE`].
    pub winner: Winner,
}

/// A duel on its way; networks may come in any order, and more than once.
///
/// Its networks are numbered seed by seed, for each seed first the classical one and then the
/// variational: network 2k is the classical one of seed + k, network 2k + 1 its variational twin.
/// That is also the order of the digest.
///
/// ```
/// use bottleneck::recipe::Link;
/// use bottleneck::run::{Session, duel::{Duel, Finished}};
///
/// let mut duel = Duel::new(Link::parse("v=1&exp=duel&data=quad&networks=2&epochs=50")?)?;
/// for index in (0..duel.networks()).rev() {
///     let mut session = Session::new(duel.recipe_of(index)?.into());
///     session.train(u32::MAX);
///     duel.add(index, Finished::of(&session));
/// }
/// assert_eq!(duel.summary().classical.finished, 2);
/// assert!(duel.digest().is_some());
/// # Ok::<(), bottleneck::Error>(())
/// ```
pub struct Duel {
    link: Link,
    errors: Vec<Option<f32>>,
    /// Parameters that wait for their turn in the digest.
    waiting: Vec<Option<Vec<f32>>>,
    digester: Digester,
    digested: usize,
}

impl Duel {
    /// Before the first network.
    ///
    /// # Errors
    ///
    /// [`Error::NotOfKind`] for another experiment.
    pub fn new(link: Link) -> Result<Duel, Error> {
        if link.recipe.exp != Experiment::Duel {
            return Err(Error::NotOfKind {
                key: "exp".into(),
                value: link.recipe.exp.name().into(),
                rule: "duel, which trains both kinds of network".into(),
            });
        }
        let networks = 2 * link.recipe.networks as usize;
        Ok(Duel {
            link,
            errors: vec![None; networks],
            waiting: vec![None; networks],
            digester: Digester::new(),
            digested: 0,
        })
    }

    /// How many networks it has, of both kinds together.
    pub fn networks(&self) -> u32 {
        self.errors.len() as u32
    }

    /// The recipe of network `index`, to be trained on its own.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] where there is no such network.
    pub fn recipe_of(&self, index: u32) -> Result<CheckedRecipe, Error> {
        recipe_of(&self.link.recipe, index)
    }

    /// Takes a finished network; one that is there already, or that does not exist, is passed over.
    pub fn add(&mut self, index: u32, finished: Finished) {
        let index = index as usize;
        if self.errors.get(index) != Some(&None) {
            return;
        }
        self.errors[index] = Some(finished.mse);
        self.waiting[index] = Some(finished.parameters);
        while let Some(parameters) = self.waiting.get_mut(self.digested).and_then(Option::take) {
            self.digester.update(&parameters);
            self.digested += 1;
        }
    }

    /// Whether all networks are there.
    pub fn is_done(&self) -> bool {
        self.digested == self.errors.len()
    }

    /// The digest over all networks in order; `None` before the last, and where one diverged.
    pub fn digest(&self) -> Option<Digest> {
        (self.is_done() && !self.has_diverged()).then(|| self.digester.clone().finish())
    }

    fn has_diverged(&self) -> bool {
        self.errors.iter().flatten().any(|mse| !mse.is_finite())
    }

    /// The verdict on the link once all networks are there; before, [`Verdict::Unchecked`].
    pub fn verdict(&self) -> Verdict {
        let found = if self.has_diverged() { Err(()) } else { Ok(self.digest()) };
        Verdict::of(if self.is_done() { found } else { Ok(None) }, self.link.check)
    }

    /// The link as it was given.
    pub fn given(&self) -> &Link {
        &self.link
    }

    /// The link to this duel; with its digest once it has one.
    pub fn link(&self) -> Link {
        Link { check: self.digest(), ..self.link.clone() }
    }

    /// What the finished networks show.
    pub fn summary(&self) -> Standing {
        let classical = Side::of(self.errors.iter().step_by(2));
        let variational = Side::of(self.errors.iter().skip(1).step_by(2));
        let test = mann_whitney(&classical.errors(), &variational.errors());
        Standing { winner: test.map_or(Winner::Neither, |test| winner(&test)), classical, variational, test }
    }
}

/// The recipe of network `index` of a duel, for those who train it and know nothing of the others.
///
/// # Errors
///
/// [`Error::OutOfRange`] where there is no such network.
pub fn recipe_of(recipe: &CheckedRecipe, index: u32) -> Result<CheckedRecipe, Error> {
    let model = if index.is_multiple_of(2) { Model::Classical } else { Model::Variational };
    recipe.alone(index / 2, model)
}

fn winner(test: &MannWhitney) -> Winner {
    match test.p < SIGNIFICANCE {
        true if test.superiority > 0.5 => Winner::Variational,
        true => Winner::Classical,
        false => Winner::Neither,
    }
}

impl Side {
    fn of<'a>(errors: impl Iterator<Item = &'a Option<f32>>) -> Side {
        let mse: Vec<Option<f32>> = errors.copied().collect();
        let there: Vec<f32> = mse.iter().flatten().copied().collect();
        let count = |is: fn(&f32) -> bool| there.iter().filter(|&mse| is(mse)).count() as u32;
        Side {
            quartiles: quartiles(&there),
            finished: there.len() as u32,
            stuck: count(|&mse| mse > STUCK_MSE),
            diverged: count(|mse| !mse.is_finite()),
            mse,
        }
    }

    fn errors(&self) -> Vec<f32> {
        self.mse.iter().flatten().copied().collect()
    }
}
