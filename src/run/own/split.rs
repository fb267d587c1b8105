//! Which pictures of a set are learned, which are held out, and which must be found.

use crate::data::PictureSet;
use crate::num::order;
use crate::num::rng::{Purpose, Stream};

/// Places in a set, each in rising order; every picture is in one of the three.
///
/// | set                   | decision                                                       |
/// |-----------------------|----------------------------------------------------------------|
/// | no labels             | the empty label is normal: all are, and none must be found      |
/// | no normal pictures    | nothing is learned and nothing held out                        |
/// | one normal picture    | it is learned                                                  |
/// | a share below a picture | nothing is held out: no threshold and no AUC                 |
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    /// Normal pictures that the methods learn.
    pub training: Vec<u32>,
    /// Normal pictures that nobody learns.
    pub held_out: Vec<u32>,
    /// Pictures with another label.
    pub anomalies: Vec<u32>,
}

impl Split {
    /// Holds out `⌊n·percent / 100⌋` of the `n` pictures labelled `normal`, drawn by `seed`; one at least is learned.
    ///
    /// ```
    /// use bottleneck::data::{Picture, PictureSet};
    /// use bottleneck::run::own::Split;
    ///
    /// let picture = |label: &str| Picture { label: label.into(), name: String::new(), levels: vec![7; 16] };
    /// let set = PictureSet::new(4, [vec![picture("crack")], vec![picture("good"); 8]].concat());
    /// let split = Split::of(&set, "good", 25, 1);
    /// assert_eq!((split.training.len(), split.held_out.len(), split.anomalies), (6, 2, vec![0]));
    /// ```
    pub fn of(set: &PictureSet, normal: &str, percent: u32, seed: u32) -> Split {
        let places = |wanted: bool| {
            let labels = (0..).zip(set.pictures());
            labels.filter(move |(_, picture)| (picture.label == normal) == wanted).map(|(place, _)| place)
        };
        let mut drawn: Vec<u32> = places(true).collect();
        Stream::new(seed, Purpose::Split).shuffle(&mut drawn);
        let share = drawn.len() as u64 * u64::from(percent.min(100)) / 100;
        let training = drawn.split_off(share.min((drawn.len() as u64).saturating_sub(1)) as usize);
        Split { training: rising(training), held_out: rising(drawn), anomalies: places(false).collect() }
    }
}

fn rising(places: Vec<u32>) -> Vec<u32> {
    order::sorted_by(&places, |a, b| a < b)
}
