//! A tour: several links in one, each with the sentence that it says.
//!
//! `tour=2&v=1&exp=classical&say=…&v=1&exp=inside&say=…`: how many stops it has, then their links, each of which begins
//! with its `v`. So a tour is read and mended by hand as a link is, and one that was cut off is found out.

use std::fmt;

use super::received::{self, Pair};
use super::{LONGEST_LINK, Link};
use crate::error::Error;

/// The key that begins a tour.
pub(super) const KEY: &str = "tour";
/// The most stops of a tour.
pub const MOST_STOPS: usize = 20;

const RULE: &str = "the number of its links, from 1 to 20, each of which begins with v=1";

/// The links of a tour, in their order; [`say`](super::Teaching::say) is what stands beside a stop.
///
/// ```
/// use bottleneck::recipe::Tour;
///
/// let text = "tour=2&v=1&exp=classical&say=Grey%3F&v=1&exp=inside&seed=7";
/// let tour = Tour::parse(text)?;
/// assert_eq!(tour.stops()[0].teaching.say.as_deref(), Some("Grey?"));
/// assert_eq!(tour.to_string(), text);
/// # Ok::<(), bottleneck::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Tour(Vec<Link>);

impl Tour {
    /// Whether a text is meant as a tour, one that can be read or not.
    pub fn is_meant(text: &str) -> bool {
        received::glimpse(text, KEY).is_some()
    }

    /// Reads a tour as [`Link::parse`] reads a link.
    ///
    /// # Errors
    ///
    /// [`Error::NotOfKind`] unless it has as many links as it says, [`Error::Stop`] with the refusal of the first link
    /// that is refused, and those of a text that has no pairs.
    pub fn parse(text: &str) -> Result<Tour, Error> {
        let pairs = received::pairs(text)?;
        let Some((said, links)) = pairs.split_first().filter(|((key, _), _)| key == KEY) else {
            return Err(Error::MissingKey { key: KEY, rule: RULE });
        };
        let stops: Vec<&[Pair]> = stops(links).collect();
        if stops.len() > MOST_STOPS || said.1 != stops.len().to_string() {
            let rule = format!("{RULE}; here are {}", stops.len());
            return Err(Error::NotOfKind { key: KEY.into(), value: said.1.clone(), rule });
        }
        let read = |(k, pairs): (usize, &[Pair])| {
            Link::of_pairs(pairs).map_err(|error| Error::Stop { stop: k + 1, error: error.into() })
        };
        Ok(Tour(stops.into_iter().enumerate().map(read).collect::<Result<_, _>>()?))
    }

    /// A tour of these links.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] for none, or more than [`MOST_STOPS`], [`Error::TooLong`] where all of them are longer than
    /// what is read.
    pub fn new(stops: Vec<Link>) -> Result<Tour, Error> {
        if !(1..=MOST_STOPS).contains(&stops.len()) {
            let (key, value) = (KEY.into(), stops.len().to_string());
            return Err(Error::OutOfRange { key, value, rule: RULE.into() });
        }
        let tour = Tour(stops);
        // The address of the page stands before it.
        let (found, limit) = (tour.to_string().len(), LONGEST_LINK / 2);
        if found > limit { Err(Error::TooLong { found, limit }) } else { Ok(tour) }
    }

    /// Its links.
    pub fn stops(&self) -> &[Link] {
        &self.0
    }
}

/// The pairs of each link; the first may lack its `v`, for the link to say so.
fn stops(pairs: &[Pair]) -> impl Iterator<Item = &[Pair]> {
    let starts = |at: usize| at == 0 || pairs[at].0 == "v";
    let begins: Vec<usize> = (0..pairs.len()).filter(|&at| starts(at)).chain([pairs.len()]).collect();
    (1..begins.len()).map(move |k| &pairs[begins[k - 1]..begins[k]])
}

/// Its one spelling, without `#`.
impl fmt::Display for Tour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{KEY}={}", self.0.len())?;
        self.0.iter().try_for_each(|link| write!(f, "&{link}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: &str = "tour=2&v=1&exp=classical&say=Grey%3F&v=1&exp=inside&seed=7&check=0123456789abcdef";

    fn refusal(text: &str) -> String {
        Tour::parse(text).expect_err(text).to_string()
    }

    #[test]
    fn what_happens_to_links_on_their_way_is_undone_for_tours_too() {
        let encoded: String = TWO.replace('%', "%25").replace('&', "%26").replace('=', "%3D");
        for arrived in [
            format!("https://example.org/page/#{TWO}"),
            format!("<#{TWO}>"),
            TWO.replace('&', "&amp;"),
            encoded,
        ] {
            assert!(Tour::is_meant(&arrived), "{arrived}");
            assert_eq!(Tour::parse(&arrived).map(|tour| tour.to_string()).as_deref(), Ok(TWO), "{arrived}");
        }
        assert!(!Tour::is_meant("v=1&exp=classical&say=tour%3D2"));
    }

    #[test]
    fn a_tour_that_was_cut_off_is_found_out() {
        let cut = &TWO[..TWO.find("&v=1&exp=inside").expect("it is there")];
        assert_eq!(refusal(cut), format!("tour=2 cannot be read: it takes {RULE}; here are 1"));
        assert_eq!(refusal("tour=2"), format!("tour=2 cannot be read: it takes {RULE}; here are 0"));
        let many = format!("tour=21{}", "&v=1&exp=classical".repeat(21));
        assert!(refusal(&many).ends_with("here are 21"));
    }

    #[test]
    fn a_stop_that_is_refused_is_named() {
        assert_eq!(
            refusal("tour=2&v=1&exp=classical&v=1&exp=inside&lr=50"),
            "stop 2 of the tour: lr=50 is out of range: it takes a number from 1e-6 to 10"
        );
        assert_eq!(
            refusal("tour=1&exp=inside"),
            "stop 1 of the tour: v is missing: a link begins with v=1, the version of its promise"
        );
        assert!(refusal("v=1&exp=inside&tour=1").starts_with("tour is missing"));
    }

    #[test]
    fn a_tour_is_no_link_and_a_link_says_so() {
        let sentence = Link::parse(TWO).expect_err("a tour").to_string();
        assert!(sentence.contains("a tour of several links"), "{sentence}");
    }

    #[test]
    fn a_tour_that_is_made_can_be_read() {
        let link = Link::parse("v=1&exp=inside&seed=7").expect("a link");
        assert!(Tour::new(Vec::new()).is_err() && Tour::new(vec![link.clone(); 21]).is_err());
        let tour = Tour::new(vec![link.clone(); 20]).expect("twenty");
        assert_eq!(Tour::parse(&tour.to_string()), Ok(tour));
        let long = link.with([("say", "ü".repeat(200).as_str())]).expect("a question");
        assert!(matches!(Tour::new(vec![long; 20]), Err(Error::TooLong { .. })));
    }
}
