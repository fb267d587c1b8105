//! What is done to the page that Trunk has built and is about to put into `dist/`: it is bundled, and `sw.js` learns
//! which files there are, so that it can keep them for reading without a network. A page that is watched stays as its
//! sources are.

use std::{env, fs, path::Path};

use sha2::{Digest, Sha256};

use xshell::Shell;

use crate::{Result, bundle, say};

/// A line of `sw.js` that is written here, up to its value.
const FILES: &str = "const FILES = ";
const VERSION: &str = "const VERSION = ";

/// Finishes the folder that Trunk names to its hooks.
pub fn finish(sh: &Shell) -> Result<()> {
    let folder = env::var("TRUNK_STAGING_DIR")
        .map_err(|_| "this is for Trunk, which says where the page is staged")?;
    let folder = Path::new(&folder);
    let page = folder.join("index.html");
    let html = addressed(&fs::read_to_string(&page)?, env::var("BOTTLENECK_ADDRESS").ok().as_deref());
    if is_watched(&html) {
        fs::write(page, unguarded(&html))?;
        return Ok(fs::remove_file(folder.join("sw.js"))?);
    }
    let bundled = bundle::is_there(sh);
    if bundled {
        let release = hash(folder, &sorted(folder)?)?;
        bundle::bundle(sh, folder, &release)?;
        for wasm in WASM {
            stamp(&folder.join(wasm), &release)?;
        }
        let main = fs::read_to_string(folder.join("main.js"))?;
        fs::write(page, bundle::preloading(&bundle::shortened(&html), &bundle::waits_for(&main)))?;
    } else {
        fs::write(page, &html)?;
        say("the page is not bundled, as esbuild is missing; 'cargo xtask build' installs it");
    }
    let mut files = sorted(folder)?;
    // The page never asks for it: it is for those who show a card of a link.
    files.retain(|file| file != CARD);
    if bundled {
        // The page has these inside other scripts, and never asks for them.
        files.retain(|file| !bundle::GLUE.contains(&file.as_str()));
    }
    let version = hash(folder, &files)?;
    let worker = folder.join("sw.js");
    let text = filled(&fs::read_to_string(&worker)?, &files, &version)
        .ok_or("sw.js has no line for its files, or none for its version")?;
    fs::write(&worker, text)?;
    if bundled {
        bundle::minify(sh, &worker, "es2022")?;
    }
    Ok(())
}

/// The picture that a pasted link shows.
const CARD: &str = "card.png";

/// The page with the whole address of its card, where `address` says where it will be: nobody looks for a relative one.
fn addressed(html: &str, address: Option<&str>) -> String {
    let Some(folder) =
        address.map(|address| address.trim_end_matches('/')).filter(|folder| !folder.is_empty())
    else {
        return html.to_owned();
    };
    let url = format!("<meta property=\"og:url\" content=\"{folder}/\">\n");
    let image = "<meta property=\"og:image\" content=\"";
    html.replace(&format!("{image}{CARD}"), &format!("{url}{image}{folder}/{CARD}"))
}

/// What Trunk makes of the package `web`, of the part of it that comes first, and of that of `pictures`.
const WASM: [&str; 3] =
    ["bottleneck-web_bg.wasm", "bottleneck-first-web_bg.wasm", "bottleneck-pictures-web_bg.wasm"];

/// Every file below the folder that may be asked for, in order.
fn sorted(folder: &Path) -> Result<Vec<String>> {
    let mut files = Vec::new();
    list(folder, "", &mut files)?;
    files.sort();
    Ok(files)
}

/// The beginning of the SHA-256 of all these files.
fn hash(folder: &Path, files: &[String]) -> Result<String> {
    let mut all = Sha256::new();
    for file in files {
        all.update(fs::read(folder.join(file))?);
    }
    Ok(all.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect())
}

/// Writes the release into the wasm, as a custom section of that name, in the place of those that its makers left there:
/// names and tools, which are for debuggers.
fn stamp(wasm: &Path, release: &str) -> Result<()> {
    const NAME: &str = "release";
    let content = [&[NAME.len() as u8], NAME.as_bytes(), release.as_bytes()].concat();
    // Section 0; its size, below 128, is one byte.
    let section = [&[0, content.len() as u8], &content[..]].concat();
    let mut bytes = without_custom_sections(&fs::read(wasm)?).ok_or("the wasm ends within a section")?;
    bytes.extend(section);
    Ok(fs::write(wasm, bytes)?)
}

/// A module is a head of eight bytes and its sections, each an identifier, a length in LEB128 and so many bytes; those
/// with the identifier 0 are custom ones.
fn without_custom_sections(module: &[u8]) -> Option<Vec<u8>> {
    let (head, mut rest) = module.split_at_checked(8)?;
    let mut kept = head.to_vec();
    while let Some((&identifier, after)) = rest.split_first() {
        let digits = after.iter().position(|byte| byte & 0x80 == 0)? + 1;
        let length = after[..digits].iter().rev().fold(0, |sum, byte| sum << 7 | usize::from(byte & 0x7f));
        let (section, others) = rest.split_at_checked(1 + digits + length)?;
        if identifier != 0 {
            kept.extend(section);
        }
        rest = others;
    }
    Some(kept)
}

/// While `trunk serve` watches, it adds a script that loads the page again after each change.
fn is_watched(html: &str) -> bool {
    html.contains("<script>") || html.contains("<script nonce")
}

/// The page without the lines that would keep that script from running, or old files from being replaced.
fn unguarded(html: &str) -> String {
    let guards = ["http-equiv=\"Content-Security-Policy\"", "name=\"offline\""];
    let kept = html.lines().filter(|line| !guards.iter().any(|guard| line.contains(guard)));
    kept.flat_map(|line| [line, "\n"]).collect()
}

/// Every file that a browser asks for, by its address below the page's.
fn list(folder: &Path, prefix: &str, files: &mut Vec<String>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            list(&entry.path(), &format!("{name}/"), files)?;
        } else if name != "sw.js" && !name.ends_with(".d.ts") {
            files.push(name);
        }
    }
    Ok(())
}

fn filled(script: &str, files: &[String], version: &str) -> Option<String> {
    let mut found = 0;
    let mut line = |line: &str| {
        let value = [(FILES, format!("'{}'.split(' ')", files.join(" "))), (VERSION, format!("'{version}'"))];
        match value.into_iter().find(|(start, _)| line.starts_with(start)) {
            Some((start, value)) => {
                found += 1;
                format!("{start}{value};\n")
            }
            None => format!("{line}\n"),
        }
    };
    let text = script.lines().map(&mut line).collect();
    (found == 2).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_card_of_a_link_has_a_whole_address_where_the_page_knows_it() {
        let html = "<meta property=\"og:image\" content=\"card.png\">\n";
        assert_eq!(addressed(html, None), html);
        assert_eq!(addressed(html, Some("")), html);
        let whole = "<meta property=\"og:url\" content=\"https://example.org/a/\">\n\
            <meta property=\"og:image\" content=\"https://example.org/a/card.png\">\n";
        for address in ["https://example.org/a/", "https://example.org/a"] {
            assert_eq!(addressed(html, Some(address)), whole);
        }
    }

    #[test]
    fn a_module_loses_its_custom_sections_and_keeps_the_others() {
        let head = b"\0asm\x01\0\0\0";
        let long = [&[10, 0x82, 0x01], &[7; 130][..]].concat();
        let custom = [0, 3, 1, b'n', 5];
        let module = [&head[..], &custom, &[1, 1, 9], &long, &custom].concat();
        assert_eq!(without_custom_sections(&module), Some([&head[..], &[1, 1, 9], &long].concat()));
        assert_eq!(without_custom_sections(&module[..module.len() - 1]), None);
        assert_eq!(without_custom_sections(head), Some(head.to_vec()));
    }

    #[test]
    fn the_page_has_a_card() {
        let html = include_str!("../../www/index.html");
        assert!(addressed(html, Some("https://example.org")).contains("\"https://example.org/card.png\""));
    }

    #[test]
    fn the_two_lines_of_the_worker_are_filled_and_a_third_is_missed() {
        let files = ["engine/worker/engine.js".to_owned(), "index.html".to_owned()];
        let script = "const VERSION = '';\nconst FILES = [''];\nrun();\n";
        let filled_in = "const VERSION = '01ab';\nconst FILES = 'engine/worker/engine.js index.html'.split(' ');\nrun();\n";
        assert_eq!(filled(script, &files, "01ab").as_deref(), Some(filled_in));
        assert_eq!(filled("run();", &files, "01ab"), None);
    }

    #[test]
    fn a_page_that_is_watched_loses_its_guards_and_nothing_else() {
        let page = "<head>\n<meta http-equiv=\"Content-Security-Policy\" content=\"\">\n<meta name=\"offline\" content=\"sw.js\">\n<script type=\"module\" src=\"main.js\"></script>\n";
        assert!(!is_watched(page));
        let watched = format!("{page}<script>reload()</script>\n");
        assert!(is_watched(&watched));
        assert_eq!(
            unguarded(&watched),
            "<head>\n<script type=\"module\" src=\"main.js\"></script>\n<script>reload()</script>\n"
        );
    }
}
