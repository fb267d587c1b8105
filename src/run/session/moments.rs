//! A session's network as it was after any epoch of its run, and what happened on the way.

use super::{Session, course_of, divergence};
use crate::analysis::stats::thinned;
use crate::autoencoder::{Losses, Network};
use crate::recipe::Digest;
use crate::run::time::{Mark, Sweep};

impl Session {
    /// The network that is shown: that of [`look_at`](Self::look_at), else as training has left it.
    pub fn network(&self) -> Network {
        self.replay.shown(&self.course).network(0)
    }

    /// The epoch whose network is shown.
    pub fn shown(&self) -> u32 {
        self.replay.shown(&self.course).epochs()
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
        self.replay.is_away()
    }

    /// The same by at most `batches` mini-batches; false while there are more.
    pub fn look_towards(&mut self, epoch: u32, batches: u32) -> bool {
        let epoch = epoch.min(self.reached());
        let begin = || course_of(&self.link, &self.images);
        self.replay.towards(epoch, batches, &self.images, &self.course, begin)
    }

    /// Shows where training stands again.
    pub fn look_away(&mut self) {
        self.replay.look_away();
    }

    /// Training goes on from the epoch that is shown. What was known of later epochs stays known: they come out the same.
    pub fn go_on_from_here(&mut self) {
        if self.is_away() && self.course.losses().len() > self.future.len() {
            self.future = self.course.losses().to_vec();
        }
        if !self.replay.take_back(&mut self.course) {
            return;
        }
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
            course.restore(self.replay.timeline().before(0));
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
        (self.replay.timeline().stride(), self.replay.timeline().bytes())
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
}
