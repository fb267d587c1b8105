//! At which epochs of a run something happened: found by going through it once more.

use crate::analysis::quad::cause::Equal;
use crate::analysis::quad::outcome::{Outcome, ending};
use crate::analysis::quad::partition::Partition;
use crate::analysis::quad::trace::Trace;
use crate::autoencoder::Network;
use crate::data::Images;
use crate::num::matrix::{own, slices};
use crate::num::order;
use crate::recipe::write_number;
use crate::run::course::Course;
use crate::run::tally::PAIRS;
use ndarray::Array2;
use std::fmt;

/// A fall or rise of the loss by this factor between two epochs is worth a mark.
const JUMP: f32 = 1.05;

/// Something that happened in a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// The first epoch after which it was so. An end for good is so after every later epoch, too.
    pub epoch: u32,
    /// What it was.
    pub event: Event,
}

/// Where in a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// After the relu of L1.
    L1,
    /// At the code, or its mean.
    Code,
    /// After the relu of L3.
    L3,
}

impl Place {
    fn name(self) -> &'static str {
        match self {
            Place::L1 => "after L1",
            Place::Code => "at the code",
            Place::L3 => "after L3",
        }
    }
}

/// What can happen.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// Of the four 2×2 images, these became equal for good, first at that place.
    Equal {
        /// Their numbers, from 0.
        images: Vec<u8>,
        /// Where they became equal.
        place: Place,
    },
    /// Of many images, two different ones came to have the same code for good.
    Tied {
        /// How many codes were missing in the end: different images less different codes.
        missing: u32,
        /// How many images are different.
        of: u32,
    },
    /// Neurons stopped firing for every image, for good.
    Dead {
        /// The layer, L1 or L3.
        place: Place,
        /// Their numbers in the layer, from 0, in order.
        neurons: Vec<u32>,
    },
    /// The loss changed by the largest factor between two epochs, the first of all left out.
    Jump {
        /// The loss before.
        from: f32,
        /// The loss after.
        to: f32,
    },
    /// For the first time every output was right.
    Solved,
}

impl Event {
    /// In one word, for scripts and styles.
    pub fn kind(&self) -> &'static str {
        match self {
            Event::Equal { .. } => "equal",
            Event::Tied { .. } => "tied",
            Event::Dead { .. } => "dead",
            Event::Jump { .. } => "jump",
            Event::Solved => "solved",
        }
    }
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Event::Equal { images, place } => {
                f.write_str("images ")?;
                write_numbers(f, images.iter().map(|&image| u32::from(image)))?;
                write!(f, " became equal {}, for good", place.name())
            }
            Event::Tied { missing, of } => {
                write!(
                    f,
                    "two images came to share a code for good; in the end {missing} of {of} have none of their own"
                )
            }
            Event::Dead { place, neurons } => {
                let layer = if *place == Place::L1 { "L1" } else { "L3" };
                f.write_str(if neurons.len() == 1 { "neuron " } else { "neurons " })?;
                write_numbers(f, neurons.iter().copied())?;
                write!(f, " of {layer} stopped firing for every image, for good")
            }
            Event::Jump { from, to } => {
                let word = if to < from { "fell" } else { "rose" };
                write!(f, "the loss {word} the most in one epoch, from {} to {}", short(*from), short(*to))
            }
            Event::Solved => f.write_str("every output was right for the first time"),
        }
    }
}

/// Numbers as people count, from 1: “1, 2 and 4”.
fn write_numbers(f: &mut fmt::Formatter<'_>, numbers: impl ExactSizeIterator<Item = u32>) -> fmt::Result {
    let count = numbers.len();
    for (i, number) in numbers.enumerate() {
        f.write_str(match i {
            0 => "",
            _ if i + 1 == count => " and ",
            _ => ", ",
        })?;
        write!(f, "{}", number + 1)?;
    }
    Ok(())
}

/// Three significant digits, as links spell numbers: the standard library's formatting of floats would be a tenth of
/// what the page downloads.
fn short(value: f32) -> String {
    if !(value > 0.0 && value.is_finite()) {
        return write_number(value);
    }
    let mut scale = 1.0;
    while f64::from(value) * scale < 100.0 {
        scale *= 10.0;
    }
    let digits = (f64::from(value) * scale + 0.5) as u32;
    write_number((f64::from(digits) / scale) as f32)
}

/// The jump of the loss that is worth a mark: the largest factor, up or down, between two epochs.
///
/// From the first epoch to the second it is never looked for: there every run falls the most.
fn jump(losses: &[f32]) -> Option<Mark> {
    let factor = |before: f32, after: f32| if after < before { before / after } else { after / before };
    let mut best: Option<(usize, f32)> = None;
    for (i, pair) in losses.windows(2).enumerate().skip(1) {
        let size = factor(pair[0], pair[1]);
        if size.is_finite() && size >= JUMP && best.is_none_or(|(_, most)| size > most) {
            best = Some((i, size));
        }
    }
    let (i, _) = best?;
    Some(Mark { epoch: i as u32 + 2, event: Event::Jump { from: losses[i], to: losses[i + 1] } })
}

/// Since when something is so, without a break.
#[derive(Clone, Copy, Debug, Default)]
struct Since(Option<u32>);

impl Since {
    fn see(&mut self, epoch: u32, holds: bool) {
        self.0 = if holds { self.0.or(Some(epoch)) } else { None };
    }
}

/// What is asked of the network after every epoch.
struct Look {
    /// The images that differ, in no order that matters.
    different: Vec<u32>,
    is_quad: bool,
    /// Since when each of [`PAIRS`] is equal somewhere, and where it is first now.
    pairs: [(Since, Option<Place>); 6],
    tied: Since,
    missing: u32,
    dead: [Vec<Since>; 2],
    solved: Option<u32>,
}

impl Look {
    fn new(images: &Images, l1: usize, l3: usize) -> Look {
        let different = images.different();
        Look {
            is_quad: images.count() == 4 && images.n_pixels() == 4 && different.len() == 4,
            different,
            pairs: Default::default(),
            tied: Since::default(),
            missing: 0,
            dead: [vec![Since::default(); l1], vec![Since::default(); l3]],
            solved: None,
        }
    }

    fn see(&mut self, epoch: u32, network: &Network, images: &Images) {
        if self.is_quad {
            let trace = Trace::of(network, images);
            self.see_pairs(epoch, Equal::of(&trace));
            self.see_dead(epoch, &trace.l1, &trace.l3);
            let is_solved = ending(trace.outputs.view(), trace.code.view()).outcome == Outcome::Solved;
            self.solved = self.solved.or(is_solved.then_some(epoch));
            return;
        }
        let codes = network.encode(images, &self.different).mean;
        let l3 = own(network.decode_hidden(codes.view()));
        self.see_dead(epoch, &network.hidden(images, &self.different), &l3);
        let rows: Vec<&[f32]> = slices(&codes).collect();
        let rows = order::sorted_by(&rows, |a, b| a < b);
        self.missing = rows.windows(2).filter(|pair| pair[0] == pair[1]).count() as u32;
        self.tied.see(epoch, self.missing > 0);
    }

    fn see_pairs(&mut self, epoch: u32, equal: Equal) {
        let places = [(Place::L1, equal.l1), (Place::Code, equal.code), (Place::L3, equal.l3)];
        for (&(i, j), (since, first)) in PAIRS.iter().zip(&mut self.pairs) {
            let together = |(_, partition): &&(Place, Partition)| partition.is_together(i, j);
            *first = places.iter().find(together).map(|&(place, _)| place);
            since.see(epoch, first.is_some());
        }
    }

    fn see_dead(&mut self, epoch: u32, l1: &Array2<f32>, l3: &Array2<f32>) {
        for (values, dead) in [l1, l3].into_iter().zip(&mut self.dead) {
            for (neuron, since) in dead.iter_mut().enumerate() {
                since.see(epoch, slices(values).all(|image| image[neuron] == 0.0));
            }
        }
    }

    /// What was found, in the order of epochs.
    fn marks(&self, losses: &[f32]) -> Vec<Mark> {
        let mut marks: Vec<Mark> = jump(losses).into_iter().chain(self.equal()).collect();
        let of = self.different.len() as u32;
        let tied = Event::Tied { missing: self.missing, of };
        marks.extend(self.tied.0.map(|epoch| Mark { epoch, event: tied }));
        for (place, dead) in [Place::L1, Place::L3].into_iter().zip(&self.dead) {
            marks.extend(died(place, dead));
        }
        marks.extend(self.solved.map(|epoch| Mark { epoch, event: Event::Solved }));
        order::sorted_by(&marks, |a, b| a.epoch < b.epoch)
    }

    /// Pairs that became equal in the same epoch and at the same place are told together.
    fn equal(&self) -> Vec<Mark> {
        let mut marks: Vec<Mark> = Vec::new();
        for (&(i, j), &(since, first)) in PAIRS.iter().zip(&self.pairs) {
            let (Some(epoch), Some(place)) = (since.0, first) else { continue };
            let pair = [i as u8, j as u8];
            let told = marks.iter_mut().find_map(|mark| match &mut mark.event {
                Event::Equal { images, place: there } if mark.epoch == epoch && *there == place => {
                    images.iter().any(|image| pair.contains(image)).then_some(images)
                }
                _ => None,
            });
            match told {
                Some(images) => {
                    images.extend(pair);
                    *images = order::sorted_by(images, |a, b| a < b);
                    images.dedup();
                }
                None => marks.push(Mark { epoch, event: Event::Equal { images: pair.into(), place } }),
            }
        }
        marks
    }
}

/// Neurons of a layer that died in the same epoch are told together.
fn died(place: Place, dead: &[Since]) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    for (neuron, since) in (0..).zip(dead) {
        let Some(epoch) = since.0 else { continue };
        let told = marks.iter_mut().find(|mark| mark.epoch == epoch);
        match told.map(|mark| &mut mark.event) {
            Some(Event::Dead { neurons, .. }) => neurons.push(neuron),
            _ => marks.push(Mark { epoch, event: Event::Dead { place, neurons: vec![neuron] } }),
        }
    }
    marks
}

/// A second way through a run, from its beginning, that looks at the network after every epoch.
pub struct Sweep {
    course: Course<f32>,
    look: Look,
}

impl Sweep {
    /// A sweep of the run that begins as `course` stands.
    pub fn new(course: Course<f32>, network: &Network, images: &Images) -> Sweep {
        let sizes = network.architecture();
        let mut look = Look::new(images, sizes.l1, sizes.l3);
        look.see(course.epochs(), network, images);
        Sweep { course, look }
    }

    /// Goes on by at most `batches`, to epoch `end` and no further; returns the epoch where it stands.
    pub fn go(&mut self, end: u32, batches: u32, images: &Images) -> u32 {
        for _ in 0..batches {
            if self.course.epochs() >= end {
                break;
            }
            if self.course.step(images) {
                let network = self.course.network(0);
                self.look.see(self.course.epochs(), &network, images);
            }
        }
        self.course.epochs()
    }

    /// Finished epochs.
    pub fn epochs(&self) -> u32 {
        self.course.epochs()
    }

    /// What has happened so far, in the order of epochs; `losses` are those of the epochs that were gone through.
    pub fn marks(&self, losses: &[f32]) -> Vec<Mark> {
        self.look.marks(losses)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_jump_is_the_largest_factor_up_or_down_but_not_the_first_step() {
        let found = |losses: &[f32]| jump(losses).map(|mark| (mark.epoch, mark.event));
        assert_eq!(found(&[0.9, 0.1, 0.1, 0.2, 0.19]), Some((4, Event::Jump { from: 0.1, to: 0.2 })));
        assert_eq!(found(&[0.9, 0.8, 0.2, 0.19]), Some((3, Event::Jump { from: 0.8, to: 0.2 })));
        assert_eq!(found(&[0.9, 0.1, 0.099, 0.098]), None, "nothing happened but the beginning");
        assert_eq!(found(&[0.5]), None);
        assert_eq!(found(&[0.5, 0.4, f32::NAN]), None);
    }

    #[test]
    fn what_is_so_for_good_counts_from_the_last_break() {
        let mut since = Since::default();
        for (epoch, holds) in [(1, true), (2, true), (3, false), (4, true), (5, true)] {
            since.see(epoch, holds);
        }
        assert_eq!(since.0, Some(4));
    }

    #[test]
    fn neurons_that_die_together_are_told_together() {
        let dead = [Some(3), None, Some(0), Some(3)].map(Since);
        let told: Vec<_> = died(Place::L1, &dead).into_iter().map(|mark| (mark.epoch, mark.event)).collect();
        let event = |neurons: &[u32]| Event::Dead { place: Place::L1, neurons: neurons.into() };
        assert_eq!(told, [(3, event(&[0, 3])), (0, event(&[2]))]);
    }

    #[test]
    fn events_are_told_in_words() {
        let equal = Event::Equal { images: vec![0, 1, 3], place: Place::L1 };
        assert_eq!(equal.to_string(), "images 1, 2 and 4 became equal after L1, for good");
        let one = Event::Dead { place: Place::L1, neurons: vec![6] };
        assert_eq!(one.to_string(), "neuron 7 of L1 stopped firing for every image, for good");
        let two = Event::Dead { place: Place::L3, neurons: vec![0, 9] };
        assert_eq!(two.to_string(), "neurons 1 and 10 of L3 stopped firing for every image, for good");
        let jump = Event::Jump { from: 0.25, to: 0.125 };
        assert_eq!(jump.to_string(), "the loss fell the most in one epoch, from 0.25 to 0.125");
        let digits = [0.25, 1234.5, 0.009_444_4, 0.009_999_9, 1e-6, 2.0 / 3.0, 0.0].map(short);
        assert_eq!(digits, ["0.25", "1235", "0.00944", "0.01", "1e-6", "0.667", "0"]);
    }
}
