//! Words of somebody's own in a link: percent-encoded, and nothing in them that could mislead.

use super::{percent, unseen};

/// The longest label of normal pictures, in characters.
pub const LONGEST_LABEL: usize = 100;

/// What may be a label.
pub const LABEL_RULE: &str = "1 to 100 characters in percent-encoded UTF-8, not all of them blank, without any that hides or turns text";

/// What a link says in at most `longest` characters; `None` where it may not be shown.
pub fn decoded(spelled: &str, longest: usize) -> Option<String> {
    percent::decode(&with_blanks(spelled)).filter(|said| may_be_shown(said, longest))
}

/// As a link spells it.
pub fn encoded(said: &str) -> String {
    let mut spelled = String::new();
    let _ = percent::encode(said, &mut spelled); // a string takes everything
    spelled
}

/// Whether somebody sees what is said, all of it and in its order, in at most `longest` characters.
pub fn may_be_shown(said: &str, longest: usize) -> bool {
    let fits = said.chars().enumerate().all(|(place, c)| place < longest && !misleads(c));
    fits && said.chars().any(unseen::is_visible)
}

/// A form encodes a blank as `+` and a plus sign as `%2B`; where blanks are spelled otherwise, a plus sign is one.
fn with_blanks(text: &str) -> String {
    let has_blanks = text.contains(' ') || text.as_bytes().windows(3).any(|three| three == b"%20");
    text.chars().map(|c| if c == '+' && !has_blanks { ' ' } else { c }).collect()
}

/// Whether a character breaks the line, hides or turns the direction of what follows. What joins or varies its
/// neighbours stays: words of some scripts need it.
pub fn misleads(c: char) -> bool {
    let varies = matches!(c, '\u{34f}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180d}'
        | '\u{180f}' | '\u{200c}'..='\u{200d}' | '\u{fe00}'..='\u{fe0f}');
    c.is_control()
        || matches!(c, '\u{2028}'..='\u{2029}' | '\u{fff9}'..='\u{fffb}')
        || unseen::is_ignorable(c) && !varies
}
