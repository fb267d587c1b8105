//! Makes the page small for a release. Its modules, which run as they are while they are worked on, become one script
//! with esbuild: a browser would ask for ninety files, one round after the other, and a third of them is for those who
//! read the sources.

use std::{
    fs,
    path::{Path, PathBuf},
};

use xshell::{Shell, cmd};

use crate::{Result, node, together};

/// Where npm puts it.
const ESBUILD: &str =
    if cfg!(windows) { "xtask/node_modules/.bin/esbuild.cmd" } else { "xtask/node_modules/.bin/esbuild" };

/// Sees to it that esbuild is there, in the version of the lock file.
pub fn ensure(sh: &Shell) -> Result<()> {
    node::ensure_packages(
        sh,
        "xtask",
        "esbuild and prettier, which bundle the page and format it (some seconds)",
    )
}

/// A plain `trunk build` sees to nothing, so it may not be there.
pub fn is_there(sh: &Shell) -> bool {
    sh.path_exists(ESBUILD)
}

/// The scripts that workers begin with, those that train one network or many and the one that reads files; the page asks
/// for them by these addresses.
const WORKERS: [&str; 3] =
    ["engine/worker/engine.js", "engine/worker/studies.js", "engine/worker/decoder.js"];

/// The glue of each wasm, which also stays a module of its own, for those who want the wasm without the page.
pub const GLUE: [&str; 3] = ["bottleneck-web.js", "bottleneck-first-web.js", "bottleneck-pictures-web.js"];

/// Puts the modules below a staged page into `main.js` and the workers' scripts, and takes the others away.
pub fn bundle(sh: &Shell, folder: &Path, release: &str) -> Result<()> {
    let [main, style, later] = ["main.js", "style.css", "later.css"].map(|name| folder.join(name));
    let glue = GLUE.map(|name| folder.join(name));
    let workers = WORKERS.map(|name| folder.join(name));
    let stamp = format!("--define:globalThis.BOTTLENECK_RELEASE=\"{release}\"");
    let bundled = ["--bundle", "--format=esm", &stamp];
    // What is imported later stays a script of its own, with a name that changes with what is in it: a page never gets
    // one of another release.
    let split = ["--splitting", "--chunk-names=[name]-[hash]"];
    together::keep(folder)?;
    esbuild(sh, folder, &[&main, &style, &later], &[&bundled[..], &split].concat())?;
    fs::remove_file(folder.join(together::SHARED))?;
    // A worker has the glue of its wasm in it: it is one file, so that the page can keep it.
    for worker in &workers {
        esbuild(sh, parent(worker)?, &[worker], &bundled)?;
    }
    esbuild(sh, folder, &glue.each_ref().map(PathBuf::as_path), &["--bundle", "--format=esm"])?;
    // Browsers that are too old for everything else have to understand it.
    minify(sh, &folder.join("start.js"), "es2015")?;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            remove_modules(&path, &workers)?;
        }
    }
    Ok(())
}

/// The scripts that a bundled one waits for before it runs.
pub fn waits_for(script: &str) -> Vec<&str> {
    let quoted = script.match_indices("from\"./").map(|(at, start)| &script[at + start.len()..]);
    quoted.filter_map(|rest| rest.split('"').next()).collect()
}

/// The page with a line for each of these scripts, so that a browser asks for all of them at once.
pub fn preloading(html: &str, scripts: &[&str]) -> String {
    const MAIN: &str = "<link rel=\"modulepreload\" href=\"main.js\">\n";
    let lines = scripts.iter().map(|script| MAIN.replace("main.js", script));
    html.replace(MAIN, &lines.chain([MAIN.into()]).collect::<String>())
}

/// Makes a script small that is no module, in the words of the given year's language and no newer ones.
pub fn minify(sh: &Shell, script: &Path, language: &str) -> Result<()> {
    esbuild(sh, parent(script)?, &[script], &[&format!("--target={language}")])
}

fn parent(script: &Path) -> Result<&Path> {
    Ok(script.parent().ok_or("a script has a folder")?)
}

/// Each result gets the name of its entry, in `folder`.
fn esbuild(sh: &Shell, folder: &Path, entries: &[&Path], options: &[&str]) -> Result<()> {
    let minify = ["--minify", "--allow-overwrite", "--entry-names=[name]", "--log-level=warning"];
    Ok(cmd!(sh, "{ESBUILD} {entries...} {minify...} {options...} --outdir={folder}").quiet().run()?)
}

/// Removes the scripts below a folder but for those that are kept, and the folder if nothing is left in it.
fn remove_modules(folder: &Path, kept: &[PathBuf]) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            remove_modules(&path, kept)?;
        } else if path.extension().is_some_and(|kind| kind == "js" || kind == "mjs") && !kept.contains(&path)
        {
            fs::remove_file(&path)?;
        }
    }
    if fs::read_dir(folder)?.next().is_none() {
        fs::remove_dir(folder)?;
    }
    Ok(())
}

/// A page without its comments and without what indents its lines. Nothing on it is preformatted.
pub fn shortened(html: &str) -> String {
    let mut kept = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, comment)) = rest.split_once("<!--") {
        kept.push_str(before);
        rest = comment.split_once("-->").map_or("", |(_, behind)| behind);
    }
    kept.push_str(rest);
    kept.lines().map(str::trim).filter(|line| !line.is_empty()).flat_map(|line| [line, "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::{preloading, shortened, waits_for};

    #[test]
    fn what_a_script_waits_for_is_asked_for_with_it() {
        let script =
            r#"import{a as b}from"./chunk-X.js";var c=()=>import("./extras-Y.js");export{b}from"./d.js";"#;
        assert_eq!(waits_for(script), ["chunk-X.js", "d.js"]);
        let line = |name| format!("<link rel=\"modulepreload\" href=\"{name}\">\n");
        let page = preloading(&line("main.js"), &["chunk-X.js"]);
        assert_eq!(page, line("chunk-X.js") + &line("main.js"));
    }

    #[test]
    fn a_shortened_page_has_the_same_words_and_no_comments() {
        let page =
            "<p>\n  One <b>word</b>\n  and another.\n  <!-- why\n       so -->\n\n</p><!-- a --><hr>\n";
        assert_eq!(shortened(page), "<p>\nOne <b>word</b>\nand another.\n</p><hr>\n");
    }
}
