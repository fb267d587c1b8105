//! A long curve by few of its points.

use crate::num::order;

/// The places, in order, of at most `most` of `n` points that draw the same curves: all of them where that is enough,
/// else of each of equal stretches the first, the last, and where each curve is least and greatest. Drawn on no more
/// columns of pixels than there are stretches, these cover what all the points would cover.
///
/// `curves` give the value at a place; what is not a number is nowhere least or greatest, unless it comes first.
///
/// ```
/// use bottleneck::analysis::stats::thinned;
/// let saw = [0.0, 5.0, 1.0, 2.0, 1.0, 1.0, -3.0, 4.0];
/// assert_eq!(thinned(8, 8, &[&|i| saw[i]]), [0, 1, 2, 3, 4, 5, 6, 7]);
/// assert_eq!(thinned(8, 4, &[&|i| saw[i]]), [0, 1, 6, 7]);
/// ```
pub fn thinned(n: usize, most: usize, curves: &[&dyn Fn(usize) -> f32]) -> Vec<usize> {
    if n <= most {
        return (0..n).collect();
    }
    let stretches = (most / (2 + 2 * curves.len())).max(1);
    let length = n.div_ceil(stretches);
    let mut places = Vec::new();
    for first in (0..n).step_by(length) {
        let last = (first + length).min(n) - 1;
        let mut picked = vec![first, last];
        for value in curves {
            let (mut least, mut greatest) = (first, first);
            for place in first..=last {
                least = if value(place) < value(least) { place } else { least };
                greatest = if value(place) > value(greatest) { place } else { greatest };
            }
            picked.extend([least, greatest]);
        }
        let mut picked = order::sorted_by(&picked, |a, b| a < b);
        picked.dedup();
        places.extend(picked);
    }
    places
}

#[cfg(test)]
mod tests {
    use super::thinned;

    #[test]
    fn no_more_than_asked_for_are_kept_with_both_ends_and_every_extreme_of_a_stretch() {
        let value = |i: usize| ((i * 7919) % 1013) as f32;
        let other = |i: usize| -value(i) * 2.0;
        for (n, most) in [(1000, 12), (1001, 100), (999_999, 4096), (13, 12)] {
            let places = thinned(n, most, &[&value, &other]);
            assert!(places.len() <= most && places.is_sorted_by(|a, b| a < b), "{n} to {most}");
            assert_eq!((places[0], places[places.len() - 1]), (0, n - 1));
            let highest = |places: &mut dyn Iterator<Item = usize>| places.map(value).fold(0.0, f32::max);
            assert_eq!(highest(&mut places.iter().copied()), highest(&mut (0..n)));
        }
    }
}
