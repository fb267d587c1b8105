//! A census in pieces: put together it is the census at once, and what does not belong together is refused by name.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const LINK: &str = "v=1&exp=minima&epochs=40&networks=500";

/// Standard output and standard error of the twin.
fn twin(arguments: &[&str]) -> (String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_bottleneck")).args(arguments).output().expect("it starts");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (text(output.stdout), text(output.stderr))
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn kept(folder: &Path, name: &str, content: &str) -> String {
    let path = folder.join(name);
    fs::write(&path, content).expect("written");
    path.to_str().expect("UTF-8").into()
}

fn pieces(folder: &Path, cuts: &[u32]) -> Vec<String> {
    let train = |ends: &[u32]| {
        let (from, count) = (ends[0].to_string(), (ends[1] - ends[0]).to_string());
        let (piece, _) = twin(&["census", LINK, "--from", &from, "--count", &count, "--json"]);
        kept(folder, &from, &piece)
    };
    cuts.windows(2).map(train).collect()
}

fn merge(files: &[&str]) -> (String, String) {
    twin(&[&["merge"], files, &["--json"]].concat())
}

#[test]
fn seven_uneven_pieces_in_any_order_are_the_census_at_once() {
    let folder = folder("seven");
    let mut files = pieces(&folder, &[0, 1, 64, 131, 132, 300, 499, 500]);
    files.reverse();
    let object = |text: &str| {
        let mut object: serde_json::Value = serde_json::from_str(text).expect("an object");
        object.as_object_mut().expect("an object").remove("seconds");
        object
    };
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    assert_eq!(object(&merge(&files).0), object(&twin(&["census", LINK, "--json"]).0));
}

#[test]
fn pieces_that_overlap_leave_a_gap_or_were_tampered_with_are_refused_by_name() {
    let folder = folder("refused");
    let files = pieces(&folder, &[0, 200, 350, 500]);
    let [a, b, c] = [0, 1, 2].map(|k| files[k].as_str());
    let text = fs::read_to_string(b).expect("a piece");
    let changed = kept(&folder, "changed", &text.replace("\"from\":200", "\"from\":201"));
    let cut = kept(&folder, "cut", &text[..200]);
    let (other, _) = twin(&["census", "v=1&exp=minima&epochs=41&networks=500", "--count", "200", "--json"]);
    let other = kept(&folder, "other", &other);
    for (files, named) in [
        (vec![a, b, b, c], b),
        (vec![a, c], "networks 200 to 349 are missing"),
        (vec![a, b], "networks 350 to 499 are missing"),
        (vec![a, &changed, c], &changed),
        (vec![a, &cut, c], &cut),
        (vec![b, &other, c], &other),
    ] {
        let (said, _) = merge(&files);
        assert!(said.starts_with("{\"error\"") && said.contains(named), "{said}");
    }
}

#[test]
fn pieces_may_carry_the_digest_that_is_expected_or_not_and_only_one() {
    let folder = folder("checked");
    let whole: serde_json::Value =
        serde_json::from_str(&twin(&["census", LINK, "--json"]).0).expect("an object");
    let checked = whole["link"].as_str().expect("a link");
    let piece = |name: &str, link: &str, from: &str| {
        let (piece, _) = twin(&["census", link, "--from", from, "--count", "250", "--json"]);
        kept(&folder, name, &piece)
    };
    let wrong = format!("{LINK}&check=0123456789abcdef");
    let (bare, asking) = (piece("bare", LINK, "0"), piece("asking", checked, "250"));
    assert!(merge(&[&bare, &asking]).0.contains("\"verdict\":\"same\""));
    assert!(merge(&[&bare, &piece("wrong", &wrong, "250")]).0.contains("\"verdict\":\"differs\""));
    let other = piece("other", &wrong, "0");
    let (said, _) = merge(&[&other, &asking]);
    assert!(said.starts_with("{\"error\"") && said.contains("asks for another digest"), "{said}");
}

#[test]
fn what_is_rare_has_an_exact_interval_and_its_first_networks_as_links() {
    let whole: serde_json::Value =
        serde_json::from_str(&twin(&["census", LINK, "--json"]).0).expect("an object");
    let mut rare = 0;
    for (outcome, count) in whole["outcomes"].as_object().expect("counts") {
        let count = count.as_u64().expect("a count");
        let number = |value: &serde_json::Value| value.as_f64().expect("a number");
        let share = &whole["shares"][outcome];
        let (low, high) = (number(&share["exact"][0]), number(&share["exact"][1]));
        let seen = count as f64 / 500.0;
        assert!(low <= seen && seen <= high && number(&share["share"]) == seen, "{outcome}: {share}");
        let links = whole["first"][outcome].as_array().map_or(&[][..], Vec::as_slice);
        assert_eq!(links.len() as u64, count.min(10), "{outcome}");
        rare += links.len();
    }
    assert!(rare > 0);
    let link = whole["first"]["all_grey"][0].as_str().expect("a link");
    assert_eq!(link, "v=1&exp=inside&epochs=40&seed=5");
}

#[test]
fn a_proof_holds_for_its_network_and_for_no_other() {
    let folder = folder("proof");
    let files = pieces(&folder, &[0, 200, 500]);
    for k in ["0", "199", "200", "499"] {
        let (proof, _) = twin(&["prove", LINK, "--network", k, &files[0], &files[1]]);
        let file = kept(&folder, "proof", &proof);
        assert!(twin(&["verify", &file]).0.starts_with(&format!("Holds: network {k} of 500")));
        let told: serde_json::Value =
            serde_json::from_str(&twin(&["verify", &file, "--json"]).0).expect("an object");
        let written: serde_json::Value = serde_json::from_str(&proof).expect("an object");
        assert_eq!((&told["holds"], &told["networks"]), (&true.into(), &500.into()));
        for (key, of_the_proof) in
            [("network", "network"), ("outcome", "outcome"), ("root", "root"), ("link", "own")]
        {
            assert_eq!(told[key], written[of_the_proof], "{key}");
        }
        let moved = proof.replace(&format!("\"network\":{k}"), "\"network\":77");
        let (holds, said) = twin(&["verify", &kept(&folder, "moved", &moved)]);
        assert!(holds.is_empty() && said.contains("names another network"), "{said}");
    }
}

#[test]
fn a_damaged_proof_is_named_with_what_is_damaged_in_it() {
    let folder = folder("damaged");
    let whole = include_str!("../cluster/proof-99999999.json");
    let written: serde_json::Value = serde_json::from_str(whole).expect("an object");
    for (changed, sentence) in [
        (&["root"][..], "its root is no hash of 64 hexadecimal digits."),
        (&["path", "1"], "step 2 of its path is no hash of 64 hexadecimal digits."),
        (&["link"], "its link is refused, "),
    ] {
        let mut other = written.clone();
        match changed {
            [list, _] => other[*list][1] = "zz".into(),
            _ => other[changed[0]] = "zz".into(),
        }
        let file = kept(&folder, "proof", &other.to_string());
        let (_, said) = twin(&["verify", &file]);
        assert!(said.starts_with(&format!("{file} is damaged: {sentence}")), "{said}");
    }
}

#[test]
fn a_link_that_asks_for_another_digest_than_the_pieces_give_is_not_proved() {
    let files = pieces(&folder("asked"), &[0, 500]);
    let (merged, _) = merge(&[&files[0]]);
    let merged: serde_json::Value = serde_json::from_str(&merged).expect("an object");
    let digest = merged["digest"].as_str().expect("a digest");
    let asking =
        |check: &str| twin(&["prove", &format!("{LINK}&check={check}"), "--network", "3", &files[0]]);
    assert!(asking(digest).0.contains("\"network\":3"));
    let both = format!(
        "the pieces are of a census with the digest {digest}, and this link asks for 0123456789abcdef."
    );
    assert_eq!(asking("0123456789abcdef").1.trim(), both);
}

/// The census of `cluster/README.md`, trained once; whoever has the proof needs none of its other networks.
#[test]
fn the_last_of_a_hundred_million_networks_is_where_its_proof_says() {
    let proof = concat!(env!("CARGO_MANIFEST_DIR"), "/cluster/proof-99999999.json");
    let holds = "Holds: network 99999999 of 100000000 ended as all_grey, and is in the census with root \
                 c05d64a90d4631608ed16917db9c823aefdfa2660c7970e06a4a483c8ed9fb22.";
    assert!(twin(&["verify", proof]).0.starts_with(holds));
}
