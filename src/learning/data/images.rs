//! Binary images, stored the two ways in which the kernels read them.

/// A set of binary images of one size.
///
/// | what           | shape                    | values |
/// |----------------|--------------------------|--------|
/// | `pixels`       | `[count, n_pixels]`      | 0 or 1 |
/// | `bits`         | `[count, ⌈n_pixels / 8⌉]`| bit k of byte i is pixel 8i + k |
/// | `angles`       | `[count]` or empty       | degrees |
#[derive(Clone, Debug, PartialEq)]
pub struct Images {
    side: u32,
    pixels: Vec<u8>,
    bits: Vec<u8>,
    angles: Vec<f32>,
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
    /// assert_eq!(images.bits(0), [0b1100]);
    /// ```
    pub fn new(side: u32, mut pixels: Vec<u8>, angles: Vec<f32>) -> Images {
        let n_pixels = (side * side) as usize;
        assert!(pixels.len().is_multiple_of(n_pixels), "pixels must fill whole images");
        for pixel in &mut pixels {
            *pixel = u8::from(*pixel != 0);
        }
        let bits = pixels.chunks(n_pixels).flat_map(|image| image.chunks(8).map(pack)).collect();
        Images { side, pixels, bits, angles }
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
        self.pixels.len() / self.n_pixels()
    }

    /// The pixels of image `i`, row by row.
    pub fn image(&self, i: usize) -> &[u8] {
        let n = self.n_pixels();
        &self.pixels[i * n..][..n]
    }

    /// The pixels of image `i`, eight to a byte: what training reads, so that a thousand images of 32 × 32 stay in a
    /// processor's second-level cache.
    pub fn bits(&self, i: usize) -> &[u8] {
        let n = self.n_pixels().div_ceil(8);
        &self.bits[i * n..][..n]
    }

    /// The [`bits`](Images::bits) of some images, in order.
    pub fn bits_of<'a>(&'a self, indices: &'a [u32]) -> BitsOf<'a> {
        BitsOf { images: self, indices: indices.iter() }
    }

    /// The angle of each image in degrees, or nothing for images that have none.
    pub fn angles(&self) -> &[f32] {
        &self.angles
    }
}

/// Up to eight pixels as a byte.
fn pack(pixels: &[u8]) -> u8 {
    pixels.iter().enumerate().fold(0, |bits, (k, pixel)| bits | pixel << k)
}

/// See [`Images::bits_of`]. A type with a name, so that a kernel is compiled for one kind of iterator only.
#[derive(Clone)]
pub struct BitsOf<'a> {
    images: &'a Images,
    indices: std::slice::Iter<'a, u32>,
}

impl<'a> Iterator for BitsOf<'a> {
    type Item = &'a [u8];

    #[inline(always)]
    fn next(&mut self) -> Option<&'a [u8]> {
        self.indices.next().map(|&i| self.images.bits(i as usize))
    }
}
