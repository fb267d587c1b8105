//! `anomalies`: every network of one link, and the methods that train nothing, against every defect.

use super::progress::Bar;
use super::{Call, DIFFERS, FINE, REFUSED};
use bottleneck::Error;
use bottleneck::recipe::{CheckedRecipe, Link};
use bottleneck::run::anomalies::{Anomalies, CONDITIONS, Cell, FALSE_ALARMS, KINDS, METHODS, spread};
use bottleneck::run::{Session, Verdict};
use serde_json::{Map, Value, json};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc;
use std::thread;

/// Trains, examines, reports, and returns the exit code.
pub fn run(call: &Call) -> u8 {
    match Link::parse(&call.link).and_then(examine) {
        Ok(anomalies) => report(&anomalies, call),
        Err(error) => {
            if call.json {
                println!("{}", json!({ "error": error.to_string() }));
            } else {
                eprintln!("This link is refused: {error}.");
            }
            REFUSED
        }
    }
}

fn examine(link: Link) -> Result<Anomalies, Error> {
    let mut anomalies = Anomalies::new(link)?;
    while !anomalies.prepare() {}
    let mut jobs = Vec::new();
    for k in 0..anomalies.recipe().networks {
        for (kind, of) in KINDS.into_iter().enumerate() {
            jobs.push((kind, k, of.alone(anomalies.recipe(), k)?));
        }
    }
    let mut bar = Bar::new();
    let mut done = 0;
    train_all(&jobs, |(kind, k, _), session| {
        done += 1;
        bar.show(done, jobs.len() as u32, "networks", "");
        match session.progress().diverged_at {
            Some(epoch) => anomalies.adopt_diverged(*kind, *k, epoch),
            None => anomalies.adopt(*kind, *k, session.network().parameters().to_vec(), true),
        }
    })?;
    bar.clear();
    Ok(anomalies)
}

/// A network to be trained: its kind, its number, its own recipe.
type Job = (usize, u32, CheckedRecipe);

/// Trains on all cores, each network on one; hands them over as they finish.
fn train_all(jobs: &[Job], mut take: impl FnMut(&Job, Session) -> Result<(), Error>) -> Result<(), Error> {
    let next = AtomicU32::new(0);
    let cores = thread::available_parallelism().map_or(1, usize::from).min(jobs.len());
    thread::scope(|scope| {
        let (send, receive) = mpsc::channel();
        for _ in 0..cores {
            let (send, next) = (send.clone(), &next);
            scope.spawn(move || {
                while let Some(job) = jobs.get(next.fetch_add(1, Ordering::Relaxed) as usize) {
                    let mut session = Session::new(Link::from(job.2.clone()));
                    session.train(u32::MAX);
                    if send.send((job, session)).is_err() {
                        return; // nobody listens any more
                    }
                }
            });
        }
        drop(send);
        receive.iter().try_for_each(|(job, session)| take(job, session))
    })
}

fn report(anomalies: &Anomalies, call: &Call) -> u8 {
    let verdict = anomalies.verdict();
    if call.json {
        println!("{}", as_json(anomalies, verdict));
    } else {
        tell(anomalies, verdict);
    }
    match verdict {
        Verdict::Same | Verdict::Unchecked => FINE,
        Verdict::Differs | Verdict::Diverged => DIFFERS,
    }
}

/// By condition, then by method, what `of` reads off a cell.
fn table(anomalies: &Anomalies, of: impl Fn(&Cell) -> Value) -> Value {
    let row = |c: usize| {
        let cell = |m: usize| anomalies.cell(c, m, FALSE_ALARMS).map_or(Value::Null, |cell| of(&cell));
        METHODS.iter().enumerate().map(|(m, method)| (method.name.into(), cell(m))).collect::<Map<_, _>>()
    };
    let rows = CONDITIONS.iter().enumerate().map(|(c, condition)| (condition.name.into(), row(c).into()));
    Value::Object(rows.collect())
}

/// By method, the spread of some numbers and the numbers themselves, one for each network, null where one diverged.
fn by_method(of: impl Fn(usize) -> Vec<Option<f32>>) -> Value {
    let entry = |m: usize| {
        let networks: Vec<Option<f64>> = of(m).into_iter().map(|number| number.map(f64::from)).collect();
        let ends = spread(networks.iter().flatten().copied().collect());
        json!({ "median": ends.map(|s| s.median), "low": ends.map(|s| s.low), "high": ends.map(|s| s.high), "networks": networks })
    };
    Value::Object(METHODS.iter().enumerate().map(|(m, method)| (method.name.into(), entry(m))).collect())
}

fn as_json(anomalies: &Anomalies, verdict: Verdict) -> Value {
    let mut report = json!({
        "link": anomalies.link().to_string(),
        "recipe": anomalies.recipe(),
        "digest": anomalies.digest().ok().flatten().map(|digest| digest.to_string()),
        "verdict": verdict,
        "false_alarms": FALSE_ALARMS,
        "auc": table(anomalies, |cell| json!({
            "median": cell.auc.median, "low": cell.auc.low, "high": cell.auc.high, "interval": cell.interval,
        })),
        "lines": table(anomalies, |cell| json!(cell.lines)),
        "precision": table(anomalies, |cell| json!(cell.precision)),
        "recall": table(anomalies, |cell| json!(cell.recall)),
        "summary": anomalies.summary(FALSE_ALARMS),
        "thresholds": by_method(|m| anomalies.thresholds(m, FALSE_ALARMS)),
    });
    if let Some(painting) = anomalies.painting()
        && let Ok(judgement) = anomalies.judge(painting.pixels(), 0)
    {
        report["scores"] = by_method(|m| judgement.scores[m].clone());
    }
    report
}

fn tell(anomalies: &Anomalies, verdict: Verdict) {
    print!("{:<19}", "AUC");
    CONDITIONS.iter().for_each(|condition| print!("{:>15}", condition.name));
    println!();
    for (m, method) in METHODS.iter().enumerate() {
        print!("{:<19}", method.name);
        for c in 0..CONDITIONS.len() {
            let auc = anomalies.cell(c, m, FALSE_ALARMS).map(|cell| cell.auc);
            print!("{:>15}", auc.map_or("–".into(), |auc| format!("{:.3}", auc.median)));
        }
        println!();
    }
    if let Some(painting) = anomalies.painting()
        && let Ok(judgement) = anomalies.judge(painting.pixels(), 0)
    {
        println!("\nScores of the painted image");
        for (method, scores) in METHODS.iter().zip(judgement.scores) {
            println!(
                "{:<19}{}",
                method.name,
                scores.iter().flatten().map(|s| format!("{s:.5} ")).collect::<String>()
            );
        }
    }
    let digest = anomalies.digest().ok().flatten().map_or("none".into(), |digest| digest.to_string());
    println!("\nDigest {digest}.");
    match (verdict, anomalies.asked()) {
        (Verdict::Same, _) => println!("Same bits as the link."),
        (Verdict::Differs, Some(asked)) => println!("Differs: the link asks for {asked}."),
        (Verdict::Diverged, _) => println!("Diverged: a network left the finite numbers."),
        _ => println!("{}", anomalies.link()),
    }
}
