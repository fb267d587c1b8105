//! Python with the library that reads a saved network, for the tests: in `target/python`, away from the system's.

use std::path::Path;
use xshell::{Shell, cmd};

use crate::browsers::{install, is_debian};
use crate::tools::{find, older};
use crate::{Result, say};

const FOLDER: &str = "target/python";
const PACKAGES: &str = "tests/browser/support/requirements.txt";

/// Sees to it that the folder has what the tests import, and tells them through the environment where.
pub fn ensure(sh: &Shell) -> Result<()> {
    let inside = if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" };
    let program = sh.current_dir().join(FOLDER).join(inside);
    let done = format!("{FOLDER}/installed");
    if older(Path::new(&done), Path::new(PACKAGES), sh) {
        make(sh)?;
        cmd!(sh, "{program} -m pip install --quiet --disable-pip-version-check -r {PACKAGES}")
            .quiet()
            .run()
            .map_err(|error| format!("pip cannot install the packages of {PACKAGES}: {error}"))?;
        sh.write_file(done, "")?;
    }
    sh.set_var("BOTTLENECK_PYTHON", program);
    Ok(())
}

/// An empty environment.
fn make(sh: &Shell) -> Result<()> {
    say("getting Python's safetensors for the tests (ten seconds)");
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
