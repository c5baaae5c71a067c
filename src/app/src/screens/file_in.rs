//! Hent fra en fil: what a file holds and this phone lacks comes in.

use client::view::{FileIn as FileInQuery, FileInView, Me, MeStage};
use client::{FILE_BYTES_MAX, FileCommand, FileFault};
use kit::{ChosenFile, FileField, Notice, Page, PageHead, Shape, Tone};
use leptos::prelude::*;

use super::nowhere::Nowhere;
use crate::around::use_around;
use crate::hooks::{use_commands, use_view};
use crate::part::{Part, use_part};
use crate::text::{fill, plural, t};

/// One more than may be read, so that a file that is too large is seen to be.
const BYTES_READ: u32 = FILE_BYTES_MAX as u32 + 1;

/// The screen.
#[component]
pub(crate) fn FileIn() -> impl IntoView {
    match use_part().get_untracked() {
        Part::Citizen(_) | Part::Outside => view! { <FileInPage/> }.into_any(),
        _ => view! { <Nowhere/> }.into_any(),
    }
}

#[component]
fn FileInPage() -> impl IntoView {
    let (commands, around) = (use_commands(), use_around());
    let is_in = use_view(|| Me).part(|me| me.stage == MeStage::In || me.is_forgotten);
    let found = use_view(|| FileInQuery);
    drop(commands.run(FileCommand::Leave));
    let choose = move |file: ChosenFile| {
        (around.page().finish)(Box::pin(async move {
            let bytes = file.bytes(BYTES_READ).await.unwrap_or_default();
            drop(commands.run(FileCommand::TakeIn(bytes.into())));
        }));
    };
    let field = move || {
        view! { <FileField label=t().file_in_choose() kinds=".json,application/json" on_choose=choose/> }
    };
    view! {
        <Page>
            <PageHead title=t().file_in_title()>
                <p>{move || if is_in.get() { t().file_in_lead() } else { t().file_not_in() }}</p>
            </PageHead>
            {move || is_in.get().then(field)}
            <div role="status">{move || standing(found.get())}</div>
        </Page>
    }
}

fn standing(found: FileInView) -> Option<AnyView> {
    let t = t();
    let (icon, tone, lines) = match found {
        FileInView::None => return None,
        FileInView::Reading => (Shape::Clock, Tone::Calm, vec![t.file_in_reading().to_owned()]),
        FileInView::Waiting => (Shape::NoNetwork, Tone::Calm, vec![t.file_in_waiting().to_owned()]),
        FileInView::ComingIn => (Shape::Clock, Tone::Calm, vec![t.file_in_coming().to_owned()]),
        FileInView::Known => (Shape::Check, Tone::Warm, vec![t.file_in_known().to_owned()]),
        FileInView::Stopped(fault) => {
            (Shape::Mend, Tone::Calm, vec![why(fault), t.file_in_unchanged().to_owned()])
        }
        FileInView::In { came_in, refused, asks_consent } => {
            (Shape::Check, Tone::Warm, what_came(came_in, refused, asks_consent))
        }
    };
    let lines = lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
    Some(view! { <Notice icon tone>{lines}</Notice> }.into_any())
}

fn what_came(came_in: usize, refused: usize, asks_consent: bool) -> Vec<String> {
    let t = t();
    let mut lines = Vec::new();
    if came_in > 0 {
        lines.push(t.file_in_done().to_owned());
    }
    if refused > 0 {
        lines.push(plural(t.file_in_refused_one(), t.file_in_refused_many(), refused));
    }
    if asks_consent {
        lines.push(t.file_in_consent().to_owned());
    }
    lines
}

/// Why a file cannot come in, and what to do.
fn why(fault: FileFault) -> String {
    let t = t();
    let in_line = |sentence, line: usize| fill(sentence, &[("line", &*line.to_string())]);
    match fault {
        FileFault::Foreign => t.file_foreign().to_owned(),
        FileFault::Newer => t.file_newer().to_owned(),
        FileFault::TooLarge => t.file_large().to_owned(),
        FileFault::Cut { line } => in_line(t.file_cut(), line),
        FileFault::Broken { line } => in_line(t.file_broken(), line),
        FileFault::Changed => t.file_changed().to_owned(),
        FileFault::SomebodyElse => t.file_other().to_owned(),
        FileFault::NotLetIn => t.file_not_in().to_owned(),
        FileFault::OtherTab => t.file_other_tab().to_owned(),
    }
}
