//! One network of one link.

use super::progress::Bar;
use super::report::{self, Report};
use bottleneck::recipe::{CheckedRecipe, Link};
use bottleneck::run::{Session, Verdict};
use serde::Serialize;
use std::fmt;

/// A network trained to its end.
pub struct Trained {
    session: Session,
    parameters: bool,
}

/// What stands beside the numbers of a run that diverged.
const NULLS: &str = "JSON has no spelling for NaN and infinities: null stands in their place";

#[derive(Serialize)]
struct Json<'a> {
    link: String,
    recipe: &'a CheckedRecipe,
    epochs: u32,
    loss: Vec<f32>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    kl: Vec<f32>,
    digest: Option<String>,
    verdict: Verdict,
    #[serde(skip_serializing_if = "Option::is_none")]
    diverged_at: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parameters: Option<Vec<f32>>,
}

/// Trains it; `parameters` is for whether the report gives them.
pub fn run(link: Link, parameters: bool) -> Trained {
    let mut session = Session::new(link);
    let (epochs, batches) = (session.recipe().epochs, session.recipe().batches_per_epoch());
    let mut bar = Bar::new(epochs, "epochs");
    loop {
        let progress = session.train(batches);
        bar.show(progress.epoch, &format!("· loss {:.5}", progress.loss));
        if progress.done {
            bar.clear();
            return Trained { session, parameters };
        }
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
            loss: session.losses(),
            kl: if variational { session.kls() } else { Vec::new() },
            digest: session.digest().ok().map(|digest| digest.to_string()),
            verdict: session.verdict(),
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
        let (link, epoch) = (session.link().to_string(), session.progress().epoch.to_string());
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
        writeln!(f, "{}", report::conclusion(session.verdict(), session.asked(), &session.link()))?;
        if !self.parameters {
            return Ok(());
        }
        session.network().parameters().iter().try_for_each(|parameter| writeln!(f, "{parameter}"))
    }
}
