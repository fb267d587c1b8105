//! The rules of `www`: which way its folders point, and who imports the wasm.

use crate::source::{Source, catches, files, holds, is_name};

/// What Trunk makes of the package `web`, of the part of it that comes first, and of that of `pictures`; beside the page's own scripts in `dist/`.
const WASM: &str = "bottleneck-web.js";
const FIRST: &str = "bottleneck-first-web.js";
const DECODER: &str = "bottleneck-pictures-web.js";
/// What comes from npm, in the folder that the build puts it in.
const QR_CODES: &str = "lean-qr";

/// Each layer of `www`, with the layers it may import.
const LAYERS: [(&str, &[&str]); 10] = [
    ("engine/shared", &[]),
    ("engine/worker", &["engine/shared", WASM, FIRST, DECODER]),
    ("engine/page", &["engine/shared"]),
    ("draw", &[]),
    ("ui", &["draw"]),
    ("page", &["engine/page", "draw", "ui", QR_CODES]),
    ("sections", &["engine/page", "draw", "ui", "page"]),
    ("main.js", &["engine/page", "draw", "ui", "page", "sections"]),
    ("start.js", &[]),
    ("sw.js", &[]),
];

/// `engine/page` of `engine/page/pool.js`, `ui` of `ui/button.js`, `main.js` of itself.
fn layer(path: &str) -> &str {
    let folders = if path.starts_with("engine/") { 2 } else { 1 };
    path.match_indices('/').nth(folders - 1).map_or(path, |(end, _)| &path[..end])
}

/// `sections/duel` of `sections/duel/fig-duel.js`; `None` outside the sections.
fn section(path: &str) -> Option<&str> {
    path.strip_prefix("sections/")?.split('/').next()
}

/// Where a relative specifier in the script at `path` leads.
fn resolved(path: &str, specifier: &str) -> String {
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in specifier.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
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

fn imports_one_way(script: &Source) -> Vec<String> {
    let from = &script.path;
    let Some((own, allowed)) = LAYERS.iter().find(|(name, _)| *name == layer(from)) else {
        return vec![format!("{from}: no layer of this name is known to tests/tidy")];
    };
    let mut broken = Vec::new();
    for specifier in specifiers(script) {
        if !specifier.starts_with("./") && !specifier.starts_with("../") {
            broken.push(format!("{from}: {specifier}: an import is relative, or it leaves dist/"));
            continue;
        }
        let target = resolved(from, &specifier);
        let used = layer(&target);
        if used != *own && !allowed.contains(&used) {
            broken.push(format!("{from}: {specifier}: {own} may import {allowed:?} only"));
        }
        if used == *own && section(from) != section(&target) {
            broken.push(format!("{from}: {specifier}: a section imports no other"));
        }
    }
    broken
}

#[test]
fn www_imports_in_one_direction() {
    holds(&files("www", "js"), imports_one_way);
}

#[test]
fn each_wasm_is_imported_by_one_worker_and_goes_by_this_name() {
    let scripts = files("www", "js");
    let workers = [(FIRST, "engine"), (WASM, "studies"), (DECODER, "decoder")];
    for (wasm, worker) in workers.map(|(wasm, name)| (wasm, format!("engine/worker/{name}.js"))) {
        let imports =
            |script: &&Source| specifiers(script).iter().any(|name| resolved(&script.path, name) == wasm);
        let users: Vec<&str> = scripts.iter().filter(imports).map(|script| &*script.path).collect();
        assert_eq!(users, [&*worker]);
    }
}

#[test]
fn an_import_the_wrong_way_is_found() {
    let caught = |path, line| catches(files("www", "js"), path, line, imports_one_way);
    caught("page/section.js", "import { Session } from '../bottleneck-web.js';");
    caught("engine/page/pool.js", "import * as wasm from '../../bottleneck-web.js';");
    caught("page/section.js", "import { Gathering } from '../bottleneck-pictures-web.js';");
    caught("sections/duel/duel.js", "const wasm = await import('../../bottleneck-web.js');");
    caught("sections/duel/duel.js", "import { minima } from '../minima/minima.js';");
    caught("sections/classical/fig-loss.js", "import { figBand } from '../variational/fig-band.js';");
    caught("ui/button.js", "import { Section } from '../page/section.js';");
    caught("ui/figure.js", "import { pool } from '../engine/page/pool.js';");
    caught("draw/chart.js", "import {\n  Pool,\n} from '../engine/page/pool.js';");
    caught("draw/chart.js", "const m = await import(\"../sections/duel/duel.js\");");
    caught("engine/page/client.js", "import { Subject } from '../worker/answer.js';");
    caught("engine/worker/jobs.js", "import { pool } from '../page/pool.js';");
    caught("engine/shared/protocol.js", "import { Engine } from '../page/client.js';");
    caught("page/section.js", "import '../main.js';");
    caught("main.js", "import uPlot from 'uplot';");
}

#[test]
fn what_only_looks_like_an_import_is_none() {
    for line in [
        "/** @import { Session } from '../bottleneck-web.js' */",
        "p('from ', number, ' to ');",
        "import { ramp } from './viridis.js';",
    ] {
        assert_eq!(imports_one_way(&Source::new("draw/line.js", line)), [""; 0]);
    }
}
