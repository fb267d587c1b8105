//! The rules of the house: which way dependencies point, and what is absent where.
//!
//! Each rule is a function from a file to the lines that break it, so that the rules themselves are tested below on
//! made-up files.

use std::fs;
use std::path::Path;

/// Each layer of `src`, with the layers it may use. `error` is everybody's.
const LAYERS: [(&str, &str); 13] = [
    ("error", ""),
    ("num", "error"),
    ("data", "error num"),
    ("nn", "error num"),
    ("autoencoder", "error num data nn"),
    ("learning", "num data nn autoencoder"),
    ("analysis", "error num data nn autoencoder"),
    ("recipe", "error num data nn autoencoder analysis"),
    ("run", "error num data nn autoencoder analysis recipe"),
    ("web", "error num data nn autoencoder analysis recipe run"),
    ("cli", "error num data nn autoencoder analysis recipe run"),
    ("main", "error num data nn autoencoder analysis recipe run"),
    ("lib", "error num data nn autoencoder analysis recipe run web"),
];

/// What `lib.rs` lifts to the root, and the layer it comes from.
const LIFTED: [(&str, &str); 2] = [("Error", "error"), ("Result", "error")];

/// The platform's own versions of these round differently from machine to machine, so `num` alone may compute them.
/// `mul_add` rounds the same everywhere, but is not the written arithmetic of a run.
const TRANSCENDENTAL: &str = "acos acosh asin asinh atan atan2 atanh cbrt cos cosh exp exp2 exp_m1 hypot ln ln_1p log log10 \
    log2 mul_add powf powi sin sin_cos sinh tan tanh";

/// Who knows that JavaScript exists: `web` alone.
const JAVASCRIPT: &str = "wasm_bindgen js_sys web_sys JsValue getrandom";

/// Clocks, input and output, entropy, and orders that differ from run to run. A run is a function of its recipe.
const UNREPEATABLE: &str = "std::time Instant::now SystemTime std::fs std::io std::env std::net std::process std::thread \
    print! println! eprint! eprintln! dbg! HashMap HashSet StdRng SmallRng OsRng ThreadRng";

/// A file of the project, its path relative to the folder that was read.
struct Source {
    path: String,
    text: String,
}

impl Source {
    fn new(path: &str, text: &str) -> Self {
        Self { path: path.into(), text: text.into() }
    }

    /// The path in its package: `num/rng.rs` of `learning/num/rng.rs`.
    fn module(&self) -> &str {
        self.path.strip_prefix("learning/").filter(|path| *path != "lib.rs").unwrap_or(&self.path)
    }

    /// `num` of `learning/num/rng.rs`, `main` of `main.rs`.
    fn layer(&self) -> &str {
        self.module().split(['/', '.']).next().unwrap_or_default()
    }

    /// The lines that are shipped, numbered from 1: comments blanked, `#[cfg(test)] mod … { … }` left out.
    fn code(&self) -> Vec<(usize, &str)> {
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
    fn lines_with(&self, words: &str, rule: &str) -> Vec<String> {
        let broken = |line: &str| words.split(' ').find(|word| has_word(line, word));
        let found = self.code().into_iter().filter_map(|(number, line)| Some((number, broken(line)?)));
        found.map(|(number, word)| format!("{}:{number}: {word}: {rule}", self.path)).collect()
    }
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Whether `word` stands in `line` by itself, not as a part of a longer name.
fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(start, _)| {
        let before = line[..start].chars().next_back();
        let after = line[start + word.len()..].chars().next();
        !before.is_some_and(is_name) && !after.is_some_and(is_name)
    })
}

/// The names at the top of a `use`: `{data::{lines, quad}, nn}` gives `data` and `nn`, `num::rng` gives `num`.
fn heads(path: &str) -> Vec<&str> {
    let Some(group) = path.strip_prefix('{') else {
        return path.split(|c| !is_name(c)).take(1).collect();
    };
    let mut depth = 0;
    let mut starts = true;
    let mut names = Vec::new();
    for (index, c) in group.char_indices() {
        if depth == 0 && starts && is_name(c) {
            names.extend(heads(&group[index..]));
        }
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            _ => {}
        }
        starts = c == ',' || (starts && c.is_whitespace());
    }
    names
}

/// The binary: it may print, read clocks and parse arguments.
fn is_command_line(layer: &str) -> bool {
    layer == "main" || layer == "cli"
}

/// A crate of its own, which calls the library by its name.
fn is_outside(layer: &str) -> bool {
    is_command_line(layer) || layer == "web"
}

fn layers_point_one_way(file: &Source) -> Vec<String> {
    let layer = file.layer();
    let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == layer) else {
        return vec![format!("{}: no layer of this name is known to tests/tidy.rs", file.path)];
    };
    // `super` leads to the root of the crate as well: once from `num/mod.rs`, twice from `num/rng.rs`.
    let module = file.module().trim_end_matches(".rs").trim_end_matches("/mod");
    let up = "super::".repeat(module.split('/').count());
    let roots = if is_outside(layer) { vec!["bottleneck::"] } else { vec!["crate::", &up] };
    let text = file.code().into_iter().map(|(_, line)| line).collect::<Vec<_>>().join("\n");
    let mut broken = Vec::new();
    for root in roots {
        for (start, _) in text.match_indices(root) {
            for name in heads(text[start + root.len()..].trim_start()) {
                let used = LIFTED.iter().find(|(lifted, _)| *lifted == name).map_or(name, |(_, layer)| layer);
                if used != layer && !has_word(allowed, used) {
                    broken.push(format!("{}: {root}{name}: {layer} may use {allowed} only", file.path));
                }
            }
        }
    }
    broken
}

fn begins_with_its_purpose(file: &Source) -> Vec<String> {
    let opens = file.text.starts_with("//! ");
    if opens {
        vec![]
    } else {
        vec![format!("{}: the first line is to be `//!` and what the file is for", file.path)]
    }
}

fn platform_maths_only_in_num(file: &Source) -> Vec<String> {
    if file.layer() == "num" {
        return vec![];
    }
    let spellings: Vec<String> = TRANSCENDENTAL
        .split(' ')
        .flat_map(|name| [format!(".{name}("), format!("f32::{name}"), format!("f64::{name}")])
        .collect();
    let has = |line: &str| {
        let called = spellings.iter().find(|spelling| match spelling.strip_prefix('.') {
            Some(_) => line.contains(spelling.as_str()),
            None => has_word(line, spelling),
        });
        called.cloned().or_else(|| has_word(line, "libm").then(|| "libm".into()))
    };
    let lines = file.code();
    let found = lines.into_iter().filter_map(|(number, line)| Some((number, has(line)?)));
    found.map(|(number, word)| format!("{}:{number}: {word}: take it from crate::num", file.path)).collect()
}

fn javascript_only_in_web(file: &Source) -> Vec<String> {
    match file.layer() {
        "web" => vec![],
        _ => file.lines_with(JAVASCRIPT, "only web knows that JavaScript exists"),
    }
}

fn the_core_repeats(file: &Source) -> Vec<String> {
    match is_command_line(file.layer()) {
        true => vec![],
        false => file.lines_with(
            UNREPEATABLE,
            "the core does no IO, reads no clock, draws no entropy, keeps one order",
        ),
    }
}

/// A module specifier of a script: what stands in quotes after `from`, `import` or `import(`.
fn specifiers(script: &Source) -> Vec<String> {
    let text = strip_comments(&script.text);
    let mut found = Vec::new();
    for keyword in ["from", "import"] {
        for (start, _) in text.match_indices(keyword) {
            if text[..start].ends_with(|c| is_name(c) || c == '.') {
                continue;
            }
            let rest = text[start + keyword.len()..].trim_start().trim_start_matches('(').trim_start();
            if let Some(quote) = rest.chars().next().filter(|c| "'\"`".contains(*c)) {
                // A sentence may end in "from"; a specifier has no blanks.
                let quoted = rest[1..].split(quote).next().unwrap_or_default();
                found.extend((!quoted.contains(char::is_whitespace)).then(|| quoted.to_owned()));
            }
        }
    }
    found
}

/// A script without its block comments and its lines that are comments. (A `//` inside a string stays.)
fn strip_comments(script: &str) -> String {
    let mut pieces = script.split("/*");
    let mut text = pieces.next().unwrap_or_default().to_owned();
    text.extend(pieces.filter_map(|piece| piece.split_once("*/")).map(|(_, code)| code));
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

fn scripts_import_one_way(script: &Source) -> Vec<String> {
    let folder = script.path.split_once('/').map_or("", |(folder, _)| folder);
    let forbidden: &[&str] = match folder {
        "draw" => &["engine", "ui", "page", "sections", "main.js"],
        "engine" => &["draw", "ui", "page", "sections", "main.js"],
        "ui" => &["engine", "page", "sections", "main.js"],
        "page" => &["sections", "main.js"],
        "sections" => &["main.js"],
        _ => &[],
    };
    let mut broken = Vec::new();
    for specifier in specifiers(script) {
        if !specifier.starts_with("./") && !specifier.starts_with("../") {
            broken.push(format!("{}: {specifier}: an import is relative, or it leaves dist/", script.path));
        }
        if specifier.ends_with("/bottleneck-web.js") && script.path != "engine/worker/worker.js" {
            broken
                .push(format!("{}: {specifier}: only engine/worker/worker.js imports the wasm", script.path));
        }
        let target = specifier.trim_start_matches("../");
        let target = if target.len() < specifier.len() { target } else { "" };
        if forbidden.iter().any(|folder| target == *folder || target.starts_with(&format!("{folder}/"))) {
            broken.push(format!("{}: {specifier}: {folder}/ may not import {forbidden:?}", script.path));
        }
    }
    broken
}

/// Every file below `folder` with this ending, in order of path.
fn files(folder: &str, ending: &str) -> Vec<Source> {
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

fn check(sources: &[Source], rule: fn(&Source) -> Vec<String>) {
    let broken: Vec<String> = sources.iter().flat_map(rule).collect();
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
}

#[test]
fn src_depends_in_one_direction() {
    check(&files("src", "rs"), layers_point_one_way);
}

#[test]
fn every_rust_file_begins_with_its_purpose() {
    for folder in ["src", "tests", "benches", "xtask"] {
        if Path::new(env!("CARGO_MANIFEST_DIR"))
            .join(folder)
            .read_dir()
            .is_ok_and(|mut entries| entries.next().is_some())
        {
            check(&files(folder, "rs"), begins_with_its_purpose);
        }
    }
}

#[test]
fn src_takes_its_maths_from_num() {
    check(&files("src", "rs"), platform_maths_only_in_num);
}

#[test]
fn src_knows_javascript_in_web_only() {
    check(&files("src", "rs"), javascript_only_in_web);
}

#[test]
fn src_does_nothing_that_cannot_be_repeated() {
    check(&files("src", "rs"), the_core_repeats);
}

#[test]
fn www_imports_in_one_direction() {
    check(&files("www", "js"), scripts_import_one_way);
}

/// The rules on made-up files: each of them can fail.
mod rules {
    use super::*;

    fn broken(rule: fn(&Source) -> Vec<String>, path: &str, text: &str) -> usize {
        rule(&Source::new(path, text)).len()
    }

    #[test]
    fn a_layer_may_use_what_is_below_it_and_nothing_else() {
        let broken = |path, text| broken(layers_point_one_way, path, text);
        assert_eq!(broken("nn/adam.rs", "use crate::num::math;\nuse crate::Error;"), 0);
        assert_eq!(broken("nn/adam.rs", "use crate::data::Kind;"), 1);
        assert_eq!(broken("data/lines.rs", "fn f() -> crate::nn::Loss {}"), 1);
        assert_eq!(broken("data/mod.rs", "use super::nn::Loss;"), 1);
        assert_eq!(broken("data/lines.rs", "use super::nn;"), 0, "a module of data that is called nn");
        assert_eq!(broken("data/lines.rs", "use super::super::nn;"), 1);
        assert_eq!(broken("recipe/keys/mod.rs", "use super::Recipe;"), 0);
        assert_eq!(broken("recipe/keys/mod.rs", "use super::super::run;"), 1);
        assert_eq!(broken("run/session.rs", "use crate::{data::{Kind, lines}, nn,\n    web};"), 1);
        assert_eq!(broken("nn/adam.rs", "/// See [`crate::data`].\nstruct Adam;"), 0);
        assert_eq!(broken("nn/adam.rs", "#[cfg(test)]\nmod tests {\n    use crate::data::Kind;\n}"), 0);
        assert_eq!(broken("nn/adam.rs", "#[cfg(test)]\nmod tests {\n}\nuse crate::data::Kind;"), 1);
        assert_eq!(broken("main.rs", "use bottleneck::run::Session;"), 0);
        assert_eq!(broken("main.rs", "use bottleneck::web;"), 1);
        assert_eq!(broken("cli/reproduce.rs", "use bottleneck::web;\nuse crate::cli::progress;"), 1);
        assert_eq!(broken("misc.rs", ""), 1);
    }

    #[test]
    fn maths_of_the_platform_is_found_outside_num_and_outside_tests() {
        let broken = |path, text| broken(platform_maths_only_in_num, path, text);
        assert_eq!(broken("nn/init.rs", "let y = x.exp();"), 1);
        assert_eq!(broken("nn/init.rs", "xs.map(f32::tanh)"), 1);
        assert_eq!(broken("nn/init.rs", "use libm::expf;"), 1);
        assert_eq!(broken("nn/init.rs", "let y = num::exp(x) + x.sqrt() + plan.experiment();"), 0);
        assert_eq!(broken("num/math.rs", "use libm::expf;"), 0);
        assert_eq!(broken("nn/init.rs", "#[cfg(test)]\nmod tests {\n    x.exp();\n}"), 0);
    }

    #[test]
    fn the_rest_of_rust_is_found_too() {
        assert_eq!(broken(begins_with_its_purpose, "nn/adam.rs", "use crate::num;"), 1);
        assert_eq!(broken(javascript_only_in_web, "run/mod.rs", "use wasm_bindgen::prelude::*;"), 1);
        assert_eq!(broken(javascript_only_in_web, "web/mod.rs", "use wasm_bindgen::prelude::*;"), 0);
        assert_eq!(broken(the_core_repeats, "run/mod.rs", "use std::collections::HashMap;"), 1);
        assert_eq!(broken(the_core_repeats, "web/mod.rs", "let t = std::time::Instant::now();"), 1);
        assert_eq!(broken(the_core_repeats, "main.rs", "println!(\"{loss}\");"), 0);
    }

    #[test]
    fn scripts_that_import_the_wrong_way_are_found() {
        let broken = |path, text| broken(scripts_import_one_way, path, text);
        let wasm = "import init, { Session } from '../../bottleneck-web.js';";
        assert_eq!(broken("engine/worker/worker.js", wasm), 0);
        assert_eq!(broken("page/section.js", wasm), 1);
        assert_eq!(broken("page/section.js", "/** @import { Session } from '../bottleneck-web.js' */"), 0);
        assert_eq!(broken("sections/duel/fig-duel.js", "import { line } from '../../draw/line.js';"), 0);
        assert_eq!(broken("draw/line.js", "import {\n  train,\n} from '../engine/page/pool.js';"), 1);
        assert_eq!(broken("draw/line.js", "const m = await import(\"../sections/duel/duel.js\");"), 1);
        assert_eq!(broken("draw/line.js", "import { ramp } from './viridis.js';"), 0);
        assert_eq!(broken("draw/line.js", "p('from ', number, ' to ');"), 0);
        assert_eq!(broken("main.js", "import uPlot from 'uplot';"), 1);
    }
}
