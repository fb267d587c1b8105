//! What the methods are examined on: normal images that nobody was trained on, and spoilt ones.

use crate::data::{Defect, HalfPlanes, Images, lines, salt_pepper_pixels};
use crate::num::rng::{Purpose, Stream};
use crate::recipe::{EXAMINED, Recipe, write_number};
use serde::Serialize;

/// A row of the table: a defect of one size, or of sizes drawn uniformly between two.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Condition {
    /// What is wrong.
    pub defect: Defect,
    /// The smallest size, in the units of [`Defect::sizes`].
    pub low: f32,
    /// The largest.
    pub high: f32,
    /// The place among all that there are, which gives it random numbers of its own.
    #[serde(skip)]
    place: u32,
}

/// The rows for images that have room for them.
const ALL: [(Defect, f32, f32); MOST_CONDITIONS as usize] = [
    (Defect::Block, 1.0, 1.0),
    (Defect::Block, 2.0, 2.0),
    (Defect::Block, 4.0, 4.0),
    (Defect::Block, 8.0, 8.0),
    (Defect::SaltPepper, 1.0, 1.0),
    (Defect::SaltPepper, 5.0, 5.0),
    (Defect::Offset, 2.0, 4.0),
    (Defect::Curve, 4.0, 4.0),
    (Defect::Circle, 8.0, 8.0),
    (Defect::Wedge, 45.0, 45.0),
    (Defect::Checkerboard, 4.0, 4.0),
    (Defect::Blank, 0.0, 0.0),
];
/// As many rows as there are at the most.
pub const MOST_CONDITIONS: u32 = 12;

/// The rows of the table for images of `side × side` pixels, each of the size that is drawn: small images have no room
/// for the larger ones, and what would be done twice is left out.
///
/// ```
/// use bottleneck::run::anomalies::conditions;
/// let names = |side| conditions(side).iter().map(|condition| condition.name()).collect::<Vec<_>>();
/// assert_eq!(names(32)[..4], ["block_1", "block_2", "block_4", "block_8"]);
/// assert_eq!(names(8)[..4], ["block_1", "block_2", "block_4", "salt_pepper_5"]);
/// ```
pub fn conditions(side: u32) -> Vec<Condition> {
    let mut rows: Vec<Condition> = Vec::new();
    for (place, (defect, low, high)) in (0..).zip(ALL) {
        let sizes = defect.sizes(side);
        let row = Condition { defect, low: sizes.nearest(low), high: sizes.nearest(high), place };
        if !rows.iter().any(|other| other.done_to(side) == row.done_to(side)) {
            rows.push(row);
        }
    }
    rows
}

impl Condition {
    /// Its name in results: the defect and its sizes, `block_8`, `offset_2_4`.
    pub fn name(&self) -> String {
        let mut name = self.defect.name().to_owned();
        let sizes = [self.low, self.high];
        // Where the size means nothing, there is none.
        let told = if self.defect == Defect::Blank { 0 } else { 1 + usize::from(self.low < self.high) };
        for &size in &sizes[..told] {
            name.push('_');
            name += &write_number(size);
        }
        name
    }

    /// What is done to an image, told apart by its effect: as few pixels turned at random as make one are a block of one
    /// pixel, and so are two shares that come to the same number of pixels.
    fn done_to(&self, side: u32) -> (Defect, f32, f32) {
        match self.defect {
            Defect::SaltPepper => match salt_pepper_pixels(self.low, side) {
                1 => (Defect::Block, 1.0, 1.0),
                pixels => (Defect::SaltPepper, pixels as f32, pixels as f32),
            },
            defect => (defect, self.low, self.high),
        }
    }
}

/// Normal images that set the thresholds.
pub const N_THRESHOLD: u32 = 1000;
/// Normal images that are judged by them, others than those.
pub const N_NORMAL: u32 = 1000;
/// Images of each condition.
pub const N_SPOILT: u32 = 500;

// What a recipe may ask for is reckoned with this many.
const _: () = assert!(EXAMINED == (N_THRESHOLD + N_NORMAL + N_SPOILT * MOST_CONDITIONS) as u64);

/// The images of an examination.
pub struct Sets {
    /// Sets the thresholds.
    pub threshold: Images,
    /// Normal images to be left alone.
    pub normal: Images,
    /// Spoilt images, one set for each of [`conditions`].
    pub spoilt: Vec<Images>,
}

impl Sets {
    /// Those of a recipe: a function of its side, span and data seed.
    pub fn new(recipe: &Recipe, planes: &HalfPlanes) -> Sets {
        let held_out = Stream::new(recipe.dataseed, Purpose::HeldOut);
        let mut later = held_out.clone();
        // One draw an image: the second set goes on where the first one ends.
        (0..N_THRESHOLD).for_each(|_| _ = later.bits());
        let normal = |stream, count| lines::drawn_from(stream, recipe.side, count, recipe.span);
        Sets {
            threshold: normal(held_out, N_THRESHOLD),
            normal: normal(later, N_NORMAL),
            spoilt: conditions(recipe.side)
                .iter()
                .map(|condition| spoilt(recipe, condition, planes))
                .collect(),
        }
    }
}

/// The images of one condition. Each condition has a stream of its own, so that a new one shifts none.
fn spoilt(recipe: &Recipe, condition: &Condition, planes: &HalfPlanes) -> Images {
    let &Condition { defect, low, high, place } = condition;
    let mut stream = Stream::new(recipe.dataseed ^ (place + 1) << 24, Purpose::Defect);
    let mut pixels = Vec::new();
    for _ in 0..N_SPOILT {
        let size = low + (high - low) * stream.uniform();
        pixels.extend(defect.draw(size, recipe.side, recipe.span, planes, &mut stream));
    }
    Images::new(recipe.side, pixels, Vec::new())
}

/// One spoilt image for a visitor to play with; another `seed`, another image.
pub fn example(recipe: &Recipe, defect: Defect, size: f32, seed: u32, planes: &HalfPlanes) -> Vec<u8> {
    defect.draw(size, recipe.side, recipe.span, planes, &mut Stream::new(seed, Purpose::Defect))
}
