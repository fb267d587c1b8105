//! The command line of `cargo xtask`.

use lexopt::{Arg, Parser, ValueExt};

use crate::Result;

pub const HELP: &str = "\
cargo xtask serve [--port 8080] [--open]   build the page, serve it on 127.0.0.1, rebuild on change
cargo xtask build                          build the page into dist/, for any static host
cargo xtask package                        pack what is released beside the page: the crates, and the wasm for npm
cargo xtask test [--quick]                 check everything; --quick leaves the browsers out
cargo xtask bench [--json]                 measure the speed, beside others and the floor; --json for programs
cargo xtask bench --prompt [--json]        measure how promptly the page answers, and how long a verdict takes
cargo xtask everywhere                     compare the bits of every processor and engine that can be had (half an hour)
";

#[derive(Debug, PartialEq)]
pub enum Command {
    Help,
    Serve {
        port: u16,
        open: bool,
    },
    Build,
    Test {
        quick: bool,
    },
    Bench {
        json: bool,
        prompt: bool,
    },
    Everywhere,
    Package,
    /// The part of it for npm, of what was built last.
    Packed,
    /// What Trunk calls after each build; see Trunk.toml.
    Staged,
}

pub fn parse() -> Result<Command> {
    parse_from(Parser::from_env())
}

fn parse_from(mut parser: Parser) -> Result<Command> {
    let mut command = match parser.next()? {
        None | Some(Arg::Short('h') | Arg::Long("help")) => return Ok(Command::Help),
        Some(Arg::Value(name)) => match name.string()?.as_str() {
            "help" => Command::Help,
            "serve" => Command::Serve { port: 8080, open: false },
            "build" => Command::Build,
            "test" => Command::Test { quick: false },
            "bench" => Command::Bench { json: false, prompt: false },
            "everywhere" => Command::Everywhere,
            "package" => Command::Package,
            "packed" => Command::Packed,
            "staged" => Command::Staged,
            name => return Err(format!("there is no command '{name}'\n\n{HELP}").into()),
        },
        Some(option) => return Err(option.unexpected().into()),
    };
    while let Some(option) = parser.next()? {
        match (&mut command, option) {
            (_, Arg::Short('h') | Arg::Long("help")) => return Ok(Command::Help),
            (Command::Serve { port, .. }, Arg::Long("port")) => *port = parser.value()?.parse()?,
            (Command::Serve { open, .. }, Arg::Long("open")) => *open = true,
            (Command::Test { quick }, Arg::Long("quick")) => *quick = true,
            (Command::Bench { json, .. }, Arg::Long("json")) => *json = true,
            (Command::Bench { prompt, .. }, Arg::Long("prompt")) => *prompt = true,
            (_, option) => return Err(option.unexpected().into()),
        }
    }
    Ok(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(words: &str) -> std::result::Result<Command, String> {
        parse_from(Parser::from_args(words.split_whitespace())).map_err(|error| error.to_string())
    }

    #[test]
    fn each_command_has_its_options_and_no_other() {
        assert_eq!(parsed(""), Ok(Command::Help));
        assert_eq!(parsed("build"), Ok(Command::Build));
        assert_eq!(parsed("package"), Ok(Command::Package));
        assert_eq!(parsed("packed"), Ok(Command::Packed));
        assert_eq!(parsed("staged"), Ok(Command::Staged));
        assert_eq!(parsed("serve"), Ok(Command::Serve { port: 8080, open: false }));
        assert_eq!(parsed("serve --port=80 --open"), Ok(Command::Serve { port: 80, open: true }));
        assert_eq!(parsed("test --quick"), Ok(Command::Test { quick: true }));
        assert_eq!(parsed("bench --json"), Ok(Command::Bench { json: true, prompt: false }));
        assert_eq!(parsed("bench --prompt"), Ok(Command::Bench { json: false, prompt: true }));
        assert_eq!(parsed("test --help"), Ok(Command::Help));
        assert_eq!(parsed("build --quick"), Err("invalid option '--quick'".into()));
        assert!(parsed("serve --port 65536").is_err());
        assert!(parsed("bulid").is_err_and(|error| error.starts_with("there is no command 'bulid'")));
    }
}
