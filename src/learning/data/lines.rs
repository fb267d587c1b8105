//! Half planes whose edge passes through the centre of the image.

use super::{Images, Span};
use crate::num::math::cos_sin_degrees;
use crate::num::rng::{Purpose, Stream};

/// The pixels of one half plane, row by row: pixel (row r, column c) is 1 where
/// `(c − (S−1)/2)·cos θ + (r − (S−1)/2)·sin θ > 0`.
///
/// ```
/// use bottleneck::data::half_plane;
/// assert_eq!(half_plane(2, 0.0), [0, 1, 0, 1]); // the right half
/// ```
pub fn half_plane(side: u32, angle_degrees: f32) -> Vec<u8> {
    let (cos, sin) = cos_sin_degrees(f64::from(angle_degrees));
    let centre = f64::from(side - 1) / 2.0;
    let mut pixels = Vec::with_capacity((side * side) as usize);
    for row in 0..side {
        for column in 0..side {
            let x = f64::from(column) - centre;
            let y = f64::from(row) - centre;
            pixels.push(u8::from(x * cos + y * sin > 0.0));
        }
    }
    pixels
}

/// `count` half planes with angles drawn uniformly from the span.
pub fn lines(side: u32, count: u32, span: Span, seed: u32) -> Images {
    drawn_from(Stream::new(seed, Purpose::Data), side, count, span)
}

/// The same from any stream, for images that are held out of training.
pub fn drawn_from(mut stream: Stream, side: u32, count: u32, span: Span) -> Images {
    let angles: Vec<f32> = (0..count).map(|_| stream.uniform() * span.degrees()).collect();
    let pixels = angles.iter().flat_map(|&angle| half_plane(side, angle)).collect();
    Images::new(side, pixels, angles)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_a_half_plane_is_white() {
        for angle in [10.0, 33.0, 100.0, 200.0, 359.0] {
            let ones: u32 = half_plane(32, angle).iter().map(|&p| u32::from(p)).sum();
            assert_eq!(ones, 512, "at {angle}°");
        }
    }

    #[test]
    fn the_opposite_angle_is_the_negative() {
        let there = half_plane(32, 40.0);
        let back = half_plane(32, 220.0);
        assert!(there.iter().zip(&back).all(|(a, b)| a + b == 1));
    }

    #[test]
    fn angles_stay_in_their_span_and_fill_it() {
        for (span, end) in [(Span::Half, 180.0), (Span::Full, 360.0)] {
            let images = lines(4, 1000, span, 1);
            assert!(images.angles().iter().all(|&a| (0.0..end).contains(&a)));
            assert!(images.angles().iter().any(|&a| a > 0.9 * end));
        }
    }
}
