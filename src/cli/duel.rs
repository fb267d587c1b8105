//! Both kinds of network from many seeds, over all cores.

use super::cores::over_cores;
use super::progress::Bar;
use super::report::{self, Report};
use bottleneck::analysis::stats::rank::{MannWhitney, Method};
use bottleneck::error::Error;
use bottleneck::recipe::{CheckedRecipe, Link};
use bottleneck::run::duel::{Duel, Finished, Side, Standing, Winner};
use bottleneck::run::{Session, Verdict};
use serde::Serialize;
use std::fmt;

/// A duel whose networks are all there.
pub struct Fought(Duel);

#[derive(Serialize)]
struct Json<'a> {
    link: String,
    recipe: &'a CheckedRecipe,
    #[serde(flatten)]
    summary: Standing,
    digest: Option<String>,
    verdict: Verdict,
}

/// Trains all networks, each on one core from its first weight to its last.
///
/// # Errors
///
/// [`Error::NotOfKind`] for an experiment that does not train both kinds.
pub fn run(link: Link) -> Result<Fought, Error> {
    let recipe = link.recipe.clone();
    let mut duel = Duel::new(link)?;
    let models = recipe.models();
    // Seed by seed and model by model, as a duel counts its networks.
    let networks = (0..recipe.networks).flat_map(|k| models.iter().map(move |&model| (k, model)));
    let mut bar = Bar::new(duel.networks(), "networks");
    let train = |&(_, (k, model)): &(u32, _)| {
        let mut session = Session::new(recipe.alone(k, model)?.into());
        session.train(u32::MAX);
        Ok(Finished::of(&session))
    };
    over_cores((0..).zip(networks), train, |(index, _), finished| {
        duel.add(index, finished);
        bar.add(1);
        Ok(())
    })?;
    bar.clear();
    Ok(Fought(duel))
}

impl Report for Fought {
    fn json(&self) -> String {
        let Fought(duel) = self;
        report::to_json(&Json {
            link: duel.link().to_string(),
            recipe: &duel.given().recipe,
            summary: duel.summary(),
            digest: duel.digest().map(|digest| digest.to_string()),
            verdict: duel.verdict(),
        })
    }

    fn verdict(&self) -> Verdict {
        self.0.verdict()
    }
}

impl fmt::Display for Fought {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Fought(duel) = self;
        let summary = duel.summary();
        tell_side(f, "Classical", &summary.classical)?;
        tell_side(f, "Variational", &summary.variational)?;
        if let Some(test) = &summary.test {
            tell_test(f, test, summary.winner)?;
        }
        match duel.digest() {
            Some(digest) => writeln!(f, "Digest {digest}.")?,
            None => writeln!(f, "A network left the finite numbers.")?,
        }
        writeln!(f, "{}", report::conclusion(duel.verdict(), duel.given().check, &duel.link()))
    }
}

fn tell_side(f: &mut fmt::Formatter<'_>, name: &str, side: &Side) -> fmt::Result {
    let Some(q) = &side.quartiles else { return Ok(()) };
    writeln!(
        f,
        "{name}: {} networks, mean squared error {:.5} in the median (quartiles {:.5} and {:.5}), {} stuck.",
        side.finished, q.median, q.low, q.high, side.stuck
    )
}

fn tell_test(f: &mut fmt::Formatter<'_>, test: &MannWhitney, winner: Winner) -> fmt::Result {
    let method = match test.method {
        Method::Exact => "exact",
        Method::Normal => "normal approximation with tie and continuity correction",
    };
    writeln!(f, "Mann–Whitney, two-sided, {method}: U = {}, p = {:.3e}.", test.u, test.p)?;
    writeln!(
        f,
        "A random variational network beats a random classical one with probability {:.3}.",
        test.superiority
    )?;
    f.write_str(match winner {
        Winner::Classical => "The classical networks end with the lower errors.\n",
        Winner::Variational => "The variational networks end with the lower errors.\n",
        Winner::Neither => "No difference is seen at this number of seeds.\n",
    })
}
