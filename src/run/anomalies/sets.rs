//! What the methods are examined on: normal images that nobody was trained on, and spoilt ones.

use crate::data::{Defect, HalfPlanes, Images, lines};
use crate::num::rng::{Purpose, Stream};
use crate::recipe::{EXAMINED, Recipe};

/// A row of the table: a defect of one size, or of sizes drawn uniformly between two.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Condition {
    /// Its name in results.
    pub name: &'static str,
    /// What is wrong.
    pub defect: Defect,
    /// The smallest size, in the units of [`Defect::sizes`].
    pub low: f32,
    /// The largest.
    pub high: f32,
}

const fn condition(name: &'static str, defect: Defect, low: f32, high: f32) -> Condition {
    Condition { name, defect, low, high }
}

/// The rows of the table.
pub const CONDITIONS: [Condition; 12] = [
    condition("block_1", Defect::Block, 1.0, 1.0),
    condition("block_2", Defect::Block, 2.0, 2.0),
    condition("block_4", Defect::Block, 4.0, 4.0),
    condition("block_8", Defect::Block, 8.0, 8.0),
    condition("salt_pepper_1", Defect::SaltPepper, 1.0, 1.0),
    condition("salt_pepper_5", Defect::SaltPepper, 5.0, 5.0),
    condition("offset_2_4", Defect::Offset, 2.0, 4.0),
    condition("curve_4", Defect::Curve, 4.0, 4.0),
    condition("circle_8", Defect::Circle, 8.0, 8.0),
    condition("wedge_45", Defect::Wedge, 45.0, 45.0),
    condition("checkerboard_4", Defect::Checkerboard, 4.0, 4.0),
    condition("blank", Defect::Blank, 0.0, 0.0),
];

/// Normal images that set the thresholds.
pub const N_THRESHOLD: u32 = 1000;
/// Normal images that are judged by them, others than those.
pub const N_NORMAL: u32 = 1000;
/// Images of each condition.
pub const N_SPOILT: u32 = 500;

// What a recipe may ask for is reckoned with this many.
const _: () = assert!(EXAMINED == (N_THRESHOLD + N_NORMAL + N_SPOILT * CONDITIONS.len() as u32) as u64);

/// The images of an examination.
pub struct Sets {
    /// Sets the thresholds.
    pub threshold: Images,
    /// Normal images to be left alone.
    pub normal: Images,
    /// Spoilt images, one set for each of [`CONDITIONS`].
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
            spoilt: (0..CONDITIONS.len()).map(|c| spoilt(recipe, c, planes)).collect(),
        }
    }
}

/// The images of one condition. Each condition has a stream of its own, so that a new one shifts none.
fn spoilt(recipe: &Recipe, c: usize, planes: &HalfPlanes) -> Images {
    let Condition { defect, low, high, .. } = CONDITIONS[c];
    let mut stream = Stream::new(recipe.dataseed ^ (c as u32 + 1) << 24, Purpose::Defect);
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
