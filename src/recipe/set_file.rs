//! The file of a set of pictures that stands beside the page: a name and no address, so that a link leads nobody elsewhere.

use super::CheckedRecipe;
use crate::data::Kind;
use crate::error::Error;

pub(super) const RULE: &str =
    "the name of an .npz file, of up to 64 letters, digits, dots, hyphens and underscores, not a dot first";
const LONGEST: usize = 64;

/// The name, where the recipe is of a set that is brought.
///
/// # Errors
///
/// [`Error::UnusedKey`] for another recipe, [`Error::NotOfKind`] for what is no such name.
pub(super) fn read(recipe: &CheckedRecipe, text: &str) -> Result<String, Error> {
    if recipe.data != Kind::Own {
        return Err(Error::UnusedKey { key: "set", value: text.into(), experiment: recipe.exp.name() });
    }
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let stem = text.strip_suffix(".npz").filter(|stem| !stem.is_empty() && !stem.starts_with('.'));
    match stem {
        Some(_) if text.len() <= LONGEST && text.chars().all(allowed) => Ok(text.into()),
        _ => Err(Error::NotOfKind { key: "set".into(), value: text.into(), rule: RULE.into() }),
    }
}

#[cfg(test)]
mod tests {
    use crate::recipe::Link;

    const OWN: &str = "v=1&exp=own&data=own&images=0123456789abcdef&normal=good&side=16&count=40";

    #[test]
    fn a_file_beside_the_page_is_named_and_stays_while_the_pictures_do() {
        let link = Link::parse(&format!("{OWN}&set=pens-2.npz")).expect("a link");
        assert_eq!(link.set.as_deref(), Some("pens-2.npz"));
        assert_eq!(Link::parse(&link.to_string()), Ok(link.clone()));
        assert!(link.to_string().ends_with("&set=pens-2.npz"));
        assert_eq!(link.changed([("seed", "7")]).expect("a recipe").set, link.set);
        let other = link.changed([("images", "fedcba9876543210")]).expect("a recipe");
        assert_eq!(other.set, None, "of other pictures the file says nothing");
        assert_eq!(link.with([("set", "")]).expect("a link").set, None);
    }

    #[test]
    fn what_leads_elsewhere_is_refused() {
        for name in
            ["../pens.npz", "https://example.org/pens.npz", ".npz", ".pens.npz", "pens.zip", "a%2Fb.npz"]
        {
            let error = Link::parse(&format!("{OWN}&set={name}")).expect_err(name);
            assert!(error.to_string().contains("it takes the name of an .npz file"), "{error}");
        }
        let error = Link::parse("v=1&exp=inside&set=pens.npz").expect_err("no set is brought there");
        assert!(error.to_string().contains("has no use here"), "{error}");
    }
}
