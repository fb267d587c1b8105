//! Keeps all that the page's first script waits for in one chunk. esbuild makes one of every set of scripts that share
//! something, which would be eighteen, packed each on its own: six kilobytes more, and seventeen more to ask for. So every
//! script that is imported later is made to import all of the first one's modules: they belong to the same scripts then.

use std::{
    collections::BTreeSet,
    fs,
    path::{Component, Path, PathBuf},
};

use crate::Result;

const MAIN: &str = "main.js";
/// Of the folder, until it is bundled.
pub const SHARED: &str = "shared.js";

/// Rewrites the staged modules below the folder, which are the page's sources until now.
pub fn keep(folder: &Path) -> Result<()> {
    let (first, all) = (reached(folder, false)?, reached(folder, true)?);
    let mut later = BTreeSet::from([PathBuf::from(MAIN)]);
    for module in &all {
        later.extend(
            imports(folder, module)?.into_iter().filter(|import| import.later).map(|import| import.module),
        );
    }
    let names = first.iter().filter(|module| **module != Path::new(MAIN));
    let lines: String = names.map(|module| format!("import './{}';\n", spelled(module))).collect();
    fs::write(folder.join(SHARED), lines)?;
    for module in later {
        let up = "../".repeat(module.components().count() - 1);
        let up = if up.is_empty() { "./" } else { &up };
        let path = folder.join(module);
        fs::write(&path, format!("import '{up}{SHARED}';\n{}", fs::read_to_string(&path)?))?;
    }
    Ok(())
}

/// The modules that `main.js` imports, and those that they import; with `later`, those too that are imported later.
fn reached(folder: &Path, later: bool) -> Result<BTreeSet<PathBuf>> {
    let mut found = BTreeSet::new();
    let mut waiting = vec![PathBuf::from(MAIN)];
    while let Some(module) = waiting.pop() {
        if !folder.join(&module).exists() || found.contains(&module) {
            continue;
        }
        let imports = imports(folder, &module)?;
        waiting
            .extend(imports.into_iter().filter(|import| later || !import.later).map(|import| import.module));
        found.insert(module);
    }
    Ok(found)
}

struct Import {
    module: PathBuf,
    later: bool,
}

fn imports(folder: &Path, module: &Path) -> Result<Vec<Import>> {
    let text = fs::read_to_string(folder.join(module))?;
    let beside = module.parent().unwrap_or(Path::new(""));
    let found = specifiers(&text).into_iter();
    Ok(found.map(|(name, later)| Import { module: resolved(beside, name), later }).collect())
}

/// What a script imports, and whether later: `from '…'`, `import '…'` and `import('…')`, outside of comments.
fn specifiers(text: &str) -> Vec<(&str, bool)> {
    const STARTS: [(&str, bool); 3] = [("from '", false), ("import '", false), ("import('", true)];
    let lines =
        text.lines().filter(|line| !["/", "*"].iter().any(|start| line.trim_start().starts_with(start)));
    let in_line = |line| {
        STARTS.iter().flat_map(move |&(start, later)| after(line, start).map(move |name| (name, later)))
    };
    lines.flat_map(in_line).filter(|(name, _)| name.starts_with('.')).collect()
}

/// What stands between each `start` and the next quote.
fn after<'a>(line: &'a str, start: &'static str) -> impl Iterator<Item = &'a str> {
    line.match_indices(start).filter_map(move |(at, _)| line[at + start.len()..].split('\'').next())
}

fn resolved(beside: &Path, name: &str) -> PathBuf {
    let mut module = beside.to_owned();
    for part in Path::new(name).components() {
        match part {
            Component::ParentDir => drop(module.pop()),
            Component::Normal(part) => module.push(part),
            _ => {}
        }
    }
    module
}

fn spelled(module: &Path) -> String {
    module.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::{Path, resolved, specifiers};

    #[test]
    fn imports_are_found_and_words_of_comments_are_not() {
        let text = "/** @import { A } from './a.js' */\nimport {\n  b,\n} from '../b.js';\nimport './c.js';\n\
            x = () => import('./d.js');\n * import './e.js'\nimport f from 'f';\n";
        assert_eq!(specifiers(text), [("../b.js", false), ("./c.js", false), ("./d.js", true)]);
    }

    #[test]
    fn a_name_is_that_of_a_module_beside_or_above() {
        let beside = Path::new("page/section");
        assert_eq!(resolved(beside, "./a.js"), Path::new("page/section/a.js"));
        assert_eq!(resolved(beside, "../../ui/b.js"), Path::new("ui/b.js"));
    }
}
