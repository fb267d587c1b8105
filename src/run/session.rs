//! One network of one link, trained step by step.

use super::{Course, setup};
use crate::analysis::stats::thinned;
use crate::autoencoder::Network;
use crate::data::Images;
use crate::error::Error;
use crate::recipe::{CheckedRecipe, Digest, Link};
use serde::Serialize;

/// How far a session has come.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    /// Finished epochs.
    pub epoch: u32,
    /// Finished batches of the present epoch.
    pub batch: u32,
    /// Nothing is left to train.
    pub done: bool,
    /// The epoch in which a number stopped being finite; training ended there.
    pub diverged_at: Option<u32>,
    /// Mean reconstruction loss of the last finished epoch; NaN before the first.
    pub loss: f32,
    /// Mean KL divergence of the last finished epoch, in nats.
    pub kl: f32,
}

/// What a finished run says of the link that it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// The digest is the link's.
    Same,
    /// It is another.
    Differs,
    /// The link names none.
    Unchecked,
    /// There is none: the run left the finite numbers.
    Diverged,
}

/// The training of one network.
///
/// ```
/// use bottleneck::recipe::Link;
/// use bottleneck::run::Session;
///
/// let mut session = Session::new(Link::parse("v=1&exp=inside&epochs=100")?);
/// let progress = session.train(u32::MAX);
/// assert!(progress.done && progress.loss < 0.3);
/// # Ok::<(), bottleneck::Error>(())
/// ```
pub struct Session {
    link: Link,
    images: Images,
    course: Course<f32>,
    diverged_at: Option<u32>,
}

impl Session {
    /// Before the first step, with the link's weights where it has some; the first network where the
    /// recipe asks for several, and the first
    /// model where it asks for both.
    ///
    /// # Panics
    ///
    /// For a link to a set of pictures, which is brought: see [`on`](Self::on) and [`Own`](super::own::Own).
    pub fn new(link: Link) -> Session {
        let images = setup::images(&link.recipe);
        Session::begin(link, images)
    }

    /// The same on the given pictures instead of those that the recipe draws.
    ///
    /// # Errors
    ///
    /// [`Error::Shape`] unless there are as many as the recipe counts, of its size.
    pub fn on(link: Link, images: Images) -> Result<Session, Error> {
        let recipe = &link.recipe;
        let sizes = [
            ("pixels of a picture", recipe.pixels(), images.n_pixels()),
            ("pictures", recipe.count, images.count()),
        ];
        for (what, expected, found) in sizes {
            if expected as usize != found {
                return Err(Error::Shape { what, expected: expected as usize, found });
            }
        }
        Ok(Session::begin(link, images))
    }

    fn begin(link: Link, images: Images) -> Session {
        let model = link.recipe.models()[0];
        let course = match &link.weights {
            Some(weights) => Course::begun_with(&link.recipe, model, 0, &images, vec![weights.clone()]),
            None => Course::new(&link.recipe, model, 0, &images),
        };
        Session { link, images, course, diverged_at: None }
    }

    /// Trains at most `batches` mini-batches.
    pub fn train(&mut self, batches: u32) -> Progress {
        for _ in 0..batches {
            if self.is_done() {
                break;
            }
            let finished = self.course.step(&self.images);
            if finished && !self.course.is_finite(0) {
                self.diverged_at = Some(self.course.epochs());
            }
        }
        self.progress()
    }

    /// How far it has come.
    pub fn progress(&self) -> Progress {
        let last = self.course.losses().last();
        Progress {
            epoch: self.course.epochs(),
            batch: self.course.batches_shown() as u32,
            done: self.is_done(),
            diverged_at: self.diverged_at,
            loss: last.map_or(f32::NAN, |l| l.reconstruction),
            kl: last.map_or(f32::NAN, |l| divergence(l.kl)),
        }
    }

    fn is_done(&self) -> bool {
        self.diverged_at.is_some() || self.course.epochs() >= self.recipe().epochs
    }

    /// What is trained.
    pub fn recipe(&self) -> &CheckedRecipe {
        &self.link.recipe
    }

    /// The digest that the link asks for.
    pub fn asked(&self) -> Option<Digest> {
        self.link.check
    }

    /// The training images.
    pub fn images(&self) -> &Images {
        &self.images
    }

    /// The network as it is now.
    pub fn network(&self) -> Network {
        self.course.network(self.recipe(), 0)
    }

    /// Mean reconstruction loss of each finished epoch.
    pub fn losses(&self) -> Vec<f32> {
        self.course.losses().iter().map(|l| l.reconstruction).collect()
    }

    /// Mean KL divergence of each finished epoch, in nats; zeros for a classical network.
    pub fn kls(&self) -> Vec<f32> {
        self.course.losses().iter().map(|l| divergence(l.kl)).collect()
    }

    /// Epoch, loss and KL divergence of at most `most` finished epochs, those that shape the two curves; see [`thinned`].
    pub fn curve(&self, most: usize) -> Vec<[f32; 3]> {
        let losses = self.course.losses();
        let places = thinned(losses.len(), most, &[&|i| losses[i].reconstruction, &|i| losses[i].kl]);
        // A million epochs, the most there are, is a whole number of an f32.
        places
            .into_iter()
            .map(|i| [(i + 1) as f32, losses[i].reconstruction, divergence(losses[i].kl)])
            .collect()
    }

    /// The digest of the present parameters.
    ///
    /// # Errors
    ///
    /// [`Error::Diverged`] once a number is not finite: there is nothing to compare then.
    pub fn digest(&self) -> Result<Digest, Error> {
        match self.diverged_at {
            Some(epoch) => Err(Error::Diverged { epoch }),
            None => Ok(Digest::of_parameters(self.network().parameters())),
        }
    }

    /// The verdict on the link, for a run that is done; before, [`Verdict::Unchecked`].
    pub fn verdict(&self) -> Verdict {
        match (self.digest(), self.link.check) {
            (Err(_), _) => Verdict::Diverged,
            (Ok(_), None) => Verdict::Unchecked,
            (Ok(_), Some(_)) if !self.is_done() => Verdict::Unchecked,
            (Ok(found), Some(asked)) if found == asked => Verdict::Same,
            _ => Verdict::Differs,
        }
    }

    /// The link to this run; with its digest once it is done.
    pub fn link(&self) -> Link {
        let check = if self.is_done() { self.digest().ok() } else { None };
        Link { check, ..self.link.clone() }
    }
}

/// A mean KL divergence as it is reported: none is below zero, but the sum of its terms may come to a little less once
/// they are rounded.
fn divergence(kl: f32) -> f32 {
    // So that what is no number stays none.
    if kl < 0.0 { 0.0 } else { kl }
}
