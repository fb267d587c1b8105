//! A link as it arrives: what chats and mails did to it on its way is undone.
//!
//! A link as this page writes it has letters, digits and `= & . , _ ~ % -`, and a `%` in `say` and `normal` alone. Whatever else
//! stands in a text was put there on its way, and is taken out again where it can have been only one thing:
//!
//! - percent-encoding of a whole link or of its separators, up to [`MOST_LAYERS`] times over;
//! - separators as entities of HTML (`&amp;`, `&#61;`) or in quoted-printable (`=3D`);
//! - brackets and quotation marks around it, and the marks of a sentence that ends with it;
//! - line breaks, with the indentation or the `>` of a quoted mail that follows them;
//! - white space around keys and values, and characters that nobody sees.
//!
//! The values of these two may hold anything, so there only what was done to the link as a whole is undone. What could have
//! been two things stays as it is, for the rules of keys and values to refuse.

use super::link::{LONGEST_LINK, is_key};
use super::spelling::{percent, unseen};
use crate::error::Error;

/// How often a link may have been percent-encoded on its way.
const MOST_LAYERS: u32 = 8;

const NO_PAIR: &str = "a link is made of key=value pairs, joined by &";
const EMPTY: &str = "neither key nor value may be empty";
const NO_BYTE: &str = "% stands before two hexadecimal digits, and what they spell is UTF-8";
const TOO_DEEP: &str = "it was percent-encoded more than 8 times over";
const CUT_OFF: &str = "the dots at its end stand for something that was cut off";

/// Key and value; what is said [in words](is_in_words) is still percent-encoded, as a link writes it.
pub(super) type Pair = (String, String);

/// The pairs of a fragment or of a whole address, in their order.
///
/// # Errors
///
/// [`Error::TooLong`]; [`Error::Malformed`] and [`Error::Foreign`] for a piece that is no pair of plain characters.
pub(super) fn pairs(text: &str) -> Result<Vec<Pair>, Error> {
    if text.len() > LONGEST_LINK {
        return Err(Error::TooLong { found: text.len(), limit: LONGEST_LINK });
    }
    let text = begun(text);
    let mut pairs = Vec::new();
    // The piece that comes next is the last, each with the number of layers that were taken off it.
    let mut waiting = if text.is_empty() { Vec::new() } else { vec![(text, 0)] };
    while let Some((piece, layers)) = waiting.pop() {
        if piece.contains('&') {
            let later = waiting.len();
            waiting.extend(piece.split('&').map(|piece| (piece.to_owned(), layers)));
            waiting[later..].reverse();
        } else if let Some(pair) = pair(&piece)? {
            pairs.push(pair);
        } else if layers == MOST_LAYERS {
            return Err(malformed(&piece, TOO_DEEP));
        } else {
            let decoded = percent::decode(&piece).ok_or_else(|| malformed(&piece, NO_BYTE))?;
            let undone = if pairs.is_empty() { begun(&decoded) } else { joined(&decoded) };
            waiting.push((undone, layers + 1));
        }
    }
    if let Some(last) = pairs.last_mut() {
        end(last)?;
    }
    pairs.iter().try_for_each(in_plain_characters)?;
    Ok(pairs)
}

/// Whether a fragment is meant as a link, readable or not: a plain anchor such as `duel` is one word.
pub(super) fn is_meant(fragment: &str) -> bool {
    let text = bared(fragment);
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    !text.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
}

/// The word that seems to stand behind a key, in a text that need not be readable.
pub(super) fn glimpse(text: &str, key: &str) -> Option<String> {
    let text = bared(text);
    let mut pieces = text.split('&');
    let value = pieces.find_map(|piece| piece.trim().strip_prefix(key)?.trim_start().strip_prefix('='))?;
    Some(value.trim_start().chars().take_while(char::is_ascii_alphanumeric).collect())
}

/// All layers taken off, those of words included.
fn bared(text: &str) -> String {
    let mut text = begun(text);
    for _ in 0..MOST_LAYERS {
        let decoded = percent::decode(&text).filter(|_| text.contains('%'));
        match decoded {
            Some(decoded) => text = begun(&decoded),
            None => break,
        }
    }
    text
}

/// Whether the value of a key is said in words of somebody's own.
fn is_in_words(key: &str) -> bool {
    key == "say" || key == "normal"
}

/// A piece without `&` as a pair; `None` where it is to be percent-decoded first.
fn pair(piece: &str) -> Result<Option<Pair>, Error> {
    let encoded = piece.contains('%');
    let Some((key, value)) = piece.split_once('=') else {
        return if encoded { Ok(None) } else { Err(no_pair(piece)) };
    };
    let key = bare(key);
    if is_in_words(&key) && !value.is_empty() {
        return Ok(Some((key, value.to_owned())));
    }
    if encoded {
        return Ok(None);
    }
    let value = bare(value);
    if key.is_empty() || value.is_empty() { Err(malformed(piece, EMPTY)) } else { Ok(Some((key, value))) }
}

fn no_pair(piece: &str) -> Error {
    if is_cut_off(piece) {
        return malformed(piece, CUT_OFF);
    }
    foreign(piece).unwrap_or_else(|| malformed(piece, NO_PAIR))
}

/// A key or a value without what nobody sees and without the white space around it.
fn bare(text: &str) -> String {
    let seen: String = text.chars().filter(|&c| !unseen::is_ignorable(c)).collect();
    seen.trim().to_owned()
}

/// Takes from the last value what ends a sentence, or closes what was opened before the link.
fn end((key, value): &mut Pair) -> Result<(), Error> {
    if is_in_words(key) {
        return Ok(());
    }
    let kept = value.trim_end_matches(ends_no_value);
    // A whole digest has lost nothing.
    if is_cut_off(value.strip_prefix(kept).unwrap_or_default()) && key != "check" {
        return Err(malformed(&format!("{key}={value}"), CUT_OFF));
    }
    if !kept.is_empty() {
        *value = kept.to_owned();
    }
    Ok(())
}

/// Whether a character can follow a link, and is never the last of a value. A dash is no such character: it may have
/// been the last digit of a value in base64url.
fn ends_no_value(c: char) -> bool {
    match lookalike(c) {
        _ if c.is_alphanumeric() => false,
        _ if c.is_ascii() => ".,;:!?)]}>\"'`*| ".contains(c),
        plain => plain.is_none_or(ends_no_value),
    }
}

/// Whether a text ends as programs end an address that they have no room for.
fn is_cut_off(text: &str) -> bool {
    text.chars().any(|c| c == '…') || text.as_bytes().windows(2).any(|two| two == b"..")
}

fn in_plain_characters((key, value): &Pair) -> Result<(), Error> {
    let pair = if is_in_words(key) { key.clone() } else { format!("{key}={value}") };
    foreign(&pair).map_or(Ok(()), Err)
}

/// The refusal of the first character that no key and no value has, if there is one.
fn foreign(piece: &str) -> Option<Error> {
    let found = piece.chars().find(|c| !(' '..='~').contains(c))?;
    Some(Error::Foreign { pair: piece.into(), found, lookalike: lookalike(found) })
}

/// The plain character that some other one is easily taken for.
fn lookalike(c: char) -> Option<char> {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xff01 + '!' as u32),
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => Some('-'),
        '\u{2024}' | '\u{3002}' | '\u{b7}' => Some('.'),
        '\u{201a}' | '\u{3001}' => Some(','),
        '\u{a78a}' => Some('='),
        _ => "аеорсхуіѕ"
            .chars()
            .zip("aeopcxyis".chars())
            .find_map(|(other, plain)| (other == c).then_some(plain)),
    }
}

fn malformed(pair: &str, rule: &'static str) -> Error {
    Error::Malformed { pair: pair.into(), rule }
}

/// From the first key on: the address before the `#` and whatever stood around the link are taken away.
fn begun(text: &str) -> String {
    let text = joined(text);
    let fragment = fragment(unclasped(&text));
    fragment.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '%').to_owned()
}

/// On one line and in its own separators.
fn joined(text: &str) -> String {
    unquoted(unescaped(unfolded(text)))
}

/// Lines put together: mails break them, indent what follows and put a `>` before it.
fn unfolded(text: &str) -> String {
    let mut lines = text.split(['\r', '\n', '\u{85}', '\u{2028}', '\u{2029}']);
    let mut whole = String::from(lines.next().unwrap_or("").trim_end());
    for line in lines {
        whole.push_str(line.trim_start_matches(|c: char| c.is_whitespace() || c == '>').trim_end());
    }
    whole.trim_matches(|c: char| c.is_whitespace() || unseen::is_ignorable(c)).to_owned()
}

/// Entities of HTML replaced, as often as they were made.
fn unescaped(mut text: String) -> String {
    while let Some(replaced) = without_entities(&text) {
        text = replaced;
    }
    text
}

/// `None` where there are no entities.
fn without_entities(text: &str) -> Option<String> {
    let mut pieces = text.split('&');
    let mut replaced = String::from(pieces.next()?);
    let mut any = false;
    for piece in pieces {
        let entity = piece.split_once(';').and_then(|(name, rest)| Some((entity(name)?, rest)));
        any |= entity.is_some();
        match entity {
            Some((c, rest)) => replaced.extend([c.encode_utf8(&mut [0; 4]), rest]),
            None => replaced.extend(["&", piece]),
        }
    }
    any.then_some(replaced)
}

/// What is written for the characters of a link and around it; others would be no part of it.
fn entity(name: &str) -> Option<char> {
    const NAMED: [(&str, char); 7] =
        [("amp", '&'), ("equals", '='), ("num", '#'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("nbsp", ' ')];
    let Some(number) = name.strip_prefix('#') else {
        return NAMED.iter().find(|(known, _)| *known == name).map(|&(_, c)| c);
    };
    let (digits, radix) = number.strip_prefix(['x', 'X']).map_or((number, 10), |digits| (digits, 16));
    let code = digits
        .chars()
        .try_fold(0u32, |code, digit| code.checked_mul(radix)?.checked_add(digit.to_digit(radix)?));
    char::from_u32(code?)
}

/// Quoted-printable undone where `v=3D1` gives it away, for there is no version 3D1: then every `=` of the link became
/// `=3D`, and any other is where a line was broken.
fn unquoted(text: String) -> String {
    if !text.as_bytes().windows(5).any(|five| five == b"v=3D1") {
        return text;
    }
    let mut pieces = text.split('=');
    let mut unquoted = String::from(pieces.next().unwrap_or_default());
    for piece in pieces {
        match piece.strip_prefix("3D") {
            Some(rest) => unquoted.extend(["=", rest]),
            None => unquoted.push_str(piece),
        }
    }
    unquoted
}

/// Without the brackets or quotation marks that stand on both sides.
fn unclasped<'a>(mut text: &'a str) -> &'a str {
    const CLASPS: [(char, char); 11] = [
        ('<', '>'),
        ('(', ')'),
        ('[', ']'),
        ('{', '}'),
        ('"', '"'),
        ('\'', '\''),
        ('`', '`'),
        ('“', '”'),
        ('„', '“'),
        ('‘', '’'),
        ('«', '»'),
    ];
    let inside =
        |text: &'a str| CLASPS.iter().find_map(|&(open, close)| text.strip_prefix(open)?.strip_suffix(close));
    while let Some(inside) = inside(text) {
        text = inside.trim();
    }
    text
}

/// What stands behind the `#` of an address, encoded or not, and before what browsers put behind a fragment.
fn fragment(text: &str) -> &str {
    let text = match text.split_once('~') {
        Some((before, behind)) if behind.starts_with(':') => before.strip_suffix(':').unwrap_or(text),
        _ => text,
    };
    // Where the pairs begin at once, a later # is part of a value.
    if starts_with_key(text) { text } else { behind_hash(text).unwrap_or(text) }
}

fn behind_hash(text: &str) -> Option<&str> {
    let encoded = |(place, _)| {
        let rest = text.get(place..)?.strip_prefix('%')?;
        rest.strip_prefix("25").unwrap_or(rest).strip_prefix("23")
    };
    let plain = text.split_once('#').map(|(_, behind)| behind);
    plain.or_else(|| text.match_indices('%').find_map(encoded))
}

fn starts_with_key(text: &str) -> bool {
    let key = text.split(['=', '%']).next().unwrap_or_default();
    key.len() < text.len() && is_key(key)
}
