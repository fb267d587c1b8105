//! `cargo xtask everywhere`: whether every machine that can be had here computes the same bits.
//!
//! One program, `tests/everywhere`, trains all goldens and prints digests and numbers. It is run natively, for other
//! processors under qemu-user, and as WebAssembly with and without vectors in wasmtime, in V8 and in the browsers. What it
//! prints must be the same text. The matrix goes to the terminal and into the README. Natively, the results of many
//! networks that the page prints are trained once more, which takes too long for every test.

mod machines;
mod matrix;

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Instant;

use xshell::{Shell, cmd};

use crate::browsers::{ensure_browsers, ensure_webkit, install, is_debian};
use crate::tools::find;
use crate::{Result, node, python, say};
use machines::{Bench, PROCESSORS, Processor, Task, VECTORS, WASI};
use matrix::{Bits, Row};

/// What the program prints, row by row.
const FOLDER: &str = "target/everywhere";
const README: &str = "README.md";
/// Its Python package brings the engine along.
const WASMTIME: &str = "wasmtime==50.0.1";

/// Runs the whole matrix.
///
/// # Errors
///
/// A sentence, if any machine prints anything else.
pub fn everywhere(sh: &Shell) -> Result<()> {
    let start = Instant::now();
    ensure(sh)?;
    sh.create_dir(FOLDER)?;
    let rows = two_at_a_time(sh)?;
    let table = matrix::table(&rows);
    println!("{table}");
    sh.write_file(README, matrix::placed(&sh.read_file(README)?, &table)?)?;
    say(&format!("{} rows in {} s; the table stands in {README}", rows.len(), start.elapsed().as_secs()));
    let other: Vec<&str> =
        rows.iter().filter(|row| row.bits == Bits::Other).map(|row| &*row.machine).collect();
    if other.is_empty() {
        return Ok(());
    }
    Err(format!("other bits: {}; what each printed is in {FOLDER}", other.join(", ")).into())
}

/// Compilers, emulators, engines.
fn ensure(sh: &Shell) -> Result<()> {
    if !is_debian(sh) {
        return Err("cross compilers and emulators are installed from Debian's packages; on other systems \
                    'cargo xtask test' compares this machine with the goldens"
            .into());
    }
    let missing = PROCESSORS.iter().filter(|one| find(sh, &one.linker()).is_none() || !one.has_library());
    let mut packages: Vec<String> = missing.flat_map(Processor::packages).collect();
    if PROCESSORS.iter().any(|one| find(sh, one.qemu).is_none()) {
        packages.push("qemu-user".into());
    }
    if !packages.is_empty() {
        install(sh, &packages.iter().map(String::as_str).collect::<Vec<_>>())?;
    }
    let targets: Vec<&str> = PROCESSORS.iter().map(|one| one.target).chain([WASI]).collect();
    cmd!(sh, "rustup --quiet target add {targets...}").quiet().run()?;
    node::ensure_packages(sh, "tests/browser", "Playwright and what drives WebKit (some seconds)")?;
    ensure_browsers(sh)?;
    if ensure_webkit(sh)? {
        sh.set_var("BOTTLENECK_WEBKIT", "1");
    }
    python::ensure(sh)?;
    let python = sh.var("BOTTLENECK_PYTHON")?;
    Ok(cmd!(sh, "{python} -m pip install --quiet --disable-pip-version-check {WASMTIME}").quiet().run()?)
}

/// The rows of the matrix. This machine comes first, as all others are compared with it; then two at a time, since an
/// emulator and an engine have one thread each.
fn two_at_a_time(sh: &Shell) -> Result<Vec<Row>> {
    let (machine, native) = machines::this_machine(sh)?;
    let wasm = VECTORS.into_iter().map(|(name, about, flags)| Task::Wasm(name, about, flags));
    let tasks = [Task::Printed].into_iter().chain(PROCESSORS.iter().map(Task::Emulated)).chain(wasm);
    let waiting: Mutex<VecDeque<(usize, Task)>> = Mutex::new(tasks.enumerate().collect());
    let done = Mutex::new(Vec::new());
    let work = |sh: Shell| {
        let bench = Bench::new(sh, &native);
        loop {
            let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
            let Some((place, task)) = next else { break };
            let rows = bench.run(task).map_err(|error| error.to_string());
            done.lock().unwrap_or_else(PoisonError::into_inner).push((place, rows));
        }
    };
    thread::scope(|scope| {
        // A shell, which knows folder and variables, belongs to one thread.
        for sh in [sh.clone(), sh.clone()] {
            scope.spawn(|| work(sh));
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(place, _)| *place);
    let mut rows = vec![machine];
    for (_, of_task) in done {
        rows.extend(of_task?);
    }
    Ok(rows)
}
