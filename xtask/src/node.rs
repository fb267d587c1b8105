//! Node, and what comes from npm: each folder with a lock file has its packages beside it.

use std::path::Path;
use xshell::{Shell, cmd};

use crate::tools::{older, require};
use crate::{Result, say};

/// The oldest Node that runs the tests.
const OLDEST: u32 = 20;

/// Sees to it that `node_modules` in a folder is what the lock file there says. `what` the packages are is said if
/// they have to be installed.
pub fn ensure_packages(sh: &Shell, folder: &str, what: &str) -> Result<()> {
    ensure_node(sh)?;
    let [made, source] =
        ["node_modules/.package-lock.json", "package-lock.json"].map(|file| Path::new(folder).join(file));
    if older(&made, &source, sh) {
        say(&format!("installing {what}"));
        cmd!(sh, "npm ci --prefix {folder} --no-audit --no-fund --loglevel error")
            // The browsers come from elsewhere; see `browsers`.
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
            .quiet()
            .run()?;
    }
    Ok(())
}

/// Sees to it that `node` and `npm` are there, and not too old.
pub fn ensure_node(sh: &Shell) -> Result<()> {
    let sentence = format!("needed for the page, from version {OLDEST} on: see https://nodejs.org");
    require(sh, "node", &sentence)?;
    require(sh, "npm", &sentence)?;
    let version = cmd!(sh, "node --version").quiet().read()?;
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse().ok());
    if major.is_none_or(|major: u32| major < OLDEST) {
        return Err(format!("node is {version}; the page needs version {OLDEST} or later").into());
    }
    Ok(())
}
