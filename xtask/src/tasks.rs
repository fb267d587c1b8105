//! Builds the page, and serves it.

use xshell::{Cmd, Shell, cmd};

use crate::{Result, bundle, say, tools};

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

/// A call of Trunk as it wants to be called.
pub fn trunk<'a>(sh: &Shell, command: Cmd<'a>) -> Cmd<'a> {
    // Trunk takes the value of NO_COLOR for a boolean and stops at the usual "1".
    let command = if sh.var_os("NO_COLOR").is_some() { command.env("NO_COLOR", "true") } else { command };
    command.env("TRUNK_SKIP_VERSION_CHECK", "true").quiet()
}
