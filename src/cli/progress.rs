//! A progress bar on standard error, where that is a terminal.

use std::io::{IsTerminal, Write, stderr};
use std::time::{Duration, Instant};

const WIDTH: usize = 30;

/// Draws at most twenty times a second.
pub struct Bar {
    start: Instant,
    drawn: Option<Instant>,
    visible: bool,
}

impl Bar {
    /// A bar that begins now.
    pub fn new() -> Bar {
        Bar { start: Instant::now(), drawn: None, visible: stderr().is_terminal() }
    }

    /// Shows `done` of `all`, with the time left at the present pace.
    pub fn show(&mut self, done: u32, all: u32, what: &str, note: &str) {
        let due = self.drawn.is_none_or(|at| at.elapsed() > Duration::from_millis(50));
        if !self.visible || !(due || done == all) {
            return;
        }
        self.drawn = Some(Instant::now());
        let share = f64::from(done) / f64::from(all.max(1));
        let filled = (share * WIDTH as f64) as usize;
        let left = self.start.elapsed().as_secs_f64() * (1.0 / share.max(1e-9) - 1.0);
        let bar = "█".repeat(filled) + &"░".repeat(WIDTH - filled);
        eprint!("\r{bar} {done} of {all} {what}, {left:.0} s left {note}   ");
        let _ = stderr().flush();
    }

    /// Removes the bar.
    pub fn clear(&self) {
        if self.visible {
            eprint!("\r{:110}\r", "");
        }
    }
}
