//! What `bottleneck score` was asked for.

use crate::cli::call::Refusal;
use crate::cli::{pictures, saved};
use bottleneck_pictures::SMALLEST_SIDE;

/// Pictures to be scored.
pub struct Call {
    /// The file of the network.
    pub network: String,
    pub paths: Vec<String>,
    /// How pictures become those that the network takes; their side is still to be read off it.
    pub options: bottleneck_pictures::Options,
    /// The score above which a picture is odd, where one was given.
    pub threshold: Option<f32>,
    pub csv: Option<String>,
    pub json: bool,
}

impl Call {
    /// # Errors
    ///
    /// What is missing, or the first value that cannot be read.
    pub fn understood(
        paths: Vec<String>,
        network: Option<String>,
        threshold: Option<String>,
        options: pictures::Options,
        csv: Option<String>,
        json: bool,
    ) -> Result<Call, Refusal> {
        if paths.is_empty() {
            return Err(Refusal::Call("expected: score and a PATH, of a file or a folder".into()));
        }
        let missing = || Refusal::Call("score takes --network FILE, a network as .safetensors".into());
        let network = network.ok_or_else(missing)?;
        let read = |text: String| {
            let sentence =
                format!("--threshold {text} cannot be read: it takes a number from 0 on, such as 0.02");
            saved::threshold(&text).ok_or(Refusal::Call(sentence))
        };
        let threshold = threshold.map(read).transpose()?;
        Ok(Call { network, paths, options: options.at_side(SMALLEST_SIDE)?, threshold, csv, json })
    }
}
