//! Links made of other links: a recipe with some of its values changed, a run with other parts beside it.

use super::link::read_at;
use super::spelling::percent;
use super::{Link, Painting, Teaching, begin, keys, set_file};
use crate::error::Error;

impl Link {
    /// The run alone: without what is for the reader, the image to be judged, the epoch that is looked at and the digest.
    pub fn run(&self) -> Link {
        let Link { recipe, weights, from, set, .. } = self.clone();
        Link { weights, from, set, ..Link::from(recipe) }
    }

    /// The values of the form that the link says, in the order of the form; what it does not say is
    /// a default.
    pub fn said(&self) -> Vec<(&'static str, String)> {
        let defaults = self.recipe.defaults();
        keys::offered(self.recipe.exp)
            .filter(|key| key.get(&self.recipe) != key.get(&defaults))
            .map(|key| (key.name, key.get(&self.recipe)))
            .collect()
    }

    /// The run whose recipe is this one with some of its values changed, spelled as by a form.
    ///
    /// What the link did not say is a default and goes along with the change: the learning rate that
    /// suits one training set does not suit the other. Weights that were set by hand stay while
    /// they fit the network; another seed draws others. A saved network stays while it fits.
    ///
    /// # Errors
    ///
    /// As for [`Link::parse`]: the sentence names key, value and rule.
    ///
    /// # Examples
    ///
    /// ```
    /// use bottleneck::recipe::Link;
    ///
    /// let link = Link::parse("v=1&exp=classical&l1=5&seed=7&check=0123456789abcdef")?;
    /// assert_eq!(link.changed([("l1", "2"), ("lr", "1e-2")])?.to_string(), "v=1&exp=classical&lr=0.01&seed=7");
    /// # Ok::<(), bottleneck::Error>(())
    /// ```
    pub fn changed<'a>(&self, changes: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Link, Error> {
        let changes: Vec<(&str, &str)> = changes.into_iter().collect();
        let is_changed = |name: &str| changes.iter().any(|(key, _)| *key == name);
        let said = self.said();
        let kept = said.iter().map(|(key, value)| (*key, value.as_str())).filter(|(key, _)| !is_changed(key));
        let run = Link::from(keys::from_form(self.recipe.exp, kept.chain(changes.iter().copied()))?);
        let images = |link: &Link| link.recipe.set.as_ref().and_then(|set| set.images);
        let run = Link { set: self.set.clone().filter(|_| images(self) == images(&run)), ..run };
        if self.from.is_some() && begin::are_of_one_size(&self.recipe, &run.recipe) {
            return Ok(Link { weights: self.weights.clone(), from: self.from, ..run });
        }
        let by_hand = self.weights.clone().filter(|_| !is_changed("seed"));
        Ok(by_hand.and_then(|weights| run.clone().with_weights(weights).ok()).unwrap_or(run))
    }

    /// The same run with other parts beside it: `set`, `paint`, `at`, `check` or what is for the reader, each
    /// spelled as in a link, but `say` as plain text. An empty one is left out.
    ///
    /// # Errors
    ///
    /// As for [`Link::parse`]: the sentence names key, value and rule.
    ///
    /// # Examples
    ///
    /// ```
    /// use bottleneck::recipe::Link;
    ///
    /// let link = Link::parse("v=1&exp=classical&lock=lr&check=0123456789abcdef")?;
    /// let asked = link.with([("say", "Why?"), ("lock", "")])?;
    /// assert_eq!(asked.to_string(), "v=1&exp=classical&say=Why%3F&check=0123456789abcdef");
    /// # Ok::<(), bottleneck::Error>(())
    /// ```
    pub fn with<'a>(&self, parts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Link, Error> {
        let mut link = self.clone();
        for (key, text) in parts {
            link.place(key, Some(text).filter(|text| !text.is_empty()))?;
        }
        Ok(link)
    }

    fn place(&mut self, key: &str, text: Option<&str>) -> Result<(), Error> {
        let Teaching { hide, lock, only, say } = &mut self.teaching;
        match (key, text) {
            ("check", text) => self.check = text.map(str::parse).transpose()?,
            ("paint", text) => {
                self.paint = text.map(|text| Painting::parse(text, &self.recipe)).transpose()?;
            }
            ("set", text) => self.set = text.map(|text| set_file::read(&self.recipe, text)).transpose()?,
            ("at", text) => self.at = text.map(|text| read_at(&self.recipe, text)).transpose()?,
            ("hide", None) => hide.clear(),
            ("lock", None) => lock.clear(),
            ("only", None) => *only = None,
            ("say", None) => *say = None,
            ("hide", Some(text)) => self.teaching.place(self.recipe.exp, "hide", text)?,
            ("lock", Some(text)) => self.teaching.place(self.recipe.exp, "lock", text)?,
            ("only", Some(text)) => self.teaching.place(self.recipe.exp, "only", text)?,
            ("say", Some(text)) => {
                let mut encoded = String::new();
                let _ = percent::encode(text, &mut encoded); // a string takes everything
                self.teaching.place(self.recipe.exp, "say", &encoded)?;
            }
            _ => return Err(Error::UnknownKey { key: key.into() }),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Link {
        Link::parse(text).expect("a link")
    }

    #[test]
    fn what_a_link_did_not_say_goes_along_with_a_change() {
        let link = read("v=1&exp=duel&networks=40");
        let changed = link.changed([("data", "quad")]).expect("a recipe");
        assert_eq!(changed.to_string(), "v=1&exp=duel&data=quad&networks=40");
        assert_eq!(changed.recipe.lr, read("v=1&exp=duel&data=quad").recipe.lr);
    }

    #[test]
    fn weights_set_by_hand_outlive_a_change_that_they_fit_and_no_other_seed() {
        let link = read("v=1&exp=inside").with_weights(vec![0.5; 29]).expect("as many as there are");
        let weights = |changes: [(&str, &str); 1]| link.changed(changes).expect("a recipe").weights;
        assert_eq!(weights([("epochs", "7")]), link.weights);
        assert_eq!(weights([("seed", "7")]), None);
        assert_eq!(weights([("l1", "3")]), None);
    }

    #[test]
    fn a_saved_network_outlives_a_change_that_it_fits_and_another_seed() {
        let link = read("v=1&exp=inside").with_weights(vec![0.5; 29]).expect("as many as there are");
        let link = Link { from: Some(crate::recipe::Digest([7; 8])), ..link };
        let from = |changes: [(&str, &str); 1]| link.changed(changes).expect("a recipe").from;
        assert_eq!([from([("epochs", "7")]), from([("seed", "7")])], [link.from; 2]);
        assert_eq!([from([("l1", "3")]), from([("bias", "last")]), from([("model", "va")])], [None; 3]);
        assert_eq!(link.run().to_string(), "v=1&exp=inside&from=0707070707070707");
    }

    #[test]
    fn a_change_is_refused_by_key_value_and_rule() {
        let sentence =
            read("v=1&exp=classical").changed([("epochs", "0")]).expect_err("no epochs").to_string();
        assert!(sentence.starts_with("epochs=0 is out of range"), "{sentence}");
    }

    #[test]
    fn parts_are_replaced_taken_away_and_read_like_any_link() {
        let link = read("v=1&exp=inside&seed=3&hide=train&only=inside&check=0123456789abcdef");
        let with = |parts: &[(&str, &str)]| link.with(parts.iter().copied()).map(|link| link.to_string());
        let plain = [("hide", ""), ("only", ""), ("check", "")];
        assert_eq!(with(&plain), Ok(link.run().to_string()));
        let question = "Is a+b & c=d #1, 100 %?";
        assert_eq!(
            link.with([("say", question)]).expect("a question").teaching.say.as_deref(),
            Some(question)
        );
        assert!(with(&[("hide", "verdict")]).expect_err("a result").to_string().starts_with("hide=verdict"));
        assert_eq!(with(&[("seed", "4")]), Err(Error::UnknownKey { key: "seed".into() }));
    }
}
