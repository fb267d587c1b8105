//! What is released is for ever: no golden of `v=1` changes, and none goes.
//!
//! `frozen.txt` has a line for each golden: file, name, and a seal, the first 64 bits of the SHA-256 of the golden's whole
//! line, recipe and digest. Lines are added to it with new goldens, and never changed: where other bits are wanted, the
//! goldens of `v=1` stay as they are, and those of `v=2` stand beside them.

use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

const FROZEN: &str = include_str!("frozen.txt");

/// The files whose lines are promised. Not `golden-analyses.txt`: it is what analyses say of a network, not its bits.
const PROMISED: [(&str, &str); 6] = [
    ("golden.txt", include_str!("golden.txt")),
    ("golden-grey.txt", include_str!("golden-grey.txt")),
    ("golden-duels.txt", include_str!("golden-duels.txt")),
    ("golden-censuses.txt", include_str!("golden-censuses.txt")),
    ("golden-moments.txt", include_str!("golden-moments.txt")),
    ("golden-pictures.txt", include_str!("golden-pictures.txt")),
];

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Whether the promise of `v=1` holds for a golden: for all but those whose fragment says a later version. The digests of
/// sets of pictures have no fragment, and links of any version ask for them.
fn is_promised(golden: &str) -> bool {
    golden.split(' ').nth(1).is_none_or(|word| !word.starts_with("v=") || word.starts_with("v=1&"))
}

/// The line of `frozen.txt` for a golden.
fn frozen(file: &str, golden: &str) -> String {
    let name = golden.split(' ').next().unwrap_or_default();
    let hash = Sha256::digest(golden);
    let seal: String = hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("{file} {name} {seal}")
}

/// File and name, without the seal.
fn subject(frozen: &str) -> &str {
    frozen.rsplit_once(' ').map_or(frozen, |(subject, _)| subject)
}

/// What is wrong with goldens that were frozen, as sentences.
fn broken(goldens: &[(&str, &str)], frozen_lines: &str) -> Vec<String> {
    let present: Vec<String> = goldens
        .iter()
        .flat_map(|(file, text)| {
            lines(text).filter(|golden| is_promised(golden)).map(|golden| frozen(file, golden))
        })
        .collect();
    let mut found = Vec::new();
    for line in lines(frozen_lines) {
        let subject = subject(line);
        if !present.iter().any(|present| present == line) {
            found.push(format!(
                "{subject} has another recipe or digest than the one that was released, or is gone. What a link with v=1 \
                 gives, it gives for ever: take the change back, or make it for links with v=2 alone, with goldens of their \
                 own (v=2&…) under new names, and say so under Bits in CHANGELOG.md"
            ));
        }
    }
    for line in &present {
        if !lines(frozen_lines).any(|frozen| subject(frozen) == subject(line)) {
            found.push(format!("a new golden: add to tests/frozen.txt\n{line}"));
        }
    }
    found
}

#[test]
fn no_golden_of_the_released_version_changes() {
    let broken = broken(&PROMISED, FROZEN);
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
}

#[test]
fn every_file_of_goldens_is_frozen() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    for entry in fs::read_dir(folder).expect("the folder of the tests") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        let is_golden = name.starts_with("golden") && name.ends_with(".txt") && name != "golden-analyses.txt";
        assert!(!is_golden || PROMISED.iter().any(|(file, _)| *file == name), "{name}");
    }
}

/// A golden that was tampered with is found out, whatever was done to it.
mod offences {
    use super::*;

    const GOLDENS: &str = "# name fragment digest\na v=1&exp=inside 0123456789abcdef\n";

    fn broken_by(goldens: &str) -> Vec<String> {
        broken(&[("golden.txt", goldens)], &frozen("golden.txt", "a v=1&exp=inside 0123456789abcdef"))
    }

    #[test]
    fn another_digest_another_recipe_and_none() {
        assert_eq!(broken_by(GOLDENS), [""; 0]);
        for (old, new) in [("cdef", "cdee"), ("inside", "classical"), ("a v=1", "b v=1"), ("a v=1", "a v=2")]
        {
            let broken = broken_by(&GOLDENS.replace(old, new));
            assert!(broken[0].starts_with("golden.txt a has another"), "{broken:?}");
            assert!(broken[0].contains("v=2"), "it says what to do");
        }
        assert_eq!(broken_by("").len(), 1);
    }

    #[test]
    fn a_new_one_that_nobody_froze() {
        let broken = broken_by(&format!("{GOLDENS}b v=1&exp=minima 0123456789abcdef\n"));
        assert!(broken.len() == 1 && broken[0].contains("\ngolden.txt b "), "{broken:?}");
    }

    #[test]
    fn one_of_a_later_version_is_none() {
        assert_eq!(broken_by(&format!("{GOLDENS}b v=2&exp=minima 0123456789abcdef\n")), [""; 0]);
    }
}
