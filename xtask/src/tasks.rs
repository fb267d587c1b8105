//! What each command does, in order.

use std::time::Instant;
use xshell::{Cmd, Shell, cmd};

use crate::{Result, browsers, bundle, node, package, python, say, tools};

/// What is said of the packages in `tests/browser`.
pub const TEST_PACKAGES: &str = "the npm packages of the tests (ten seconds)";

/// `cargo xtask build`: the page into `dist/`.
pub fn build(sh: &Shell) -> Result<()> {
    tools::ensure(sh)?;
    bundle::ensure(sh)?;
    say("building the page (half a minute the first time)");
    trunk(sh, cmd!(sh, "trunk build --release")).run()?;
    say("the page is in dist/; copy it to any static host, into any folder");
    Ok(())
}

/// `cargo xtask serve`: builds, serves, and builds again whenever a source changes.
pub fn serve(sh: &Shell, port: u16, open: bool) -> Result<()> {
    tools::ensure(sh)?;
    say(&format!(
        "building and serving http://127.0.0.1:{port}/ (the first build takes about a minute; Ctrl-C ends)"
    ));
    let port = port.to_string();
    let open = open.then_some("--open");
    // The address stands in Trunk.toml; Trunk would take one named here for a second one.
    become_command(trunk(sh, cmd!(sh, "trunk serve --release --port {port} {open...}")))
}

/// Runs a command that ends when its user ends it. It takes the place of this process where the system has that, so
/// that who ends the one has ended the other.
fn become_command(command: Cmd) -> Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt;
        Err(std::process::Command::from(command).exec().into())
    }
    #[cfg(not(unix))]
    Ok(command.run()?)
}

/// `cargo xtask test`: everything that can be checked without a person, the cheap checks first. A check that fails
/// does not keep the others from running.
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
    let mut passed = 0;
    let mut failed = Vec::new();
    for (what, about, command) in checks(sh, quick, webkit) {
        say(&format!("{what} ({about})"));
        let began = Instant::now();
        let ended = command.quiet().run();
        let seconds = began.elapsed().as_secs();
        match ended {
            Ok(()) => {
                say(&format!("{what} passed in {seconds} s"));
                passed += 1;
            }
            Err(error) => {
                say(&format!("{what} failed after {seconds} s: {error}"));
                failed.push(what);
            }
        }
    }
    let seconds = start.elapsed().as_secs();
    say(&format!("{passed} checks passed, {} failed, in {seconds} s", failed.len()));
    if failed.is_empty() { Ok(()) } else { Err(format!("failed: {}", failed.join("; ")).into()) }
}

/// Each check: what it is, about how long it takes on two cores the first time, and the command.
fn checks(sh: &Shell, quick: bool, webkit: bool) -> Vec<(&'static str, &'static str, Cmd<'_>)> {
    let deny = ["--", "-D", "warnings"];
    let mut checks = vec![
        ("formatting", "a second", cmd!(sh, "cargo fmt --all --check")),
        (
            "formatting of the scripts",
            "some seconds",
            cmd!(sh, "npm --prefix xtask run --silent format:check"),
        ),
        (
            "clippy, native",
            "half a minute",
            cmd!(sh, "cargo clippy --quiet --workspace --all-targets {deny...}"),
        ),
        (
            "clippy, wasm",
            "half a minute",
            cmd!(
                sh,
                "cargo clippy --quiet --package bottleneck-web --package bottleneck-first-web --package bottleneck-pictures-web --target wasm32-unknown-unknown {deny...}"
            ),
        ),
        (
            "documentation",
            "some seconds",
            cmd!(sh, "cargo doc --quiet --no-deps --lib").env("RUSTDOCFLAGS", "-D warnings"),
        ),
        ("tests and the documentation's examples, debug", "a minute", cmd!(sh, "cargo test --workspace")),
        (
            "goldens and what the page prints, release",
            "five minutes",
            cmd!(sh, "cargo test --release --test golden --test printed"),
        ),
        ("crates, as they are packed", "some seconds", package::quick(sh)),
        ("command-line twin", "half a minute", cmd!(sh, "cargo build --quiet --release")),
        ("page", "half a minute", trunk(sh, cmd!(sh, "trunk build --release"))),
        ("package for npm", "a second", cmd!(sh, "cargo xtask packed")),
        ("types of the page", "some seconds", npm(sh, "types")),
        ("golden digests and sizes under Node", "some seconds", npm(sh, "node")),
    ];
    if webkit {
        checks.push(("links in WebKit", "a minute", npm(sh, "webkit")));
    }
    if let Some(deny) = python::deny(sh) {
        checks.push((
            "licences, duplicates and sources of the packages",
            "some seconds",
            cmd!(sh, "{deny} --workspace --locked check licenses bans sources"),
        ));
    }
    if let Ok(python) = sh.var("BOTTLENECK_PYTHON") {
        let tests = ["discover", "tests/cluster", "-p", "*_test.py"];
        checks.push((
            "censuses on a cluster",
            "a minute",
            cmd!(sh, "{python} -m unittest {tests...}").env("PYTHONDONTWRITEBYTECODE", "1"),
        ));
    }
    if !quick {
        checks.push(("page in Chromium and Firefox", "ten minutes", npm(sh, "browsers")));
    }
    checks
}

/// A script of `tests/browser/package.json`.
fn npm<'a>(sh: &'a Shell, script: &str) -> Cmd<'a> {
    cmd!(sh, "npm --prefix tests/browser run --silent {script}")
}

/// A call of Trunk as it wants to be called.
fn trunk<'a>(sh: &Shell, command: Cmd<'a>) -> Cmd<'a> {
    // Trunk takes the value of NO_COLOR for a boolean and stops at the usual "1".
    let command = if sh.var_os("NO_COLOR").is_some() { command.env("NO_COLOR", "true") } else { command };
    command.env("TRUNK_SKIP_VERSION_CHECK", "true").quiet()
}
