//! Our Rust, read as tokens and as syntax.
use crate::house::{files, read, root};
use proc_macro2::{TokenStream, TokenTree};

/// One parsed file.
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) text: String,
    pub(crate) syntax: syn::File,
}

/// All of our Rust under these folders.
pub(crate) fn sources(folders: &[&str]) -> Vec<Source> {
    folders.iter().flat_map(|folder| files(folder, ".rs")).filter_map(parse).collect()
}

/// What does not parse is the compiler's to complain of, as is a file that has just gone.
fn parse(path: String) -> Option<Source> {
    if !root().join(&path).exists() {
        return None;
    }
    let text = read(&path);
    let syntax = syn::parse_file(&text).ok()?;
    Some(Source { path, text, syntax })
}

/// Every place in the tokens, at any depth, where the words of `sequence` follow each other. Words are
/// identifiers or single signs: `["Effect", ":", ":", "new"]`.
pub(crate) fn lines_with(tokens: TokenStream, sequence: &[&str]) -> Vec<usize> {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let mut lines = Vec::new();
    for window in trees.windows(sequence.len()) {
        if window.iter().zip(sequence).all(|(tree, word)| is(tree, word)) {
            lines.push(line(&window[0]));
        }
    }
    for tree in trees {
        if let TokenTree::Group(group) = tree {
            lines.extend(lines_with(group.stream(), sequence));
        }
    }
    lines
}

/// Whether the tree is this identifier or sign.
pub(crate) fn is(tree: &TokenTree, word: &str) -> bool {
    match tree {
        TokenTree::Ident(ident) => ident == word,
        TokenTree::Punct(punct) => word.len() == 1 && word.starts_with(punct.as_char()),
        TokenTree::Group(_) | TokenTree::Literal(_) => false,
    }
}

/// The line a tree starts on.
pub(crate) fn line(tree: &TokenTree) -> usize {
    tree.span().start().line
}

/// One use of `view!`: the line it starts on, how many lines it takes, and what is in it.
pub(crate) struct ViewMacro {
    pub(crate) line: usize,
    pub(crate) lines: usize,
    pub(crate) inside: TokenStream,
}

/// Every `view!` in the tokens that does not stand inside another one.
pub(crate) fn views(tokens: TokenStream) -> Vec<ViewMacro> {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let mut found = Vec::new();
    for (place, tree) in trees.iter().enumerate() {
        let TokenTree::Group(group) = tree else { continue };
        if place >= 2 && is(&trees[place - 2], "view") && is(&trees[place - 1], "!") {
            let (first, last) = (group.span_open().start().line, group.span_close().end().line);
            found.push(ViewMacro { line: first, lines: last - first + 1, inside: group.stream() });
        } else {
            found.extend(views(group.stream()));
        }
    }
    found
}
