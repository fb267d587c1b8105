//! The browsers that the tests drive: Chromium, with and without a window, and Firefox, and WebKit where it can be had.

use std::path::PathBuf;
use xshell::{Shell, cmd};

use crate::tools::find;
use crate::{Result, say};

/// A browser, the names it goes by on PATH, and the variable that tells Playwright where it is.
struct Browser {
    name: &'static str,
    programs: &'static [&'static str],
    elsewhere: &'static [&'static str],
    debian: &'static str,
    variable: &'static str,
}

/// Chromium without the parts that draw a window: a test takes two thirds of the time in it. Where there is none, the
/// whole browser does its work.
const SHELL: Browser = Browser {
    name: "Chromium without a window",
    programs: &["chromium-headless-shell", "chrome-headless-shell"],
    elsewhere: &[],
    debian: "chromium-headless-shell",
    variable: "BOTTLENECK_CHROMIUM_SHELL",
};

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

/// Sees to it that the browsers are there, and tells Playwright through the environment where.
pub fn ensure_browsers(sh: &Shell) -> Result<()> {
    let missing: Vec<&Browser> =
        BROWSERS.iter().chain([&SHELL]).filter(|browser| locate(sh, browser).is_none()).collect();
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
    if let Some(program) = locate(sh, &SHELL) {
        sh.set_var(SHELL.variable, program);
    }
    Ok(())
}

/// What WebKit is driven with, in a window that nobody sees, and the packages of Debian that bring it.
const WEBKIT: [(&str, &str); 2] = [("WebKitWebDriver", "webkit2gtk-driver"), ("Xvfb", "xvfb")];

/// Sees to it that WebKit can be driven; false on systems for which there is no WebKitGTK.
pub fn ensure_webkit(sh: &Shell) -> Result<bool> {
    let missing =
        || WEBKIT.iter().filter(|(program, _)| find(sh, program).is_none()).map(|(_, package)| *package);
    let packages: Vec<&str> = missing().collect();
    if !packages.is_empty() && is_debian(sh) {
        install(sh, &packages)?;
    }
    Ok(missing().next().is_none())
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
