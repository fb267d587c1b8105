//! The set that is always there: handwritten digits.

use learning::data::PictureSet;

/// The file of the set, as `tests/data/digits.py` made it; `digits.md` says whose pictures they are.
pub const DIGITS: &[u8] = include_bytes!("digits.npz");

/// The 1,797 handwritten digits that scikit-learn ships, 8 × 8, labelled `0` to `9`; their levels 0 to 16 are
/// ⌊(255·v + 8) / 16⌋ here, and their names are their places in the original, `0000` to `1796`.
///
/// # Panics
///
/// Never: the file is a part of the program.
pub fn digits() -> PictureSet {
    crate::read(DIGITS).expect("the file of the digits is read by a test")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The counts are those that scikit-learn gives for `load_digits().target`.
    #[test]
    fn the_digits_are_those_of_scikit_learn() {
        let set = digits();
        let counts = [178, 182, 177, 183, 181, 182, 181, 179, 174, 180];
        assert_eq!(set.side(), 8);
        assert_eq!(set.counts().into_iter().map(|(_, n)| n).collect::<Vec<_>>(), counts);
        let first = &set.pictures()[0];
        assert_eq!((&*first.label, &*first.name), ("0", "0000"));
        // The first row of the first picture is 0 0 5 13 9 1 0 0 there.
        assert_eq!(first.levels[..8], [0, 0, 80, 207, 143, 16, 0, 0]);
    }
}
