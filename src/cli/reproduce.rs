//! `reproduce`: one network of one link.

use super::progress::Bar;
use super::{Call, DIFFERS, FINE, REFUSED};
use bottleneck::recipe::{CheckedRecipe, Link};
use bottleneck::run::{Session, Verdict};
use serde::Serialize;

#[derive(Serialize)]
struct Report<'a> {
    link: String,
    recipe: &'a CheckedRecipe,
    epochs: u32,
    loss: Vec<f32>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    kl: Vec<f32>,
    digest: Option<String>,
    verdict: Verdict,
    #[serde(skip_serializing_if = "Option::is_none")]
    parameters: Option<Vec<f32>>,
}

/// Trains, reports, and returns the exit code.
pub fn run(call: &Call) -> u8 {
    match Link::parse(&call.link) {
        Ok(link) => report(train(link), call),
        Err(error) => {
            if call.json {
                println!("{}", serde_json::json!({ "error": error.to_string() }));
            } else {
                eprintln!("This link is refused: {error}.");
            }
            REFUSED
        }
    }
}

fn train(link: Link) -> Session {
    let mut session = Session::new(link);
    let mut bar = Bar::new();
    let (epochs, batches) = (session.recipe().epochs, session.recipe().batches_per_epoch());
    loop {
        let progress = session.train(batches);
        bar.show(progress.epoch, epochs, "epochs", &format!("· loss {:.5}", progress.loss));
        if progress.done {
            bar.clear();
            return session;
        }
    }
}

fn report(session: Session, call: &Call) -> u8 {
    let verdict = session.verdict();
    let digest = session.digest().ok().map(|digest| digest.to_string());
    if call.json {
        let variational = session.network().architecture().layers().log_var.is_some();
        let report = Report {
            link: session.link().to_string(),
            recipe: session.recipe(),
            epochs: session.progress().epoch,
            loss: session.losses(),
            kl: if variational { session.kls() } else { Vec::new() },
            digest,
            verdict,
            parameters: call.parameters.then(|| session.network().parameters().to_vec()),
        };
        println!("{}", serde_json::to_string(&report).expect("numbers and strings have a JSON form"));
    } else {
        tell(&session, verdict, digest.as_deref());
        if call.parameters {
            session.network().parameters().iter().for_each(|p| println!("{p}"));
        }
    }
    match verdict {
        Verdict::Same | Verdict::Unchecked => FINE,
        Verdict::Differs | Verdict::Diverged => DIFFERS,
    }
}

fn tell(session: &Session, verdict: Verdict, digest: Option<&str>) {
    let progress = session.progress();
    let digest = digest.unwrap_or("none");
    match verdict {
        Verdict::Diverged => println!("Diverged: epoch {} left the finite numbers.", progress.epoch),
        _ => println!("Trained {} epochs; loss {:.6}; digest {digest}.", progress.epoch, progress.loss),
    }
    match (verdict, session.asked()) {
        (Verdict::Same, _) => println!("Same bits as the link."),
        (Verdict::Differs, Some(asked)) => println!("Differs: the link asks for {asked}."),
        _ => println!("{}", session.link()),
    }
}
