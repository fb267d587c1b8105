//! The build tools: the wasm target, Trunk and wasm-bindgen.
//!
//! A tool on PATH is used if its version fits. One that is missing is installed into a folder of its own for that
//! version, `~/.cache/bottleneck/tools/NAME-VERSION`, so that no tool of the user is overwritten and every clone
//! of the project finds it again.

use std::env;
use std::path::{Path, PathBuf};
use xshell::{Shell, cmd};

use crate::{Result, say};

/// The newest Trunk that the Rust of `rust-version` builds; any 0.21 reads our `Trunk.toml`.
const TRUNK: &str = "0.21.14";

/// A program that `cargo install` can build.
struct Tool {
    package: &'static str,
    program: &'static str,
    version: String,
    /// What the version of one already on PATH has to begin with.
    fits: String,
    /// How `cargo install` is to be called besides the name and the version.
    flags: &'static [&'static str],
    minutes: u32,
}

/// Sees to it that a page can be built: afterwards Trunk and wasm-bindgen are on the shell's PATH.
pub fn ensure(sh: &Shell) -> Result<()> {
    components(sh)?;
    let wasm_bindgen = locked_version(&sh.read_file("Cargo.lock")?, "wasm-bindgen")?;
    // Optimising the tools would cost more minutes than it saves on a page this small, hence --debug below.
    // The lock file in wasm-bindgen-cli's package asks for a pre-release that was withdrawn, hence no --locked there.
    for tool in [
        Tool {
            package: "wasm-bindgen-cli",
            program: "wasm-bindgen",
            // Glue and wasm must come from one version, to the last digit.
            fits: format!("{wasm_bindgen}\n"),
            version: wasm_bindgen,
            flags: &["--no-default-features"],
            minutes: 4,
        },
        Tool {
            package: "trunk",
            program: "trunk",
            version: TRUNK.into(),
            fits: "0.21.".into(),
            flags: &["--no-default-features", "--locked"],
            minutes: 9,
        },
    ] {
        ensure_tool(sh, &tool)?;
    }
    Ok(())
}

/// The target and the two components, which rustup adds by itself only where it is allowed to.
fn components(sh: &Shell) -> Result<()> {
    let sysroot = PathBuf::from(cmd!(sh, "rustc --print sysroot").read()?);
    if !sysroot.join("lib/rustlib/wasm32-unknown-unknown").is_dir() {
        require(sh, "rustup", "needed to add the target wasm32-unknown-unknown: see https://rustup.rs")?;
        say("adding the target wasm32-unknown-unknown (half a minute)");
        cmd!(sh, "rustup target add wasm32-unknown-unknown").quiet().run()?;
    }
    for (program, component) in [("cargo-fmt", "rustfmt"), ("cargo-clippy", "clippy")] {
        if !sysroot.join("bin").join(program).with_extension(env::consts::EXE_EXTENSION).exists()
            && find(sh, "rustup").is_some()
        {
            say(&format!("adding {component} (some seconds)"));
            cmd!(sh, "rustup component add {component}").quiet().run()?;
        }
    }
    Ok(())
}

/// The version of `package` in the text of a Cargo.lock.
fn locked_version(lock: &str, package: &str) -> Result<String> {
    let head = format!("name = \"{package}\"\nversion = \"");
    let version = lock.split(&head).nth(1).and_then(|rest| rest.split('"').next());
    Ok(version.ok_or_else(|| format!("Cargo.lock names no {package}"))?.to_owned())
}

fn ensure_tool(sh: &Shell, tool: &Tool) -> Result<()> {
    if find(sh, tool.program).is_some_and(|program| fits(sh, &program, tool)) {
        return Ok(());
    }
    let root = cache()?.join(format!("{}-{}", tool.package, tool.version));
    let program = root.join("bin").join(tool.program).with_extension(env::consts::EXE_EXTENSION);
    if !fits(sh, &program, tool) {
        install(sh, tool, &root)?;
        if !fits(sh, &program, tool) {
            return Err(format!("{} {} was installed but does not run", tool.package, tool.version).into());
        }
    }
    prepend_path(sh, &root.join("bin"))
}

/// Whether `program` runs and says a version that fits.
fn fits(sh: &Shell, program: &Path, tool: &Tool) -> bool {
    // "trunk 0.21.14", "wasm-bindgen 0.2.130"
    let answer = cmd!(sh, "{program} --version").quiet().ignore_stderr().read().unwrap_or_default();
    answer
        .strip_prefix(tool.program)
        .is_some_and(|version| format!("{}\n", version.trim()).starts_with(&tool.fits))
}

fn install(sh: &Shell, tool: &Tool, root: &Path) -> Result<()> {
    let (package, version, minutes, flags) = (tool.package, &tool.version, tool.minutes, tool.flags);
    if find(sh, "cargo-binstall").is_some() {
        say(&format!("fetching {package} {version} with cargo binstall (half a minute)"));
        let fetch = cmd!(
            sh,
            "cargo binstall --no-confirm --disable-strategies compile --root {root} {package}@{version}"
        );
        if fetch.quiet().run().is_ok() {
            return Ok(());
        }
    }
    say(&format!("building {package} {version}, once (about {minutes} minutes of one core)"));
    cmd!(sh, "cargo install --debug --root {root} {package} --version {version} {flags...}")
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env_remove("CARGO_TARGET_DIR")
        .quiet()
        .run()?;
    Ok(())
}

/// Where what was built is kept between runs and between clones.
fn cache() -> Result<PathBuf> {
    let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let base = set("XDG_CACHE_HOME")
        .or_else(|| set("LOCALAPPDATA"))
        .or_else(|| Some(env::home_dir()?.join(".cache")))
        .ok_or("neither XDG_CACHE_HOME nor a home folder is known")?;
    Ok(base.join("bottleneck").join("tools"))
}

fn prepend_path(sh: &Shell, folder: &Path) -> Result<()> {
    let old = sh.var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(folder.to_owned()).chain(env::split_paths(&old));
    sh.set_var("PATH", env::join_paths(folders)?);
    Ok(())
}

/// Whether `made` is missing or was written before `source`.
pub fn older(made: &Path, source: &Path, sh: &Shell) -> bool {
    let written = |file: &Path| sh.current_dir().join(file).metadata().and_then(|data| data.modified()).ok();
    written(made) < written(source)
}

/// The first program of this name on PATH.
pub fn find(sh: &Shell, program: &str) -> Option<PathBuf> {
    let path = sh.var_os("PATH")?;
    env::split_paths(&path)
        .map(|folder| folder.join(program).with_extension(env::consts::EXE_EXTENSION))
        .find(|file| file.is_file())
}

/// Fails with a sentence unless the program is on PATH.
pub fn require(sh: &Shell, program: &str, sentence: &str) -> Result<()> {
    find(sh, program).map(drop).ok_or_else(|| format!("{program} is not on PATH; it is {sentence}").into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locked_version_finds_the_package_and_not_one_that_begins_alike() {
        let lock = "[[package]]\nname = \"a-macro\"\nversion = \"1.0.0\"\n\n[[package]]\nname = \"a\"\nversion = \"0.2.130\"\n";
        assert_eq!(locked_version(lock, "a").unwrap(), "0.2.130");
        assert!(locked_version(lock, "b").is_err());
    }
}
