//! The command-line program, called as a shell calls it.

#![allow(dead_code, reason = "a test takes of it what it needs")]

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

pub fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bottleneck")).args(arguments).output().expect("the program starts")
}

/// What it prints with `--json`.
pub fn json(arguments: &[&str]) -> Value {
    let output = run(&[arguments, &["--json"]].concat());
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{arguments:?}: {error}"))
}

/// All that it wrote.
pub fn said(output: &Output) -> String {
    let text = [&output.stdout[..], &output.stderr].concat();
    let text = String::from_utf8(text).expect("UTF-8");
    assert!(!text.contains("panicked"), "{text}");
    text
}

/// An empty folder of a test's own.
pub fn scratch(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).expect("a folder");
    path
}

pub fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

/// The pictures of the tests.
pub fn folder() -> String {
    text(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/pictures")).into()
}
