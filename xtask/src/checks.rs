//! `cargo xtask test`: everything that can be checked without a person.
//!
//! The checks stand in two queues that are worked off at once: those of Cargo's debug builds, and those of what is
//! released. So while one links, which takes one core, the other has the second. The browsers come after both, alone.

use std::fs::{self, File};
use std::io::{Write, stderr};
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Instant;
use xshell::{Cmd, Shell, cmd};

use crate::tasks::trunk;
use crate::{Result, browsers, bundle, node, package, python, say, tools};

/// What is said of the packages in `tests/browser`.
pub const TEST_PACKAGES: &str = "the npm packages of the tests (ten seconds)";

/// A command that fails if something is wrong.
struct Check {
    what: &'static str,
    /// About how long it takes on two cores the first time.
    about: &'static str,
    command: Command,
}

/// How a check ended: its name, and whether it passed.
type Ended = (&'static str, bool);

/// A check that fails does not keep the others from running.
pub fn test(sh: &Shell, quick: bool) -> Result<()> {
    let start = Instant::now();
    tools::ensure(sh)?;
    bundle::ensure(sh)?;
    node::ensure_packages(sh, "tests/browser", TEST_PACKAGES)?;
    if !quick {
        browsers::ensure_browsers(sh)?;
        python::ensure(sh)?;
    }
    let webkit = !quick && browsers::ensure_webkit(sh)?;
    if !quick && !webkit {
        say(
            "WebKit is left out: WebKitWebDriver and Xvfb are not on PATH, and only Debian's are installed from here",
        );
    }
    let mut ended = at_once([of_debug_builds(sh), of_the_release(sh, webkit)]);
    if !quick {
        let browsers = check("page in Chromium and Firefox", "eight minutes", npm(sh, "browsers"));
        ended.push(timed(browsers, |_, mut command| Ok(command.status()?.success())));
    }
    let failed: Vec<_> = ended.iter().filter(|(_, passed)| !passed).map(|(what, _)| *what).collect();
    let (passed, seconds) = (ended.len() - failed.len(), start.elapsed().as_secs());
    say(&format!("{passed} checks passed, {} failed, in {seconds} s", failed.len()));
    if failed.is_empty() { Ok(()) } else { Err(format!("failed: {}", failed.join("; ")).into()) }
}

/// Works off several queues, each in its order, and tells what a check said when it has ended.
fn at_once<const QUEUES: usize>(queues: [Vec<Check>; QUEUES]) -> Vec<Ended> {
    let work = |queue: Vec<Check>| queue.into_iter().map(|check| timed(check, quietly)).collect();
    thread::scope(|scope| {
        let queues = queues.map(|queue| scope.spawn(move || -> Vec<Ended> { work(queue) }));
        queues.into_iter().flat_map(|queue| queue.join().expect("a queue does not panic")).collect()
    })
}

/// Runs a check in the way that `run` does, and tells how it ends and after how many seconds.
fn timed(check: Check, run: impl FnOnce(&str, Command) -> std::io::Result<bool>) -> Ended {
    let Check { what, about, command } = check;
    say(&format!("{what} ({about})"));
    let began = Instant::now();
    let result = run(what, command);
    let seconds = began.elapsed().as_secs();
    match &result {
        Ok(true) => say(&format!("{what} passed in {seconds} s")),
        Ok(false) => say(&format!("{what} failed after {seconds} s")),
        Err(error) => say(&format!("{what} cannot be run: {error}")),
    }
    (what, matches!(result, Ok(true)))
}

/// Where each check's words are while it runs.
const LOGS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/checks");

/// Runs a command beside others, and gives out what it says in one piece, so that no two are mixed.
fn quietly(what: &str, mut command: Command) -> std::io::Result<bool> {
    fs::create_dir_all(LOGS)?;
    let log = Path::new(LOGS).join(what.replace(|c: char| !c.is_alphanumeric(), "-")).with_extension("log");
    let file = File::create(&log)?;
    let status = command.stdout(file.try_clone()?).stderr(file).status()?;
    stderr().lock().write_all(&fs::read(log)?)?;
    Ok(status.success())
}

fn check(what: &'static str, about: &'static str, command: Cmd) -> Check {
    Check { what, about, command: command.into() }
}

/// What needs no page: the cheap ones first.
fn of_debug_builds(sh: &Shell) -> Vec<Check> {
    let deny = ["--", "-D", "warnings"];
    let wasm = ["bottleneck-web", "bottleneck-first-web", "bottleneck-pictures-web"]
        .into_iter()
        .flat_map(|package| ["--package", package]);
    let mut checks = vec![
        check("formatting", "a second", cmd!(sh, "cargo fmt --all --check")),
        check(
            "formatting of the scripts",
            "some seconds",
            cmd!(sh, "npm --prefix xtask run --silent format:check"),
        ),
        check(
            "clippy, native",
            "a minute",
            cmd!(sh, "cargo clippy --quiet --workspace --all-targets {deny...}"),
        ),
        check(
            "clippy, wasm",
            "a minute",
            cmd!(sh, "cargo clippy --quiet --target wasm32-unknown-unknown").args(wasm).args(deny),
        ),
        check(
            "documentation",
            "some seconds",
            cmd!(sh, "cargo doc --quiet --no-deps --lib").env("RUSTDOCFLAGS", "-D warnings"),
        ),
        check(
            "tests and the documentation's examples, debug",
            "four minutes",
            cmd!(sh, "cargo test --workspace"),
        ),
        check("crates, as they are packed", "some seconds", package::quick(sh)),
    ];
    if let Some(deny) = python::deny(sh) {
        checks.push(check(
            "licences, duplicates and sources of the packages",
            "some seconds",
            cmd!(sh, "{deny} --workspace --locked check licenses bans sources"),
        ));
    }
    checks
}

/// The page, the command-line twin, and what is made of them.
fn of_the_release(sh: &Shell, webkit: bool) -> Vec<Check> {
    let mut checks = vec![
        check("page", "half a minute", trunk(sh, cmd!(sh, "trunk build --release"))),
        check("package for npm", "a second", this(sh, "packed")),
        check("types of the page", "some seconds", npm(sh, "types")),
        // Its tests are linked with it: built by itself the library would be compiled twice, as tests turn on other features.
        check(
            "command-line twin",
            "two minutes",
            cmd!(sh, "cargo test --quiet --release --test golden --no-run"),
        ),
        check("golden digests and sizes under Node", "some seconds", npm(sh, "node")),
    ];
    if webkit {
        checks.push(check("links in WebKit", "a minute", npm(sh, "webkit")));
    }
    if let Ok(python) = sh.var("BOTTLENECK_PYTHON") {
        let tests = ["discover", "tests/cluster", "-p", "*_test.py"];
        checks.push(check(
            "censuses on a cluster",
            "a minute",
            cmd!(sh, "{python} -m unittest {tests...}").env("PYTHONDONTWRITEBYTECODE", "1"),
        ));
    }
    // The last one, as it keeps both cores busy when the other queue is empty.
    checks.push(check(
        "goldens and what the page prints, release",
        "some seconds",
        cmd!(sh, "cargo test --release --test golden"),
    ));
    checks
}

/// Another command of this program, for which Cargo would first wait until nothing else is being built.
fn this<'a>(sh: &'a Shell, command: &str) -> Cmd<'a> {
    let program = std::env::current_exe().unwrap_or_else(|_| "xtask".into());
    cmd!(sh, "{program} {command}")
}

/// A script of `tests/browser/package.json`.
fn npm<'a>(sh: &'a Shell, script: &str) -> Cmd<'a> {
    cmd!(sh, "npm --prefix tests/browser run --silent {script}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queues_go_on_after_a_failure_and_tell_of_each_check_in_order() {
        let sh = Shell::new().expect("a shell");
        let good = |what| check(what, "", cmd!(sh, "cargo --version"));
        let bad = |what| check(what, "", cmd!(sh, "cargo --no-such-flag"));
        let absent = |what| check(what, "", cmd!(sh, "no-such-program"));
        let ended = at_once([vec![good("a"), bad("b"), good("c")], vec![absent("d")]]);
        assert_eq!(ended, [("a", true), ("b", false), ("c", true), ("d", false)]);
    }
}
