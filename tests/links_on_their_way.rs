//! What becomes of a link that travelled: what chats and mails did to it is undone where it can have been only one
//! thing, and what could have been two is refused for the right reason.

use bottleneck::recipe::{Experiment, Link};

const LINK: &str = "v=1&exp=classical&epochs=20&seed=7&check=47c064f599a720d7";

fn read(text: &str) -> String {
    Link::parse(text).map(|link| link.to_string()).unwrap_or_else(|error| panic!("{text:?}: {error}"))
}

fn refusal(text: &str) -> String {
    match Link::parse(text) {
        Ok(link) => panic!("{text:?} was read as {link}"),
        Err(error) => error.to_string(),
    }
}

/// As `encodeURIComponent` does.
fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte);
    text.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

#[test]
fn a_link_that_was_encoded_on_its_way_is_read() {
    let once = encoded(LINK);
    let twice = encoded(&once);
    for text in [
        once.clone(),
        twice.clone(),
        encoded(&twice),
        encoded(&format!("#{LINK}")),
        format!("#{once}"),
        format!("https://example.org/page/#{twice}"),
        encoded(&format!("https://example.org/page/?a=1&b=2#{LINK}")),
        format!("https://example.org/page/?a=1&b=2%23{LINK}"),
        LINK.replace('=', "%3D"),
        LINK.replace('=', "%3d"),
        LINK.replace('&', "%26"),
        LINK.replace('=', "%253D"),
        LINK.replace("&seed=7", "%26seed%3D7"),
        LINK.replace("&seed=", "&seed%3D"),
        LINK.replace("seed", "%73eed"),
    ] {
        assert_eq!(read(&text), LINK, "{text}");
    }
}

#[test]
fn a_question_survives_every_encoding_of_the_link_around_it() {
    for said in
        ["Why?", "a=b&c=d", "50 % of %41", "1 + 1 = 2", "ü → “?”", "C#", "&amp;", "v=1&exp=duel", "Tell me."]
    {
        let link = format!("v=1&exp=inside&say={}&check=47c064f599a720d7", encoded(said));
        let canonical = read(&link);
        let say = |text: &str| Link::parse(text).unwrap_or_else(|e| panic!("{text}: {e}")).teaching.say;
        let (amp, once) = (canonical.replace('&', "&amp;"), encoded(&canonical));
        let equals = canonical.replace('%', "%25").replace('=', "%3D");
        for text in [canonical.clone(), encoded(&amp), encoded(&once), amp, once, equals, link] {
            assert_eq!(say(&text).as_deref(), Some(said), "{text}");
            assert_eq!(read(&text), canonical, "{text}");
        }
    }
}

#[test]
fn a_label_survives_every_encoding_of_the_link_around_it() {
    for label in
        ["good", "a=b&c=d", "50 % of %41", "1 + 1 = 2", "ü → “?”", "C#", "&amp;", "v=1&exp=duel", "No. 3."]
    {
        let begin = "v=1&exp=own&data=own&images=0123456789abcdef";
        for link in [
            format!("{begin}&normal={}&check=47c064f599a720d7", encoded(label)),
            format!("{begin}&side=8&normal={}", encoded(label)),
        ] {
            let canonical = read(&link);
            let normal = |text: &str| {
                let link = Link::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
                link.recipe.set.clone().expect("a set").normal
            };
            let (amp, once) = (canonical.replace('&', "&amp;"), encoded(&canonical));
            let equals = canonical.replace('%', "%25").replace('=', "%3D");
            for text in [canonical.clone(), encoded(&amp), encoded(&once), amp, once, equals, link] {
                assert_eq!(normal(&text), label, "{text}");
                assert_eq!(read(&text), canonical, "{text}");
            }
        }
    }
}

#[test]
fn separators_that_became_entities_or_quoted_printable_are_read() {
    for text in [
        LINK.replace('&', "&amp;"),
        LINK.replace('&', "&amp;amp;"),
        LINK.replace('&', "&#38;"),
        LINK.replace('&', "&#038;"),
        LINK.replace('&', "&#x26;"),
        LINK.replace('&', "&#38;").replace('=', "&#61;"),
        LINK.replace('&', "&amp;").replace('=', "&equals;"),
        format!("https://example.org/&#35;{}", LINK.replace('=', "&#x3D;")),
        format!("&lt;https://example.org/#{}&gt;", LINK.replace('&', "&amp;")),
        format!("&quot;{LINK}&quot;"),
        encoded(&LINK.replace('&', "&amp;")),
        LINK.replace('=', "=3D"),
        LINK.replace('=', "=3D").replace("epochs", "epo=\r\nchs"),
        LINK.replace('=', "=3D").replace("epochs", "epo=chs"),
    ] {
        assert_eq!(read(&text), LINK, "{text}");
    }
}

#[test]
fn white_space_and_what_nobody_sees_around_a_link_is_left_out() {
    for space in [
        " ",
        "\t",
        "\r\n",
        "\u{a0}",
        "\u{2003}",
        "\u{3000}",
        "\u{200b}",
        "\u{feff}",
        "\u{2060}",
        "\u{200e}",
        "%20",
        "%0A",
        "%E2%80%8B",
        "%C2%A0",
        "&nbsp;",
    ] {
        for text in [
            format!("{LINK}{space}"),
            format!("{space}#{LINK}{space}{space}"),
            format!("{space}{LINK}"),
            format!("#{space}{LINK}"),
            LINK.replace("&seed", &format!("&{space}seed")),
            LINK.replace("=7", &format!("={space}7{space}")),
        ] {
            assert_eq!(read(&text), LINK, "{text:?}");
        }
    }
    for unseen in ["\u{200b}", "\u{ad}", "\u{2060}", "%E2%80%8B"] {
        assert_eq!(read(&LINK.replace("classical", &format!("clas{unseen}sical"))), LINK);
    }
}

#[test]
fn a_link_that_a_mail_broke_into_lines_is_read() {
    for fold in ["\n", "\r\n", "\r", " \n", "\n    ", "\r\n> ", "\n>> > ", "\u{2028}", "\n\n"] {
        for place in 1..LINK.len() {
            let (before, behind) = LINK.split_at(place);
            let text = format!("https://example.org/#{before}{fold}{behind}");
            assert_eq!(read(&text), LINK, "{text:?}");
        }
    }
}

#[test]
fn what_encloses_a_link_and_what_ends_its_sentence_is_left_out() {
    for (before, behind) in [
        ("", "."),
        ("", ","),
        ("", ";"),
        ("", ":"),
        ("", "!"),
        ("", "?"),
        ("", "?!"),
        ("(", ")"),
        ("[", "]"),
        ("<", ">"),
        ("\"", "\""),
        ("'", "'"),
        ("`", "`"),
        ("“", "”"),
        ("„", "“"),
        ("‘", "’."),
        ("«", "»"),
        ("(see ", ")."),
        ("[a run](", ")"),
        ("**", "**"),
        ("", "。"),
        ("「", "」"),
        ("（", "）"),
        ("", "%22%3E"),
        ("", "%E2%80%9D"),
        ("", "&gt;"),
        ("", "..."),
        ("", "…"),
    ] {
        for address in ["https://example.org/#", "#"] {
            let text = format!("{before}{address}{LINK}{behind}");
            assert_eq!(read(&text), LINK, "{text}");
        }
    }
    for text in ["v=1&exp=duel.", "v=1&exp=duel)", "<v=1&exp=duel>", "v=1&exp=duel:~:text=a"] {
        assert_eq!(read(text), "v=1&exp=duel", "{text}");
    }
    assert_eq!(read("v=1&exp=classical&lr=1."), "v=1&exp=classical&lr=1");
}

#[test]
fn a_question_keeps_its_own_marks() {
    for (text, said) in [
        ("say=Why?", "Why?"),
        ("say=Why%3F", "Why?"),
        ("say=Tell%20me.", "Tell me."),
        ("say=(why?)", "(why?)"),
        ("say=Wait%E2%80%A6", "Wait…"),
        ("say=Why+now%3F", "Why now?"),
        ("say=1%2B1+%3D+2%3F", "1+1 = 2?"),
        ("say=1%20+%201", "1 + 1"),
        ("say=Is%20C%23%20one?", "Is C# one?"),
        ("say=C# or v=1", "C# or v=1"),
    ] {
        let link = Link::parse(&format!("v=1&exp=inside&{text}")).unwrap_or_else(|e| panic!("{text}: {e}"));
        assert_eq!(link.teaching.say.as_deref(), Some(said), "{text}");
        let written = link.to_string();
        // As it is written, no mark of the question stands where a mail would take it for its own.
        assert!(written.ends_with(|c: char| c.is_ascii_alphanumeric()), "{written}");
        for (before, behind) in [("<", ">"), ("(", ")"), ("“", "”"), ("", " "), ("", "\n")] {
            assert_eq!(read(&format!("{before}https://example.org/#{written}{behind}")), written);
        }
    }
    let checked = "v=1&exp=inside&say=Why%3F&check=47c064f599a720d7";
    assert_eq!(read(&format!("{checked}?).")), checked);
}

#[test]
fn a_digest_in_capitals_is_the_same_digest() {
    assert_eq!(read(&LINK.replace("47c064f599a720d7", "47C064F599A720D7")), LINK);
}

#[test]
fn what_could_have_been_two_things_is_refused_for_the_right_reason() {
    for (text, sentence) in [
        (
            "v=1&exp=classical&lr=1e–3",
            r#""lr=1e\u{2013}3" cannot be read: U+2013, which looks like -, is no character of a link"#,
        ),
        (
            "v=1&exp=classical&lr=1e%E2%80%933",
            r#""lr=1e\u{2013}3" cannot be read: U+2013, which looks like -, is no character of a link"#,
        ),
        (
            "v=1&exp=classical&lr=1e−3.",
            r#""lr=1e\u{2212}3" cannot be read: U+2212, which looks like -, is no character of a link"#,
        ),
        (
            "v＝1&exp=classical",
            r#""v\u{ff1d}1" cannot be read: U+FF1D, which looks like =, is no character of a link"#,
        ),
        (
            "v=1＆exp=classical",
            r#""v=1\u{ff06}exp=classical" cannot be read: U+FF06, which looks like &, is no character of a link"#,
        ),
        (
            "v=1&exp=сlassical",
            r#""exp=сlassical" cannot be read: U+0441, which looks like c, is no character of a link"#,
        ),
        (
            "v=1&exp=classical&seed=７",
            r#""seed=７" cannot be read: U+FF17, which looks like 7, is no character of a link"#,
        ),
        ("v=1&exp=classical&seed=%00", r#""seed=\u{0}" cannot be read: U+0000 is no character of a link"#),
        (
            "v=1&exp=classical&seed=7 12",
            "seed=7 12 cannot be read: it takes a whole number from 0 to 4294967295",
        ),
        (
            "v=1&exp=classical&seed=7%2012",
            "seed=7 12 cannot be read: it takes a whole number from 0 to 4294967295",
        ),
        (
            "v=1&exp=classical&seed=7 is my run",
            "seed=7 is my run cannot be read: it takes a whole number from 0 to 4294967295",
        ),
        (
            "v=1&exp=classical&seed=7…",
            r#""seed=7\u{2026}" cannot be read: the dots at its end stand for something that was cut off"#,
        ),
        (
            "v=1&exp=classical&seed=7...",
            r#""seed=7..." cannot be read: the dots at its end stand for something that was cut off"#,
        ),
        (
            "v=1&exp=classical&se…",
            r#""se\u{2026}" cannot be read: the dots at its end stand for something that was cut off"#,
        ),
        (
            "v=1&exp=classical&check=47c0…",
            "check=47c0 cannot be read: it takes 16 hexadecimal digits, 0-9 and a-f",
        ),
        ("v=1&exp=classical&seed=", "\"seed=\" cannot be read: neither key nor value may be empty"),
        (
            "v=1&exp=classical&",
            "\"(nothing)\" cannot be read: a link is made of key=value pairs, joined by &",
        ),
        ("v=1&exp=classical&seed", "\"seed\" cannot be read: a link is made of key=value pairs, joined by &"),
        ("v=1&exp=classical&seed=.", "seed=. cannot be read: it takes a whole number from 0 to 4294967295"),
        ("v=1&exp=classical&lr=1%2B1", "lr=1+1 cannot be read: it takes a number from 1e-6 to 10"),
        (
            "v=1&exp=classical#v=1&exp=duel",
            "exp=classical#v=1 cannot be read: it takes classical, inside, variational, minima, duel, anomalies or own",
        ),
        (
            "v=1&exp=classical&lr=1%zz",
            "\"lr=1%zz\" cannot be read: % stands before two hexadecimal digits, and what they spell is UTF-8",
        ),
        (
            "v=1&exp=inside&say=%E3%85%A4",
            "say=%E3%85%A4 cannot be read: it takes 1 to 200 characters in percent-encoded UTF-8, not all of them blank, without any that hides or turns text",
        ),
    ] {
        assert_eq!(refusal(text), sentence, "{text}");
    }
}

#[test]
fn no_encoding_is_too_deep_to_be_answered() {
    let deep = (0..8).fold(String::from(LINK), |text, _| encoded(&text));
    assert_eq!(read(&deep), LINK);
    let deeper = format!("v%{}3D1", "25".repeat(8000));
    assert!(refusal(&deeper).ends_with("it was percent-encoded more than 8 times over"));
    let entities = format!("v=1&{}amp;exp=classical", "amp;".repeat(4000));
    assert_eq!(read(&entities), "v=1&exp=classical");
}

#[test]
fn a_fragment_that_is_meant_as_a_link_is_told_from_an_anchor() {
    for link in [
        LINK,
        "v=1",
        "v%3D1%26exp%3Dduel",
        "v%253D1",
        "v＝1",
        "v=1&amp;exp=duel",
        "%23v%3D1",
        "x=1",
        "v:1,exp:duel",
        "seed=7…",
        " v=1",
        "say=Why",
    ] {
        assert!(Link::is_meant(link), "{link}");
    }
    for anchor in [
        "",
        "duel",
        "fig-4",
        "section_2",
        "ref-1",
        "duel.",
        "duel)",
        " duel",
        "duel%20",
        "#duel",
        "%23duel",
        "/",
        "!",
    ] {
        assert!(!Link::is_meant(anchor), "{anchor}");
    }
}

#[test]
fn a_refused_link_still_tells_which_section_it_was_meant_for() {
    for text in [
        "v=1&exp=duel&colour=red",
        "v=2&exp=duel",
        "v%3D1%26exp%3Dduel%26lr%3D",
        "v%253D9%2526exp%253Dduel",
        "v=1&amp;exp=duel&amp;lr=fast",
        "https://example.org/#exp = duel) and so on",
    ] {
        assert!(Link::parse(text).is_err(), "{text}");
        assert_eq!(Link::meant_for(text), Some(Experiment::Duel), "{text}");
    }
    assert_eq!(Link::meant_for("v=1&exp=dual"), None);
}
