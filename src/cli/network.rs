//! One network of one link.

use super::progress::Bar;
use super::report::{self, Report};
use bottleneck::error::Error;
use bottleneck::recipe::{CheckedRecipe, Link};
use bottleneck::run::time::Stop;
use bottleneck::run::{Session, Verdict};
use serde::Serialize;
use std::fmt;

/// A network trained to its end, and shown as it was after the epoch that the link looks at.
pub struct Trained {
    session: Session,
    parameters: bool,
    /// Of all epochs.
    loss: Vec<f32>,
    kl: Vec<f32>,
}

/// The network of the epoch that a link looks at.
#[derive(Serialize)]
struct At {
    epoch: u32,
    /// Mean reconstruction loss of that epoch; `None` before the first.
    loss: Option<f32>,
    digest: String,
}

/// What stands beside the numbers of a run that diverged.
const NULLS: &str = "JSON has no spelling for NaN and infinities: null stands in their place";

#[derive(Serialize)]
struct Json<'a> {
    link: String,
    recipe: &'a CheckedRecipe,
    epochs: u32,
    loss: &'a [f32],
    #[serde(skip_serializing_if = "<[f32]>::is_empty")]
    kl: &'a [f32],
    digest: Option<String>,
    verdict: Verdict,
    #[serde(skip_serializing_if = "Option::is_none")]
    stopped: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<At>,
    #[serde(skip_serializing_if = "Option::is_none")]
    diverged_at: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parameters: Option<Vec<f32>>,
}

/// Trains it; `parameters` is for whether the report gives them.
///
/// # Errors
///
/// Those of [`Stop::check`].
pub fn run(link: Link, parameters: bool, stop: Option<Stop>) -> Result<Trained, Error> {
    let at = link.at;
    let mut session = Session::new(link);
    session.stop_when(stop)?;
    let (epochs, batches) = (session.recipe().epochs, session.recipe().batches_per_epoch());
    let mut bar = Bar::new(epochs, "epochs");
    loop {
        let progress = session.train(batches);
        bar.show(progress.epoch, &format!("· loss {:.5}", progress.loss));
        if progress.done {
            break;
        }
    }
    bar.clear();
    let (loss, kl) = (session.losses(), session.kls());
    if let Some(epoch) = at {
        session.look_at(epoch);
    }
    Ok(Trained { session, parameters, loss, kl })
}

impl Trained {
    fn at(&self) -> Option<At> {
        let session = &self.session;
        session.is_away().then(|| At {
            epoch: session.shown(),
            loss: Some(session.shown_loss()).filter(|loss| loss.is_finite()),
            digest: session.shown_digest().to_string(),
        })
    }
}

impl Report for Trained {
    fn json(&self) -> String {
        let session = &self.session;
        let variational = session.network().architecture().layers().log_var.is_some();
        report::to_json(&Json {
            link: session.link().to_string(),
            recipe: session.recipe(),
            epochs: session.progress().epoch,
            loss: &self.loss,
            kl: if variational { &self.kl } else { &[] },
            digest: session.digest().ok().map(|digest| digest.to_string()),
            verdict: session.verdict(),
            stopped: session.ended().map(|ended| ended.to_string()),
            at: self.at(),
            diverged_at: session.progress().diverged_at,
            note: session.progress().diverged_at.map(|_| NULLS),
            parameters: self.parameters.then(|| session.network().parameters().to_vec()),
        })
    }

    fn verdict(&self) -> Verdict {
        self.session.verdict()
    }

    fn saved(&self) -> Option<Vec<u8>> {
        let session = &self.session;
        let (link, epoch) = (session.link().to_string(), session.shown().to_string());
        let finite = session.progress().diverged_at.is_none();
        finite.then(|| session.network().safetensors(&[("link", &link), ("epoch", &epoch)]))
    }
}

impl fmt::Display for Trained {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (session, progress) = (&self.session, self.session.progress());
        match session.digest() {
            Ok(digest) => {
                writeln!(f, "Trained {} epochs; loss {:.6}; digest {digest}.", progress.epoch, progress.loss)?
            }
            Err(_) => writeln!(f, "Epoch {} left the finite numbers.", progress.epoch)?,
        }
        if let Some(ended) = session.ended() {
            writeln!(f, "Training ended by itself: {ended}.")?;
        }
        if let Some(At { epoch, loss, digest }) = self.at() {
            let loss = loss.map_or(String::new(), |loss| format!("loss {loss:.6}; "));
            writeln!(f, "After epoch {epoch}: {loss}digest {digest}.")?;
        }
        writeln!(f, "{}", report::conclusion(session.verdict(), session.asked(), &session.link()))?;
        if !self.parameters {
            return Ok(());
        }
        session.network().parameters().iter().try_for_each(|parameter| writeln!(f, "{parameter}"))
    }
}
