//! Characters that nobody sees.

/// Unicode's Default_Ignorable_Code_Point: what is drawn as nothing, assigned or not. It changes the characters beside it,
/// or it is a mistake, or it hides.
pub fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether somebody who looks at this character alone sees something: a letter or a digit of any script, a sign of
/// ASCII, an arrow, a symbol or an emoji. Not all that can be seen is one, but nothing is that cannot: the two
/// hieroglyphs that only keep a place free are letters in name alone.
pub fn is_visible(c: char) -> bool {
    let drawn =
        matches!(c, '!'..='~' | '\u{2190}'..='\u{27ff}' | '\u{1f300}'..='\u{1faff}') || c.is_alphanumeric();
    drawn && !is_ignorable(c) && !matches!(c, '\u{13441}'..='\u{13442}')
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
    fn nothing_without_a_shape_is_visible() {
        let categories = CodePointMapData::<Category>::new();
        for c in ('\0'..=char::MAX).filter(|&c| is_visible(c)) {
            let category = categories.get(c);
            let shapeless = Group::Separator.contains(category)
                || [Category::Control, Category::Format, Category::Surrogate, Category::PrivateUse]
                    .contains(&category);
            assert!(!shapeless && !is_ignorable(c), "{c:?}, {category:?}");
        }
        for blank in
            ["\u{2800}", "\u{3164}", "\u{13441}", "\u{16fe4}", "\u{1d159}", "\u{301}\u{fe0f}", "\u{e0041}"]
        {
            assert!(!blank.chars().any(is_visible), "{blank:?}");
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
        ] {
            assert!(text.chars().any(is_visible), "{text}");
        }
        assert!("!Zäж字🙂".chars().all(is_visible));
    }
}
