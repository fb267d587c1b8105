//! The rules of `src`: which way its layers point, and what is absent where.

use crate::source::{Source, catches, files, has_word, holds, is_name};

/// Each layer of `src`, with the layers it may use. `error` is everybody's above what learns.
const LAYERS: [(&str, &str); 14] = [
    ("error", "num"),
    ("num", ""),
    ("data", "num"),
    ("nn", "num"),
    ("autoencoder", "num data nn"),
    ("learning", "num data nn autoencoder"),
    ("analysis", "error num data nn autoencoder"),
    ("recipe", "error num data nn autoencoder analysis"),
    ("run", "error num data nn autoencoder analysis recipe"),
    ("pictures", "data"),
    ("web", "error num data nn autoencoder analysis recipe run"),
    ("cli", "error num data nn autoencoder analysis recipe run"),
    ("main", "error num data nn autoencoder analysis recipe run"),
    ("lib", "error num data nn autoencoder analysis recipe run web"),
];

/// What `lib.rs` lifts to the root, and the layer it comes from.
const LIFTED: [(&str, &str); 3] = [("Error", "error"), ("Result", "error"), ("ndarray", "num")];

/// The platform's own versions of these round differently from machine to machine, so `num` alone may compute them.
/// `mul_add` rounds the same everywhere, but is not the written arithmetic of a run.
const TRANSCENDENTAL: &str = "acos acosh asin asinh atan atan2 atanh cbrt cos cosh exp exp2 exp_m1 hypot ln ln_1p log log10 \
    log2 mul_add powf powi sin sin_cos sinh tan tanh";

/// Who knows that JavaScript exists: `web` alone.
const JAVASCRIPT: &str = "wasm_bindgen js_sys web_sys JsValue getrandom";

/// Clocks, input and output, entropy, and orders that differ from run to run. A run is a function of its recipe.
const UNREPEATABLE: &str = "std::time Instant::now SystemTime std::fs std::io std::env std::net std::process std::thread \
    print! println! eprint! eprintln! dbg! HashMap HashSet StdRng SmallRng OsRng ThreadRng";

/// What ndarray computes in an order, or with an instruction, of its own: its product of matrices takes a kernel that fuses
/// natively, its sums run in lanes where memory lies one way and not where it lies another. Iterators add up in order, and
/// say of what: `.sum::<f64>()`.
const UNORDERED: [&str; 11] = [
    ".dot(",
    ".sum()",
    ".product()",
    ".mean()",
    ".var(",
    ".std(",
    ".sum_axis(",
    ".mean_axis(",
    ".var_axis(",
    ".std_axis(",
    "linalg::",
];

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
    let roots = match layer {
        "pictures" => vec!["learning::", "bottleneck::"],
        _ if is_outside(layer) => vec!["bottleneck::"],
        _ => vec!["crate::", &up],
    };
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
    let rule = "the core does no IO, reads no clock, draws no entropy, keeps one order";
    match file.layer() {
        layer if is_command_line(layer) => vec![],
        // Decoders read through the traits of `std::io`, from memory.
        "pictures" => file.lines_with(&UNREPEATABLE.replace("std::io", "stdin stdout stderr"), rule),
        _ => file.lines_with(UNREPEATABLE, rule),
    }
}

/// Who brings no pictures carries no decoder: the page's wasm is made of the library.
fn decoders_for_the_command_line_alone(file: &Source) -> Vec<String> {
    match file.path.starts_with("cli/") || file.path.starts_with("pictures/") {
        true => vec![],
        false => {
            file.lines_with("bottleneck_pictures", "only the command line and the wasm for pictures use it")
        }
    }
}

/// Matrices are multiplied and added up by loops that are written here.
fn sums_keep_a_written_order(file: &Source) -> Vec<String> {
    if is_command_line(file.layer()) || file.layer() == "pictures" {
        return vec![];
    }
    let has = |line: &str| UNORDERED.into_iter().find(|call| line.contains(call));
    let found = file.code().into_iter().filter_map(|(number, line)| Some((number, has(line)?)));
    found
        .map(|(number, call)| format!("{}:{number}: {call}: its order is not written down", file.path))
        .collect()
}

/// Neither threads nor a library of linear algebra come with ndarray.
fn matrices_are_containers(file: &Source) -> Vec<String> {
    let lines = file.text.lines().zip(1..).filter(|(line, _)| line.trim_start().starts_with("ndarray"));
    let plain = |line: &str| {
        let inherits = line.trim() == "ndarray.workspace = true";
        inherits || (line.contains("default-features = false") && !line.contains(" features"))
    };
    let broken = lines.filter(|(line, _)| !plain(line));
    broken.map(|(_, number)| format!("{}:{number}: ndarray without any of its features", file.path)).collect()
}

/// That of the workspace and those of its packages in `src`.
fn manifests() -> Vec<Source> {
    let mut found = files("src", "toml");
    found.push(Source::new("Cargo.toml", include_str!("../../Cargo.toml")));
    found
}

/// A product of two lengths counts pairs, of which there may be more than a `usize` holds where it has 32 bits.
/// Lengths of constants, in capitals, are small.
fn pairs_are_counted_in_64_bits(file: &Source) -> Vec<String> {
    if !["analysis", "recipe", "run"].contains(&file.layer()) {
        return vec![];
    }
    let is_length = |factor: &str| {
        let counts = factor.ends_with(".len()") || factor.ends_with(".count()");
        counts && factor.starts_with(char::is_lowercase)
    };
    let part = |c: char| is_name(c) || ".()".contains(c);
    let has = |line: &str| {
        line.match_indices(" * ").any(|(at, times)| {
            let left = line[..at].rsplit(|c| !part(c)).next().unwrap_or_default();
            let right = line[at + times.len()..].split(|c| !part(c)).next().unwrap_or_default();
            [left.trim_start_matches('('), right.trim_end_matches(';')]
                .into_iter()
                .all(|factor| is_length(factor) || factor.strip_suffix(')').is_some_and(is_length))
        })
    };
    let found = file.code().into_iter().filter(|(_, line)| has(line));
    found.map(|(number, _)| format!("{}:{number}: lengths are multiplied as u64 or f64", file.path)).collect()
}

#[test]
fn src_counts_pairs_in_64_bits() {
    holds(&files("src", "rs"), pairs_are_counted_in_64_bits);
}

#[test]
fn src_adds_up_in_a_written_order() {
    holds(&files("src", "rs"), sums_keep_a_written_order);
}

#[test]
fn ndarray_brings_nothing_but_containers() {
    let manifests = manifests();
    assert!(manifests.iter().any(|file| file.text.contains("ndarray")), "it is the matrix type");
    holds(&manifests, matrices_are_containers);
}

#[test]
fn src_depends_in_one_direction() {
    holds(&files("src", "rs"), layers_point_one_way);
}

#[test]
fn every_rust_file_begins_with_its_purpose() {
    for folder in ["src", "tests", "benches", "xtask"] {
        holds(&files(folder, "rs"), begins_with_its_purpose);
    }
}

#[test]
fn src_takes_its_maths_from_num() {
    holds(&files("src", "rs"), platform_maths_only_in_num);
}

#[test]
fn src_knows_javascript_in_web_only() {
    holds(&files("src", "rs"), javascript_only_in_web);
}

#[test]
fn src_reads_files_of_pictures_in_one_place() {
    holds(&files("src", "rs"), decoders_for_the_command_line_alone);
}

#[test]
fn src_does_nothing_that_cannot_be_repeated() {
    holds(&files("src", "rs"), the_core_repeats);
}

/// An offence in a copy of the real tree is found.
mod offences {
    use super::*;

    fn caught(path: &str, line: &str, rule: crate::source::Rule) {
        catches(files("src", "rs"), path, line, rule);
    }

    #[test]
    fn a_layer_that_uses_one_above_it() {
        let caught = |path, line| caught(path, line, layers_point_one_way);
        caught("learning/num/rng.rs", "use crate::nn::Loss;");
        caught("learning/nn/dense.rs", "use crate::data::Kind;");
        caught("learning/data/lines.rs", "fn f() -> crate::nn::Loss {}");
        caught("learning/data/mod.rs", "use super::nn::Loss;");
        caught("learning/data/lines.rs", "use super::super::nn;");
        caught("analysis/quad/cause.rs", "use crate::recipe::Recipe;");
        caught("recipe/keys/mod.rs", "use super::super::run;");
        caught("run/session/mod.rs", "use crate::{data::{Kind, lines}, nn,\n    web};");
        caught("main.rs", "use bottleneck::web;");
        caught("cli/network.rs", "use bottleneck::web;");
        caught("cli/pictures/mod.rs", "use bottleneck::web;");
        caught("pictures/fit.rs", "use bottleneck::run;");
        caught("pictures/fit.rs", "use learning::nn;");
    }

    #[test]
    fn maths_of_the_platform_outside_num() {
        for line in ["fn f(x: f32) -> f32 { x.exp() }", "fn f() { xs.map(f32::tanh); }", "use libm::expf;"] {
            caught("learning/nn/init.rs", line, platform_maths_only_in_num);
            caught("analysis/stats/rank.rs", line, platform_maths_only_in_num);
        }
    }

    #[test]
    fn javascript_outside_web_and_what_cannot_be_repeated() {
        caught("run/session/mod.rs", "use wasm_bindgen::prelude::*;", javascript_only_in_web);
        caught("run/census.rs", "use std::collections::HashMap;", the_core_repeats);
        caught("web/session.rs", "let t = std::time::Instant::now();", the_core_repeats);
        caught("pictures/npz.rs", "let bytes = std::fs::read(path);", the_core_repeats);
        caught("pictures/npz.rs", "std::io::stdin().read(&mut bytes);", the_core_repeats);
        caught("pictures/fit.rs", "use wasm_bindgen::prelude::*;", javascript_only_in_web);
        for path in ["run/session/mod.rs", "web/session.rs", "main.rs"] {
            caught(path, "use bottleneck_pictures::read;", decoders_for_the_command_line_alone);
        }
    }

    #[test]
    fn lengths_multiplied_as_they_are() {
        for line in ["let pairs = (a.len() * b.len()) as f64;", "let n = x.count() * y.len();"] {
            caught("analysis/stats/rank.rs", line, pairs_are_counted_in_64_bits);
        }
    }

    #[test]
    fn matrices_that_are_multiplied_or_added_up_by_their_library() {
        for line in [
            "let product = a.dot(&b);",
            "let mean: f32 = codes.mean().unwrap_or(0.0);",
            "let sum: f64 = values.iter().sum();",
            "let sums = pictures.sum_axis(Axis(0));",
            "ndarray::linalg::general_mat_mul(1.0, &a, &b, 0.0, &mut c);",
        ] {
            for path in [
                "analysis/baselines/pca.rs",
                "learning/autoencoder/network.rs",
                "run/own/plain.rs",
                "web/later/own.rs",
            ] {
                caught(path, line, sums_keep_a_written_order);
            }
        }
        for line in ["ndarray = { version = \"0.17.2\", features = [\"rayon\"] }", "ndarray = \"0.17.2\""] {
            catches(manifests(), "learning/Cargo.toml", line, matrices_are_containers);
        }
    }

    #[test]
    fn a_file_without_its_purpose() {
        assert_eq!(begins_with_its_purpose(&Source::new("nn/adam.rs", "use crate::num;")).len(), 1);
    }
}

/// What looks like an offence and is none.
mod liberties {
    use super::*;

    #[track_caller]
    fn allowed(path: &str, text: &str, rule: crate::source::Rule) {
        assert_eq!(rule(&Source::new(path, text)), [""; 0]);
    }

    #[test]
    fn layers() {
        let allowed = |path, text| allowed(path, text, layers_point_one_way);
        allowed("learning/nn/adam.rs", "use crate::num::math;");
        allowed("learning/data/lines.rs", "use super::nn; // a module of data that is called nn");
        allowed("recipe/keys/mod.rs", "use super::Recipe;\nuse crate::Error;");
        allowed("learning/nn/adam.rs", "/// See [`crate::data`].\nstruct Adam;");
        allowed("learning/nn/adam.rs", "#[cfg(test)]\nmod tests {\n    use crate::data::Kind;\n}");
        allowed("main.rs", "use bottleneck::run::Session;");
    }

    #[test]
    fn maths_and_printing() {
        let fine = "let y = num::exp(x) + x.sqrt() + plan.experiment();";
        allowed("learning/nn/init.rs", fine, platform_maths_only_in_num);
        allowed("learning/num/math.rs", "use libm::expf;", platform_maths_only_in_num);
        let tested = "#[cfg(test)]\nmod tests {\n    x.exp();\n}";
        allowed("learning/nn/init.rs", tested, platform_maths_only_in_num);
        allowed("web/mod.rs", "use wasm_bindgen::prelude::*;", javascript_only_in_web);
        allowed("main.rs", "println!(\"{loss}\");", the_core_repeats);
    }

    #[test]
    fn code_after_a_module_of_tests_is_read_again() {
        let text = "#[cfg(test)]\nmod tests {\n}\nuse crate::data::Kind;";
        assert_eq!(layers_point_one_way(&Source::new("learning/nn/adam.rs", text)).len(), 1);
        assert_eq!(layers_point_one_way(&Source::new("misc.rs", "")).len(), 1, "a layer nobody knows");
    }
}
