//! What a teacher's link adds for its reader: a question, and which controls are not to be used.
//!
//! Nothing of it is part of the recipe or reaches a digest: the same link without it gives the same
//! bits.

use std::fmt;

use super::spelling::{percent, text};
use super::{Experiment, keys};
use crate::error::Error;

/// The longest question, in characters.
pub const LONGEST_QUESTION: usize = 200;

/// The controls of a section that are no keys of its recipe. Results are no controls: progress,
/// verdict, figures, their numbers and downloads, and the link itself cannot be hidden.
pub const CONTROLS: [&str; 7] = ["train", "pause", "step", "startover", "newseed", "speed", "recipe"];

pub(super) const CONTROLS_RULE: &str = "keys of the experiment's form or train, pause, step, startover, newseed, speed, \
    recipe, each once, with commas between";
pub(super) const ONLY_RULE: &str = "data or the experiment of the link";
pub(super) const SAY_RULE: &str = "1 to 200 characters in percent-encoded UTF-8, not all of them blank, without any that hides or turns text";

/// The part of a link that is for its reader.
///
/// ```
/// use bottleneck::recipe::Link;
///
/// let link = Link::parse("v=1&exp=inside&hide=speed,seed&say=Why%3F")?;
/// assert_eq!(link.teaching.say.as_deref(), Some("Why?"));
/// assert_eq!(link.to_string(), "v=1&exp=inside&hide=seed,speed&say=Why%3F"); // one order
/// # Ok::<(), bottleneck::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Teaching {
    /// Controls that are not shown, in the order of the form and of [`CONTROLS`].
    pub hide: Vec<&'static str>,
    /// Controls that are shown and cannot be changed, in the same order.
    pub lock: Vec<&'static str>,
    /// The one section that is shown.
    pub only: Option<&'static str>,
    /// A question above the experiment.
    pub say: Option<String>,
}

impl Teaching {
    /// Takes the value of one of the four keys.
    pub(super) fn place(&mut self, exp: Experiment, key: &'static str, text: &str) -> Result<(), Error> {
        match key {
            "hide" => self.hide = controls(exp, key, text)?,
            "lock" => self.lock = controls(exp, key, text)?,
            "only" => {
                let section = ["data", exp.name()].into_iter().find(|name| *name == text);
                self.only = Some(section.ok_or_else(|| refusal(key, text, ONLY_RULE))?);
            }
            _ => {
                let question = text::decoded(text, LONGEST_QUESTION);
                self.say = Some(question.ok_or_else(|| refusal(key, text, SAY_RULE))?);
            }
        }
        Ok(())
    }
}

#[cold]
#[inline(never)]
fn refusal(key: &str, value: &str, rule: &str) -> Error {
    Error::NotOfKind { key: key.into(), value: value.into(), rule: rule.into() }
}

/// Names with commas between, each once, brought into their one order.
fn controls(exp: Experiment, key: &str, text: &str) -> Result<Vec<&'static str>, Error> {
    let mut known: Vec<&'static str> = keys::offered(exp).map(|key| key.name).collect();
    known.extend(CONTROLS);
    let mut named = vec![false; known.len()];
    for name in text.split(',') {
        match known.iter().position(|control| *control == name) {
            Some(place) if !named[place] => named[place] = true,
            _ => return Err(refusal(key, name, CONTROLS_RULE)),
        }
    }
    let mut named = named.into_iter();
    known.retain(|_| named.next() == Some(true));
    Ok(known)
}

/// As a link writes it: `&key=value` for what is there.
impl fmt::Display for Teaching {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (key, names) in [("&hide=", &self.hide), ("&lock=", &self.lock)] {
            let mut before = key;
            for name in names {
                f.write_str(before)?;
                f.write_str(name)?;
                before = ",";
            }
        }
        if let Some(only) = self.only {
            f.write_str("&only=")?;
            f.write_str(only)?;
        }
        if let Some(say) = &self.say {
            f.write_str("&say=")?;
            percent::encode(say, f)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::recipe::Link;

    fn read(rest: &str) -> Result<Link, String> {
        Link::parse(&format!("v=1&exp=inside&{rest}")).map_err(|error| error.to_string())
    }

    #[test]
    fn a_teachers_link_comes_back_in_one_spelling() {
        let link = read("check=0123456789abcdef&say=W%61rum%20%C3%BC%3F&only=inside&lock=lr&hide=train,seed");
        let text = link.expect("a link").to_string();
        let canonical = "hide=seed,train&lock=lr&only=inside&say=Warum%20%C3%BC%3F&check=0123456789abcdef";
        assert_eq!(text, format!("v=1&exp=inside&{canonical}"));
    }

    #[test]
    fn a_question_of_any_script_is_read_and_markup_is_only_text() {
        for said in ["سؤال؟", "为什么？", "<img src=x onerror=alert(1)>", "a+b & c=d #1 100%"] {
            let encoded: String = said.bytes().map(|byte| format!("%{byte:02x}")).collect();
            let link = read(&format!("say={encoded}")).expect("a question");
            assert_eq!(link.teaching.say.as_deref(), Some(said));
            assert_eq!(Link::parse(&link.to_string()).as_ref(), Ok(&link));
        }
    }

    #[test]
    fn what_could_mislead_is_refused() {
        let rule = "it takes 1 to 200 characters";
        let long = "a".repeat(201);
        for wrong in
            ["%0A", "a%E2%80%AEb", "a%E2%80%8Bb", "%20", "%FF", "%4", "%+1", "%C3", "a\u{202e}b", &long]
        {
            let sentence = read(&format!("say={wrong}")).expect_err(wrong);
            assert!(sentence.starts_with("say=") && sentence.contains(rule), "{sentence}");
            assert!(!sentence.contains(super::text::misleads), "{sentence:?}");
        }
        assert!(read(&format!("say={}", "%C3%BC".repeat(200))).is_ok());
    }

    #[test]
    fn only_controls_of_the_experiment_can_be_hidden_or_locked_and_only_its_section_shown() {
        for wrong in [
            "hide=colour",
            "hide=side",
            "lock=networks",
            "hide=lr,lr",
            "hide=lr,,seed",
            "hide=check",
            "lock=verdict",
        ] {
            let sentence = read(wrong).expect_err(wrong);
            assert!(
                sentence.contains("cannot be read: it takes keys of the experiment's form"),
                "{sentence}"
            );
        }
        assert_eq!(
            read("only=classical").expect_err("another section"),
            "only=classical cannot be read: it takes data or the experiment of the link"
        );
        assert_eq!(
            read("say=").expect_err("empty"),
            "\"say=\" cannot be read: neither key nor value may be empty"
        );
    }
}
