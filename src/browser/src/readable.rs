//! What of a page can be read aloud, in the order it stands there.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlTextAreaElement, Node};

/// Some words, and the thing on the page that they stand in.
pub(crate) struct Piece {
    pub(crate) element: Option<Element>,
    pub(crate) words: String,
}

/// What belongs to the sentence around it; anything else is a piece of its own.
const IN_A_SENTENCE: [&str; 9] = ["SPAN", "STRONG", "EM", "B", "I", "TIME", "SMALL", "MARK", "BDI"];
/// The kinds of field whose words a person wrote.
const WRITTEN: [&str; 4] = ["text", "tel", "search", "email"];
/// Voices stop in the middle of what is much longer, and refuse what is very long.
const LETTERS_AT_ONCE: usize = 200;

/// All words in an element that can be seen.
pub(crate) fn readable(element: &Element) -> Vec<Piece> {
    let mut pieces = Vec::new();
    gather(element, element, &mut pieces);
    pieces
}

fn gather(node: &Node, around: &Element, pieces: &mut Vec<Piece>) {
    let mut next = node.first_child();
    while let Some(child) = next {
        match child.dyn_ref::<Element>() {
            Some(element) if is_heard(element) => {
                let is_part = IN_A_SENTENCE.contains(&element.tag_name().as_str());
                add(written(element), element, pieces);
                gather(element, if is_part { around } else { element }, pieces);
            }
            Some(_) => {}
            None => add(child.node_value(), around, pieces),
        }
        next = child.next_sibling();
    }
}

fn add(words: Option<String>, element: &Element, pieces: &mut Vec<Piece>) {
    let words = words.unwrap_or_default();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() {
        return;
    }
    match pieces.last_mut().filter(|last| last.element.as_ref() == Some(element)) {
        Some(last) => {
            last.words.push(' ');
            last.words.push_str(&words);
        }
        None => pieces.push(Piece { element: Some(element.clone()), words }),
    }
}

/// Whether it takes up room, and is not a picture or meant for the eyes alone.
fn is_heard(element: &Element) -> bool {
    let is_hidden = element.get_attribute("aria-hidden").as_deref() == Some("true");
    !is_hidden && element.tag_name() != "svg" && element.get_client_rects().length() > 0
}

/// What a person wrote in a field.
fn written(element: &Element) -> Option<String> {
    if let Some(text) = element.dyn_ref::<HtmlTextAreaElement>() {
        return Some(text.value());
    }
    let field = element.dyn_ref::<HtmlInputElement>()?;
    WRITTEN.contains(&field.type_().as_str()).then(|| field.value())
}

/// The words in portions that a voice takes at once: whole sentences where that is possible, else whole words.
pub(crate) fn portions(words: &str) -> Vec<String> {
    let mut portions = Vec::new();
    let mut rest = words.trim();
    while let Some((too_far, _)) = rest.char_indices().nth(LETTERS_AT_ONCE) {
        let within = &rest[..too_far];
        let sentence = within.rfind(['.', '?', '!']).map(|at| at + 1);
        let cut = sentence.or_else(|| within.rfind(' ')).filter(|at| *at > 0).unwrap_or(too_far);
        let (portion, after) = rest.split_at(cut);
        portions.push(portion.trim_end().to_owned());
        rest = after.trim_start();
    }
    if !rest.is_empty() {
        portions.push(rest.to_owned());
    }
    portions
}

#[cfg(test)]
mod tests {
    use super::{LETTERS_AT_ONCE, portions};

    #[test]
    fn what_is_short_is_read_at_once() {
        assert_eq!(portions(" Hej Karin "), ["Hej Karin"]);
        assert!(portions("  ").is_empty());
    }

    #[test]
    fn what_is_long_is_read_sentence_by_sentence_and_nothing_is_left_out() {
        let long = "Jeg vil gerne bo et sted, hvor der er ro. ".repeat(12);
        let read = portions(&long);
        assert!(read.iter().all(|portion| portion.ends_with('.')), "{read:?}");
        assert_eq!(read.join(" "), long.trim());
    }

    #[test]
    fn what_has_no_end_is_cut_between_words_or_else_anywhere() {
        let words = "ærø ".repeat(200);
        assert_eq!(portions(&words).join(" "), words.trim());
        let one_word = "å".repeat(1000);
        let read = portions(&one_word);
        assert_eq!((read.len(), read.concat()), (5, one_word));
        assert!(read.iter().all(|portion| portion.chars().count() <= LETTERS_AT_ONCE));
    }
}
