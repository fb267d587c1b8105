//! One network of one link, trained step by step; `moments` shows it as it was after any epoch.

mod moments;

use crate::autoencoder::Losses;
use crate::data::Images;
use crate::error::Error;
use crate::recipe::{CheckedRecipe, Digest, Link};
use crate::run::time::{self, Ended, Replay, Stop, Sweep, Watch};
use crate::run::{Course, Verdict, setup};
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
    /// Training ended by itself, before its last epoch: see [`Session::stop_when`].
    pub stopped: bool,
    /// Mean reconstruction loss of the last finished epoch; NaN before the first.
    pub loss: f32,
    /// Mean KL divergence of the last finished epoch, in nats.
    pub kl: f32,
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
    replay: Replay,
    /// The losses of all epochs that were ever finished, where those are more than the course has: it went back.
    future: Vec<Losses<f32>>,
    stop: Option<Watch>,
    ended: Option<Ended>,
    sweep: Option<Sweep>,
}

impl Session {
    /// Before the first step, with the link's weights where it has some; the first network where the
    /// recipe asks for several, and the first
    /// model where it asks for both.
    ///
    /// # Panics
    ///
    /// For a link to a set of pictures, which is brought: see [`on`](Self::on) and [`Own`](crate::run::own::Own).
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
        let course = course_of(&link, &images);
        let replay = Replay::new(&course, &link.recipe, time::BUDGET);
        Session {
            link,
            images,
            course,
            diverged_at: None,
            replay,
            future: Vec::new(),
            stop: None,
            ended: None,
            sweep: None,
        }
    }

    /// Trains at most `batches` mini-batches.
    pub fn train(&mut self, batches: u32) -> Progress {
        for _ in 0..batches {
            if self.is_done() {
                break;
            }
            if self.course.step(&self.images) {
                self.finish_epoch();
            }
        }
        self.progress()
    }

    fn finish_epoch(&mut self) {
        if !self.course.is_finite(0) {
            self.diverged_at = Some(self.course.epochs());
            return;
        }
        self.replay.pass(&self.course);
        let loss = self.course.losses().last().map_or(f32::NAN, |losses| losses.reconstruction);
        let ended = self.stop.as_mut().and_then(|watch| watch.see(loss));
        if let (Some(ended), false) = (ended, self.is_done()) {
            self.end_here(ended);
        }
    }

    /// The run becomes that of the epochs that were trained. What was known of later ones is of another.
    fn end_here(&mut self, ended: Ended) {
        if let Ok(recipe) = self.recipe().ended_after(self.course.epochs()) {
            self.link.recipe = recipe;
            self.ended = Some(ended);
            self.future.clear();
            self.sweep = None;
        }
    }

    /// From here on training ends by itself as `stop` says, with the link of the epochs that were trained; `None` for
    /// at the last epoch only. A link that says what must come out is trained to its end all the same.
    ///
    /// # Errors
    ///
    /// Those of [`Stop::check`].
    pub fn stop_when(&mut self, stop: Option<Stop>) -> Result<(), Error> {
        if let Some(stop) = &stop {
            stop.check()?;
        }
        let losses = self.course.losses().iter().map(|losses| losses.reconstruction);
        self.stop = stop.filter(|_| self.link.check.is_none()).map(|stop| Watch::new(stop, losses));
        Ok(())
    }

    /// Why training ended by itself, where it did.
    pub fn ended(&self) -> Option<Ended> {
        self.ended
    }

    /// How far it has come.
    pub fn progress(&self) -> Progress {
        let last = self.course.losses().last();
        Progress {
            epoch: self.course.epochs(),
            batch: self.course.batches_shown() as u32,
            done: self.is_done(),
            diverged_at: self.diverged_at,
            stopped: self.ended.is_some(),
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

    /// The digest of the parameters where training stands.
    ///
    /// # Errors
    ///
    /// [`Error::Diverged`] once a number is not finite: there is nothing to compare then.
    pub fn digest(&self) -> Result<Digest, Error> {
        match self.diverged_at {
            Some(epoch) => Err(Error::Diverged { epoch }),
            None => Ok(Digest::of_parameters(self.course.network(0).parameters())),
        }
    }

    /// The verdict on the link, for a run that is done; before, [`Verdict::Unchecked`].
    pub fn verdict(&self) -> Verdict {
        let found = if self.is_done() { self.digest().map(Some) } else { Ok(None) };
        Verdict::of(found, self.link.check)
    }

    /// The link to this run, and to the epoch that is looked at; with its digest once it is done.
    pub fn link(&self) -> Link {
        let check = if self.is_done() { self.digest().ok() } else { None };
        let at = Some(self.shown()).filter(|_| self.is_away() && self.recipe().exp.has_timeline());
        Link { check, at, ..self.link.clone() }
    }
}

/// A course at its beginning.
fn course_of(link: &Link, images: &Images) -> Course<f32> {
    let model = link.recipe.models()[0];
    match &link.weights {
        Some(weights) => Course::begun_with(&link.recipe, model, 0, images, vec![weights.clone()]),
        None => Course::new(&link.recipe, model, 0, images),
    }
}

/// A mean KL divergence as it is reported: none is below zero, but the sum of its terms may come to a little less once
/// they are rounded.
fn divergence(kl: f32) -> f32 {
    // So that what is no number stays none.
    if kl < 0.0 { 0.0 } else { kl }
}
