//! What must not stand in a screen: text, decisions, effects.
use crate::house::{no_complaints, read};
use crate::source::{is, line, lines_with, sources, views};
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;

const DRAWN: [&str; 2] = ["src/app", "src/kit"];

/// Attributes whose value a person reads or hears.
const READ_BY_PEOPLE: [&str; 18] = [
    "alt",
    "aria-description",
    "aria-label",
    "aria-placeholder",
    "aria-roledescription",
    "aria-valuetext",
    "caption",
    "error",
    "heading",
    "help",
    "hint",
    "label",
    "message",
    "placeholder",
    "summary",
    "text",
    "title",
    "words",
];

/// Files that hold the hooks; only they may start an effect.
const HOOKS: [&str; 2] = ["src/kit/src/hooks.rs", "src/app/src/hooks.rs"];

#[test]
fn a_view_holds_no_text_of_its_own() {
    let mut complaints = Vec::new();
    for source in sources(&DRAWN) {
        for view in views(source.syntax.to_token_stream()) {
            for (line, literal) in text_in(view.inside) {
                complaints.push(format!(
                    "{}:{line}: {literal} is text inside view!; put it in the texts of its language.",
                    source.path
                ));
            }
        }
    }
    no_complaints(&complaints);
}

#[test]
fn a_view_decides_nothing() {
    let mut complaints = Vec::new();
    for source in sources(&["src/app"]) {
        for view in views(source.syntax.to_token_stream()) {
            for line in lines_with(view.inside, &["match"]) {
                complaints
                    .push(format!("{}:{line}: `match` inside view!; name it above.", source.path));
            }
        }
    }
    no_complaints(&complaints);
}

#[test]
fn screens_use_rows_and_not_for() {
    let why = "`<For` does not redraw a row whose key is the same; use kit::Rows.";
    no_complaints(&found(&["src/app"], &["<", "For"], why));
}

#[test]
fn effects_are_started_by_hooks_only() {
    let why = "effects are started in hooks.rs only; derive the value instead.";
    let complaints = found(&DRAWN, &["Effect", ":", ":"], why);
    let of_hooks = |complaint: &String| HOOKS.iter().any(|file| complaint.starts_with(file));
    no_complaints(&complaints.into_iter().filter(|one| !of_hooks(one)).collect::<Vec<_>>());
}

#[test]
fn nothing_long_lived_starts_in_a_component() {
    let why =
        "a task started here dies with its screen and takes the app down; it belongs in browser.";
    no_complaints(&found(&DRAWN, &["spawn_local"], why));
}

#[test]
fn no_markup_is_put_in_as_text() {
    no_complaints(&found(
        &DRAWN,
        &["inner_html"],
        "inner_html lets what people write become markup.",
    ));
    no_complaints(&found(&DRAWN, &["set_inner_html"], "set_inner_html lets text become markup."));
}

/// The published app is built so that `{:?}` writes nothing: what a list told apart by it would be one row.
#[test]
fn screens_write_nothing_for_developers() {
    let mut complaints = Vec::new();
    for source in sources(&["src/app/src"]) {
        let lines = source.text.lines().enumerate();
        for (at, _) in lines.filter(|(_, line)| line.contains(":?}")) {
            complaints.push(format!("{}:{}: {{:?}} is empty when published.", source.path, at + 1));
        }
    }
    no_complaints(&complaints);
}

/// The compiler cannot tell: there are two apps, and each of them says only a part.
#[test]
fn every_sentence_is_said_somewhere() {
    let said: String = sources(&["src/app"]).into_iter().map(|source| source.text).collect();
    let texts = read("src/app/texts/da.txt");
    let lines = texts.lines().filter(|line| !line.starts_with('#'));
    let keys = lines.filter_map(|line| Some(line.split_once(" = ")?.0));
    // By the screens, or by the build, which knows what each language calls itself.
    let is_said =
        |key: &str| said.contains(&format!(".{key}()")) || said.contains(&format!("\"{key}\""));
    let unsaid = keys.filter(|key| !is_said(key));
    no_complaints(&unsaid.map(|key| format!("Nobody says {key}.")).collect::<Vec<_>>());
}

fn found(folders: &[&str], sequence: &[&str], why: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    for source in sources(folders) {
        for line in lines_with(source.syntax.to_token_stream(), sequence) {
            complaints.push(format!("{}:{line}: {why}", source.path));
        }
    }
    complaints
}

/// Literals with letters in them that a person would read, with their lines.
fn text_in(inside: TokenStream) -> Vec<(usize, String)> {
    let trees: Vec<TokenTree> = inside.into_iter().collect();
    let (mut found, mut attribute) = (Vec::new(), None);
    for (place, tree) in trees.iter().enumerate() {
        if let Some(name) = attribute_ending(&trees, place) {
            attribute = Some(name);
        } else if is(tree, ">") && !is_arrow(&trees, place) {
            attribute = None;
        }
        // The value of an attribute that only the machine reads: a class, a type, an address.
        let is_read = |name: &String| READ_BY_PEOPLE.contains(&name.as_str());
        let for_people = attribute.as_ref().is_none_or(is_read);
        match tree {
            TokenTree::Literal(literal) if for_people && is_text(&literal.to_string()) => {
                found.push((line(tree), literal.to_string()));
            }
            TokenTree::Group(group) if for_people => found.extend(text_in(group.stream())),
            _ => {}
        }
        // A view given to a component through an attribute is a view like any other.
        if let (TokenTree::Group(_), false) = (tree, for_people) {
            let tokens = trees[place.saturating_sub(2)..=place].iter().cloned().collect();
            found.extend(views(tokens).into_iter().flat_map(|view| text_in(view.inside)));
        }
    }
    found
}

/// A string with a letter between its quotes; numbers and characters are not text.
fn is_text(literal: &str) -> bool {
    literal.contains('"')
        && literal.chars().skip_while(|sign| *sign != '"').any(char::is_alphabetic)
}

/// Whether the `>` here is the end of `->` or `=>`, and so not of a tag.
fn is_arrow(trees: &[TokenTree], place: usize) -> bool {
    place > 0 && (is(&trees[place - 1], "-") || is(&trees[place - 1], "="))
}

/// The attribute whose `=` stands at `place`: the words before it, joined as they stood.
fn attribute_ending(trees: &[TokenTree], place: usize) -> Option<String> {
    let followed_by = |sign| trees.get(place + 1).is_some_and(|next| is(next, sign));
    if !is(&trees[place], "=") || followed_by("=") || followed_by(">") {
        return None;
    }
    let mut name = String::new();
    for tree in trees[..place].iter().rev() {
        match tree {
            TokenTree::Ident(ident) if !name.starts_with(char::is_alphanumeric) => {
                name.insert_str(0, &ident.to_string());
            }
            TokenTree::Punct(sign) if !name.is_empty() && matches!(sign.as_char(), '-' | ':') => {
                name.insert(0, sign.as_char());
            }
            _ => break,
        }
    }
    Some(name).filter(|name| !name.is_empty())
}

#[test]
fn text_is_told_from_what_the_machine_reads() {
    let texts = |view: &str| text_in(view.parse().unwrap()).len();
    assert_eq!(texts(r#"<p class="large" on:click=act>{words.title}</p>"#), 0);
    assert_eq!(texts(r#"<p>"Hej"</p>"#), 1);
    assert_eq!(texts(r#"<p>" · "</p>"#), 0);
    assert_eq!(texts(r#"<input aria-label="Navn" type="text"/>"#), 1);
    assert_eq!(texts(r#"<p>{move || if open.get() { "Luk" } else { "Åbn" }}</p>"#), 2);
    assert_eq!(texts(r#"<p class={if open { "open" } else { "" }}></p>"#), 0);
    assert_eq!(texts(r#"<a aria-current=move || here.then_some("page") href="/">{name}</a>"#), 0);
    assert_eq!(texts(r#"<Show when=open fallback=|| view! { <p>"Lukket"</p> }></Show>"#), 1);
}
