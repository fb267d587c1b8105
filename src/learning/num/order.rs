//! Sorting, in one small piece of code for every kind of value.
//!
//! The sorts of the standard library are written out anew for each type and each order, some kilobytes
//! of the download every time; none of our lists is long enough to notice the difference.

/// The positions `0..n` in ascending order of what they stand for; equal ones stay in order of position.
///
/// `before(a, b)` tells whether `a` belongs in front of `b` whatever their positions: a strict, total
/// order. Merges runs of 1, 2, 4, … positions, `n·log₂ n` comparisons at most.
///
/// ```
/// use bottleneck::num::order;
/// let words = ["pear", "fig", "apple", "kiwi"];
/// assert_eq!(order::positions(4, &|a, b| words[a].len() < words[b].len()), [1, 0, 3, 2]);
/// ```
#[inline(never)]
pub fn positions(n: usize, before: &dyn Fn(usize, usize) -> bool) -> Vec<usize> {
    let mut from: Vec<usize> = (0..n).collect();
    let mut to = Vec::with_capacity(n);
    let mut width = 1;
    while width < n {
        to.clear();
        for pair in from.chunks(2 * width) {
            let (mut left, mut right) = pair.split_at(width.min(pair.len()));
            while let Some((first, rest)) = left.split_first() {
                match right.split_first() {
                    Some((other, others)) if before(*other, *first) => {
                        to.push(*other);
                        right = others;
                    }
                    _ => {
                        to.push(*first);
                        left = rest;
                    }
                }
            }
            to.extend_from_slice(right);
        }
        std::mem::swap(&mut from, &mut to);
        width *= 2;
    }
    from
}

/// `values` in ascending order, as told by `before`; equal ones as they stood.
pub fn sorted_by<T: Clone>(values: &[T], before: impl Fn(&T, &T) -> bool) -> Vec<T> {
    let order = positions(values.len(), &|a, b| before(&values[a], &values[b]));
    order.into_iter().map(|position| values[position].clone()).collect()
}

/// `values` in ascending order; −0 before +0, and what is not a number at the ends.
pub fn sorted(values: &[f32]) -> Vec<f32> {
    sorted_by(values, |a, b| a.total_cmp(b).is_lt())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::rng::{Purpose, Stream};

    #[test]
    fn the_order_is_that_of_the_standard_librarys_stable_sort() {
        let mut stream = Stream::new(1, Purpose::Show);
        for n in (0..70).chain([1000, 1023, 1024, 1025]) {
            // Few different values, so that most have an equal.
            let values: Vec<u32> = (0..n).map(|_| stream.below(n / 3 + 1)).collect();
            let mut expected: Vec<usize> = (0..n as usize).collect();
            expected.sort_by_key(|&position| values[position]);
            assert_eq!(positions(n as usize, &|a, b| values[a] < values[b]), expected);
        }
    }

    #[test]
    fn numbers_are_sorted_by_value_and_sign() {
        let sorted = sorted(&[2.0, f32::NAN, 0.0, -1.0, -0.0, f32::NEG_INFINITY]);
        assert_eq!(sorted[..5], [f32::NEG_INFINITY, -1.0, -0.0, 0.0, 2.0]);
        assert!(sorted[2].is_sign_negative() && sorted[5].is_nan());
    }
}
