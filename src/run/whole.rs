//! All that a link trains, at once and on one core: what machines are compared by.

use super::anomalies::{Anomalies, KINDS};
use super::census::root;
use super::duel::{Duel, Finished};
use super::{Census, Session};
use crate::error::Error;
use crate::recipe::{Digest, Experiment, Link};

/// One network, trained to its end.
pub fn session(link: Link) -> Session {
    let mut session = Session::new(link);
    session.train(u32::MAX);
    session
}

/// A duel with all of its networks.
///
/// # Errors
///
/// As [`Duel::new`].
pub fn duel(link: Link) -> Result<Duel, Error> {
    let mut duel = Duel::new(link)?;
    for index in 0..duel.networks() {
        let session = session(duel.recipe_of(index)?.into());
        duel.add(index, Finished::of(&session));
    }
    Ok(duel)
}

/// A census with all of its networks.
///
/// # Errors
///
/// As [`Census::new`].
pub fn census(link: Link) -> Result<Census, Error> {
    let networks = link.recipe.networks;
    let mut census = Census::new(link.recipe, 0, networks)?;
    while !census.is_done() {
        census.train(u32::MAX);
    }
    Ok(census)
}

/// Anomalies with all networks and the methods that train nothing, examined.
///
/// # Errors
///
/// As [`Anomalies::new`].
pub fn anomalies(link: Link) -> Result<Anomalies, Error> {
    let mut anomalies = Anomalies::new(link)?;
    while !anomalies.prepare() {}
    for k in 0..anomalies.recipe().networks {
        for (kind, of) in KINDS.into_iter().enumerate() {
            let session = session(of.alone(anomalies.recipe(), k)?.into());
            match session.progress().diverged_at {
                Some(epoch) => anomalies.adopt_diverged(kind, k, epoch)?,
                None => anomalies.adopt(kind, k, session.network().parameters().to_vec(), true)?,
            }
        }
    }
    Ok(anomalies)
}

/// What must come out of a link: the digest of its network, or over all of them.
///
/// ```
/// use bottleneck::recipe::Link;
/// use bottleneck::run::whole;
///
/// let link = Link::parse("v=1&exp=inside")?;
/// assert_eq!(whole::digest(link)?.map(|digest| digest.to_string()).as_deref(), Some("ab65be8c89169373"));
/// # Ok::<(), bottleneck::Error>(())
/// ```
///
/// # Errors
///
/// [`Error::Diverged`] once a network left the finite numbers, and [`Error::UnusedKey`] for a set of pictures, which no
/// link holds.
pub fn digest(link: Link) -> Result<Option<Digest>, Error> {
    match link.recipe.exp {
        Experiment::Classical | Experiment::Variational | Experiment::Inside => {
            session(link).digest().map(Some)
        }
        Experiment::Duel => Ok(duel(link)?.digest()),
        Experiment::Minima => {
            let census = census(link)?;
            let entries = census.entries().iter();
            Ok(Some(root(entries.map(|entry| (entry.ending.outcome, entry.digest))).digest()))
        }
        Experiment::Anomalies => anomalies(link)?.digest(),
        Experiment::Own => Err(Error::UnusedKey {
            key: "exp",
            value: Experiment::Own.name().into(),
            experiment: "one without pictures of its own",
        }),
    }
}
