//! Sets of pictures out of files: the same files are the same set, on every machine.

use bottleneck::data::PictureSet;
use bottleneck::recipe::Digest;
use bottleneck_pictures::{Backdrop, Fit, Gathered, Gathering, Options, digits, read, write};
use std::fs;
use std::path::{Path, PathBuf};

/// As `tests/data/digits.py` worked it out from the definition.
const DIGITS: &str = "bcb7a994fb7cd6d7";

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

/// The files of `tests/data/pictures`, which `pictures.py` made, at side 16.
fn gathered() -> Gathered {
    let options =
        Options { side: 16, fit: Fit::Crop, invert: false, backdrop: Backdrop::White, normal: Vec::new() };
    let mut gathering = Gathering::new(options).expect("a side in range");
    for folder in fs::read_dir(data("pictures")).expect("a folder") {
        for file in fs::read_dir(folder.expect("an entry").path()).expect("a folder of folders") {
            let path = file.expect("an entry").path();
            gathering.add(path.to_str().expect("a name in UTF-8"), &fs::read(&path).expect("a file"));
        }
    }
    gathering.finish()
}

fn digest(set: &PictureSet) -> String {
    Digest::of_pictures(set).to_string()
}

#[test]
fn the_digits_have_the_digest_that_python_gives_them() {
    assert_eq!(digest(&digits()), DIGITS);
}

/// Pillow decodes, and Python turns grey and averages from the definition; `pictures.npz` is what came of it, as NumPy
/// wrote it. Two decoders of JPEG or lossy WebP round differently, and give colours back their pixels differently.
#[test]
fn every_kind_of_file_becomes_what_pillow_and_numpy_make_of_it() {
    let expected = read(&fs::read(data("pictures.npz")).expect("a file")).expect("a set");
    let Gathered { set, refused, .. } = gathered();
    assert_eq!(refused, []);
    assert_eq!(set.counts(), expected.counts());
    for (ours, theirs) in set.pictures().iter().zip(expected.pictures()) {
        assert_eq!((&ours.label, &ours.name), (&theirs.label, &theirs.name));
        let lossy = ours.name.ends_with(".jpg") || ours.name.contains("lossy");
        let apart = ours.levels.iter().zip(&theirs.levels).map(|(a, b)| a.abs_diff(*b)).max();
        assert!(apart <= Some(if lossy { 2 } else { 0 }), "{}: {apart:?} levels apart", ours.name);
    }
}
