//! Images, stored the way in which the kernels read them: black and white as bits, greys as levels.

use crate::num::grey::{VALUES, WHITE};
use crate::num::matrix::{owned, row, slices};
use crate::num::order;
use ndarray::{Array2, ArrayView2};

/// A set of images of one size, binary ones or pictures with greys.
///
/// | what                           | shape                    | values |
/// |--------------------------------|--------------------------|--------|
/// | [`pixels`](Images::pixels)     | `[count, n_pixels]`      | 0 or 1; levels 0 to 255 where there are greys |
/// | [`bits_of`](Images::bits_of)   | `[count, ⌈n_pixels / 8⌉]`| bit k of byte i is pixel 8i + k; none where there are greys |
/// | [`angles`](Images::angles)     | `[count]` or empty       | degrees |
#[derive(Clone, Debug, PartialEq)]
pub struct Images {
    side: u32,
    pixels: Array2<u8>,
    store: Store,
    angles: Vec<f32>,
}

/// What training reads.
#[derive(Clone, Debug, PartialEq)]
enum Store {
    /// Bits, eight pixels to a byte.
    Bits(Array2<u8>),
    /// The pixels themselves.
    Levels,
}

impl Images {
    /// From the pixels of one image after the other, row by row; anything but 0 counts as 1.
    ///
    /// `angles` are the images' angles in degrees, or empty where images have none.
    ///
    /// # Panics
    ///
    /// Unless `pixels` holds a whole number of `side × side` images.
    ///
    /// ```
    /// use bottleneck::data::Images;
    /// let images = Images::new(2, vec![0, 0, 1, 1], vec![]);
    /// assert_eq!(images.bits_of(&[0]).next(), Some(&[0b1100][..]));
    /// ```
    pub fn new(side: u32, mut pixels: Vec<u8>, angles: Vec<f32>) -> Images {
        for pixel in &mut pixels {
            *pixel = u8::from(*pixel != 0);
        }
        let pixels = whole(side, pixels);
        let bits = slices(&pixels).flat_map(|image| image.chunks(8).map(pack)).collect();
        let bits = owned([pixels.nrows(), pixels.ncols().div_ceil(8)], bits);
        Images { side, pixels, store: Store::Bits(bits), angles }
    }

    /// From the levels of one picture after the other, row by row: 0 is black, 255 is white.
    ///
    /// A set that holds nothing but these two is binary, and is the set that [`Images::new`] makes of it.
    ///
    /// # Panics
    ///
    /// Unless `levels` holds a whole number of `side × side` pictures.
    ///
    /// ```
    /// use bottleneck::data::Images;
    /// let grey = Images::of_levels(2, vec![0, 51, 102, 255]);
    /// assert_eq!(grey.values(0).collect::<Vec<_>>(), [0.0, 0.2, 0.4, 1.0]);
    /// assert_eq!(Images::of_levels(2, vec![0, 255, 255, 0]), Images::new(2, vec![0, 1, 1, 0], vec![]));
    /// ```
    pub fn of_levels(side: u32, levels: Vec<u8>) -> Images {
        if levels.iter().all(|&level| level == 0 || level == WHITE) {
            return Images::new(side, levels, Vec::new());
        }
        Images::kept_as_levels(side, levels)
    }

    /// The same, kept as levels whatever they are: for methods that learn from some pictures of a set and are asked about
    /// others, which may have greys where these have none.
    ///
    /// # Panics
    ///
    /// Unless `levels` holds a whole number of `side × side` pictures.
    ///
    /// ```
    /// use bottleneck::data::Images;
    /// assert_eq!(Images::kept_as_levels(2, vec![0, 255, 255, 0]).white(), 255);
    /// ```
    pub fn kept_as_levels(side: u32, levels: Vec<u8>) -> Images {
        Images { side, pixels: whole(side, levels), store: Store::Levels, angles: Vec::new() }
    }

    /// Whether a pixel is a level from 0 to 255, rather than 0 or 1.
    pub fn are_grey(&self) -> bool {
        self.store == Store::Levels
    }

    /// The number that stands for white: 255 where there are greys, else 1.
    pub fn white(&self) -> u8 {
        if self.are_grey() { WHITE } else { 1 }
    }

    /// Width and height, in pixels.
    pub fn side(&self) -> u32 {
        self.side
    }

    /// Pixels of one image.
    pub fn n_pixels(&self) -> usize {
        (self.side * self.side) as usize
    }

    /// How many images.
    pub fn count(&self) -> usize {
        self.pixels.nrows()
    }

    /// The pixels of image `i`, row by row, of which [`white`](Images::white) is the brightest.
    pub fn image(&self, i: usize) -> &[u8] {
        row(&self.pixels, i)
    }

    /// The pixels of all images, `[count, n_pixels]`, row by row.
    ///
    /// ```
    /// use bottleneck::data::Images;
    /// use bottleneck::ndarray::array;
    /// let images = Images::new(2, vec![0, 0, 1, 1, 1, 1, 0, 0], vec![]);
    /// assert_eq!(images.pixels(), array![[0, 0, 1, 1], [1, 1, 0, 0]]);
    /// ```
    pub fn pixels(&self) -> ArrayView2<'_, u8> {
        self.pixels.view()
    }

    /// The pixels of image `i` as a network sees them, from 0 to 1: `level as f32 / 255.0` for greys.
    pub fn values(&self, i: usize) -> impl Iterator<Item = f32> + '_ {
        let scale = if self.are_grey() { 1 } else { usize::from(WHITE) };
        self.image(i).iter().map(move |&pixel| VALUES[scale * usize::from(pixel)])
    }

    /// The pixels of some images, in order.
    pub fn rows_of<'a>(&'a self, indices: &'a [u32]) -> RowsOf<'a> {
        RowsOf::new(&self.pixels, indices)
    }

    /// The pixels of some binary images, in order, eight to a byte: what training reads, so that a thousand images of
    /// 32 × 32 stay in a processor's second-level cache.
    ///
    /// # Panics
    ///
    /// On pictures with greys, which have no bits.
    pub fn bits_of<'a>(&'a self, indices: &'a [u32]) -> RowsOf<'a> {
        let Store::Bits(rows) = &self.store else { panic!("pictures with greys have no bits") };
        RowsOf::new(rows, indices)
    }

    /// One of each kind: the images that differ in some pixel, as indices, sorted by their pixels.
    pub fn different(&self) -> Vec<u32> {
        let mut order = order::positions(self.count(), &|a, b| self.image(a) < self.image(b));
        order.dedup_by(|a, b| self.image(*a) == self.image(*b));
        order.into_iter().map(|index| index as u32).collect()
    }

    /// `count` images at even steps of the sorted angles, each in the middle of its part; of images without angles the
    /// first ones. No more than there are.
    ///
    /// ```
    /// use bottleneck::data::Images;
    /// let images = Images::new(1, vec![0; 4], vec![30.0, 10.0, 40.0, 20.0]);
    /// assert_eq!(images.spread(2), [3, 2]);
    /// ```
    pub fn spread(&self, count: usize) -> Vec<u32> {
        let n = count.min(self.count());
        if self.angles.is_empty() {
            return (0..n as u32).collect();
        }
        let order = order::positions(self.count(), &|a, b| self.angles[a] < self.angles[b]);
        // In 64 bits: a product of two counts may be more than 32 hold.
        let middle = |i: usize| ((2 * i as u64 + 1) * order.len() as u64 / (2 * n as u64)) as usize;
        (0..n).map(|i| order[middle(i)] as u32).collect()
    }

    /// The image whose angle is nearest, the first of equally near ones; 0 for images without angles.
    pub fn nearest_angle(&self, degrees: f32) -> u32 {
        let off = |i: usize| (self.angles[i] - degrees).abs();
        (0..self.angles.len()).fold(0, |best, i| if off(i) < off(best) { i } else { best }) as u32
    }

    /// The angle of each image in degrees, or nothing for images that have none.
    pub fn angles(&self) -> &[f32] {
        &self.angles
    }
}

/// The images that pixels make.
///
/// # Panics
///
/// Unless they fill whole images.
fn whole(side: u32, pixels: Vec<u8>) -> Array2<u8> {
    let (n_pixels, found) = ((side * side) as usize, pixels.len());
    assert!(found.is_multiple_of(n_pixels), "{found} pixels do not fill images of {side} × {side}");
    owned([found / n_pixels, n_pixels], pixels)
}

/// Up to eight pixels as a byte.
fn pack(pixels: &[u8]) -> u8 {
    pixels.iter().enumerate().fold(0, |bits, (k, pixel)| bits | pixel << k)
}

/// Rows of bytes, one for each index. A type with a name, so that a kernel is compiled for one kind of iterator only.
#[derive(Clone)]
pub struct RowsOf<'a> {
    rows: &'a [u8],
    width: usize,
    indices: std::slice::Iter<'a, u32>,
}

impl<'a> RowsOf<'a> {
    fn new(matrix: &'a Array2<u8>, indices: &'a [u32]) -> RowsOf<'a> {
        let rows = matrix.as_slice().expect("a matrix that was made row by row");
        RowsOf { rows, width: matrix.ncols(), indices: indices.iter() }
    }
}

impl<'a> Iterator for RowsOf<'a> {
    type Item = &'a [u8];

    #[inline(always)]
    fn next(&mut self) -> Option<&'a [u8]> {
        self.indices.next().map(|&i| &self.rows[i as usize * self.width..][..self.width])
    }
}

#[cfg(test)]
mod tests {
    use super::Images;

    #[test]
    fn images_that_differ_are_counted_once_each() {
        let of = |pixels: &[u8]| Images::new(2, pixels.to_vec(), Vec::new()).different();
        assert_eq!(of(&[]), [0; 0]);
        assert_eq!(of(&[1, 0, 0, 1, 0, 1, 0, 1, 1, 0, 0, 1]), [1, 0]);
    }
}
