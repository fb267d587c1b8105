//! One network of one link, trained step by step, and shown as it was after any epoch.

use super::time::{self, Ended, Mark, Stop, Sweep, Timeline, Watch};
use super::{Course, setup};
use crate::analysis::stats::thinned;
use crate::autoencoder::{Losses, Network};
use crate::data::Images;
use crate::error::Error;
use crate::recipe::{CheckedRecipe, Digest, Link, Workload};
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
    timeline: Timeline,
    /// The losses of all epochs that were ever finished, where those are more than the course has: it went back.
    future: Vec<Losses<f32>>,
    /// Another epoch of the same run, which is shown instead of where training stands.
    looking: Option<Course<f32>>,
    stop: Option<Watch>,
    ended: Option<Ended>,
    sweep: Option<Sweep>,
}

/// Epochs between two checkpoints take about so many operations, as [`Workload`] reckons them: a few milliseconds.
const OPERATIONS_APART: u64 = 20_000_000;
/// The fewest epochs between two checkpoints, so that keeping one costs little beside the epochs.
const LEAST_APART: u64 = 2;

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
        let course = course_of(&link, &images);
        let each = Workload::of(&link.recipe).operations / u64::from(link.recipe.epochs).max(1);
        let apart = (OPERATIONS_APART / each.max(1)).max(LEAST_APART);
        let stride = u32::try_from(apart).unwrap_or(u32::MAX);
        let timeline = Timeline::new(course.checkpoint(), stride, time::BUDGET);
        Session {
            link,
            images,
            course,
            diverged_at: None,
            timeline,
            future: Vec::new(),
            looking: None,
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
        self.timeline.pass(&self.course);
        let loss = self.course.losses().last().map_or(f32::NAN, |losses| losses.reconstruction);
        let ended = self.stop.as_mut().and_then(|watch| watch.see(loss));
        if let (Some(ended), false) = (ended, self.is_done()) {
            self.end_here(ended);
        }
    }

    /// The run becomes that of the epochs that were trained.
    fn end_here(&mut self, ended: Ended) {
        if let Ok(recipe) = self.recipe().ended_after(self.course.epochs()) {
            self.link.recipe = recipe;
            self.ended = Some(ended);
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

    /// The network that is shown: that of [`look_at`](Self::look_at), else as training has left it.
    pub fn network(&self) -> Network {
        self.looking.as_ref().unwrap_or(&self.course).network(0)
    }

    /// The epoch whose network is shown.
    pub fn shown(&self) -> u32 {
        self.looking.as_ref().unwrap_or(&self.course).epochs()
    }

    /// The mean reconstruction loss of the epoch that is shown; NaN before the first.
    pub fn shown_loss(&self) -> f32 {
        let place = (self.shown() as usize).checked_sub(1);
        place.and_then(|place| self.known().get(place)).map_or(f32::NAN, |losses| losses.reconstruction)
    }

    /// The last epoch that was ever finished in this run, to which [`look_at`](Self::look_at) goes.
    pub fn reached(&self) -> u32 {
        self.known().len() as u32
    }

    /// The losses of all epochs up to [`reached`](Self::reached).
    fn known(&self) -> &[Losses<f32>] {
        if self.future.len() > self.course.losses().len() { &self.future } else { self.course.losses() }
    }

    /// Shows the network as it was after an epoch, to the same bits: from the nearest checkpoint before it, it is
    /// trained again. Of an epoch that is not reached, the last one that is. Where training stands does not change.
    ///
    /// ```
    /// use bottleneck::recipe::Link;
    /// use bottleneck::run::Session;
    ///
    /// let trained = |epochs: u32| {
    ///     let mut session = Session::new(Link::parse(&format!("v=1&exp=inside&epochs={epochs}"))?);
    ///     session.train(u32::MAX);
    ///     Ok::<Session, bottleneck::Error>(session)
    /// };
    /// let mut session = trained(1000)?;
    /// session.look_at(321);
    /// assert_eq!(session.network(), trained(321)?.network());
    /// # Ok::<(), bottleneck::Error>(())
    /// ```
    pub fn look_at(&mut self, epoch: u32) {
        while !self.look_towards(epoch, u32::MAX) {}
    }

    /// Whether another epoch is shown than where training stands.
    pub fn is_away(&self) -> bool {
        self.looking.is_some()
    }

    /// The same by at most `batches` mini-batches; false while there are more.
    pub fn look_towards(&mut self, epoch: u32, batches: u32) -> bool {
        let epoch = epoch.min(self.reached());
        let from = self.timeline.before(epoch);
        let looking = match &mut self.looking {
            Some(looking) => {
                // Beyond the epoch, if only by a batch, or further from it than the checkpoint.
                let at = (looking.epochs(), looking.batches_shown());
                if at > (epoch, 0) || at < (from.epochs, 0) {
                    looking.restore(from);
                }
                looking
            }
            nothing => {
                let course = nothing.insert(course_of(&self.link, &self.images));
                course.restore(from);
                course
            }
        };
        for _ in 0..batches {
            if looking.epochs() == epoch {
                break;
            }
            looking.step(&self.images);
        }
        let arrived = looking.epochs() == epoch;
        if arrived && (self.course.epochs(), self.course.batches_shown()) == (epoch, 0) {
            self.look_away();
        }
        arrived
    }

    /// Shows where training stands again.
    pub fn look_away(&mut self) {
        self.looking = None;
    }

    /// Training goes on from the epoch that is shown. What was known of later epochs stays known: they come out the same.
    pub fn go_on_from_here(&mut self) {
        let Some(looking) = self.looking.take() else { return };
        let here = looking.epochs();
        if here >= self.course.epochs() {
            return;
        }
        if self.course.losses().len() > self.future.len() {
            self.future = self.course.losses().to_vec();
        }
        self.course.restore(&looking.checkpoint());
        self.diverged_at = None;
        let losses = self.course.losses().iter().map(|losses| losses.reconstruction);
        self.stop = self.stop.map(|watch| watch.again(losses));
    }

    /// Looks for what happened on the way by at most `batches` mini-batches; the epoch to which it has looked. That is
    /// all there is to see once it is [`reached`](Self::reached).
    pub fn sweep(&mut self, batches: u32) -> u32 {
        let reached = self.reached();
        let sweep = self.sweep.get_or_insert_with(|| {
            let mut course = course_of(&self.link, &self.images);
            course.restore(self.timeline.before(0));
            let network = course.network(0);
            Sweep::new(course, &network, &self.images)
        });
        sweep.go(reached, batches, &self.images)
    }

    /// What was found to have happened in the epochs that were [swept](Self::sweep), in their order.
    pub fn marks(&self) -> Vec<Mark> {
        let Some(sweep) = &self.sweep else { return Vec::new() };
        let losses: Vec<f32> = self.known().iter().map(|l| l.reconstruction).collect();
        sweep.marks(&losses[..losses.len().min(sweep.epochs() as usize)])
    }

    /// How many epochs lie between two checkpoints, and how many bytes these take together.
    pub fn checkpoints(&self) -> (u32, u64) {
        (self.timeline.stride(), self.timeline.bytes())
    }

    /// Mean reconstruction loss of each finished epoch, up to the one that is [shown](Self::shown).
    pub fn losses(&self) -> Vec<f32> {
        self.known().iter().take(self.shown() as usize).map(|l| l.reconstruction).collect()
    }

    /// Mean KL divergence of each of these epochs, in nats; zeros for a classical network.
    pub fn kls(&self) -> Vec<f32> {
        self.known().iter().take(self.shown() as usize).map(|l| divergence(l.kl)).collect()
    }

    /// Epoch, loss and KL divergence of at most `most` epochs, of all that were ever finished, those that shape the two curves; see [`thinned`].
    pub fn curve(&self, most: usize) -> Vec<[f32; 3]> {
        let losses = self.known();
        let places = thinned(losses.len(), most, &[&|i| losses[i].reconstruction, &|i| losses[i].kl]);
        // A million epochs, the most there are, is a whole number of an f32.
        places
            .into_iter()
            .map(|i| [(i + 1) as f32, losses[i].reconstruction, divergence(losses[i].kl)])
            .collect()
    }

    /// The digest of the network that is [shown](Self::shown), finite or not.
    pub fn shown_digest(&self) -> Digest {
        Digest::of_parameters(self.network().parameters())
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
        match (self.digest(), self.link.check) {
            (Err(_), _) => Verdict::Diverged,
            (Ok(_), None) => Verdict::Unchecked,
            (Ok(_), Some(_)) if !self.is_done() => Verdict::Unchecked,
            (Ok(found), Some(asked)) if found == asked => Verdict::Same,
            _ => Verdict::Differs,
        }
    }

    /// The link to this run, and to the epoch that is looked at; with its digest once it is done.
    pub fn link(&self) -> Link {
        let check = if self.is_done() { self.digest().ok() } else { None };
        let at = self.looking.as_ref().map(Course::epochs).filter(|_| self.recipe().exp.has_timeline());
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
