//! What `bottleneck pictures` was asked for.

use crate::cli::call::Refusal;
use bottleneck_pictures::{Backdrop, Fit};

/// A set to be gathered.
pub struct Call {
    pub paths: Vec<String>,
    pub options: bottleneck_pictures::Options,
    pub output: Option<String>,
    pub json: bool,
}

/// The options of this command as they stand.
#[derive(Default)]
pub struct Options {
    pub side: Option<String>,
    pub fit: Option<String>,
    pub over: Option<String>,
    pub normal: Vec<String>,
    pub invert: bool,
}

/// The side of the pictures where none is asked for.
const SIDE: u32 = 32;

impl Options {
    /// Each of these options, and whether it was given.
    pub fn given(&self) -> [(&'static str, bool); 5] {
        [
            ("--side", self.side.is_some()),
            ("--fit", self.fit.is_some()),
            ("--over", self.over.is_some()),
            ("--normal", !self.normal.is_empty()),
            ("--invert", self.invert),
        ]
    }

    /// What `bottleneck pictures` was asked for.
    ///
    /// # Errors
    ///
    /// The first value that cannot be read.
    pub fn understood(self, paths: Vec<String>, output: Option<String>, json: bool) -> Result<Call, Refusal> {
        if paths.is_empty() {
            return Err(Refusal::Call("expected: pictures and a PATH, of a file or a folder".into()));
        }
        let side = self.side.as_ref().map_or(Ok(SIDE), |side| side.parse().map_err(|_| side));
        let side = side.map_err(|side| unread("--side", side, "a whole number from 4 to 64"))?;
        Ok(Call { paths, options: self.at_side(side)?, output, json })
    }

    /// How pictures become those of a set of this side.
    ///
    /// # Errors
    ///
    /// The first value that cannot be read.
    pub fn at_side(self, side: u32) -> Result<bottleneck_pictures::Options, Refusal> {
        let fit = chosen("--fit", self.fit, [("crop", Fit::Crop), ("pad", Fit::Pad)])?;
        let backdrops = [("white", Backdrop::White), ("black", Backdrop::Black)];
        let backdrop = chosen("--over", self.over, backdrops)?;
        let Options { normal, invert, .. } = self;
        Ok(bottleneck_pictures::Options { side, fit, invert, backdrop, normal })
    }
}

/// One of two, the first where nobody chose.
fn chosen<T: Copy>(option: &str, value: Option<String>, of: [(&str, T); 2]) -> Result<T, Refusal> {
    let Some(value) = value else { return Ok(of[0].1) };
    let found = of.iter().find(|(name, _)| *name == value).map(|(_, choice)| *choice);
    found.ok_or_else(|| unread(option, &value, &format!("{} or {}", of[0].0, of[1].0)))
}

fn unread(option: &str, value: &str, rule: &str) -> Refusal {
    Refusal::Call(format!("{option} {value} cannot be read: it takes {rule}"))
}
