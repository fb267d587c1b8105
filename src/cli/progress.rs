//! A progress bar on standard error, where that is a terminal.

use std::io::{IsTerminal, Write, stderr};
use std::time::{Duration, Instant};

const WIDTH: usize = 30;

/// Draws at most twenty times a second.
pub struct Bar {
    start: Instant,
    drawn: Option<Instant>,
    visible: bool,
    done: u32,
    all: u32,
    what: &'static str,
}

impl Bar {
    /// A bar that begins now, towards `all` of something.
    pub fn new(all: u32, what: &'static str) -> Bar {
        Bar { start: Instant::now(), drawn: None, visible: stderr().is_terminal(), done: 0, all, what }
    }

    /// Shows that some more are done.
    pub fn add(&mut self, more: u32) {
        self.show(self.done + more, "");
    }

    /// Shows how many are done, with the time left at the present pace.
    pub fn show(&mut self, done: u32, note: &str) {
        self.done = done;
        let due = self.drawn.is_none_or(|at| at.elapsed() > Duration::from_millis(50));
        if !self.visible || !(due || done == self.all) {
            return;
        }
        self.drawn = Some(Instant::now());
        let share = f64::from(done) / f64::from(self.all.max(1));
        let filled = (share * WIDTH as f64) as usize;
        let left = self.start.elapsed().as_secs_f64() * (1.0 / share.max(1e-9) - 1.0);
        let bar = "█".repeat(filled) + &"░".repeat(WIDTH - filled);
        self.draw(&format!("\r{bar} {done} of {} {}, {left:.0} s left {note}   ", self.all, self.what));
    }

    /// Removes the bar.
    pub fn clear(&self) {
        if self.visible {
            self.draw(&format!("\r{:110}\r", ""));
        }
    }

    /// A terminal that is gone takes nothing from the run.
    fn draw(&self, text: &str) {
        let _ = stderr().write_all(text.as_bytes());
    }
}
