//! Whoever looks for a figure finds it: one file for each of its ids, of that name.

use crate::source::{Source, files};

/// The ids of the page that are figures' or tables', in order.
fn ids(page: &str) -> Vec<&str> {
    let all = page.split("id=\"").skip(1).filter_map(|rest| rest.split('"').next());
    all.filter(|id| (id.starts_with("fig-") || id.starts_with("table-")) && !id.ends_with("-title")).collect()
}

/// `figLoss` of `fig-loss`, `table1` of `table-1`.
fn function(id: &str) -> String {
    let mut words = id.split('-');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| name + &word[..1].to_uppercase() + &word[1..])
}

fn modules<'a>(scripts: &'a [Source], id: &str) -> Vec<&'a Source> {
    scripts.iter().filter(|script| script.path.ends_with(&format!("/{id}.js"))).collect()
}

#[test]
fn every_figure_of_the_page_has_one_file_of_its_name_that_makes_it() {
    let scripts = files("www", "js");
    for id in ids(include_str!("../../www/index.html")) {
        let found = modules(&scripts, id);
        let [module] = found[..] else { panic!("{id}: {} files", found.len()) };
        assert!(module.path.starts_with("sections/"), "{}", module.path);
        let name = function(id);
        let made = [format!("export function {name}("), format!("export const {name} = (")];
        let made = made.iter().any(|made| module.text.contains(made))
            || module.text.contains(&format!("export async function {name}("));
        assert!(made, "{} exports no {name}", module.path);
    }
}

#[test]
fn every_file_of_a_figure_belongs_to_one_of_the_page() {
    let page = include_str!("../../www/index.html");
    let known = ids(page);
    for script in files("www/sections", "js") {
        let name = script.path.rsplit('/').next().unwrap_or_default().trim_end_matches(".js");
        if name.starts_with("fig-") || name.starts_with("table-") {
            assert!(known.contains(&name), "{}: the page has no such figure", script.path);
        }
    }
}
