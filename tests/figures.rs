//! Every figure and table of the paper has its counterpart on the page, under its number.

const PAGE: &str = include_str!("../www/index.html");

/// Those that belong to another figure's drawing: one output at a time, four of them.
const TOGETHER: [&str; 3] = ["fig-5", "fig-6", "fig-7"];

#[test]
fn every_figure_of_the_paper_has_an_anchor() {
    let figures = (1..=16).map(|n| format!("fig-{n}")).chain(["table-1".into()]);
    for id in figures {
        assert_eq!(PAGE.matches(&format!("id=\"{id}\"")).count(), 1, "{id}");
    }
}

#[test]
fn every_figure_says_what_the_paper_claims_and_what_came_out() {
    for n in 1..=16 {
        let id = format!("fig-{n}");
        if TOGETHER.contains(&id.as_str()) {
            continue;
        }
        let (_, rest) =
            PAGE.split_once(&format!("<figure id=\"{id}\"")).unwrap_or_else(|| panic!("{id} is no figure"));
        let figure = rest.split_once("</figure>").expect("a figure ends").0;
        for part in ["class=\"title\"", "class=\"claim\"", "data-found"] {
            assert!(figure.contains(part), "{id} has no {part}");
        }
    }
}
