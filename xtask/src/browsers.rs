//! What the tests need besides Rust: Node with the packages of `tests/browser`, Chromium and Firefox.

use std::path::{Path, PathBuf};
use xshell::{Shell, cmd};

use crate::tools::{find, require};
use crate::{Result, say};

/// The oldest Node that runs the tests.
const NODE: u32 = 20;

/// A browser, the names it goes by on PATH, and the variable that tells Playwright where it is.
struct Browser {
    name: &'static str,
    programs: &'static [&'static str],
    elsewhere: &'static [&'static str],
    debian: &'static str,
    variable: &'static str,
}

const BROWSERS: [Browser; 2] = [
    Browser {
        name: "Chromium",
        programs: &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"],
        elsewhere: &["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"],
        debian: "chromium",
        variable: "BOTTLENECK_CHROMIUM",
    },
    Browser {
        name: "Firefox",
        programs: &["firefox-esr", "firefox"],
        elsewhere: &["/Applications/Firefox.app/Contents/MacOS/firefox"],
        debian: "firefox-esr",
        variable: "BOTTLENECK_FIREFOX",
    },
];

/// Sees to it that `node` and `npm` are there and that `tests/browser/node_modules` is what the lock file says.
pub fn ensure_node_packages(sh: &Shell) -> Result<()> {
    let sentence =
        format!("needed for the tests of the page, from version {NODE} on: see https://nodejs.org");
    require(sh, "node", &sentence)?;
    require(sh, "npm", &sentence)?;
    let version = cmd!(sh, "node --version").quiet().read()?;
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse().ok());
    if major.is_none_or(|major: u32| major < NODE) {
        return Err(format!("node is {version}; the tests of the page need version {NODE} or later").into());
    }
    if older(
        Path::new("tests/browser/node_modules/.package-lock.json"),
        Path::new("tests/browser/package-lock.json"),
        sh,
    ) {
        say("installing the npm packages of the tests (ten seconds)");
        cmd!(sh, "npm ci --prefix tests/browser --no-audit --no-fund --loglevel error")
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
            .quiet()
            .run()?;
    }
    Ok(())
}

/// Whether `made` is missing or was written before `source`.
pub fn older(made: &Path, source: &Path, sh: &Shell) -> bool {
    let written = |file: &Path| sh.current_dir().join(file).metadata().and_then(|data| data.modified()).ok();
    written(made) < written(source)
}

/// Sees to it that both browsers are there, and tells Playwright through the environment where.
pub fn ensure_browsers(sh: &Shell) -> Result<()> {
    let missing: Vec<&Browser> = BROWSERS.iter().filter(|browser| locate(sh, browser).is_none()).collect();
    if !missing.is_empty() {
        let packages: Vec<&str> = missing.iter().map(|browser| browser.debian).collect();
        if is_debian(sh) {
            install(sh, &packages)?;
        }
    }
    for browser in &BROWSERS {
        let program = locate(sh, browser).ok_or_else(|| {
            let Browser { name, variable, .. } = browser;
            format!("{name} is not on PATH; please install it, or say in the variable {variable} where it is")
        })?;
        sh.set_var(browser.variable, program);
    }
    Ok(())
}

fn locate(sh: &Shell, browser: &Browser) -> Option<PathBuf> {
    let told = sh.var_os(browser.variable).map(PathBuf::from);
    let elsewhere = browser.elsewhere.iter().map(PathBuf::from).find(|program| program.is_file());
    told.or_else(|| browser.programs.iter().find_map(|program| find(sh, program))).or(elsewhere)
}

/// On Debian both come as real packages; Ubuntu's apt would fetch a snap instead.
pub fn is_debian(sh: &Shell) -> bool {
    sh.read_file("/etc/os-release").is_ok_and(|text| text.lines().any(|line| line == "ID=debian"))
        && find(sh, "apt-get").is_some()
}

pub fn install(sh: &Shell, packages: &[&str]) -> Result<()> {
    say(&format!("installing {} with apt (two minutes)", packages.join(" and ")));
    let sudo: &[&str] = if cmd!(sh, "id -u").quiet().read()? == "0" { &[] } else { &["sudo"] };
    let quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"];
    let apt: Vec<&str> = sudo.iter().chain(&quiet).copied().collect();
    let (first, rest) = apt.split_first().ok_or("no apt")?;
    cmd!(sh, "{first} {rest...} update").quiet().run()?;
    cmd!(sh, "{first} {rest...} install -y --no-install-recommends {packages...}")
        .quiet()
        .ignore_stdout()
        .run()?;
    Ok(())
}
