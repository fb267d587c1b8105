//! `cargo xtask bench`: how fast the kernels are, natively, and the page's trainings, in Chromium beside others; and how
//! promptly the page answers.

use std::time::Instant;
use xshell::{Shell, cmd};

use crate::{Result, browsers, checks, node, say, tasks};

/// With `json`, standard output is the browser's measurements as one JSON value and nothing else.
pub fn bench(sh: &Shell, json: bool) -> Result<()> {
    let start = Instant::now();
    page(sh)?;
    node::ensure_packages(sh, "benches/browser", "TensorFlow.js, to compare with (half a minute)")?;
    say("building the floor (some seconds)");
    cmd!(sh, "cargo build --quiet --release --package floor --target wasm32-unknown-unknown")
        .quiet()
        .run()?;
    if !json {
        kernels(sh)?;
    }
    say("measuring in Chromium (two and a half minutes)");
    let json = json.then_some("--json");
    cmd!(sh, "node benches/browser/bench.js {json...}").quiet().run()?;
    say(&format!("measured in {} s", start.elapsed().as_secs()));
    Ok(())
}

/// What depends on how busy the machine is, and is no test for that reason.
pub fn prompt(sh: &Shell, json: bool) -> Result<()> {
    page(sh)?;
    say(
        "measuring how promptly the page answers, in Chromium (a minute, and some for the photographs and the verdicts)",
    );
    let json = json.then_some("--json");
    cmd!(sh, "node benches/prompt/prompt.js {json...}").quiet().run()?;
    Ok(())
}

/// The page, and the browsers that it is measured in.
fn page(sh: &Shell) -> Result<()> {
    node::ensure_packages(sh, "tests/browser", checks::TEST_PACKAGES)?;
    browsers::ensure_browsers(sh)?;
    tasks::build(sh)
}

/// The Criterion benches.
fn kernels(sh: &Shell) -> Result<()> {
    say("benches of the kernels, natively (a minute, most of it to build)");
    let bench = ["bench", "--quiet", "--bench", "kernels"];
    cmd!(sh, "cargo {bench...} --no-run").quiet().run()?;
    // Criterion tells its progress on standard error.
    cmd!(sh, "cargo {bench...} -- --quiet --discard-baseline").quiet().ignore_stderr().run()?;
    Ok(())
}
