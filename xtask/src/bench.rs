//! `cargo xtask bench`: how fast the kernels are, natively, and the page's trainings, in Chromium beside others.

use std::time::Instant;
use xshell::{Shell, cmd};

use crate::{Result, browsers, node, say, tasks};

/// With `json`, standard output is the browser's measurements as one JSON value and nothing else.
pub fn bench(sh: &Shell, json: bool) -> Result<()> {
    let start = Instant::now();
    node::ensure_packages(sh, "tests/browser", tasks::TEST_PACKAGES)?;
    browsers::ensure_browsers(sh)?;
    node::ensure_packages(sh, "benches/browser", "TensorFlow.js, to compare with (half a minute)")?;
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
