//! At which code each pixel of a picture turns, as a picture.

use super::{Thresholds, Turn};
use crate::num::order;
use serde::Serialize;

/// Where the pixels turn between the lowest and the highest code of a training set.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TurnMap {
    /// All turns, in order of the code.
    pub turns: Vec<Turn>,
    /// `[n_pixels]`: the lowest turn of a pixel between the codes; NaN where there is none.
    pub first: Vec<f32>,
    /// `[n_pixels]`: turns between the codes, up to 255.
    pub counts: Vec<u8>,
    /// `[n_pixels]`: the share of the codes that are lower than `first`; 0 where that is none. Colours by these are spread
    /// evenly over the images, not over the line: codes may lie far apart.
    pub places: Vec<f32>,
    /// The lowest code.
    pub low: f32,
    /// The code in the middle; of an even number, the upper of the two.
    pub middle: f32,
    /// The highest code.
    pub high: f32,
}

impl TurnMap {
    /// Of codes of one number, and pictures of so many pixels; `None` without any code.
    ///
    /// ```
    /// use bottleneck::analysis::quad::presets::Preset;
    /// use bottleneck::analysis::thresholds::{Thresholds, map::TurnMap};
    ///
    /// let thresholds = Thresholds::of(&Preset::Solved.network())?;
    /// let map = TurnMap::of(&thresholds, &[-3.0, 3.0, -1.0, 1.0], 4).expect("four codes");
    /// assert_eq!((map.low, map.middle, map.high), (-3.0, 1.0, 3.0));
    /// assert_eq!((map.first, map.counts), (vec![-2.0, 0.0, 0.0, -2.0], vec![2, 1, 1, 2]));
    /// assert_eq!(map.places, [0.25, 0.5, 0.5, 0.25]);
    /// # Ok::<(), bottleneck::Error>(())
    /// ```
    pub fn of(thresholds: &Thresholds, codes: &[f32], n_pixels: usize) -> Option<TurnMap> {
        let codes = order::sorted(codes);
        let (low, high) = (*codes.first()?, *codes.last()?);
        let turns = thresholds.turns();
        let mut first = vec![f32::NAN; n_pixels];
        let mut counts = vec![0u8; n_pixels];
        for &Turn { z, pixel, .. } in &turns {
            let z = z as f32;
            if low <= z && z <= high {
                if counts[pixel] == 0 {
                    first[pixel] = z;
                }
                counts[pixel] = counts[pixel].saturating_add(1);
            }
        }
        let place = |&z: &f32| codes.partition_point(|&code| code < z) as f32 / codes.len() as f32;
        let places = first.iter().map(place).collect();
        Some(TurnMap { turns, first, counts, places, low, middle: codes[codes.len() / 2], high })
    }
}
