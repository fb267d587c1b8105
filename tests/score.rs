//! A detector that was saved scores pictures as it did when it was trained, bit for bit; the command line at work.

mod program;

use program::{folder, json, run, said, scratch, text};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const FINE: Option<i32> = Some(0);
const REFUSED: Option<i32> = Some(2);

/// The link to the files of the tests at 16 × 16.
fn link() -> String {
    let digest = include_str!("golden-pictures.txt")
        .lines()
        .find_map(|line| line.strip_prefix("files "))
        .expect("the digest of the files");
    format!(
        "v=1&exp=own&data=own&images={digest}&normal=good&side=16&count=47&l1=9&code=3&l3=7&epochs=5&networks=3"
    )
}

/// Column `name` of a table, by the column `name` of the pictures.
fn column(csv: &Path, name: &str) -> BTreeMap<String, String> {
    let rows = fs::read_to_string(csv).expect("rows");
    let mut lines = rows.lines();
    let header: Vec<&str> = lines.next().expect("a header").split(',').collect();
    let at = |name| header.iter().position(|cell| *cell == name).expect("a column of this name");
    let (key, value) = (at("name"), at(name));
    let pair = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        (cells[key].to_owned(), cells[value].to_owned())
    };
    lines.map(pair).collect()
}

/// Trains the detector of the files, keeps network `k` and the rows, and gives both paths and the report.
fn trained(name: &str, rest: &str, k: &str) -> (PathBuf, PathBuf, Value) {
    let folder = scratch(name);
    let (file, rows) = (folder.join("detector.safetensors"), folder.join("own.csv"));
    let report = json(&[
        "own",
        &(link() + rest),
        "--pictures",
        &self::folder(),
        "--output",
        text(&file),
        "--network",
        k,
        "--csv",
        text(&rows),
    ]);
    assert_eq!(report["verdict"], "unchecked", "{report}");
    (file, rows, report)
}

#[test]
fn a_saved_detector_gives_the_scores_of_its_training_bit_by_bit() {
    for (model, k) in [("ca", "0"), ("va", "2")] {
        let (file, rows, report) = trained(&format!("score-{model}"), &format!("&model={model}"), k);
        let csv = rows.with_file_name("score.csv");
        let scored = json(&["score", "--network", text(&file), &folder(), "--csv", text(&csv)]);
        let expected = column(&rows, &format!("{model}_{k}"));
        assert_eq!((column(&csv, "score"), expected.len()), (expected.clone(), 47));
        let scores = scored["scores"].as_array().expect("a list");
        for one in scores {
            let bits = one["score"].to_string().parse::<f32>().expect("a number").to_bits();
            let name = one["name"].as_str().expect("a name");
            assert_eq!(bits, expected[name].parse::<f32>().expect("a number").to_bits(), "{name}");
        }
        let falling = scores.windows(2).all(|two| two[0]["score"].as_f64() >= two[1]["score"].as_f64());
        assert!(falling, "the oddest comes first");
        // The threshold of that network is the highest score of a picture that is held out.
        let parts = column(&rows, "part");
        let held_out = expected.iter().filter(|(name, _)| parts[*name] == "held_out");
        let highest = held_out.map(|(_, score)| score.parse::<f32>().expect("a number")).fold(0.0, f32::max);
        assert_eq!(scored["threshold"].to_string().parse(), Ok(highest));
        let above = scores.iter().filter(|one| one["above"] == true).count();
        let counted =
            expected.values().filter(|score| score.parse::<f32>().is_ok_and(|s| s > highest)).count();
        assert_eq!((above, scored["above"].as_u64()), (counted, Some(counted as u64)));
        assert_eq!(
            (&scored["model"], &scored["side"], &scored["pictures"]),
            (&model.into(), &16.into(), &47.into())
        );
        assert_eq!(scored["link"], report["link"]);
    }
}

#[test]
fn a_picture_has_its_score_alone_as_among_others() {
    let (file, rows, _) = trained("score-alone", "", "1");
    let all = column(&rows, "ca_1");
    for name in ["crack/of-100.pgm", "ring/420.jpg"] {
        let alone = json(&["score", "--network", text(&file), &format!("{}/{name}", folder())]);
        assert_eq!(alone["scores"].as_array().map(Vec::len), Some(1));
        assert_eq!(alone["scores"][0]["score"].to_string(), all[name]);
    }
    let turned =
        json(&["score", "--network", text(&file), &format!("{}/ring/420.jpg", folder()), "--invert"]);
    assert_ne!(turned["scores"][0]["score"].to_string(), all["ring/420.jpg"]);
}

#[test]
fn one_network_of_one_link_is_saved_as_well_and_is_the_one_of_its_digest() {
    let file = scratch("score-one").join("network.safetensors");
    let link = "v=1&exp=classical&side=8&count=20&l1=3&epochs=2";
    let report = json(&["reproduce", link, "-o", text(&file)]);
    let scored = json(&["score", "--network", text(&file), &folder()]);
    assert_eq!((&scored["network"], &scored["side"]), (&report["digest"], &8.into()));
    assert_eq!((&scored["threshold"], &scored["above"]), (&Value::Null, &Value::Null));
    assert!(scored["scores"].as_array().expect("a list").iter().all(|one| one["above"].is_null()));
    let words = said(&run(&["score", "--network", text(&file), &folder()]));
    assert!(words.contains("; there is no threshold, --threshold T gives one."), "{words}");
    let words = said(&run(&["score", "--network", text(&file), &folder(), "--threshold", "0"]));
    assert!(words.contains("; 47 above the threshold 0.") && words.lines().count() == 48, "{words}");
}

#[test]
fn more_false_alarms_are_saved_as_a_lower_threshold_and_none_where_nothing_is_held_out() {
    let file = scratch("score-threshold").join("detector.safetensors");
    let threshold = |rest: &str, more: &[&str]| {
        let link = format!("v=1&exp=own&normal=8&epochs=2&networks=1{rest}");
        let report = json(&[&["own", &link, "-o", text(&file)], more].concat());
        let digits = concat!(env!("CARGO_MANIFEST_DIR"), "/src/pictures/digits.npz");
        let scored = json(&["score", "--network", text(&file), digits]);
        (report["threshold"]["ca"]["median"].as_f64().map(|level| level as f32), scored["threshold"].clone())
    };
    for more in [&[][..], &["--false-alarms", "0.1"]] {
        let (trained, saved) = threshold("", more);
        assert_eq!(saved.to_string().parse().ok(), trained, "{more:?}");
        assert!(trained.is_some());
    }
    assert_eq!(threshold("&holdout=0", &[]), (None, Value::Null));
}

#[test]
fn what_cannot_be_read_is_named_and_costs_the_others_nothing() {
    let (file, _, _) = trained("score-refused", "", "0");
    let pictures = scratch("score-refused-pictures");
    fs::write(pictures.join("a.txt"), "hello").expect("a file");
    fs::write(pictures.join("b.pgm"), "P2 1 1 255 7").expect("a file");
    fs::write(pictures.join("c.pgm"), "P2 9 9 255 7").expect("a file");
    let scored = json(&["score", "--network", text(&file), text(&pictures)]);
    assert_eq!((&scored["pictures"], &scored["scores"][0]["name"]), (&1.into(), &"b.pgm".into()));
    let refused: Vec<&str> =
        scored["refused"].as_array().expect("a list").iter().filter_map(|one| one["path"].as_str()).collect();
    assert!(refused.len() == 2 && refused[0].ends_with("a.txt") && refused[1].ends_with("c.pgm"), "{scored}");
    // None at all: an error, and no file of rows is spoilt.
    fs::remove_file(pictures.join("b.pgm")).expect("it was there");
    let rows = pictures.join("rows");
    fs::write(&rows, "kept").expect("a file");
    let arguments = ["score", "--network", text(&file), text(&pictures), "--csv", text(&rows)];
    let output = run(&arguments);
    assert_eq!((output.status.code(), fs::read_to_string(&rows).expect("rows")), (REFUSED, "kept".into()));
    assert!(json(&arguments)["error"].is_string(), "{}", said(&output));
}

#[test]
fn a_file_that_holds_no_network_is_refused_with_a_sentence_and_2() {
    let (file, _, _) = trained("score-hostile", "", "0");
    let whole = fs::read(&file).expect("a file");
    let other = file.with_file_name("other.safetensors");
    // The paper's network on four pixels, of which no set of pictures has as few.
    let paper = file.with_file_name("paper.safetensors");
    assert_eq!(run(&["reproduce", "v=1&exp=inside&epochs=1", "-o", text(&paper)]).status.code(), FINE);
    let changed = |from: &str, to: &str| {
        let at = whole.windows(from.len()).position(|bytes| bytes == from.as_bytes()).expect("it is there");
        [&whole[..at], to.as_bytes(), &whole[at + from.len()..]].concat()
    };
    for (bytes, sentence) in [
        (&[][..], "it is no whole safetensors file: "),
        (&whole[..whole.len() - 4], "it is no whole safetensors file: "),
        (&[&whole[..], &[0; 4]].concat(), "it is no whole safetensors file: "),
        (&[&[255; 8], &whole[8..]].concat(), "it is no whole safetensors file: "),
        (b"P2 1 1 255 7", "it is no whole safetensors file: "),
        (&changed("\"F32\"", "\"I32\""), "its tensor l1.weight is of I32, not of F32."),
        (&changed("[256,9]", "[9,256]"), "its tensor l1.bias has the shape [9] instead of [256]."),
        (&changed("[256,9]", "[768,3]"), "its layer l1 has 768 inputs, and pictures are squares"),
        (&changed("[256,9]", "[64,36]"), "its tensor l1.bias has the shape [9] instead of [36]."),
        (&changed("l3.bias", "l4.bias"), "its tensor l3.bias is missing."),
        (&vec![0; 16_000_001], "it has more than 16 MB, and no network of this program has."),
        (
            &fs::read(&paper).expect("a file"),
            "copies pictures of 2 × 2 pixels, and score takes networks of 4 to 64 pixels across.",
        ),
    ] {
        fs::write(&other, bytes).expect("a file");
        let output = run(&["score", "--network", text(&other), &folder()]);
        assert_eq!(output.status.code(), REFUSED);
        assert!(said(&output).contains(sentence), "{sentence}: {}", said(&output));
    }
    let header = String::from_utf8_lossy(&whole);
    let rest = header.split("\"threshold\":\"").nth(1).expect("a threshold in the metadata");
    let level = rest.split('"').next().expect("its end");
    fs::write(&other, changed(level, &"x".repeat(level.len()))).expect("a file");
    let output = run(&["score", "--network", text(&other), &folder()]);
    assert!(said(&output).contains("which is no number from 0 on."), "{}", said(&output));
    assert_eq!(run(&["score", "--network", text(&other), &folder(), "--threshold", "1"]).status.code(), FINE);
}

#[test]
fn a_call_that_cannot_be_carried_out_ends_with_2_and_a_sentence() {
    let (own, one) = ("v=1&exp=own&epochs=1&networks=2", "v=1&exp=classical&epochs=1");
    for (arguments, sentence) in [
        (&["score"][..], "expected: score and a PATH, of a file or a folder"),
        (&["score", "x.png"], "score takes --network FILE, a network as .safetensors"),
        (&["score", "--network", "nowhere", "x.png"], "--network nowhere cannot be read: "),
        (&["score", "--network", env!("CARGO_TARGET_TMPDIR"), "x.png"], "cannot be read: it is no file"),
        (
            &["score", "--network", "x", "x.png", "--threshold", "-1"],
            "--threshold -1 cannot be read: it takes a number",
        ),
        (&["score", "--network", "x", "x.png", "--threshold", "NaN"], "--threshold NaN cannot be read"),
        (&["score", "--network", "x", "x.png", "--fit", "x"], "--fit x cannot be read: it takes crop or pad"),
        (
            &["score", "--network", "x", "x.png", "--side", "8"],
            "--side is not for score, which asks a network",
        ),
        (&["score", "--network", "x", "x.png", "-o", "y"], "--output is not for score"),
        (&["own", own, "--threshold", "1"], "--threshold is for the command score"),
        (
            &["own", own, "-o", "x", "--network", "2"],
            "there is no network 2: this link trains networks 0 to 1",
        ),
        (
            &["own", own, "-o", "x", "--network", "y"],
            "--network y cannot be read: it takes the number of a network",
        ),
        (&["own", own, "--network", "1"], "--network is for prove, for score, and says which network"),
        (
            &["reproduce", one, "-o", "x", "--network", "0"],
            "--network is for prove, for score, and says which",
        ),
        (
            &["duel", "v=1&exp=duel", "-o", "x"],
            "--output is for a link that trains one network or a set of pictures",
        ),
        (&["own", own, "-o", "nowhere/x"], "--output nowhere/x cannot be written: "),
        (
            &["census", "v=1&exp=minima", "--count", "1", "--json", "-o", "x"],
            "--output is not for a census in pieces",
        ),
        (
            &["census", "v=1&exp=minima", "--count", "abc", "--json"],
            "--count abc cannot be read: it takes a whole number of networks, from 1",
        ),
        (
            &["prove", "v=1&exp=minima", "--network", "x", "y"],
            "--network x cannot be read: it takes the number",
        ),
    ] {
        let output = run(arguments);
        assert!(said(&output).contains(sentence), "{arguments:?}: {}", said(&output));
        assert_eq!(output.status.code(), REFUSED, "{arguments:?}");
        let all = [arguments, &["--json"][..]].concat();
        assert!(json(&all)["error"].as_str().is_some_and(|error| error.contains(sentence)), "{arguments:?}");
    }
    assert!(!Path::new("x").exists());
}

#[test]
fn a_network_that_diverged_is_not_saved_and_the_file_stays_as_it_was() {
    let file = scratch("score-diverged").join("network.safetensors");
    fs::write(&file, "kept").expect("a file");
    let link = "v=1&exp=own&lr=10&opt=sgd&model=va&beta=100&epochs=20&networks=1";
    let output = run(&["own", link, "-o", text(&file)]);
    assert_eq!((output.status.code(), fs::read_to_string(&file).expect("a file")), (Some(1), "kept".into()));
    assert!(said(&output).contains("The network left the finite numbers and is not saved."));
}
