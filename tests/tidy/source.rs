//! The files of the project, as the rules see them.

use std::fs;
use std::path::Path;

/// A file of the project, its path relative to the folder that was read.
pub struct Source {
    pub path: String,
    pub text: String,
}

impl Source {
    pub fn new(path: &str, text: &str) -> Self {
        Self { path: path.into(), text: text.into() }
    }

    /// The path in its package: `num/rng.rs` of `learning/num/rng.rs`, `web/mod.rs` of `pictures/web/mod.rs`.
    pub fn module(&self) -> &str {
        let learning = self.path.strip_prefix("learning/").filter(|path| *path != "lib.rs");
        let web = self.path.strip_prefix("pictures/").filter(|path| path.starts_with("web/"));
        learning.or(web).unwrap_or(&self.path)
    }

    /// `num` of `learning/num/rng.rs`, `main` of `main.rs`.
    pub fn layer(&self) -> &str {
        self.module().split(['/', '.']).next().unwrap_or_default()
    }

    /// The lines that are shipped, numbered from 1: comments blanked, `#[cfg(test)] mod … { … }` left out.
    pub fn code(&self) -> Vec<(usize, &str)> {
        let mut lines = Vec::new();
        let mut in_tests = false;
        let mut previous = "";
        for (index, line) in self.text.lines().enumerate() {
            in_tests |= previous == "#[cfg(test)]" && line.starts_with("mod ") && line.ends_with('{');
            if !in_tests {
                lines.push((index + 1, line.split("//").next().unwrap_or_default()));
            }
            in_tests &= line != "}";
            previous = line;
        }
        lines
    }

    /// The shipped lines with one of `words` in them, as sentences.
    pub fn lines_with(&self, words: &str, rule: &str) -> Vec<String> {
        let broken = |line: &str| words.split(' ').find(|word| has_word(line, word));
        let found = self.code().into_iter().filter_map(|(number, line)| Some((number, broken(line)?)));
        found.map(|(number, word)| format!("{}:{number}: {word}: {rule}", self.path)).collect()
    }
}

pub fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Whether `word` stands in `line` by itself, not as a part of a longer name.
pub fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(start, _)| {
        let before = line[..start].chars().next_back();
        let after = line[start + word.len()..].chars().next();
        !before.is_some_and(is_name) && !after.is_some_and(is_name)
    })
}

/// Every file below `folder` with this ending, in order of path.
pub fn files(folder: &str, ending: &str) -> Vec<Source> {
    fn walk(root: &Path, folder: &Path, ending: &str, found: &mut Vec<Source>) {
        for entry in
            fs::read_dir(folder).expect("a folder of the project").map(|entry| entry.expect("an entry"))
        {
            let path = entry.path();
            if path.is_dir() {
                walk(root, &path, ending, found);
            } else if path.extension().is_some_and(|found| found == ending) {
                let name =
                    path.strip_prefix(root).expect("below the root").to_string_lossy().replace('\\', "/");
                found.push(Source::new(&name, &fs::read_to_string(&path).expect("text")));
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut found = Vec::new();
    walk(&root, &root, ending, &mut found);
    found.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(!found.is_empty(), "no .{ending} file in {folder}/");
    found
}

/// What a rule finds in a file.
pub type Rule = fn(&Source) -> Vec<String>;

/// Everything that breaks a rule.
pub fn broken(sources: &[Source], rule: Rule) -> Vec<String> {
    sources.iter().flat_map(rule).collect()
}

/// The test of a rule: nothing in the real tree breaks it.
#[track_caller]
pub fn holds(sources: &[Source], rule: Rule) {
    let broken = broken(sources, rule);
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
}

/// The test of the test: a copy of the real tree with one more line in one of its files breaks the rule, there and
/// nowhere else. So a rule that looks for names that are gone is found out.
#[track_caller]
pub fn catches(mut sources: Vec<Source>, path: &str, line: &str, rule: Rule) {
    let file = sources.iter_mut().find(|file| file.path == path);
    let file = file.unwrap_or_else(|| panic!("there is no {path} any more"));
    file.text.push('\n');
    file.text.push_str(line);
    let broken = broken(&sources, rule);
    assert!(!broken.is_empty(), "{path} may have this line: {line}");
    assert!(broken.iter().all(|found| found.starts_with(path)), "{broken:?}");
}
