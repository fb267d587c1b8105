//! Every centred half plane that an image of one side can show.
//!
//! Turning the edge around the centre changes the image only where the edge meets the centre of a
//! pixel. Between two such angles the image stays the same, so there are finitely many: 852 of
//! 32 × 32 pixels, both polarities counted. All of it is done in whole numbers, so it is exact.

use crate::num::order;
use std::cmp::Ordering;

/// All distinct half planes of one side, in the order in which a turning edge meets them.
///
/// An angle at which the edge passes exactly through a pixel's centre belongs to none of them; such
/// angles have probability zero.
///
/// ```
/// use bottleneck::data::{HalfPlanes, half_plane};
/// let planes = HalfPlanes::new(32);
/// assert_eq!(planes.count(), 852);
/// let line: Vec<f32> = half_plane(32, 33.0).into_iter().map(f32::from).collect();
/// assert_eq!(planes.nearest(&line).distance, 0.0);
/// ```
#[derive(Clone, Debug)]
pub struct HalfPlanes {
    first: Vec<u8>,
    /// What changes from each half plane to the next: pixel and new value.
    turns: Vec<Vec<(u16, u8)>>,
}

/// The half plane that is nearest to an image.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Nearest {
    /// Which; the first of those that are equally near.
    pub index: usize,
    /// The mean over pixels of |value − half plane|: for a binary image the share of pixels that differ.
    pub distance: f64,
}

impl HalfPlanes {
    /// Those of `side × side` pixels, `side` at least 2.
    pub fn new(side: u32) -> HalfPlanes {
        let pixels = places(side);
        let normals = critical_normals(&pixels);
        let value = |n: (i32, i32), p: (i32, i32)| u8::from(n.0 * p.0 + n.1 * p.1 > 0);
        let between = |i: usize| {
            let (a, b) = (normals[i % normals.len()], normals[(i + 1) % normals.len()]);
            (a.0 + b.0, a.1 + b.1)
        };
        let turn = |i: usize| {
            let (met, after) = (normals[i % normals.len()], between(i));
            let on_edge = |p: (i32, i32)| p != (0, 0) && met.0 * p.0 + met.1 * p.1 == 0;
            let changed = pixels.iter().enumerate().filter(|&(_, &p)| on_edge(p));
            changed.map(|(at, &p)| (at as u16, value(after, p))).collect()
        };
        HalfPlanes {
            first: pixels.iter().map(|&p| value(between(0), p)).collect(),
            turns: (1..normals.len()).map(turn).collect(),
        }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.turns.len() + 1
    }

    /// The pixels of one of them, row by row.
    pub fn pixels(&self, index: usize) -> Vec<u8> {
        let mut pixels = self.first.clone();
        for &(pixel, value) in self.turns[..index].iter().flatten() {
            pixels[usize::from(pixel)] = value;
        }
        pixels
    }

    /// The one nearest to an image of any values, by the mean absolute difference.
    ///
    /// One turn around the centre: each pixel changes twice, so the search costs no more than three
    /// looks at the image.
    pub fn nearest(&self, values: &[f32]) -> Nearest {
        let lit = |x: f32| f64::from((1.0 - x).abs()) - f64::from(x.abs());
        let mut sum = values.iter().map(|x| f64::from(x.abs())).sum::<f64>();
        sum += self.first.iter().zip(values).map(|(&h, &x)| f64::from(h) * lit(x)).sum::<f64>();
        let (mut index, mut least) = (0, sum);
        for (before, turn) in self.turns.iter().enumerate() {
            for &(pixel, value) in turn {
                let change = lit(values[usize::from(pixel)]);
                sum += if value == 1 { change } else { -change };
            }
            if sum < least {
                (index, least) = (before + 1, sum);
            }
        }
        Nearest { index, distance: least / values.len() as f64 }
    }

    /// Whether a binary image is one of them.
    pub fn contain(&self, pixels: &[u8]) -> bool {
        let values: Vec<f32> = pixels.iter().map(|&p| f32::from(p)).collect();
        self.nearest(&values).distance == 0.0
    }
}

/// Twice the pixels' distances from the centre, (column, row), so that they are whole numbers.
fn places(side: u32) -> Vec<(i32, i32)> {
    let along = |k: u32| 2 * k as i32 - (side as i32 - 1);
    (0..side * side).map(|at| (along(at % side), along(at / side))).collect()
}

/// The normals of the edges that meet a pixel's centre, by angle, each once, in lowest terms.
fn critical_normals(pixels: &[(i32, i32)]) -> Vec<(i32, i32)> {
    let off_centre = pixels.iter().filter(|&&p| p != (0, 0));
    let normals: Vec<(i32, i32)> = off_centre
        .map(|&(x, y)| {
            let divisor = gcd(x.unsigned_abs(), y.unsigned_abs()) as i32;
            (-y / divisor, x / divisor)
        })
        .collect();
    let mut normals = order::sorted_by(&normals, |&a, &b| by_angle(a, b).is_lt());
    normals.dedup();
    normals
}

fn gcd(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// By angle from 0 to 360°, exactly.
fn by_angle(a: (i32, i32), b: (i32, i32)) -> Ordering {
    let second_half = |(x, y): (i32, i32)| y < 0 || (y == 0 && x < 0);
    let cross = a.0 * b.1 - a.1 * b.0;
    second_half(a).cmp(&second_half(b)).then(0.cmp(&cross))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::half_plane;

    #[test]
    fn every_half_plane_of_a_general_angle_is_among_them() {
        for side in [4, 5, 8, 32] {
            let planes = HalfPlanes::new(side);
            for k in 0..360 {
                let angle = k as f32 + 0.137;
                assert!(planes.contain(&half_plane(side, angle)), "{angle}° of side {side}");
            }
        }
    }

    #[test]
    fn no_two_are_the_same_and_the_negative_of_each_is_there() {
        for side in [4, 7, 12] {
            let planes = HalfPlanes::new(side);
            let mut all: Vec<Vec<u8>> = (0..planes.count()).map(|i| planes.pixels(i)).collect();
            assert!(
                all.iter()
                    .all(|p| side % 2 == 1 || planes.contain(&p.iter().map(|&v| 1 - v).collect::<Vec<_>>()))
            );
            all.sort();
            all.dedup();
            assert_eq!(all.len(), planes.count());
        }
    }

    #[test]
    fn the_search_finds_what_looking_at_each_finds() {
        let planes = HalfPlanes::new(9);
        let mut stream = crate::num::rng::Stream::new(3, crate::num::rng::Purpose::Show);
        for _ in 0..20 {
            let values: Vec<f32> = (0..81).map(|_| stream.uniform() * 1.4 - 0.2).collect();
            let distance = |i: usize| {
                let differences = planes
                    .pixels(i)
                    .into_iter()
                    .zip(&values)
                    .map(|(h, &x)| f64::from((f32::from(h) - x).abs()));
                differences.sum::<f64>() / 81.0
            };
            let least = (0..planes.count()).map(distance).fold(f64::INFINITY, f64::min);
            // The search adds the same 81 terms in another order, and never more than 4 × 81 of them.
            assert!((planes.nearest(&values).distance - least).abs() < 1e-12);
        }
    }
}
