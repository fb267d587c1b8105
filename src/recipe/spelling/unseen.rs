//! Characters that nobody sees.

/// Unicode's Default_Ignorable_Code_Point: what is drawn as nothing, assigned or not. It changes the characters beside it,
/// or it is a mistake, or it hides.
pub fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether somebody who looks at this character alone sees something: it is no white space, no mark that sits on
/// another character, nothing that Unicode leaves without a shape, and none of the few symbols whose shape is empty.
pub fn is_visible(c: char) -> bool {
    // A character that the standard library would not show as itself either is escaped by its number; a quote, which
    // gets a backslash, is not.
    let drawn = c.escape_debug().len() <= 2 && !c.is_control() && !c.is_whitespace();
    drawn && !is_ignorable(c) && !is_empty_shape(c)
}

/// A Braille cell without dots, a note without its head, two hieroglyphs that keep a place free.
fn is_empty_shape(c: char) -> bool {
    matches!(c, '\u{2800}' | '\u{1d159}' | '\u{13441}'..='\u{13442}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use icu_properties::props::{
        DefaultIgnorableCodePoint, GeneralCategory as Category, GeneralCategoryGroup as Group,
    };
    use icu_properties::{CodePointMapData, CodePointSetData};

    #[test]
    fn the_ignorable_characters_are_those_of_unicode() {
        let ignorable = CodePointSetData::new::<DefaultIgnorableCodePoint>();
        for c in '\0'..=char::MAX {
            assert_eq!(is_ignorable(c), ignorable.contains(c), "{c:?}");
        }
    }

    #[test]
    fn only_letters_digits_signs_and_symbols_are_visible() {
        let categories = CodePointMapData::<Category>::new();
        let shapes = Group::Letter.union(Group::Number).union(Group::Punctuation).union(Group::Symbol);
        for c in ('\0'..=char::MAX).filter(|&c| is_visible(c)) {
            // Vowel signs that take room of their own are shown with a circle where their letter is missing.
            let category = categories.get(c);
            assert!(shapes.contains(category) || category == Category::SpacingMark, "{c:?}, {category:?}");
            assert!(!is_ignorable(c), "{c:?}");
        }
    }

    #[test]
    fn a_question_in_any_script_is_visible() {
        for text in [
            "Why",
            "Зачем",
            "γιατί",
            "なぜ",
            "왜",
            "为何",
            "لماذا",
            "למה",
            "क्यों",
            "ทำไม",
            "∑∂→",
            "?!\"'\\",
            "🙂",
            "⠏",
        ] {
            assert!(text.chars().any(is_visible), "{text}");
        }
        assert!("!Zäж字🙂".chars().all(is_visible));
    }
}
