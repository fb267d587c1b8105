//! Every network of one link, and the methods that train nothing, against every defect.

use super::cores::over_cores;
use super::progress::Bar;
use super::report::{self, Report};
use bottleneck::error::Error;
use bottleneck::recipe::Link;
use bottleneck::run::anomalies::{Anomalies, Cell, FALSE_ALARMS, KINDS, METHODS, spread};
use bottleneck::run::{Session, Verdict};
use serde_json::{Map, Value, json};
use std::fmt;

/// Anomalies whose networks are all there.
pub struct Examined(Anomalies);

/// Trains and examines all networks.
///
/// # Errors
///
/// [`Error::UnusedKey`] for a link of another experiment.
pub fn run(link: Link) -> Result<Examined, Error> {
    let recipe = link.recipe.clone();
    let mut anomalies = Anomalies::new(link)?;
    while !anomalies.prepare() {}
    let networks = (0..recipe.networks).flat_map(|k| (0..KINDS.len()).map(move |kind| (kind, k)));
    let mut bar = Bar::new(recipe.networks * KINDS.len() as u32, "networks");
    let train = |&(kind, k): &(usize, u32)| {
        let mut session = Session::new(KINDS[kind].alone(&recipe, k)?.into());
        session.train(u32::MAX);
        Ok(session)
    };
    over_cores(networks, train, |(kind, k), session| {
        bar.add(1);
        match session.progress().diverged_at {
            Some(epoch) => anomalies.adopt_diverged(kind, k, epoch),
            None => anomalies.adopt(kind, k, session.network().parameters().to_vec(), true),
        }
    })?;
    bar.clear();
    Ok(Examined(anomalies))
}

/// By condition, then by method, what `of` reads off a cell.
fn table(anomalies: &Anomalies, of: impl Fn(&Cell) -> Value) -> Value {
    let row = |c: usize| {
        let cell = |m: usize| anomalies.cell(c, m, FALSE_ALARMS).map_or(Value::Null, |cell| of(&cell));
        METHODS.iter().enumerate().map(|(m, method)| (method.name.into(), cell(m))).collect::<Map<_, _>>()
    };
    let conditions = anomalies.conditions().iter().enumerate();
    let rows = conditions.map(|(c, condition)| (condition.name(), row(c).into()));
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

impl Report for Examined {
    fn json(&self) -> String {
        let Examined(anomalies) = self;
        let mut report = json!({
            "link": anomalies.link().to_string(),
            "recipe": anomalies.recipe(),
            "digest": anomalies.digest().ok().flatten().map(|digest| digest.to_string()),
            "verdict": anomalies.verdict(),
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
        if let Some(scores) = scores(anomalies) {
            report["scores"] = by_method(|m| scores[m].clone());
        }
        report.to_string()
    }

    fn verdict(&self) -> Verdict {
        self.0.verdict()
    }
}

/// By method, the scores of the image in the link, if there is one.
fn scores(anomalies: &Anomalies) -> Option<Vec<Vec<Option<f32>>>> {
    let judgement = anomalies.judge(anomalies.painting()?.pixels(), 0);
    Some(judgement.ok()?.scores)
}

impl fmt::Display for Examined {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Examined(anomalies) = self;
        tell_auc(f, anomalies)?;
        if let Some(scores) = scores(anomalies) {
            tell_scores(f, &scores)?;
        }
        match anomalies.digest() {
            Ok(Some(digest)) => writeln!(f, "\nDigest {digest}.")?,
            _ => writeln!(f, "\nA network left the finite numbers.")?,
        }
        let link = anomalies.link();
        writeln!(f, "{}", report::conclusion(anomalies.verdict(), anomalies.asked(), &link))
    }
}

fn tell_auc(f: &mut fmt::Formatter<'_>, anomalies: &Anomalies) -> fmt::Result {
    write!(f, "{:<19}", "AUC")?;
    anomalies.conditions().iter().try_for_each(|condition| write!(f, "{:>17}", condition.name()))?;
    writeln!(f)?;
    for (m, method) in METHODS.iter().enumerate() {
        write!(f, "{:<19}", method.name)?;
        for c in 0..anomalies.conditions().len() {
            let auc = anomalies.cell(c, m, FALSE_ALARMS).map(|cell| cell.auc.median);
            write!(f, "{:>17}", auc.map_or("–".into(), |median| format!("{median:.3}")))?;
        }
        writeln!(f)?;
    }
    Ok(())
}

fn tell_scores(f: &mut fmt::Formatter<'_>, scores: &[Vec<Option<f32>>]) -> fmt::Result {
    writeln!(f, "\nScores of the painted image")?;
    for (method, scores) in METHODS.iter().zip(scores) {
        write!(f, "{:<19}", method.name)?;
        scores.iter().flatten().try_for_each(|score| write!(f, "{score:.5} "))?;
        writeln!(f)?;
    }
    Ok(())
}
