//! There is one version and one day of release, and all who say them say the same: Cargo's version and the newest entry
//! of CHANGELOG.md are the source.

const VERSION: &str = env!("CARGO_PKG_VERSION");
const CHANGELOG: &str = include_str!("../../CHANGELOG.md");
const PAGE: &str = include_str!("../../www/index.html");

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Version and day of the newest release: `0.1.0` and `2026-11-30` of `## 0.1.0 - 2026-11-30`. What is unreleased has no day.
fn newest(changelog: &str) -> Option<(&str, &str)> {
    changelog.lines().filter_map(|line| line.strip_prefix("## ")).find_map(|title| title.split_once(" - "))
}

/// `30 November 2026` of `2026-11-30`.
fn written_out(day: &str) -> Option<String> {
    let parts: Vec<&str> = day.split('-').collect();
    let [year, month, day] = parts[..] else { return None };
    let month = MONTHS.get(month.parse::<usize>().ok()?.checked_sub(1)?)?;
    Some(format!("{} {month} {year}", day.parse::<u32>().ok()?))
}

#[test]
fn the_newest_entry_of_the_changelog_is_of_this_version() {
    let (version, day) = newest(CHANGELOG).expect("an entry with a day");
    assert_eq!(version, VERSION);
    assert!(day.len() == "2026-11-30".len() && written_out(day).is_some(), "{day} is a day");
}

#[test]
fn the_page_says_which_version_it_is_and_of_which_day() {
    let (version, day) = newest(CHANGELOG).expect("an entry with a day");
    let date = written_out(day).expect("a day");
    let footer = format!("<span data-version>{version}</span> of <time datetime=\"{day}\">{date}</time>");
    assert_eq!(PAGE.matches(&footer).count(), 1, "the footer is to say: {footer}");
}

#[test]
fn packages_are_of_this_version_and_ask_for_it() {
    let ours = include_str!("../../Cargo.toml").lines().filter(|line| line.contains("path = \"src/"));
    for line in ours.filter(|line| line.contains("{ ")) {
        assert!(line.contains(&format!("version = \"={VERSION}\"")), "{line}");
    }
    let npm = include_str!("../../src/web/npm/package.json");
    assert!(npm.contains(&format!("\"version\": \"{VERSION}\"")), "that of the package for npm");
}

#[test]
fn a_day_is_read_where_there_is_one() {
    assert_eq!(
        newest("## Unreleased\n\n## 0.2.0 - 2027-01-05\n\n## 0.1.0 - 2026-11-30"),
        Some(("0.2.0", "2027-01-05"))
    );
    assert_eq!(newest("## Unreleased"), None);
    assert_eq!(written_out("2027-01-05").as_deref(), Some("5 January 2027"));
    assert_eq!(written_out("2027-13-05"), None);
}
