//! What a release says of itself, it says in one and the same words.

/// What a link of the first version is worth.
const PROMISE: &str = "v=1 is a promise from release 0.1.0 on: the same v=1 link gives the same bits forever. Any change \
     to arithmetic, streams, decoding or digests after it is v=2.";

/// Who makes it: the page, and the three that somebody reads before the page.
const PROMISING: [(&str, &str); 4] = [
    ("README.md", include_str!("../../README.md")),
    ("src/README.md", include_str!("../../src/README.md")),
    ("src/web/npm/README.md", include_str!("../../src/web/npm/README.md")),
    ("www/index.html", include_str!("../../www/index.html")),
];

/// The words of a text without its marks: tags, and the backticks of Markdown.
fn words(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut in_tag = false;
    for c in text.chars() {
        in_tag |= c == '<';
        if !in_tag && c != '`' {
            plain.push(c);
        }
        in_tag &= c != '>';
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_promise_is_made_once_in_each_place_and_in_the_same_words() {
    for (path, text) in PROMISING {
        let words = words(text);
        assert_eq!(words.matches(PROMISE).count(), 1, "{path} does not say: {PROMISE}");
        assert_eq!(words.matches("is a promise").count(), 1, "{path} promises in other words, too");
    }
}

#[test]
fn words_are_what_is_left_of_a_text() {
    assert_eq!(words("a <code>v=1</code>\n   link, `v=2`"), "a v=1 link, v=2");
}
