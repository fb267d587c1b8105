//! The networks of a link to a set of pictures: trained together, each judged beside the plain methods.

use super::learner::{Learner, Lesson};
use super::{Curve, PLAIN, Plain, Split};
use crate::autoencoder::{Activation, Network};
use crate::data::{Images, Kind, PictureSet};
use crate::error::Error;
use crate::num::matrix::row;
use crate::recipe::{CheckedRecipe, Digest, Digester, Experiment, Link, write_number};
use crate::run::Verdict;
use crate::run::time::{Ended, Mark, Stop, Watch};
use serde::Serialize;

/// The digest of the handwritten digits.
pub const DIGITS: &str = "bcb7a994fb7cd6d7";

/// Pictures that the plain methods score at a time.
const AT_A_TIME: usize = 32;

/// How far the networks have come.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OwnProgress {
    /// Epochs that every network has finished which did not diverge.
    pub epoch: u32,
    /// The share of all epochs of all networks that is finished or will never be, from 0 to 1.
    pub share: f64,
    /// Networks that are trained to their end, or diverged.
    pub finished: u32,
    /// Nothing is left to train.
    pub done: bool,
    /// The epoch in which the first network diverged, in the order of their seeds.
    pub diverged_at: Option<u32>,
    /// Mean reconstruction loss of the networks' last finished epochs; NaN before the first.
    pub loss: f32,
}

/// A set of pictures, split as a link says, and the networks that learn its normal pictures.
///
/// Networks take turns, an epoch each, so that all are equally far; each is the same, to the bit, as the one network of
/// [`CheckedRecipe::alone`].
///
/// ```
/// use bottleneck::data::{Picture, PictureSet};
/// use bottleneck::recipe::{Digest, Link};
/// use bottleneck::run::own::Own;
///
/// let picture = |label: &str, level: u8| Picture { label: label.into(), name: String::new(), levels: vec![level; 16] };
/// let normal = (0..8).map(|k| picture("good", 10 * k));
/// let set = PictureSet::new(4, normal.chain([picture("crack", 250)]).collect());
/// let digest = Digest::of_pictures(&set);
/// let link = format!("v=1&exp=own&data=own&images={digest}&normal=good&side=4&count=9&epochs=20&networks=2");
/// let mut own = Own::new(Link::parse(&link)?, &set)?;
/// while !own.prepare() {} // the plain methods
/// while !own.train(1000).done {}
/// assert!(own.link().to_string().starts_with(&link) && own.digest()?.is_some());
/// # Ok::<(), bottleneck::Error>(())
/// ```
pub struct Own {
    link: Link,
    lesson: Lesson,
    learners: Vec<Learner>,
    plain: Option<Plain>,
    /// Of each plain method, for the pictures that are scored so far.
    plain_scores: Vec<Vec<f32>>,
    stop: Option<Watch>,
    ended: Option<Ended>,
}

/// A network of a run, to be trained beside the others.
pub struct Job<'a> {
    learner: &'a mut Learner,
    lesson: &'a Lesson,
}

impl Job<'_> {
    /// Trains the network to its end.
    pub fn finish(&mut self) {
        while !self.learner.is_done(self.lesson) {
            self.learner.step(self.lesson);
        }
    }
}

impl Own {
    /// Before the first step; with the link's weights where it begins with a saved network, which all of the networks
    /// then do.
    ///
    /// # Errors
    ///
    /// [`Error::UnusedKey`] for a link of another experiment; [`Error::Combination`] for another set than the link's,
    /// where both digests are named, for another number or size of pictures, and for a label that no picture has.
    pub fn new(link: Link, set: &PictureSet) -> Result<Own, Error> {
        let recipe = &link.recipe;
        let Some(split) = recipe.set.as_ref().filter(|_| recipe.exp == Experiment::Own) else {
            let value = recipe.exp.name().into();
            return Err(Error::UnusedKey { key: "exp", value, experiment: Experiment::Own.name() });
        };
        check_set(recipe, set)?;
        let split = Split::of(set, &split.normal, split.holdout, recipe.dataseed);
        let lesson = Lesson::new(recipe.clone(), set.clone(), split, link.weights.clone());
        Ok(Own {
            learners: (0..recipe.networks).map(|k| Learner::new(&lesson, k)).collect(),
            plain: None,
            plain_scores: vec![Vec::new(); PLAIN.len()],
            stop: None,
            ended: None,
            lesson,
            link,
        })
    }

    /// Goes on with the plain methods, of which each learns once and then scores some pictures at a time; true when
    /// nothing is left.
    pub fn prepare(&mut self) -> bool {
        let Lesson { recipe, set, split, .. } = &self.lesson;
        let Some(plain) = &self.plain else {
            self.plain = Plain::fit(set, &split.training, recipe.dataseed);
            return self.plain.is_none();
        };
        let scored = self.plain_scores[0].len();
        let some = set.pictures()[scored..].iter().take(AT_A_TIME);
        for picture in some {
            for ((_, way), scores) in PLAIN.into_iter().zip(&mut self.plain_scores) {
                scores.push(plain.score(way, &picture.levels));
            }
        }
        self.plain_scores[0].len() == set.pictures().len()
    }

    /// Trains at most `batches` mini-batches; the networks take turns, an epoch each.
    pub fn train(&mut self, batches: u32) -> OwnProgress {
        let mut turn = self.turn();
        for _ in 0..batches {
            let Some(k) = turn else { break };
            if self.learners[k].step(&self.lesson) {
                self.see();
                turn = self.turn();
            }
        }
        self.progress()
    }

    /// From here on [`train`](Self::train) ends by itself as `stop` says, judged by the mean loss over the networks of each
    /// epoch that all have finished; `None` for at the last epoch only. The link is then that of the epochs that were
    /// trained. One that says what must come out is trained to its end all the same.
    ///
    /// # Errors
    ///
    /// Those of [`Stop::check`].
    pub fn stop_when(&mut self, stop: Option<Stop>) -> Result<(), Error> {
        if let Some(stop) = &stop {
            stop.check()?;
        }
        let losses = self.losses_of_all();
        self.stop = stop.filter(|_| self.link.check.is_none()).map(|stop| Watch::new(stop, losses));
        Ok(())
    }

    /// Why training ended by itself, where it did.
    pub fn ended(&self) -> Option<Ended> {
        self.ended
    }

    /// Judges what all networks have finished since it was last judged.
    fn see(&mut self) {
        let Some(watch) = &self.stop else { return };
        for epoch in watch.seen() + 1..=self.progress().epoch {
            let loss = self.loss_of(epoch);
            let ended = self.stop.as_mut().and_then(|watch| watch.see(loss));
            if let (Some(ended), true) = (ended, epoch < self.recipe().epochs) {
                return self.end_after(epoch, ended);
            }
        }
    }

    /// The run becomes that of the epochs that were trained.
    fn end_after(&mut self, epoch: u32, ended: Ended) {
        let Ok(recipe) = self.recipe().ended_after(epoch) else { return };
        self.link.recipe = recipe.clone();
        self.lesson.recipe = recipe;
        self.ended = Some(ended);
        let lesson = &self.lesson;
        self.learners.iter_mut().for_each(|learner| learner.end_after(lesson, epoch));
    }

    /// The mean loss of an epoch over the networks that stayed finite in it.
    fn loss_of(&self, epoch: u32) -> f32 {
        let place = epoch as usize - 1;
        mean(self.learners.iter().filter_map(|learner| learner.curve().loss.get(place).copied()))
    }

    /// The same of each epoch that all networks have finished.
    fn losses_of_all(&self) -> Vec<f32> {
        (1..=self.progress().epoch).map(|epoch| self.loss_of(epoch)).collect()
    }

    /// The first of the networks that have the fewest epochs behind them: the one that is within an epoch, if one is.
    fn turn(&self) -> Option<usize> {
        let waiting = (0..self.learners.len()).filter(|&k| !self.learners[k].is_done(&self.lesson));
        waiting.min_by_key(|&k| self.learners[k].epochs())
    }

    /// The networks one by one, for those who train them side by side.
    pub fn jobs(&mut self) -> impl Iterator<Item = Job<'_>> {
        let lesson = &self.lesson;
        self.learners.iter_mut().map(move |learner| Job { learner, lesson })
    }

    /// How far the networks have come.
    pub fn progress(&self) -> OwnProgress {
        let epochs = self.recipe().epochs;
        let alive = || self.learners.iter().filter(|learner| learner.diverged_at().is_none());
        let behind =
            |learner: &Learner| if learner.is_done(&self.lesson) { epochs } else { learner.epochs() };
        let all = self.learners.iter().map(|learner| u64::from(behind(learner))).sum::<u64>();
        let finished = self.learners.iter().filter(|learner| learner.is_done(&self.lesson)).count();
        OwnProgress {
            epoch: alive().map(Learner::epochs).min().unwrap_or(epochs),
            share: all as f64 / (f64::from(epochs) * self.learners.len() as f64),
            finished: finished as u32,
            done: finished == self.learners.len(),
            diverged_at: self.learners.iter().find_map(Learner::diverged_at),
            loss: mean(alive().filter_map(Learner::loss)),
        }
    }

    /// What each network met in every epoch that it ever finished.
    pub fn curves(&self) -> Vec<Curve> {
        self.learners.iter().map(|learner| learner.curve().clone()).collect()
    }

    /// The decision scores of all pictures, in the order of the set, by each network that is trained to its end; `None`
    /// before, and where it diverged.
    pub fn scores(&self) -> Vec<Option<&[f32]>> {
        self.learners.iter().map(Learner::scores).collect()
    }

    /// The same by the plain methods, in the order of [`PLAIN`]; `None` before all are [prepared](Self::prepare).
    pub fn plain_scores(&self) -> Option<&[Vec<f32>]> {
        let scored = self.plain_scores[0].len();
        (scored == self.lesson.set.pictures().len()).then_some(&self.plain_scores)
    }

    /// Network `k` as it is now, or as it was after the epoch that is [shown](Self::look_towards); `None` where there is
    /// none.
    pub fn network(&self, k: u32) -> Option<Network> {
        Some(self.learners.get(k as usize)?.network())
    }

    /// The same as a safetensors file, whose metadata say the link, which of its networks it is, and, where there is one,
    /// the `threshold` above which a picture's score is odd.
    pub fn safetensors(&self, k: u32, threshold: Option<f32>) -> Option<Vec<u8>> {
        let (link, number) = (self.link().to_string(), k.to_string());
        // Read back as the same number.
        let threshold = threshold.map(write_number);
        let mut note = vec![("link", link.as_str()), ("network", number.as_str())];
        note.extend(threshold.iter().map(|level| ("threshold", level.as_str())));
        Some(self.network(k)?.safetensors(&note))
    }

    /// Picture `place` as network `k` makes it now, in numbers from 0 to 1.
    pub fn reconstruct(&self, k: u32, place: u32) -> Option<Vec<f32>> {
        self.reconstruct_other(k, &self.lesson.set.pictures().get(place as usize)?.levels)
    }

    /// Picture `place` as plain method `m` of [`PLAIN`] makes it; `None` before the methods have learned.
    pub fn reconstruct_plainly(&self, m: usize, place: u32) -> Option<Vec<f32>> {
        self.reconstruct_other_plainly(m, &self.lesson.set.pictures().get(place as usize)?.levels)
    }

    /// Any picture of the set's size, given by its levels, as network `k` makes it now; `None` where there is no such network,
    /// and for another size.
    pub fn reconstruct_other(&self, k: u32, levels: &[u8]) -> Option<Vec<f32>> {
        let images = Images::kept_as_levels(self.side_of(levels)?, levels.to_vec());
        Some(row(&self.network(k)?.reconstruct(&images, &[0], Activation::Sigmoid), 0).to_vec())
    }

    /// The same as plain method `m` of [`PLAIN`] makes it; `None` before the methods have learned, too.
    pub fn reconstruct_other_plainly(&self, m: usize, levels: &[u8]) -> Option<Vec<f32>> {
        self.side_of(levels)?;
        Some(self.plain.as_ref()?.reconstruct(PLAIN.get(m)?.1, levels))
    }

    /// The side of the set's pictures, if these are the levels of one of its size.
    fn side_of(&self, levels: &[u8]) -> Option<u32> {
        let side = self.lesson.set.side();
        (levels.len() == side as usize * side as usize).then_some(side)
    }

    /// What is trained.
    pub fn recipe(&self) -> &CheckedRecipe {
        &self.link.recipe
    }

    /// The set of pictures.
    pub fn set(&self) -> &PictureSet {
        &self.lesson.set
    }

    /// Which of them are learned, which are held out, and which must be found.
    pub fn split(&self) -> &Split {
        &self.lesson.split
    }

    /// What the link says must come out.
    pub fn asked(&self) -> Option<Digest> {
        self.link.check
    }

    /// The digest over all networks in the order of their seeds; `None` before the last is trained.
    ///
    /// # Errors
    ///
    /// [`Error::Diverged`] once a network left the finite numbers.
    pub fn digest(&self) -> Result<Option<Digest>, Error> {
        if let Some(epoch) = self.learners.iter().find_map(Learner::diverged_at) {
            return Err(Error::Diverged { epoch });
        }
        if !self.progress().done {
            return Ok(None);
        }
        let mut digester = Digester::new();
        for learner in &self.learners {
            digester.update(learner.trained().parameters());
        }
        Ok(Some(digester.finish()))
    }

    /// The verdict on the link once all networks are trained; before, [`Verdict::Unchecked`].
    pub fn verdict(&self) -> Verdict {
        let found = if self.progress().done { self.digest() } else { Ok(None) };
        Verdict::of(found, self.link.check)
    }

    /// The link to this run, and to the epoch that is looked at; with its digest once all networks are trained.
    pub fn link(&self) -> Link {
        let at = self.learners.iter().find(|learner| learner.is_away()).map(Learner::shown);
        Link { check: self.digest().ok().flatten(), at, ..self.link.clone() }
    }

    /// Shows network `k` as it was after an epoch, to the same bits, by at most `batches` mini-batches; false while there
    /// are more. Of an epoch that it has not reached, the last one that it has. Where training stands does not change, nor
    /// what is said of the trained networks: [`scores`](Self::scores), [`digest`](Self::digest), the verdict.
    ///
    /// # Panics
    ///
    /// Where there is no network `k`, here and in the methods below.
    pub fn look_towards(&mut self, k: u32, epoch: u32, batches: u32) -> bool {
        self.learners[k as usize].look_towards(&self.lesson, epoch, batches)
    }

    /// Shows where training stands again.
    pub fn look_away(&mut self) {
        self.learners.iter_mut().for_each(Learner::look_away);
    }

    /// Whether any network is shown as it was after another epoch than where training stands.
    pub fn is_away(&self) -> bool {
        self.learners.iter().any(Learner::is_away)
    }

    /// The epoch after which network `k` is shown, and the last one that it ever finished.
    pub fn shown(&self, k: u32) -> (u32, u32) {
        let learner = &self.learners[k as usize];
        (learner.shown(), learner.reached())
    }

    /// The mean reconstruction loss of each epoch of network `k` up to the one that is shown.
    pub fn losses_shown(&self, k: u32) -> &[f32] {
        let learner = &self.learners[k as usize];
        let losses = &learner.curve().loss;
        &losses[..losses.len().min(learner.shown() as usize)]
    }

    /// The decision scores of all pictures by network `k` as it is shown.
    pub fn scores_shown(&mut self, k: u32) -> &[f32] {
        self.learners[k as usize].scores_shown(&self.lesson)
    }

    /// Training of every network goes on from the epoch that is shown of it. What was known of later epochs stays known:
    /// they come out the same.
    pub fn go_on_from_here(&mut self) {
        self.learners.iter_mut().for_each(Learner::go_on_from_here);
        self.stop = self.stop.map(|watch| watch.again(self.losses_of_all()));
    }

    /// Looks for what happened on network `k`'s way, among the pictures that it learns, by at most `batches` mini-batches;
    /// the epoch to which it has looked.
    pub fn sweep(&mut self, k: u32, batches: u32) -> u32 {
        self.learners[k as usize].sweep(&self.lesson, batches)
    }

    /// What was found in the epochs of network `k` that were [swept](Self::sweep), in their order.
    pub fn marks(&self, k: u32) -> Vec<Mark> {
        self.learners[k as usize].marks()
    }
}

/// A sum in the order of the networks, over their number; NaN of none.
fn mean(losses: impl Iterator<Item = f32>) -> f32 {
    let (sum, n) = losses.fold((0.0, 0), |(sum, n): (f32, u32), loss| (sum + loss, n + 1));
    sum / n as f32
}

/// Whether a set is the one that a recipe means.
fn check_set(recipe: &CheckedRecipe, set: &PictureSet) -> Result<(), Error> {
    let refusal =
        |key: &str, value: String, rule: String| Err(Error::Combination { key: key.into(), value, rule });
    let asked = recipe.set.as_ref().and_then(|set| set.images).map(|digest| digest.to_string());
    let (asked, found) = (asked.unwrap_or_else(|| DIGITS.into()), Digest::of_pictures(set).to_string());
    if asked != found && recipe.data == Kind::Digits {
        let rule = format!("the digits have the digest {asked}, and the set that was brought {found}");
        return refusal("data", "digits".into(), rule);
    }
    if asked != found {
        return refusal("images", asked, format!("the set that was brought has the digest {found}"));
    }
    if set.side() != recipe.side {
        let rule = format!("the pictures of the set are {} pixels wide", set.side());
        return refusal("side", recipe.side.to_string(), rule);
    }
    if set.pictures().len() != recipe.count as usize {
        let rule = format!("the set has {} pictures", set.pictures().len());
        return refusal("count", recipe.count.to_string(), rule);
    }
    let normal = recipe.set.as_ref().map_or("", |set| &set.normal);
    match set.pictures().iter().any(|picture| picture.label == normal) {
        true => Ok(()),
        false if normal.is_empty() => refusal(
            "normal",
            String::new(),
            "every picture of the set has a label, and one must be normal".into(),
        ),
        false => refusal("normal", normal.into(), "no picture of the set has this label".into()),
    }
}
