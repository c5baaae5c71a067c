//! How large things may grow before they must be divided.
use crate::exceptions::{Measured, hold};
use crate::source::{Source, sources, views};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

const FILE_LINES_MAX: usize = 400;
const FUNCTION_LINES_MAX: usize = 60;
const COMPONENT_LINES_MAX: usize = 80;
const VIEW_LINES_MAX: usize = 40;
const PARAMETERS_MAX: usize = 4;

const OURS: [&str; 2] = ["src", "tests"];

#[test]
fn no_file_is_longer_than_400_lines() {
    let what = "lines of file";
    let measured: Vec<Measured> = sources(&OURS)
        .into_iter()
        .map(|source| Measured {
            what,
            size: source.text.lines().count(),
            place: source.path,
            line: 1,
            limit: FILE_LINES_MAX,
        })
        .collect();
    hold(what, &measured);
}

#[test]
fn no_function_is_longer_than_60_lines_and_no_component_longer_than_80() {
    let what = "lines of function";
    hold(what, &functions(what, |function| (function.lines, function.lines_max())));
}

#[test]
fn no_function_takes_more_than_4_parameters() {
    let what = "parameters";
    hold(what, &functions(what, |function| (function.parameters, function.parameters_max())));
}

#[test]
fn no_view_is_longer_than_40_lines() {
    let what = "lines of view!";
    let mut measured = Vec::new();
    for source in sources(&["src/app", "src/kit"]) {
        for (place, view) in views(source.syntax.to_token_stream()).into_iter().enumerate() {
            measured.push(Measured {
                what,
                place: format!("{}::view{}", source.path, place + 1),
                line: view.line,
                size: view.lines,
                limit: VIEW_LINES_MAX,
            });
        }
    }
    hold(what, &measured);
}

/// One function as it is measured.
struct Function {
    name: String,
    line: usize,
    lines: usize,
    parameters: usize,
    component: bool,
}

impl Function {
    fn lines_max(&self) -> usize {
        if self.component { COMPONENT_LINES_MAX } else { FUNCTION_LINES_MAX }
    }

    /// A component's parameters are its attributes, and are given by name.
    fn parameters_max(&self) -> usize {
        if self.component { usize::MAX } else { PARAMETERS_MAX }
    }
}

fn functions(what: &'static str, measure: impl Fn(&Function) -> (usize, usize)) -> Vec<Measured> {
    let mut measured = Vec::new();
    for source in sources(&OURS) {
        for function in functions_of(&source) {
            let (size, limit) = measure(&function);
            let place = format!("{}::{}", source.path, function.name);
            measured.push(Measured { what, place, line: function.line, size, limit });
        }
    }
    measured
}

fn functions_of(source: &Source) -> Vec<Function> {
    let mut finder = Finder { found: Vec::new() };
    finder.visit_file(&source.syntax);
    finder.found
}

struct Finder {
    found: Vec<Function>,
}

impl Finder {
    fn add(
        &mut self,
        signature: &syn::Signature,
        body: &syn::Block,
        attributes: &[syn::Attribute],
    ) {
        let (first, last) = (signature.span().start().line, body.span().end().line);
        let is_typed = |input: &&syn::FnArg| matches!(input, syn::FnArg::Typed(_));
        self.found.push(Function {
            name: signature.ident.to_string(),
            line: first,
            lines: last - first + 1,
            parameters: signature.inputs.iter().filter(is_typed).count(),
            component: attributes.iter().any(|attribute| attribute.path().is_ident("component")),
        });
    }
}

impl<'syntax> Visit<'syntax> for Finder {
    fn visit_item_fn(&mut self, function: &'syntax syn::ItemFn) {
        self.add(&function.sig, &function.block, &function.attrs);
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'syntax syn::ImplItemFn) {
        self.add(&function.sig, &function.block, &function.attrs);
        visit::visit_impl_item_fn(self, function);
    }
}
