//! What is released beside the page: three crates, and the wasm as a package for npm.

use std::path::Path;

use xshell::{Cmd, Shell, cmd};

use crate::{Result, node, say, tasks};

/// Where the page's wasm is, and where the package is put together.
const DIST: &str = "dist";
const FOLDER: &str = "target/npm";
/// What the package has of its own.
const SOURCES: &str = "src/web/npm";
/// What it has of the page's.
const WASM: [&str; 3] = ["bottleneck-web.js", "bottleneck-web.d.ts", "bottleneck-web_bg.wasm"];
const LICENCES: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];
/// The crates, each after those that it needs.
const CRATES: [&str; 3] = ["bottleneck-learning", "bottleneck-pictures", "bottleneck-autoencoders"];

/// `cargo xtask package`: all of it, made and tried, and nothing published.
pub fn package(sh: &Shell) -> Result<()> {
    tasks::build(sh)?;
    node::ensure_node(sh)?;
    let packed = npm(sh)?;
    say("packing the crates, and building what was packed (some minutes)");
    cmd!(sh, "cargo publish --dry-run --locked").args(crates()).quiet().run()?;
    say(&format!("for npm: {packed}; the crates are in target/package"));
    Ok(())
}

/// Packs the crates and builds nothing of them: whether they could be published, but for what they would do then.
pub fn quick(sh: &Shell) -> Cmd<'_> {
    cmd!(sh, "cargo package --quiet --no-verify --allow-dirty --locked").args(crates())
}

fn crates() -> impl Iterator<Item = &'static str> {
    CRATES.into_iter().flat_map(|name| ["--package", name])
}

/// Puts the package for npm together from what was built last, and packs it; its file.
pub fn npm(sh: &Shell) -> Result<String> {
    sh.remove_path(FOLDER)?;
    sh.create_dir(FOLDER)?;
    for file in sh.read_dir(SOURCES)? {
        sh.copy_file(file, FOLDER)?;
    }
    for name in LICENCES {
        sh.copy_file(name, FOLDER)?;
    }
    for name in WASM {
        let file = Path::new(DIST).join(name);
        if !sh.path_exists(&file) {
            return Err(format!("{} is not there; 'cargo xtask build' makes it", file.display()).into());
        }
        sh.copy_file(file, FOLDER)?;
    }
    let _folder = sh.push_dir(FOLDER);
    let name = cmd!(sh, "npm pack --silent").quiet().read()?;
    Ok(format!("{FOLDER}/{name}"))
}
