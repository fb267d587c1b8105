//! How much is read at most.

/// The smallest side of a picture in a set.
pub const SMALLEST_SIDE: u32 = 4;
/// The largest side of a picture in a set.
pub const LARGEST_SIDE: u32 = 64;
/// Every side that a picture in a set may have.
pub(crate) const SIDES: std::ops::RangeInclusive<u32> = SMALLEST_SIDE..=LARGEST_SIDE;
/// The most pixels of one picture, of which a file may hold many: 64 megapixels.
pub const MOST_PIXELS: u64 = 64_000_000;
/// The most pictures in a set.
pub const MOST_PICTURES: u32 = 10_000;
/// The most bytes that all files have together, and what an archive unfolds to: 512 MB.
pub const MOST_BYTES: u64 = 512_000_000;
/// The most bytes a decoder may take for itself and its picture.
pub(crate) const MOST_MEMORY: u64 = 768_000_000;
