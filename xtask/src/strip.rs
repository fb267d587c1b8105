//! Leaves comments out of the scripts and styles that Trunk is about to put into `dist/`: a third of what a visitor
//! would download is for those who read the sources, and these are elsewhere.
//!
//! Only comments that have their lines to themselves go. That needs no parser, keeps casts such as
//! `/** @type {X} */ (value)`, and can only be wrong inside a text that runs over several lines and has a line that
//! begins with `//` or `/*`; the page has none.

use std::{fs, path::Path};

use crate::Result;

/// Strips every `.js` and `.css` below a folder.
pub fn strip_folder(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            strip_folder(&path)?;
        } else if path.extension().is_some_and(|kind| kind == "js" || kind == "css") {
            let text = fs::read_to_string(&path)?;
            fs::write(&path, strip(&text))?;
        }
    }
    Ok(())
}

fn strip(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let start = line.trim_start();
        if start.is_empty() || start.starts_with("//") {
            continue;
        }
        if start.starts_with("/*") && skip_block(line, &mut lines, &mut kept) {
            continue;
        }
        kept.push_str(line);
        kept.push('\n');
    }
    kept
}

/// Passes over a comment that begins with `first`; what stands behind its end is kept. False when there is code behind
/// it on the first line already.
fn skip_block<'a>(first: &'a str, lines: &mut impl Iterator<Item = &'a str>, kept: &mut String) -> bool {
    if let Some((_, behind)) = first.split_once("*/") {
        return behind.trim().is_empty();
    }
    for line in lines {
        if let Some((_, behind)) = line.split_once("*/") {
            if !behind.trim().is_empty() {
                kept.push_str(behind);
                kept.push('\n');
            }
            break;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::strip;

    #[test]
    fn comments_with_lines_of_their_own_go() {
        assert_eq!(
            strip("/** What\n * it is. */\nlet a = 1;\n\n  // why\n  /* b */\nlet b;"),
            "let a = 1;\nlet b;\n"
        );
    }

    #[test]
    fn comments_beside_code_stay() {
        let text = "/** @type {X} */ (value).y();\nlet url = 'http://a'; // why\na = b /* c */ + d;\n";
        assert_eq!(strip(text), text);
    }

    #[test]
    fn code_behind_the_end_of_a_long_comment_stays() {
        assert_eq!(strip("/* a\n b */ c();\n"), " c();\n");
    }
}
