//! Which set of pictures a link is to be trained on.

use crate::cli::call::Refusal;
use crate::cli::report::shown;
use crate::cli::{output, pictures};
use bottleneck::data::{Kind, PictureSet};
use bottleneck::recipe::{Digest, Link};
use bottleneck_pictures::{digits, read};
use std::{fs, io};

/// What is said beside the link.
#[derive(Default)]
pub struct Options {
    /// The file or the folder of the set, and how pictures become those of a set.
    brought: Option<(String, bottleneck_pictures::Options)>,
    /// The digest of the link's set, where it is one that is brought.
    images: Option<Digest>,
    /// The share of normal pictures that may lie above the threshold.
    pub false_alarms: f64,
}

/// The first of the options of a set that was given.
pub fn first(brought: &Option<String>, false_alarms: &Option<String>) -> Option<&'static str> {
    let given = [("--pictures", brought.is_some()), ("--false-alarms", false_alarms.is_some())];
    given.into_iter().find(|(_, given)| *given).map(|(name, _)| name)
}

impl Options {
    /// # Errors
    ///
    /// A sentence, where a value cannot be read, or where the set of the link is not there or not asked for.
    pub fn understood(
        link: &Link,
        brought: Option<String>,
        false_alarms: Option<String>,
        options: pictures::Options,
    ) -> Result<Options, Refusal> {
        let false_alarms = false_alarms.map_or(Ok(0.0), |text| share(&text))?;
        let sentence = match (link.recipe.data, &brought) {
            (Kind::Own, None) => {
                "--pictures FILE or FOLDER is missing: this link is for a set of pictures, data=own, that you have"
            }
            (Kind::Digits, Some(_)) => {
                "--pictures is for data=own, and this link has data=digits, which are here"
            }
            _ => {
                let side = link.recipe.side;
                let brought = brought.map(|path| Ok((path, options.at_side(side)?))).transpose()?;
                let images = link.recipe.set.as_ref().and_then(|set| set.images);
                return Ok(Options { brought, images, false_alarms });
            }
        };
        Err(Refusal::Unfit(sentence.into()))
    }

    /// The set itself; what is not in it is said on standard error.
    ///
    /// # Errors
    ///
    /// A sentence, where it cannot be read.
    pub fn set(self) -> Result<PictureSet, Refusal> {
        let Some((path, options)) = self.brought else { return Ok(digits()) };
        let unread = |reason: String| Refusal::Unfit(format!("{path} cannot be read: {reason}"));
        let as_it_is = written(&path).map_err(|error| unread(error.to_string()))?;
        let is_meant = |set: &PictureSet| Some(Digest::of_pictures(set)) == self.images;
        if let Some(set) = as_it_is.as_ref().filter(|set| is_meant(set)) {
            return Ok(set.clone());
        }
        let gathered = pictures::gathered(std::slice::from_ref(&path), options).map_err(Refusal::Unfit)?;
        for refusal in &gathered.refused {
            output::complain(&format!("{}: {}.", shown(&refusal.path), shown(&refusal.reason)));
        }
        match gathered.set.pictures() {
            [] => as_it_is.ok_or_else(|| unread("none of the files holds a picture".into())),
            _ => Ok(gathered.set),
        }
    }
}

/// The set of a file as the command pictures writes it. The same file may hold the pictures that a set was made of, with
/// labels and at another size.
fn written(path: &str) -> io::Result<Option<PictureSet>> {
    let about = fs::metadata(path)?;
    let is_set = about.is_file()
        && path.to_ascii_lowercase().ends_with(".npz")
        && about.len() <= bottleneck_pictures::MOST_BYTES;
    Ok(if is_set { read(&fs::read(path)?).ok() } else { None })
}

fn share(text: &str) -> Result<f64, Refusal> {
    let share = text.parse().ok().filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| {
        Refusal::Call(format!(
            "--false-alarms {text} cannot be read: it takes a share from 0 to 1, such as 0.05"
        ))
    })
}
