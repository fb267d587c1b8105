//! Mutated files through every decoder, as many as one likes:
//! `cargo run --release --example mutate -- COUNT [FIRST]`.
//!
//! Every panic is told with its number, and the slowest files; the same numbers are the same files. What it took of
//! memory, at the most at once, is the process's own: on Linux it is told as well. Ends with 1 if a file panicked.

#[path = "../tests/mutated/mod.rs"]
mod mutated;

use mutated::{gathered, mutated, seeds};
use std::panic::catch_unwind;
use std::process::ExitCode;
use std::time::{Duration, Instant};

fn main() -> ExitCode {
    let mut numbers = std::env::args().skip(1).map(|word| word.parse::<u32>().expect("a whole number"));
    let count = numbers.next().unwrap_or(100_000);
    let first = numbers.next().unwrap_or(0);
    let seeds = seeds();
    let (mut slowest, mut most, mut read, mut panics) = (Duration::ZERO, 0, 0, 0);
    for number in first..first + count {
        let (path, bytes) = mutated(&seeds, number);
        let start = Instant::now();
        match catch_unwind(|| gathered(path, &bytes).refused.is_empty()) {
            Ok(whole) => read += u32::from(whole),
            Err(_) => {
                panics += 1;
                println!("mutation {number} of {path} panicked");
            }
        }
        if start.elapsed() > slowest {
            slowest = start.elapsed();
            println!("mutation {number} of {path} took {slowest:?}");
        }
        let peak = peak();
        if peak > most + most / 4 {
            most = peak;
            println!("mutation {number} of {path} took the process to {peak} kB");
        }
    }
    println!("{count} files, {read} read, {panics} panics, slowest {slowest:?}, at most {} kB", peak());
    if panics == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The most that the process had at once, in kB; 0 where the system does not say.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
