//! When a training ends by itself: that of one network, or that of the networks of a set of pictures.

use super::call::Refusal;
use bottleneck::error::Error;
use bottleneck::recipe::{Experiment, Link};
use bottleneck::run::time::{Stall, Stop};

/// The share by which the loss must fall where nothing is said: one percent, as on the page.
const SHARE: f32 = 0.01;

/// The options as they were given.
#[derive(Default)]
pub struct Options {
    pub below: Option<String>,
    pub patience: Option<String>,
    pub fall: Option<String>,
}

impl Options {
    /// Each by its name, and whether it was given.
    pub fn given(&self) -> [(&'static str, bool); 3] {
        [
            ("--below", self.below.is_some()),
            ("--patience", self.patience.is_some()),
            ("--fall", self.fall.is_some()),
        ]
    }

    /// What ends the training of a link; `None` where nothing was said.
    ///
    /// # Errors
    ///
    /// A sentence, for what cannot be read, for a link of other networks, and for one that says what must come out: that is
    /// trained to its end.
    pub fn understood(&self, link: &Link) -> Result<Option<Stop>, Refusal> {
        let Some((option, _)) = self.given().into_iter().find(|(_, given)| *given) else { return Ok(None) };
        let exp = link.recipe.exp;
        if matches!(exp, Experiment::Minima | Experiment::Duel | Experiment::Anomalies) {
            return Err(Refusal::Unfit(format!(
                "{option} is for a link that trains one network, or those of a set of pictures, exp=own, and exp={} trains many",
                exp.name()
            )));
        }
        if link.check.is_some() {
            let sentence =
                format!("{option} is for a link without check=: one with a digest is trained to its end");
            return Err(Refusal::Unfit(sentence));
        }
        if self.fall.is_some() && self.patience.is_none() {
            return Err(Refusal::Unfit("--fall needs --patience, the epochs that are waited for it".into()));
        }
        let below = self.below.as_deref().map(|text| number("--below", text, "a number")).transpose()?;
        let share = self.fall.as_deref().map_or(Ok(SHARE), |text| number("--fall", text, "a number"))?;
        let epochs = self
            .patience
            .as_deref()
            .map(|text| number("--patience", text, "a whole number from 1"))
            .transpose()?;
        let stop = Stop { below, stall: epochs.map(|epochs| Stall { share, epochs }) };
        stop.check().map(|()| Some(stop)).map_err(|error| Refusal::Unfit(in_options(&error)))
    }
}

fn number<N: std::str::FromStr>(option: &str, text: &str, rule: &str) -> Result<N, Refusal> {
    text.parse().map_err(|_| Refusal::Call(format!("{option} {text} cannot be read: it takes {rule}")))
}

/// The sentence of a number that is out of range, with the option's name.
fn in_options(error: &Error) -> String {
    match error {
        Error::OutOfRange { key, value, rule } => {
            let option = if key == "share" { "fall" } else { key };
            format!("--{option} {value} is out of range: it takes {rule}")
        }
        other => other.to_string(),
    }
}
