//! The command-line twin: trains what a link asks for and says whether the same bits came out.

#[cfg(not(target_arch = "wasm32"))]
mod cli;

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    cli::main()
}

/// The library is what runs in a browser; a binary for it exists only so that everything compiles.
#[cfg(target_arch = "wasm32")]
fn main() {}
