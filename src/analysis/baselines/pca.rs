//! Principal components of a training set: the best linear code of a given size.

use super::distinct::Distinct;
use super::eigen::{add_scaled, dot, jacobi, orthonormalise, times};
use crate::data::Images;
use crate::num::matrix::{owned, row, row_mut, slices};
use crate::num::order;
use crate::num::rng::{Purpose, Stream};
use ndarray::Array2;

/// The mean image and the first principal components.
///
/// Reconstructs `x` as `μ + Σⱼ ((x − μ)·vⱼ)·vⱼ`. Found by orthogonal iteration on the inner products
/// of the *different* images, each weighted by how often it occurs: half planes repeat themselves so
/// much that this is a small matrix, and the inner products of bits or levels are whole numbers. Of more different
/// pictures with greys than there are pixels, the products of the pixels are iterated instead, which have the same
/// components.
/// All arithmetic is f64 in a written order, so the same set gives the same bits everywhere.
pub struct Pca {
    /// Pixels and mean are counted up to this.
    white: f64,
    mean: Vec<f64>,
    /// `[components, n_pixels]`, orthonormal, the one with the largest variance first.
    components: Array2<f64>,
}

/// Rows iterated beside those that are wanted, which makes the wanted ones settle sooner.
const SPARE: usize = 8;
/// Steps of the iteration: the share of a component outside falls with (λ of the first row that is
/// not iterated / λ of the component) at each step.
const STEPS: usize = 30;
/// Components of less than this share of the largest variance are rounding, and left out.
const LEAST_VARIANCE: f64 = 1e-12;

impl Pca {
    /// The first `wanted` components, fewer where the images span less. `seed` draws the rows with which
    /// the iteration starts; nothing but the last digits depends on it.
    pub fn fit(images: &Images, wanted: usize, seed: u32) -> Pca {
        let distinct = Distinct::of(images);
        let n_pixels = images.n_pixels();
        let mean = mean(&distinct, images.count(), n_pixels);
        let by_pixel = images.are_grey() && distinct.count() > n_pixels;
        let matrix = if by_pixel {
            pixel_products(&distinct, images.count(), n_pixels)
        } else {
            products(&distinct, images.count())
        };
        let (variances, vectors) = leading(&matrix, wanted, seed);
        let largest = variances.first().copied().unwrap_or(0.0);
        let kept = variances.iter().take_while(|&&v| v > LEAST_VARIANCE * largest).count();
        let mut components = Array2::zeros((kept, n_pixels));
        for j in 0..kept {
            match by_pixel {
                true => row_mut(&mut components, j).copy_from_slice(row(&vectors, j)),
                false => combine(&distinct, row(&vectors, j), &mean, row_mut(&mut components, j)),
            }
        }
        orthonormalise(&mut components);
        Pca { white: f64::from(images.white()), mean, components }
    }

    /// How many components there are.
    pub fn count(&self) -> usize {
        self.components.nrows()
    }

    /// An image through the first `components` and back; values may leave 0…1. `image` has pixels like those of the
    /// training set, with the same [`white`](Images::white).
    pub fn reconstruct(&self, image: &[u8], components: usize) -> Vec<f32> {
        let centred: Vec<f64> = image.iter().zip(&self.mean).map(|(&x, mean)| f64::from(x) - mean).collect();
        let mut output = self.mean.clone();
        for component in slices(&self.components).take(components) {
            add_scaled(&mut output, dot(&centred, component), component);
        }
        output.into_iter().map(|y| (y / self.white) as f32).collect()
    }
}

fn mean(distinct: &Distinct, count: usize, n_pixels: usize) -> Vec<f64> {
    sums(distinct, n_pixels).into_iter().map(|sum| f64::from(sum) / count as f64).collect()
}

/// Each pixel added up over all images.
fn sums(distinct: &Distinct, n_pixels: usize) -> Vec<u32> {
    let mut sums = vec![0u32; n_pixels];
    for (i, times) in distinct.counts.iter().enumerate() {
        for (sum, pixel) in sums.iter_mut().zip(distinct.pixels(i)) {
            *sum += times * u32::from(pixel);
        }
    }
    sums
}

/// `√(wᵢwⱼ)·(xᵢ − μ)·(xⱼ − μ)` of the different images, wᵢ the times they occur.
fn products(distinct: &Distinct, count: usize) -> Array2<f64> {
    let n = distinct.count();
    let weights: Vec<f64> = distinct.counts.iter().map(|&w| f64::from(w)).collect();
    let roots: Vec<f64> = weights.iter().map(|w| w.sqrt()).collect();
    let pairs = (0..n).flat_map(|i| (0..n).map(move |j| (i, j)));
    let mut products = owned([n, n], pairs.map(|(i, j)| f64::from(distinct.product(i, j))).collect());
    let to_mean: Vec<f64> = slices(&products).map(|row| dot(row, &weights) / count as f64).collect();
    let mean_square = dot(&to_mean, &weights) / count as f64;
    for i in 0..n {
        for (j, value) in row_mut(&mut products, i).iter_mut().enumerate() {
            *value = roots[i] * roots[j] * (*value - to_mean[i] - to_mean[j] + mean_square);
        }
    }
    products
}

/// Rows of pixels whose products are summed at a time: so many stay in a processor's second-level cache.
const PIXELS_AT_A_TIME: usize = 16;

/// `N·Σᵢ xᵢ[p]·xᵢ[q] − Σᵢ xᵢ[p]·Σᵢ xᵢ[q]` over all N images, N² times the covariance: whole numbers below 2⁵³, exact.
fn pixel_products(distinct: &Distinct, count: usize, n_pixels: usize) -> Array2<f64> {
    let sums = sums(distinct, n_pixels);
    let mut products = Array2::zeros((n_pixels, n_pixels));
    for first in (0..n_pixels).step_by(PIXELS_AT_A_TIME) {
        let rows = first..n_pixels.min(first + PIXELS_AT_A_TIME);
        let found = distinct.pixel_products(rows.clone());
        for (p, found) in rows.zip(slices(&found)) {
            for (q, (value, &product)) in row_mut(&mut products, p).iter_mut().zip(found).enumerate() {
                let of_means = i64::from(sums[p]) * i64::from(sums[q]);
                *value = (count as i64 * i64::from(product) - of_means) as f64;
            }
        }
    }
    products
}

/// The largest eigenvalues, falling, and their eigenvectors as rows.
fn leading(matrix: &Array2<f64>, wanted: usize, seed: u32) -> (Vec<f64>, Array2<f64>) {
    let n = matrix.nrows();
    let iterated = (wanted + SPARE).min(n);
    let mut stream = Stream::new(seed, Purpose::Resample);
    let start = (0..iterated * n).map(|_| f64::from(stream.uniform()) - 0.5).collect();
    let mut rows = owned([iterated, n], start);
    orthonormalise(&mut rows);
    for _ in 0..STEPS {
        rows = times(&rows, matrix);
        orthonormalise(&mut rows);
    }
    let (values, turns) = jacobi(within(&rows, matrix));
    let mut order = order::positions(iterated, &|a, b| values[a].total_cmp(&values[b]).is_gt());
    order.truncate(wanted);
    let turned = times(&turns, &rows);
    let vectors = order.iter().flat_map(|&i| row(&turned, i)).copied().collect();
    (order.iter().map(|&i| values[i]).collect(), owned([order.len(), n], vectors))
}

/// The matrix as the rows see it: `R·M·Rᵀ`, made symmetric to the last bit.
fn within(rows: &Array2<f64>, matrix: &Array2<f64>) -> Array2<f64> {
    let seen = times(rows, matrix);
    let mut small = Array2::zeros((rows.nrows(), rows.nrows()));
    for (i, seen) in slices(&seen).enumerate() {
        for j in 0..=i {
            small[[i, j]] = dot(seen, row(rows, j));
            small[[j, i]] = small[[i, j]];
        }
    }
    small
}

/// `Σᵢ uᵢ·√wᵢ·(xᵢ − μ)`, of whatever length.
fn combine(distinct: &Distinct, vector: &[f64], mean: &[f64], out: &mut [f64]) {
    for (i, (along, &times)) in vector.iter().zip(&distinct.counts).enumerate() {
        let factor = along * f64::from(times).sqrt();
        for ((out, pixel), mean) in out.iter_mut().zip(distinct.pixels(i)).zip(mean) {
            *out += factor * (f64::from(pixel) - mean);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Span, lines};

    fn mean_residual(pca: &Pca, images: &Images, components: usize) -> f64 {
        let squares = (0..images.count()).map(|i| {
            let output = pca.reconstruct(images.image(i), components);
            output.iter().zip(images.values(i)).map(|(&y, x)| f64::from(y - x).powi(2)).sum::<f64>()
        });
        squares.sum::<f64>() / (images.count() * images.n_pixels()) as f64
    }

    #[test]
    fn as_many_components_as_the_images_span_reconstruct_all_of_them() {
        let images = lines(4, 60, Span::Full, 1);
        let pca = Pca::fit(&images, 16, 1);
        assert!(pca.count() < 16); // a half plane and its negative add to a constant image
        // f32 outputs: each is right to 2⁻²⁴.
        assert!(mean_residual(&pca, &images, 16) < 1e-13);
    }

    #[test]
    fn greys_are_reconstructed_as_numbers_from_0_to_1() {
        let mut stream = Stream::new(3, Purpose::Data);
        let levels = (0..16 * 40).map(|_| stream.below(256) as u8).collect();
        let images = Images::of_levels(4, levels);
        let pca = Pca::fit(&images, 16, 1);
        assert_eq!(pca.count(), 16);
        assert!(mean_residual(&pca, &images, 16) < 1e-13);
        // Uniform levels have a variance of 1/12 in every direction, so half of the components keep half of it.
        let half = mean_residual(&pca, &images, 8);
        assert!((0.01..1.0 / 24.0).contains(&half), "{half}");
    }

    #[test]
    fn more_pictures_than_pixels_have_the_components_that_their_own_products_give() {
        let mut stream = Stream::new(5, Purpose::Data);
        // Pictures of three colours of light and a little noise, so that the first three components stand apart.
        let mut level = |i: u32, p: u32| {
            let light = (i % 7) * (p % 3) * 9 + (i % 5) * (p / 4) * 11 + (i % 3) * 20;
            (light + stream.below(9)) as u8
        };
        let levels: Vec<u8> =
            (0..90).flat_map(|i| (0..16).map(move |p| (i, p))).map(|(i, p)| level(i, p)).collect();
        let images = Images::kept_as_levels(4, levels);
        let distinct = Distinct::of(&images);
        assert!(distinct.count() > images.n_pixels());
        let by_pixel = Pca::fit(&images, 3, 1);
        let (_, vectors) = leading(&products(&distinct, 90), 3, 1);
        for j in 0..3 {
            let mut other = vec![0.0; 16];
            combine(&distinct, row(&vectors, j), &by_pixel.mean, &mut other);
            let along = dot(row(&by_pixel.components, j), &other).abs() / dot(&other, &other).sqrt();
            assert!((along - 1.0).abs() < 1e-12, "component {j}: {along}");
        }
    }

    #[test]
    fn black_and_white_as_levels_have_the_components_of_bits() {
        let bits = lines(5, 60, Span::Half, 1);
        // One grey pixel in one more picture makes all of them levels.
        let mut levels: Vec<u8> = (0..60).flat_map(|i| bits.image(i)).map(|pixel| 255 * pixel).collect();
        levels.extend([254; 25]);
        let mut pixels: Vec<u8> = (0..60).flat_map(|i| bits.image(i)).copied().collect();
        pixels.extend([1; 25]);
        let (greys, bits) = (Images::of_levels(5, levels), Images::new(5, pixels, Vec::new()));
        let residual = |images: &Images| mean_residual(&Pca::fit(images, 4, 1), images, 4);
        // A level of one picture is off by a part in 255.
        assert!(
            (residual(&greys) - residual(&bits)).abs() < 1e-3,
            "{} and {}",
            residual(&greys),
            residual(&bits)
        );
    }

    #[test]
    fn no_seed_of_the_start_changes_what_is_found() {
        let images = lines(12, 200, Span::Half, 1);
        let residual = |seed| mean_residual(&Pca::fit(&images, 8, seed), &images, 8);
        // Settled to far below what an f32 output can show.
        assert!((residual(1) - residual(2)).abs() < 1e-9, "{} and {}", residual(1), residual(2));
    }

    #[test]
    fn one_image_is_its_own_mean() {
        let images = lines(6, 1, Span::Half, 3);
        let pca = Pca::fit(&images, 2, 1);
        assert_eq!((pca.count(), mean_residual(&pca, &images, 2)), (0, 0.0));
    }
}
