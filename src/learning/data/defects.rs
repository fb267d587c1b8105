//! Images that are no half plane: what an anomaly detector is to find.
//!
//! Each kind of defect has a size. An image that happens to be a centred half plane all the same (a
//! flipped pixel on the edge can do that) is drawn again, so a defect is never normal by accident.

use super::{HalfPlanes, Span, half_plane};
use crate::num::math::cos_sin_degrees;
use crate::num::rng::Stream;
use serde::Serialize;

/// What is wrong with an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Defect {
    /// A square of `size × size` pixels is flipped, anywhere inside a half plane.
    Block,
    /// `size` per cent of the pixels of a half plane are flipped (rounded, at least one).
    SaltPepper,
    /// The edge is straight but passes the centre at `size` pixels, on either side.
    Offset,
    /// The edge passes through the centre but is an arc, `size` pixels off the straight line at the
    /// distance of half an image.
    Curve,
    /// A bright disc of radius `size` pixels, anywhere inside a dark image.
    Circle,
    /// Two edges meet at the centre, `size` degrees off a straight line, either way.
    Wedge,
    /// Squares of `size` pixels, dark and bright in turn, either first.
    Checkerboard,
    /// All dark or all bright; the size means nothing.
    Blank,
}

/// The sizes of a defect, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Sizes {
    /// The smallest.
    pub min: f32,
    /// The largest.
    pub max: f32,
    /// The step between two of them.
    pub step: f32,
    /// What a page begins with.
    pub usual: f32,
    /// What it counts; empty where the size means nothing.
    pub unit: &'static str,
}

impl Sizes {
    /// The size that is drawn where this one is asked for: the nearer end, if it lies outside.
    pub fn nearest(&self, size: f32) -> f32 {
        let size = if size >= self.min { size } else { self.min };
        if size > self.max { self.max } else { size }
    }
}

impl Defect {
    /// All of them.
    pub const ALL: [Defect; 8] = [
        Defect::Block,
        Defect::SaltPepper,
        Defect::Offset,
        Defect::Curve,
        Defect::Circle,
        Defect::Wedge,
        Defect::Checkerboard,
        Defect::Blank,
    ];

    /// Its name in results.
    pub fn name(self) -> &'static str {
        match self {
            Defect::Block => "block",
            Defect::SaltPepper => "salt_pepper",
            Defect::Offset => "offset",
            Defect::Curve => "curve",
            Defect::Circle => "circle",
            Defect::Wedge => "wedge",
            Defect::Checkerboard => "checkerboard",
            Defect::Blank => "blank",
        }
    }

    /// The sizes it takes in images of `side × side` pixels.
    pub fn sizes(self, side: u32) -> Sizes {
        let half = (side / 2) as f32;
        let (min, max, step, usual, unit) = match self {
            Defect::Block => (1.0, half, 1.0, 4.0, "pixels"),
            Defect::SaltPepper => (0.1, 50.0, 0.1, 1.0, "% of the pixels"),
            Defect::Offset => (0.5, half - 0.5, 0.5, 3.0, "pixels"),
            Defect::Curve => (0.5, half, 0.5, 4.0, "pixels"),
            Defect::Circle => (1.0, half, 0.5, 8.0, "pixels"),
            Defect::Wedge => (5.0, 175.0, 5.0, 45.0, "°"),
            Defect::Checkerboard => (1.0, half, 1.0, 4.0, "pixels"),
            Defect::Blank => (0.0, 0.0, 1.0, 0.0, ""),
        };
        Sizes { min, max, step, usual: if usual > max { max } else { usual }, unit }
    }

    /// One image with this defect, row by row; a size outside its range is taken to the nearer end.
    ///
    /// ```
    /// use bottleneck::data::{Defect, HalfPlanes, Span};
    /// use bottleneck::num::rng::{Purpose, Stream};
    /// let planes = HalfPlanes::new(8);
    /// let mut stream = Stream::new(1, Purpose::Defect);
    /// let spoilt = Defect::Block.draw(2.0, 8, Span::Half, &planes, &mut stream);
    /// assert!(!planes.contain(&spoilt));
    /// ```
    pub fn draw(self, size: f32, side: u32, span: Span, planes: &HalfPlanes, stream: &mut Stream) -> Vec<u8> {
        let size = self.sizes(side).nearest(size);
        for _ in 0..MOST_DRAWS {
            let pixels = self.draw_once(size, side, span, stream);
            if !planes.contain(&pixels) {
                return pixels;
            }
        }
        checkerboard(1, side, false)
    }

    fn draw_once(self, size: f32, side: u32, span: Span, stream: &mut Stream) -> Vec<u8> {
        match self {
            Defect::Block => block(size as u32, side, angle(span, stream), stream),
            Defect::SaltPepper => salt_pepper(size, side, angle(span, stream), stream),
            Defect::Offset => {
                let (cos, sin) = normal(span, stream);
                let past = if coin(stream) { f64::from(size) } else { -f64::from(size) };
                image(side, |x, y| x * cos + y * sin > past)
            }
            Defect::Curve => {
                let (cos, sin) = normal(span, stream);
                let half = f64::from(side) / 2.0;
                let bend = f64::from(size) / (half * half);
                let bend = if coin(stream) { bend } else { -bend };
                image(side, |x, y| x * cos + y * sin > bend * (x * x + y * y))
            }
            Defect::Circle => {
                let room = side as f32 - 2.0 * size;
                let mut place = || f64::from((stream.uniform() - 0.5) * room);
                let (cx, cy, r) = (place(), place(), f64::from(size));
                image(side, |x, y| (x - cx) * (x - cx) + (y - cy) * (y - cy) < r * r)
            }
            Defect::Wedge => {
                let first = angle(span, stream);
                let (c0, s0) = direction(first);
                let (c1, s1) = direction(first + size);
                let both = coin(stream);
                image(side, |x, y| {
                    let (a, b) = (x * c0 + y * s0 > 0.0, x * c1 + y * s1 > 0.0);
                    if both { a && b } else { a || b }
                })
            }
            Defect::Checkerboard => checkerboard(size as u32, side, coin(stream)),
            Defect::Blank => vec![u8::from(coin(stream)); (side * side) as usize],
        }
    }
}

/// After so many draws that were half planes, a checkerboard takes their place; it never is one.
const MOST_DRAWS: u32 = 64;

fn angle(span: Span, stream: &mut Stream) -> f32 {
    stream.uniform() * span.degrees()
}

fn direction(degrees: f32) -> (f64, f64) {
    cos_sin_degrees(f64::from(degrees))
}

fn normal(span: Span, stream: &mut Stream) -> (f64, f64) {
    direction(angle(span, stream))
}

fn coin(stream: &mut Stream) -> bool {
    stream.below(2) == 1
}

/// Pixels by a rule on their places from the centre, (to the right, down).
fn image(side: u32, lit: impl Fn(f64, f64) -> bool) -> Vec<u8> {
    let place = |k: u32| f64::from(k) - f64::from(side - 1) / 2.0;
    (0..side * side).map(|at| u8::from(lit(place(at % side), place(at / side)))).collect()
}

fn block(size: u32, side: u32, angle: f32, stream: &mut Stream) -> Vec<u8> {
    let mut pixels = half_plane(side, angle);
    let (left, top) = (stream.below(side - size + 1), stream.below(side - size + 1));
    for row in top..top + size {
        for column in left..left + size {
            pixels[(row * side + column) as usize] ^= 1;
        }
    }
    pixels
}

/// How many pixels of an image [`Defect::SaltPepper`] flips.
pub fn salt_pepper_pixels(percent: f32, side: u32) -> u32 {
    let wanted = (percent * 0.01 * (side * side) as f32 + 0.5) as u32;
    if wanted == 0 { 1 } else { wanted }
}

fn salt_pepper(percent: f32, side: u32, angle: f32, stream: &mut Stream) -> Vec<u8> {
    let mut pixels = half_plane(side, angle);
    let mut order: Vec<u32> = (0..side * side).collect();
    for taken in 0..salt_pepper_pixels(percent, side) as usize {
        let other = taken + stream.below((pixels.len() - taken) as u32) as usize;
        order.swap(taken, other);
        pixels[order[taken] as usize] ^= 1;
    }
    pixels
}

fn checkerboard(size: u32, side: u32, bright_first: bool) -> Vec<u8> {
    let parity = |at: u32| (at % side / size + at / side / size) % 2 == 1;
    (0..side * side).map(|at| u8::from(parity(at) != bright_first)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::rng::Purpose;

    fn each_size(defect: Defect, side: u32) -> Vec<f32> {
        let Sizes { min, max, usual, .. } = defect.sizes(side);
        vec![min, usual, max]
    }

    #[test]
    fn no_defect_of_any_size_is_a_half_plane() {
        for side in [4, 5, 8, 32] {
            let planes = HalfPlanes::new(side);
            let mut stream = Stream::new(1, Purpose::Defect);
            for defect in Defect::ALL {
                for size in each_size(defect, side) {
                    for _ in 0..20 {
                        let pixels = defect.draw(size, side, Span::Full, &planes, &mut stream);
                        assert!(!planes.contain(&pixels), "{defect:?} of {size} in side {side}");
                        assert!(pixels.len() == (side * side) as usize && pixels.iter().all(|&p| p < 2));
                    }
                }
            }
        }
    }

    #[test]
    fn a_block_and_salt_and_pepper_flip_as_many_pixels_as_they_say() {
        let planes = HalfPlanes::new(32);
        let mut stream = Stream::new(2, Purpose::Defect);
        for (defect, size, flipped) in
            [(Defect::Block, 9.0, 81), (Defect::SaltPepper, 1.0, 10), (Defect::SaltPepper, 5.0, 51)]
        {
            for _ in 0..20 {
                let pixels = defect.draw_once(size, 32, Span::Half, &mut stream);
                let values: Vec<f32> = pixels.iter().map(|&p| f32::from(p)).collect();
                // The nearest half plane is the one it was, or one still nearer.
                let most = f64::from(flipped) / 1024.0;
                let distance = planes.nearest(&values).distance;
                assert!(distance <= most && distance > most / 4.0, "{defect:?}: {distance}");
            }
        }
    }

    #[test]
    fn the_same_stream_draws_the_same_defects() {
        let planes = HalfPlanes::new(16);
        let draw = |seed| {
            let mut stream = Stream::new(seed, Purpose::Defect);
            Defect::ALL.map(|defect| defect.draw(4.0, 16, Span::Half, &planes, &mut stream))
        };
        assert_eq!(draw(5), draw(5));
        assert_ne!(draw(5), draw(6));
    }

    #[test]
    fn a_disc_has_the_area_of_a_disc() {
        let mut stream = Stream::new(1, Purpose::Defect);
        let lit: u32 =
            Defect::Circle.draw_once(8.0, 32, Span::Half, &mut stream).iter().map(|&p| u32::from(p)).sum();
        // π·8² = 201; a disc on a grid is off by no more than its rim is long, 2π·8 = 50, halved twice.
        assert!((189..=214).contains(&lit), "{lit}");
    }
}
