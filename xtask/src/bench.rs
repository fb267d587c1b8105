//! `cargo xtask bench`: how fast the kernels are, natively, and the page's trainings, in Chromium beside others.

use std::path::Path;
use std::time::Instant;
use xshell::{Shell, cmd};

use crate::{Result, browsers, say, tasks};

/// With `json`, standard output is the browser's measurements as one JSON value and nothing else.
pub fn bench(sh: &Shell, json: bool) -> Result<()> {
    let start = Instant::now();
    browsers::ensure_node_packages(sh)?;
    browsers::ensure_browsers(sh)?;
    let [made, source] = ["node_modules/.package-lock.json", "package-lock.json"]
        .map(|file| Path::new("benches/browser").join(file));
    if browsers::older(&made, &source, sh) {
        say("installing TensorFlow.js, to compare with (half a minute)");
        cmd!(sh, "npm ci --prefix benches/browser --no-audit --no-fund --loglevel error").quiet().run()?;
    }
    tasks::build(sh)?;
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

/// The Criterion benches.
fn kernels(sh: &Shell) -> Result<()> {
    say("benches of the kernels, natively (a minute, most of it to build)");
    let bench = ["bench", "--quiet", "--bench", "kernels"];
    cmd!(sh, "cargo {bench...} --no-run").quiet().run()?;
    // Criterion tells its progress on standard error.
    cmd!(sh, "cargo {bench...} -- --quiet --discard-baseline").quiet().ignore_stderr().run()?;
    Ok(())
}
