//! A machine that would compute other bits is not compiled for.

use std::path::Path;
use std::process::{Command, Output};

/// Compiles the guard for WebAssembly, whose features hold no SSE2, with what tells another machine from it.
fn compile(machine: &[&str]) -> Output {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let metadata = Path::new(env!("CARGO_TARGET_TMPDIR")).join("machine.rmeta");
    Command::new(option_env!("RUSTC").unwrap_or("rustc"))
        .args([
            "--edition=2024",
            "--crate-type=lib",
            "--target=wasm32-unknown-unknown",
            "--emit=metadata",
            "-o",
        ])
        .arg(metadata)
        .args(["--allow=explicit-builtin-cfgs-in-flags"])
        .args(machine.iter().flat_map(|cfg| ["--cfg", cfg]))
        .arg(root.join("src/learning/num/machine.rs"))
        .output()
        .expect("the compiler starts")
}

#[test]
fn numbers_that_are_rounded_when_the_compiler_likes_are_refused() {
    for machine in [r#"target_arch="x86""#, r#"target_arch="m68k""#] {
        let output = compile(&[machine]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && said.contains("this one rounds its numbers by chance"), "{said}");
    }
}

#[test]
fn all_other_machines_are_compiled_for() {
    for machine in
        [&[r#"target_arch="x86""#, r#"target_feature="sse2""#][..], &[r#"target_arch="s390x""#], &[]]
    {
        let output = compile(machine);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}
