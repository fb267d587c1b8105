//! What publishes the page is named so that nobody can put something else in its place.

use crate::source::files;

/// A use of an action that is not `owner/name@COMMIT # vX.Y.Z`: a tag may be moved.
fn loose(line: &str) -> bool {
    let Some(action) = line.trim_start().trim_start_matches("- ").strip_prefix("uses:") else { return false };
    let (named, version) = action.trim().split_once(" # v").unwrap_or_default();
    let commit = named.split_once('@').map_or("", |(_, commit)| commit);
    let is_commit = commit.len() == 40 && commit.chars().all(|c| c.is_ascii_hexdigit());
    let is_version = version.split('.').count() == 3 && version.split('.').all(|n| n.parse::<u32>().is_ok());
    !is_commit || !is_version
}

#[test]
fn actions_are_named_by_their_commit() {
    let workflows = files(".github/workflows", "yml");
    let lines = workflows.iter().flat_map(|file| file.text.lines());
    let loose: Vec<&str> = lines.filter(|line| loose(line)).collect();
    assert_eq!(loose, [""; 0]);
}

#[test]
fn an_action_by_its_tag_is_found() {
    let commit = "0123456789abcdef0123456789abcdef01234567";
    assert!(!loose(&format!("      - uses: actions/checkout@{commit} # v6.0.2")));
    for action in
        ["actions/checkout@v4".into(), format!("a/b@{commit}"), format!("a/b@{} # v1.0.0", &commit[1..])]
    {
        assert!(loose(&format!("        uses: {action}")), "{action}");
    }
}
