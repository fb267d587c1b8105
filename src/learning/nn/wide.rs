//! The products of [`dense`](super::dense) in vectors wider than a group of four samples, for one network.
//!
//! Forwards and backwards, a vector holds the samples of neighbouring groups; in a weight's gradient, whose sum over the
//! samples has four lanes, it holds neighbouring outputs. So every sum keeps the order that `dense` writes down. What
//! fills no vector is left to the kernels there.

use crate::num::lanes::SAMPLES;
use crate::num::width::Vectors;
use wide::f32x4;

/// Vectors beside each other in a tile.
const COLUMNS: usize = 2;

/// The most outputs that [`weight_gradient`] works on at a time.
const MOST_OUTPUTS: usize = 16 * COLUMNS;

/// Values of four samples that [`weight_gradient`] needs as scratch.
pub(super) fn scratch_len(groups: usize) -> usize {
    MOST_OUTPUTS * groups
}

/// `R` rows of a product, `out[r][s] += Σ_k weights(k)[r]·input[k][s]` with `s` one of `samples`, k ascending. Returns for
/// how many samples that was done, from the first on.
#[inline(always)]
pub(super) fn tile_row<V: Vectors, const R: usize>(
    vectors: V,
    weights: impl Fn(usize) -> [f32; R],
    input: &[f32],
    samples: usize,
    out: &mut [f32],
) -> usize {
    let mut s = 0;
    while s + COLUMNS * V::WIDTH <= samples {
        tile::<V, R, COLUMNS>(vectors, &weights, input, samples, s, out);
        s += COLUMNS * V::WIDTH;
    }
    if s + V::WIDTH <= samples {
        tile::<V, R, 1>(vectors, &weights, input, samples, s, out);
        s += V::WIDTH;
    }
    s
}

#[inline(always)]
fn tile<V: Vectors, const R: usize, const C: usize>(
    vectors: V,
    weights: impl Fn(usize) -> [f32; R],
    input: &[f32],
    samples: usize,
    s: usize,
    out: &mut [f32],
) {
    let mut sums = [[vectors.splat(0.0); C]; R];
    for r in 0..R {
        sums[r] = load(vectors, &out[r * samples + s..]);
    }
    for (k, row) in input.chunks_exact(samples).enumerate() {
        let x: [V::Vector; C] = load(vectors, &row[s..]);
        let weights = weights(k);
        for r in 0..R {
            let weight = vectors.splat(weights[r]);
            for c in 0..C {
                sums[r][c] = sums[r][c] + weight * x[c];
            }
        }
    }
    for r in 0..R {
        store(vectors, sums[r], &mut out[r * samples + s..]);
    }
}

/// `dW[i][o] = Σ_samples x[i]·dy[o]`, see [`dense::gradients`](super::dense::gradients). Returns for how many outputs that
/// was done, from the first on.
#[inline(always)]
pub(super) fn weight_gradient<V: Vectors>(
    vectors: V,
    x: &[f32],
    dy: &[f32],
    samples: usize,
    n_out: usize,
    dw: &mut [f32],
    scratch: &mut [f32],
) -> usize {
    let outputs = dy.len() / samples;
    let mut o = 0;
    while o + COLUMNS * V::WIDTH <= outputs {
        gradient_of_columns::<V, COLUMNS>(
            vectors,
            x,
            &dy[o * samples..],
            samples,
            n_out,
            &mut dw[o..],
            scratch,
        );
        o += COLUMNS * V::WIDTH;
    }
    if o + V::WIDTH <= outputs {
        gradient_of_columns::<V, 1>(vectors, x, &dy[o * samples..], samples, n_out, &mut dw[o..], scratch);
        o += V::WIDTH;
    }
    o
}

/// The same for the first `C` vectors of outputs.
#[inline(always)]
fn gradient_of_columns<V: Vectors, const C: usize>(
    vectors: V,
    x: &[f32],
    dy: &[f32],
    samples: usize,
    n_out: usize,
    dw: &mut [f32],
    scratch: &mut [f32],
) {
    let outputs = C * V::WIDTH;
    let turned = &mut scratch[..samples * outputs];
    turn(&dy[..outputs * samples], samples, turned);
    let n_in = x.len() / samples;
    let tiled = n_in / 4 * 4;
    for i in (0..tiled).step_by(4) {
        gradient_tile::<V, 4, C>(vectors, &x[i * samples..], turned, samples, n_out, &mut dw[i * n_out..]);
    }
    for i in tiled..n_in {
        gradient_tile::<V, 1, C>(vectors, &x[i * samples..], turned, samples, n_out, &mut dw[i * n_out..]);
    }
}

/// `[outputs, samples]` to `[samples, outputs]`; both are multiples of four.
#[inline(always)]
fn turn(dy: &[f32], samples: usize, turned: &mut [f32]) {
    let outputs = dy.len() / samples;
    for o in (0..outputs).step_by(4) {
        for s in (0..samples).step_by(4) {
            let four = |k: usize| f32x4::from(&dy[(o + k) * samples + s..][..4]);
            let columns = f32x4::transpose([four(0), four(1), four(2), four(3)]);
            for k in 0..4 {
                turned[(s + k) * outputs + o..][..4].copy_from_slice(&columns[k].to_array());
            }
        }
    }
}

/// The gradients of the weights of `R` inputs, to `C` vectors of outputs.
#[inline(always)]
fn gradient_tile<V: Vectors, const R: usize, const C: usize>(
    vectors: V,
    x: &[f32],
    turned: &[f32],
    samples: usize,
    n_out: usize,
    dw: &mut [f32],
) {
    let outputs = C * V::WIDTH;
    // The sums of the lanes, (0 + 1) + (2 + 3).
    let mut pairs = [[[vectors.splat(0.0); C]; R]; 2];
    for pair in 0..2 {
        for lane in 2 * pair..2 * pair + 2 {
            let mut sums = [[vectors.splat(0.0); C]; R];
            for s in (lane..samples).step_by(SAMPLES) {
                let dy: [V::Vector; C] = load(vectors, &turned[s * outputs..]);
                for r in 0..R {
                    let x = vectors.splat(x[r * samples + s]);
                    for c in 0..C {
                        sums[r][c] = sums[r][c] + x * dy[c];
                    }
                }
            }
            for r in 0..R {
                for c in 0..C {
                    let first = lane % 2 == 0;
                    pairs[pair][r][c] = if first { sums[r][c] } else { pairs[pair][r][c] + sums[r][c] };
                }
            }
        }
    }
    for r in 0..R {
        let mut total = pairs[0][r];
        for c in 0..C {
            total[c] = total[c] + pairs[1][r][c];
        }
        store(vectors, total, &mut dw[r * n_out..]);
    }
}

/// The first `C` vectors of a slice.
#[inline(always)]
fn load<V: Vectors, const C: usize>(vectors: V, numbers: &[f32]) -> [V::Vector; C] {
    let numbers = &numbers[..C * V::WIDTH];
    let mut loaded = [vectors.splat(0.0); C];
    for c in 0..C {
        loaded[c] = vectors.load(&numbers[c * V::WIDTH..][..V::WIDTH]);
    }
    loaded
}

/// The inverse of [`load`].
#[inline(always)]
fn store<V: Vectors, const C: usize>(vectors: V, stored: [V::Vector; C], numbers: &mut [f32]) {
    let numbers = &mut numbers[..C * V::WIDTH];
    for c in 0..C {
        vectors.store(stored[c], &mut numbers[c * V::WIDTH..][..V::WIDTH]);
    }
}

#[cfg(test)]
mod tests {
    use super::super::dense;
    use crate::num::rng::{Purpose, Stream};
    use crate::num::width::Width;
    use wide::f32x4;

    /// Inputs, outputs and groups that fill two vectors of sixteen, one, none, and leave something over.
    const INPUTS: [usize; 3] = [1, 4, 11];
    const OUTPUTS: [usize; 6] = [3, 8, 16, 29, 32, 59];
    const GROUPS: [usize; 6] = [1, 2, 4, 7, 8, 11];

    struct Numbers(Stream);

    impl Numbers {
        fn weights(&mut self, n: usize) -> Vec<f32> {
            (0..n).map(|_| self.0.uniform() - 0.5).collect()
        }
        fn samples(&mut self, n: usize) -> Vec<f32x4> {
            (0..n).map(|_| f32x4::from([(); 4].map(|()| self.0.uniform() - 0.5))).collect()
        }
    }

    fn bits(values: &[f32x4]) -> Vec<u32> {
        values.iter().flat_map(|four| four.to_array().map(f32::to_bits)).collect()
    }

    /// Holds what a kernel computes at each width that this processor has against what it computes in fours.
    fn assert_the_same(what: &str, kernel: impl Fn(Width) -> Vec<u32>) {
        let fours = kernel(Width::Four);
        for width in Width::all() {
            assert_eq!(kernel(width), fours, "{what} at {width:?}");
        }
    }

    #[test]
    fn every_width_gives_the_same_bits() {
        let mut numbers = Numbers(Stream::new(1, Purpose::Init));
        for n_in in INPUTS {
            for n_out in OUTPUTS {
                for groups in GROUPS {
                    let what = |kernel| format!("{kernel}, {n_in} inputs, {n_out} outputs, {groups} groups");
                    let (w, b) = (numbers.weights(n_in * n_out), numbers.weights(n_out));
                    let (x, dy) = (numbers.samples(n_in * groups), numbers.samples(n_out * groups));
                    assert_the_same(&what("forward"), |width| {
                        let mut y = vec![f32x4::splat(f32::NAN); n_out * groups];
                        dense::forward_at(width, &w, n_out, &b, &x, groups, &mut y);
                        bits(&y)
                    });
                    assert_the_same(&what("backward"), |width| {
                        let mut dx = x.clone();
                        dense::backward_at(width, &w, n_out, &dy, groups, &mut dx);
                        bits(&dx)
                    });
                    assert_the_same(&what("weight gradient"), |width| {
                        let mut dw = vec![f32::NAN; n_in * n_out];
                        let mut scratch = vec![f32x4::splat(f32::NAN); dense::scratch_len(groups)];
                        dense::weight_gradient_at(width, &x, &dy, groups, n_out, &mut dw, &mut scratch);
                        dw.into_iter().map(f32::to_bits).collect()
                    });
                }
            }
        }
    }
}
