//! The command line: what is wrong is said before the work begins, and no result is ever lost.

use bottleneck::recipe::Link;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const CENSUS: &str = "v=1&exp=minima&epochs=50&networks=20";
const DUEL: &str = "v=1&exp=duel&data=quad&epochs=50&networks=3";
const ANOMALIES: &str = "v=1&exp=anomalies&side=8&count=20&epochs=2&networks=1";
const OWN: &str = "v=1&exp=own&epochs=2&networks=2";
const ONE: &str = "v=1&exp=classical&data=quad&epochs=50";

const FINE: Option<i32> = Some(0);
const DIFFERS: Option<i32> = Some(1);
const REFUSED: Option<i32> = Some(2);
const UNWRITTEN: Option<i32> = Some(3);

fn twin(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bottleneck"));
    command.args(arguments);
    command
}

fn run(arguments: &[&str]) -> Output {
    twin(arguments).output().expect("the twin starts")
}

fn words(arguments: &[&str]) -> String {
    String::from_utf8(run(arguments).stdout).expect("UTF-8")
}

fn complaint(output: &Output) -> String {
    let text = String::from_utf8(output.stderr.clone()).expect("UTF-8");
    assert!(!text.contains("panicked") && !text.contains("backtrace"), "{text}");
    text
}

fn json(arguments: &[&str]) -> Value {
    let output = run(&[arguments, &["--json"]].concat());
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{arguments:?}: {error}"))
}

/// A path of this test's own; nothing is there yet.
fn scratch(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_file(&path);
    path
}

fn shown(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

#[test]
fn reproduce_trains_what_the_experiment_of_the_link_trains() {
    for (command, link) in [("census", CENSUS), ("duel", DUEL), ("anomalies", ANOMALIES), ("own", OWN)] {
        let (mut own, mut reproduced) = (json(&[command, link]), json(&["reproduce", link]));
        for report in [&mut own, &mut reproduced] {
            assert_eq!(report["verdict"], "unchecked", "{report}");
            report.as_object_mut().expect("an object").remove("seconds");
        }
        assert_eq!(own, reproduced, "{link}");
        assert_eq!(own["link"], format!("{link}&check={}", own["digest"].as_str().expect("a digest")));
    }
}

#[test]
fn a_link_that_one_command_prints_is_confirmed_by_every_command_that_takes_it() {
    for (commands, link) in [
        (&["reproduce", "census"][..], CENSUS),
        (&["reproduce", "duel"], DUEL),
        (&["reproduce", "anomalies"], ANOMALIES),
        (&["reproduce", "own"], OWN),
        (&["reproduce"], ONE),
        (&["reproduce"], "v=1&exp=inside&epochs=50"),
        (&["reproduce"], "v=1&exp=variational&data=quad&epochs=50"),
    ] {
        for printer in commands {
            let printed = words(&[printer, link]);
            let proved = printed.lines().last().expect("a link in the last line");
            assert!(proved.starts_with(link) && proved.contains("&check="), "{printed}");
            for witness in commands {
                let output = run(&[witness, proved]);
                let said = String::from_utf8_lossy(&output.stdout);
                assert!(output.status.code() == FINE && said.contains("Same bits as the link."), "{said}");
            }
        }
        let wrong = format!("{link}&check=0123456789abcdef");
        for command in commands {
            let output = run(&[command, &wrong]);
            let said = String::from_utf8_lossy(&output.stdout);
            assert_eq!(output.status.code(), DIFFERS, "{said}");
            assert!(said.contains("Differs: the link asks for 0123456789abcdef."), "{said}");
            assert_eq!(json(&[command, &wrong])["verdict"], "differs");
        }
    }
}

#[test]
fn a_run_that_diverges_says_so_and_ends_with_1() {
    for link in [
        "v=1&exp=variational&data=quad&lr=10&opt=sgd&loss=bce&epochs=300&beta=100",
        "v=1&exp=duel&data=quad&lr=10&opt=sgd&beta=100&epochs=200&networks=2",
        "v=1&exp=anomalies&side=8&count=20&lr=10&opt=sgd&beta=100&networks=1&epochs=100",
        "v=1&exp=own&lr=10&opt=sgd&model=va&beta=100&epochs=20&networks=2",
    ] {
        let output = run(&["reproduce", link]);
        let said = String::from_utf8_lossy(&output.stdout);
        assert_eq!(output.status.code(), DIFFERS, "{said}");
        assert!(
            said.contains("left the finite numbers") && said.contains("Diverged: there is no digest."),
            "{said}"
        );
    }
}

#[test]
fn a_command_names_what_would_train_a_link_of_another_experiment() {
    for (command, link, sentence) in [
        (
            "anomalies",
            "v=1&exp=classical",
            "anomalies trains links with exp=anomalies, and this one has exp=classical: reproduce trains it.",
        ),
        (
            "census",
            DUEL,
            "census trains links with exp=minima, and this one has exp=duel: duel or reproduce trains it.",
        ),
        (
            "census",
            "v=1&exp=inside",
            "census trains links with exp=minima, and this one has exp=inside: reproduce trains it.",
        ),
        (
            "duel",
            "v=1&exp=classical",
            "duel trains links with exp=duel, and this one has exp=classical: reproduce trains it.",
        ),
        (
            "duel",
            ANOMALIES,
            "duel trains links with exp=duel, and this one has exp=anomalies: anomalies or reproduce trains it.",
        ),
        (
            "anomalies",
            CENSUS,
            "anomalies trains links with exp=anomalies, and this one has exp=minima: census or reproduce trains it.",
        ),
    ] {
        let output = run(&[command, link]);
        assert_eq!(complaint(&output).trim(), sentence);
        assert_eq!((output.status.code(), output.stdout.len()), (REFUSED, 0), "{command} {link}");
        assert_eq!(format!("{}.", json(&[command, link])["error"].as_str().expect("a sentence")), sentence);
    }
}

#[test]
fn what_is_wrong_with_a_call_is_one_object_with_error_where_json_was_asked_for() {
    for arguments in [
        &[][..],
        &["reproduce"],
        &["reproduce", ONE, "more"],
        &["train", ONE],
        &["reproduce", ONE, "--colour"],
        &["reproduce", ONE, "--json=yes"],
        &["reproduce", "v=1&exp=classical&lr=fast"],
        &["reproduce", "v=2"],
        &["census", DUEL],
        &["census", CENSUS, "--csv"],
        &["census", CENSUS, "--csv", "/nowhere/at/all.csv"],
        &["duel", DUEL, "--csv", "rows.csv"],
        &["census", CENSUS, "--parameters"],
    ] {
        for all in [[arguments, &["--json"]].concat(), [&["--json"], arguments].concat()] {
            // Here the last word is the name of the file.
            if all.ends_with(&["--csv", "--json"]) {
                continue;
            }
            let output = run(&all);
            let said: Value =
                serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{all:?}: {e}"));
            let sentence = said["error"].as_str().unwrap_or_else(|| panic!("{all:?}: {said}"));
            assert!(!sentence.is_empty() && !sentence.contains('\n'), "{sentence}");
            assert_eq!((output.status.code(), complaint(&output).as_str()), (REFUSED, ""), "{all:?}");
        }
        let output = run(arguments);
        assert_eq!((output.status.code(), output.stdout.len()), (REFUSED, 0), "{arguments:?}");
        assert!(!complaint(&output).is_empty(), "{arguments:?}");
    }
}

#[test]
fn options_that_a_link_has_no_use_for_are_refused_before_the_work() {
    let long = "v=1&exp=duel&networks=30";
    let csv = scratch("no-rows.csv");
    let output = run(&["reproduce", long, "--csv", shown(&csv)]);
    assert_eq!(output.status.code(), REFUSED);
    assert_eq!(
        complaint(&output),
        "--csv is for the networks of a census, exp=minima, and the pictures of a set, exp=own, and this link has exp=duel.\n"
    );
    assert!(!csv.exists());
    let output = run(&["reproduce", long, "--parameters"]);
    assert_eq!(output.status.code(), REFUSED);
    assert_eq!(
        complaint(&output),
        "--parameters is for a link that trains one network, and exp=duel trains many.\n"
    );
}

#[test]
fn the_rows_of_a_census_are_written_by_every_command_that_trains_it() {
    let csv = scratch("rows.csv");
    let mut written = Vec::new();
    for command in ["census", "reproduce"] {
        fs::write(&csv, "older and longer than what comes ".repeat(10_000)).expect("a file");
        let output = run(&[command, CENSUS, "--csv", shown(&csv)]);
        assert_eq!(output.status.code(), FINE, "{}", complaint(&output));
        written.push(fs::read_to_string(&csv).expect("rows"));
    }
    assert_eq!(written[0], written[1]);
    assert_eq!(written[0].lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit())).count(), 20);
}

#[test]
fn a_file_that_cannot_be_written_is_said_before_the_work_begins() {
    // A census of some minutes, refused at once.
    let long = "v=1&exp=minima&networks=100000";
    let folder = env!("CARGO_TARGET_TMPDIR");
    for path in [folder, "/nowhere/at/all.csv"] {
        let output = run(&["census", long, "--csv", path]);
        assert_eq!((output.status.code(), output.stdout.len()), (REFUSED, 0));
        let said = complaint(&output);
        assert!(said.starts_with(&format!("--csv {path} cannot be written: ")), "{said}");
    }
}

#[test]
fn a_refused_link_leaves_the_file_of_rows_as_it_was() {
    let csv = scratch("kept.csv");
    fs::write(&csv, "kept").expect("a file");
    let output = run(&["census", "v=1&exp=minima&lr=fast", "--csv", shown(&csv)]);
    assert_eq!(output.status.code(), REFUSED);
    assert_eq!(fs::read_to_string(&csv).expect("the file"), "kept");
}

/// What lies in an empty folder of this test's own after a run.
fn left_by(name: &str, arguments: impl Fn(&str) -> Output) -> Vec<String> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir(&folder).expect("a folder");
    arguments(shown(&folder));
    let entries =
        fs::read_dir(&folder).expect("the folder").map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<String> = entries.map(|name| name.into_string().expect("UTF-8")).collect();
    names.sort_unstable();
    names
}

#[test]
fn a_run_that_comes_to_nothing_leaves_no_file_behind() {
    let own = "v=1&exp=own&data=own&images=0123456789abcdef&side=4&count=1&epochs=1&networks=1";
    let left = left_by("nothing-left", |folder| {
        let (rows, network) = (format!("{folder}/rows.csv"), format!("{folder}/network"));
        let output = run(&["own", own, "--pictures", folder, "--csv", &rows, "-o", &network]);
        assert_eq!(output.status.code(), REFUSED, "{}", complaint(&output));
        let diverges = "v=1&exp=variational&data=quad&lr=10&opt=sgd&loss=bce&epochs=300&beta=100";
        assert_eq!(run(&["reproduce", diverges, "-o", &network]).status.code(), DIFFERS);
        run(&["pictures", folder, "-o", &network])
    });
    assert_eq!(left, [""; 0]);
}

#[test]
fn what_was_written_stands_in_its_place_alone() {
    let left = left_by("alone-in-place", |folder| {
        fs::write(format!("{folder}/rows.csv.part"), "somebody's own").expect("a file");
        run(&["census", CENSUS, "--csv", &format!("{folder}/rows.csv")])
    });
    assert_eq!(left, ["rows.csv", "rows.csv.part"]);
}

#[test]
fn rows_and_network_do_not_go_into_one_file() {
    let csv = scratch("both");
    let folder = shown(csv.parent().expect("a folder"));
    let other = format!("{folder}/../{}/both", folder.rsplit('/').next().expect("a name"));
    for output in [shown(&csv), &other] {
        let output = run(&["own", OWN, "--csv", shown(&csv), "-o", output]);
        assert_eq!(output.status.code(), REFUSED);
        let said = complaint(&output);
        assert!(said.starts_with("--csv and --output are one file, ") && said.lines().count() == 1, "{said}");
    }
    assert!(!csv.exists());
}

#[test]
fn help_is_given_when_asked_for() {
    for arguments in [&["--help"][..], &["-h"], &["reproduce", "--help"]] {
        let output = run(arguments);
        assert_eq!(output.status.code(), FINE);
        assert!(
            String::from_utf8_lossy(&output.stdout).contains("bottleneck reproduce '<link or fragment>'")
        );
    }
}

#[test]
fn a_link_that_was_mangled_on_its_way_is_reproduced() {
    let mangled = format!("<https://example.org/#{}>", ONE.replace('=', "%3D").replace('&', "&amp;"));
    let link = json(&["reproduce", &mangled])["link"].as_str().map(Link::parse);
    assert!(link.is_some_and(|link| link.is_ok_and(|link| link.to_string().starts_with(ONE))));
}

#[cfg(target_os = "linux")]
mod on_linux {
    use super::*;
    use std::io::Read;

    /// What is said, and the code, when nobody reads the report any more.
    fn unread(arguments: &[&str]) -> (Option<i32>, String) {
        let mut child =
            twin(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the twin starts");
        drop(child.stdout.take());
        let mut said = String::new();
        child.stderr.take().expect("a pipe").read_to_string(&mut said).expect("UTF-8");
        (child.wait().expect("an end").code(), said)
    }

    fn to_a_full_disk(arguments: &[&str]) -> Output {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("Linux has one");
        twin(arguments).stdout(full).output().expect("the twin starts")
    }

    #[test]
    fn a_reader_who_leaves_early_changes_nothing() {
        let differing = format!("{ONE}&check=0123456789abcdef");
        for (arguments, code) in [
            (&["reproduce", ONE, "--parameters"][..], FINE),
            (&["reproduce", ONE, "--json"], FINE),
            (&["reproduce", &differing], DIFFERS),
            (&["census", CENSUS], FINE),
            (&["duel", DUEL], FINE),
            (&["anomalies", ANOMALIES], FINE),
            (&["--help"], FINE),
            (&["train", "--json"], REFUSED),
        ] {
            assert_eq!(unread(arguments), (code, String::new()), "{arguments:?}");
        }
    }

    #[test]
    fn a_report_that_finds_no_room_is_said_to_be_lost() {
        for arguments in [
            &["reproduce", ONE][..],
            &["reproduce", ONE, "--json"],
            &["census", CENSUS],
            &["duel", DUEL, "--json"],
            &["anomalies", ANOMALIES],
            &["--help"],
        ] {
            let output = to_a_full_disk(arguments);
            let said = complaint(&output);
            assert!(
                said.starts_with("The report cannot be written: ") && said.lines().count() == 1,
                "{said}"
            );
            assert_eq!(output.status.code(), UNWRITTEN, "{arguments:?}");
        }
    }

    #[test]
    fn rows_that_find_no_room_take_no_report_with_them() {
        for json in [false, true] {
            let arguments = ["census", CENSUS, "--csv", "/dev/full", "--json"];
            let output = run(&arguments[..if json { 5 } else { 4 }]);
            assert_eq!(output.status.code(), UNWRITTEN);
            assert!(complaint(&output).starts_with("/dev/full cannot be written: "));
            let report = String::from_utf8_lossy(&output.stdout);
            assert!(report.contains("solved") && report.contains("&check="), "{report}");
        }
    }

    #[test]
    fn what_finds_no_room_is_an_error_of_the_object_and_nothing_that_was_written() {
        let pictures = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/pictures/good");
        for arguments in [
            &["census", CENSUS, "--csv", "/dev/full"][..],
            &["reproduce", ONE, "-o", "/dev/full"],
            &["pictures", pictures, "-o", "/dev/full"],
        ] {
            let report = json(arguments);
            let error = report["error"].as_str().unwrap_or_else(|| panic!("{report}"));
            assert!(error.starts_with("/dev/full cannot be written: "), "{error}");
            assert!(report["link"].is_string() && report["written"].is_null(), "{report}");
            let said = words(arguments);
            assert!(!said.contains("Written to"), "{said}");
        }
    }

    #[test]
    fn what_was_in_a_file_stays_where_the_next_finds_no_room() {
        let csv = scratch("full.csv");
        fs::write(&csv, "kept").expect("a file");
        // Files of no length: what is written into one fails as on a full disk.
        let script = "ulimit -f 0; trap '' XFSZ; exec \"$@\"";
        let mut command = Command::new("sh");
        command.args(["-c", script, "sh", env!("CARGO_BIN_EXE_bottleneck")]);
        let output = command.args(["census", CENSUS, "--csv", shown(&csv)]).output().expect("a shell");
        assert_eq!(output.status.code(), UNWRITTEN, "{}", complaint(&output));
        assert_eq!(fs::read_to_string(&csv).expect("the file"), "kept");
        assert!(!csv.with_file_name("full.csv.part").exists());
    }

    #[test]
    fn a_link_to_a_file_stays_one_and_the_file_keeps_who_may_read_it() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let (csv, link) = (scratch("led-to.csv"), scratch("leads.csv"));
        fs::write(&csv, "older").expect("a file");
        fs::set_permissions(&csv, fs::Permissions::from_mode(0o600)).expect("its owner");
        symlink(&csv, &link).expect("a link");
        assert_eq!(run(&["census", CENSUS, "--csv", shown(&link)]).status.code(), FINE);
        assert!(fs::symlink_metadata(&link).expect("the link").is_symlink());
        assert!(fs::read_to_string(&csv).expect("rows").lines().count() > 20);
        assert_eq!(fs::metadata(&csv).expect("the file").permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn rows_are_kept_where_the_report_finds_no_room() {
        let csv = scratch("alone.csv");
        let output = to_a_full_disk(&["census", CENSUS, "--csv", shown(&csv)]);
        assert_eq!(output.status.code(), UNWRITTEN);
        assert!(fs::read_to_string(&csv).expect("rows").lines().count() > 20);
    }

    #[test]
    fn arguments_that_are_no_unicode_are_refused_with_a_sentence() {
        use std::os::unix::ffi::OsStrExt;
        let wrong = std::ffi::OsStr::from_bytes(b"v=1&exp=\xff");
        let output = twin(&["reproduce", "--json"]).arg(wrong).output().expect("the twin starts");
        let said: Value = serde_json::from_slice(&output.stdout).expect("one object");
        assert!(said["error"].is_string() && output.status.code() == REFUSED, "{said}");
        let output = twin(&["reproduce"]).arg(wrong).output().expect("the twin starts");
        let sentence = "the argument v=1&exp=\u{fffd} cannot be read: it is not UTF-8.\n";
        assert_eq!((complaint(&output).as_str(), output.status.code()), (sentence, REFUSED));
    }

    #[test]
    fn a_file_whose_name_is_no_unicode_is_read_all_the_same() {
        use std::os::unix::ffi::OsStrExt;
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("no-unicode");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir(&folder).expect("a folder");
        let name = std::ffi::OsStr::from_bytes(b"caf\xe9.pgm");
        fs::write(folder.join(name), "P2 1 1 255 7").expect("a file");
        let report = json(&["pictures", shown(&folder)]);
        assert_eq!(
            (&report["pictures"], &report["refused"]),
            (&1.into(), &serde_json::json!([])),
            "{report}"
        );
    }
}

#[test]
fn a_link_to_a_moment_is_trained_to_its_end_and_shows_that_moment() {
    let whole = json(&["reproduce", "v=1&exp=inside&epochs=50"]);
    let shorter = json(&["reproduce", "v=1&exp=inside&epochs=20", "--parameters"]);
    let digest = whole["digest"].as_str().expect("a digest");
    let link = format!("v=1&exp=inside&epochs=50&check={digest}&at=20");
    let moment = json(&["reproduce", &link, "--parameters"]);
    assert_eq!((&moment["verdict"], &moment["digest"]), (&"same".into(), &whole["digest"]));
    assert_eq!((&moment["at"]["epoch"], &moment["at"]["digest"]), (&20.into(), &shorter["digest"]));
    assert_eq!(moment["at"]["loss"], shorter["loss"][19]);
    assert_eq!(moment["parameters"], shorter["parameters"]);
    assert_eq!(moment["loss"], whole["loss"], "of all epochs");
    assert!(moment["link"].as_str().is_some_and(|link| link.contains("&at=20&")), "{}", moment["link"]);
    let words = words(&["reproduce", &link]);
    assert!(words.contains("After epoch 20: loss ") && words.contains("Same bits"), "{words}");
    assert_eq!(whole.get("at"), None, "nothing is looked at");
}

#[test]
fn a_link_to_a_moment_of_a_set_shows_the_networks_of_that_moment() {
    let moment = json(&["own", "v=1&exp=own&networks=2&epochs=6&at=2"]);
    let shorter = json(&["own", "v=1&exp=own&networks=2&epochs=2"]);
    assert_eq!(moment["at"]["epoch"], 2);
    assert_eq!(moment["at"]["auc"], shorter["auc"]);
    assert_ne!(moment["auc"], shorter["auc"]);
}

#[test]
fn training_stops_by_itself_as_it_is_told_to() {
    let link = "v=1&exp=classical&side=8&count=40&epochs=400";
    let all = json(&["reproduce", link]);
    let losses: Vec<f64> =
        all["loss"].as_array().expect("a list").iter().filter_map(|x| x.as_f64()).collect();
    let place = losses.iter().position(|&loss| loss <= 0.1).expect("it comes so low");
    let stopped = json(&["reproduce", link, "--below", "0.1"]);
    assert_eq!(stopped["epochs"], place + 1);
    let sentence = stopped["stopped"].as_str().expect("a reason");
    assert!(sentence.ends_with("no higher than 0.1"), "{sentence}");
    // The link is that of the epochs that were trained.
    let again = json(&["reproduce", stopped["link"].as_str().expect("a link")]);
    assert_eq!((&again["verdict"], &again["epochs"]), (&"same".into(), &stopped["epochs"]));
    let stalled = json(&["reproduce", link, "--patience", "5", "--fall", "0.5"]);
    assert!(stalled["stopped"].as_str().is_some_and(|why| why.contains("50 % for 5 epochs")));
    for (arguments, sentence) in [
        (&[link, "--below", "low"][..], "--below low cannot be read"),
        (&[link, "--patience", "1.5"], "--patience 1.5 cannot be read: it takes a whole number from 1"),
        (&[link, "--patience", "0"], "--patience 0 is out of range: it takes a whole number from 1"),
        (&[link, "--patience", "5", "--fall", "1.5"], "--fall 1.5 is out of range"),
        (&[link, "--fall", "0.1"], "--fall needs --patience"),
        (&["v=1&exp=minima&networks=9", "--below", "0.1"], "exp=minima trains many"),
        (&["v=1&exp=inside&epochs=5&check=0123456789abcdef", "--below", "0.1"], "trained to its end"),
    ] {
        let output = run(&[&["reproduce"], arguments].concat());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let words = complaint(&output);
        assert!(words.contains(sentence), "{arguments:?}: {words}");
    }
}

#[test]
fn training_on_a_set_stops_by_itself_as_it_is_told_to() {
    let link = |epochs: u64| format!("v=1&exp=own&networks=2&epochs={epochs}");
    let stopped = json(&["own", &link(30), "--below", "0.06"]);
    let epochs = stopped["recipe"]["epochs"].as_u64().expect("a number");
    assert!((2..30).contains(&epochs), "{epochs}");
    assert!(stopped["stopped"].as_str().is_some_and(|why| why.ends_with("no higher than 0.06")));
    // It is the run of so many epochs, over all cores or not.
    let shorter = json(&["own", &link(epochs)]);
    for key in ["link", "digest", "auc", "threshold"] {
        assert_eq!(stopped[key], shorter[key], "{key}");
    }
    let stalled = json(&["own", &link(30), "--patience", "2", "--fall", "0.5"]);
    assert!(stalled["stopped"].as_str().is_some_and(|why| why.contains("50 % for 2 epochs")));
    // An epoch that it never came to is not looked at.
    let away = json(&["own", &format!("{}&at=29", link(30)), "--below", "0.06"]);
    assert_eq!(away["digest"], stopped["digest"]);
    let checked = format!("{}&check=0123456789abcdef", link(30));
    let output = run(&["own", &checked, "--below", "0.06"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(complaint(&output).contains("trained to its end"));
}
