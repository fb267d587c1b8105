//! Sets of pictures out of files: the same files are the same set, on every machine.

use bottleneck::data::PictureSet;
use bottleneck::recipe::Digest;
use bottleneck_pictures::{Backdrop, Fit, Gathered, Gathering, Options, digits, read, write};
use std::fs;
use std::path::{Path, PathBuf};

/// The digest of a set; that of the digits is what `tests/data/digits.py` worked out from the definition.
fn golden(name: &str) -> &'static str {
    let lines = include_str!("golden-pictures.txt").lines().filter_map(|line| line.split_once(' '));
    lines.into_iter().find(|(set, _)| *set == name).map(|(_, digest)| digest).expect("a golden of this name")
}

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
    assert_eq!(digest(&digits()), golden("digits"));
}

#[test]
fn the_same_files_are_the_same_set_in_whichever_order_they_come() {
    let set = gathered().set;
    assert_eq!(digest(&set), golden("files"));
    assert_eq!(read(&write(&set).expect("a file")), Ok(set));
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

/// The command line on files.
mod command {
    use super::*;
    use serde_json::Value;
    use std::process::{Command, Output};

    fn run(arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_bottleneck"))
            .arg("pictures")
            .args(arguments)
            .output()
            .expect("it starts")
    }

    fn said(output: &Output) -> String {
        String::from_utf8([&output.stdout[..], &output.stderr].concat()).expect("UTF-8")
    }

    fn json(arguments: &[&str]) -> Value {
        serde_json::from_slice(&run(&[arguments, &["--json"]].concat()).stdout).expect("one object")
    }

    /// An empty folder of this test's own.
    fn scratch(name: &str) -> PathBuf {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a folder");
        path
    }

    #[test]
    fn a_folder_becomes_a_set_with_counts_digest_file_and_link() {
        let file = scratch("a-folder").join("set.npz");
        let (folder, path) = (data("pictures"), file.to_str().expect("UTF-8"));
        let output = run(&[folder.to_str().expect("UTF-8"), "--side", "16", "-o", path]);
        let (said, digest) = (said(&output), golden("files"));
        assert_eq!(output.status.code(), Some(0), "{said}");
        let set = read(&fs::read(&file).expect("a file")).expect("a set");
        assert_eq!(super::digest(&set), digest);
        for line in [
            "    16  crack",
            "    16  good",
            "    15  ring",
            &format!("47 pictures of 16 × 16, 0 files left out; digest {digest}."),
            &format!("Written to {path}."),
            &format!("v=1&exp=own&data=own&images={digest}&normal=good&side=16&count=47"),
        ] {
            assert!(said.lines().any(|said| said == line), "{line}\n{said}");
        }
    }

    #[test]
    fn what_is_refused_is_named_with_its_reason_and_costs_the_others_nothing() {
        let folder = scratch("refused");
        fs::write(folder.join("a.txt"), "hello").expect("a file");
        fs::write(folder.join("b.pgm"), "P2 1 1 255 7").expect("a file");
        fs::write(folder.join("c.pgm"), "P2 9 9 255 7").expect("a file");
        let report = json(&[folder.to_str().expect("UTF-8"), "--side", "4"]);
        assert_eq!(report["pictures"], 1, "{report}");
        assert_eq!(report["counts"][""], 1);
        assert_eq!(report["normal"], Value::Null);
        let refused = report["refused"].as_array().expect("a list");
        let ends = |k: usize, name| refused[k]["path"].as_str().expect("a path").ends_with(name);
        assert!(refused.len() == 2 && ends(0, "a.txt") && ends(1, "c.pgm"), "{report}");
    }

    #[test]
    fn a_set_that_lies_where_the_next_is_written_is_not_read_again() {
        let folder = scratch("again");
        fs::write(folder.join("a.pgm"), "P2 1 1 255 7").expect("a file");
        let file = folder.join("set.npz");
        for _ in 0..2 {
            let [folder, file] = [&folder, &file].map(|path| path.to_str().expect("UTF-8"));
            assert_eq!(json(&[folder, "-o", file])["pictures"], 1);
        }
    }

    #[cfg(unix)]
    #[test]
    fn what_others_wrote_moves_no_cursor() {
        let folder = scratch("escapes");
        let label = folder.join("good \u{1b}[2J");
        fs::create_dir(&label).expect("a folder");
        fs::write(label.join("a.pgm"), "P2 1 1 255 7").expect("a file");
        fs::write(folder.join("\u{1b}[31m.txt"), "hello").expect("a file");
        // The kind of its numbers is told as the file spells it.
        let header = "{'descr': '\u{1b}[31m', 'fortran_order': False, 'shape': (4, 4), }\n";
        let npy = [b"\x93NUMPY\x01\0", &(header.len() as u16).to_le_bytes()[..], header.as_bytes()].concat();
        fs::write(folder.join("b.npy"), npy).expect("a file");
        let folder = folder.to_str().expect("UTF-8");
        let link = "v=1&exp=own&data=own&images=0123456789abcdef&side=4&count=1";
        let own =
            Command::new(env!("CARGO_BIN_EXE_bottleneck")).args(["own", link, "--pictures", folder]).output();
        for output in [run(&[folder]), own.expect("it starts")] {
            let said = said(&output);
            assert!(said.contains("\\u{1b}[31m.txt: ") && said.contains("b.npy: "), "{said}");
            assert!(!said.contains('\u{1b}'), "{said:?}");
        }
    }

    #[test]
    fn a_set_is_the_same_from_whichever_folder_it_is_named() {
        let above = scratch("t").join("test");
        for label in ["good", "crack"] {
            let folder = above.join("parts").join(label);
            fs::create_dir_all(&folder).expect("a folder");
            fs::write(folder.join("a.pgm"), "P2 1 1 255 7").expect("a file");
        }
        let whole = json(&[above.join("parts").to_str().expect("UTF-8"), "--side", "4"]);
        let mut command = Command::new(env!("CARGO_BIN_EXE_bottleneck"));
        command.current_dir(&above).args(["pictures", "parts", "--side", "4", "--json"]);
        let near: Value =
            serde_json::from_slice(&command.output().expect("it starts").stdout).expect("one object");
        assert_eq!((&whole["counts"], &whole["digest"]), (&near["counts"], &near["digest"]));
        assert_eq!(whole["counts"], serde_json::json!({ "crack": 1, "good": 1 }));
    }

    #[test]
    fn a_call_that_cannot_be_carried_out_ends_with_2_and_a_sentence() {
        let folder = scratch("nothing");
        let empty = folder.to_str().expect("UTF-8");
        for (arguments, sentence) in [
            (&[][..], "expected: pictures and a PATH, of a file or a folder."),
            (&["nowhere"], "nowhere cannot be read: "),
            (&[empty], "none of the files holds a picture that can be read."),
            (&[empty, "--side", "65"], "side=65 is out of range: it takes a whole number from 4 to 64."),
            (&[empty, "--side", "x"], "--side x cannot be read: it takes a whole number from 4 to 64."),
            (&[empty, "--fit", "x"], "--fit x cannot be read: it takes crop or pad."),
            (&[empty, "--over", "x"], "--over x cannot be read: it takes white or black."),
            (&[empty, "-o", "nowhere/set.npz"], "--output nowhere/set.npz cannot be written: "),
            (&[empty, "--csv", "x"], "--csv is not for pictures, which makes a set and trains nothing."),
        ] {
            let output = run(arguments);
            assert_eq!(output.status.code(), Some(2), "{arguments:?}");
            assert!(said(&output).contains(sentence), "{arguments:?}: {}", said(&output));
            assert!(json(arguments)["error"].is_string(), "{arguments:?}");
        }
    }
}
