//! Sets of pictures out of files: the same files are the same set, on every machine.

use bottleneck::recipe::Digest;
use bottleneck_pictures::digits;

/// As `tests/data/digits.py` worked it out from the definition.
const DIGITS: &str = "bcb7a994fb7cd6d7";

#[test]
fn the_digits_have_the_digest_that_python_gives_them() {
    assert_eq!(Digest::of_pictures(&digits()).to_string(), DIGITS);
}
