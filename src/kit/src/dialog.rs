//! A sheet laid over the page, for one small thing. Never for "are you sure".
use crate::hooks::{after_each_change, fresh_id};
use crate::{IconButton, Live, Shape};
use leptos::html;
use leptos::prelude::*;

/// The browser's own dialog: it holds the focus, closes on Escape and gives the focus back. What is
/// inside stays as it was while closed, so nothing written is lost.
#[component]
pub fn Dialog(
    /// Open or closed.
    #[prop(into)]
    open: Live<bool>,
    /// The heading.
    #[prop(into)]
    title: String,
    /// What the closing cross does, in words.
    #[prop(into)]
    close_label: String,
    /// Asked to close: by the cross, Escape or the phone's back gesture.
    #[prop(into)]
    on_close: Callback<()>,
    children: Children,
) -> impl IntoView {
    let sheet = NodeRef::<html::Dialog>::new();
    let id = fresh_id("dialog");
    after_each_change(move || follow(sheet, open.get()));
    view! {
        <dialog class="dialog" node_ref=sheet aria-labelledby=id.clone() on:close=move |_| closed(open, on_close)>
            <div class="dialog-head">
                <h2 id=id.clone()>{title}</h2>
                <IconButton icon=Shape::Close label=close_label on_press=on_close/>
            </div>
            <div class="dialog-body">{children()}</div>
        </dialog>
    }
}

fn follow(sheet: NodeRef<html::Dialog>, open: bool) {
    let Some(sheet) = sheet.get() else { return };
    match (open, sheet.open()) {
        // It fails only on a page that is being taken down.
        (true, false) => drop(sheet.show_modal()),
        (false, true) => sheet.close(),
        _ => {}
    }
}

/// The browser closed it by itself; the caller has not heard yet.
fn closed(open: Live<bool>, on_close: Callback<()>) {
    if open.try_get_untracked() == Some(true) {
        on_close.try_run(());
    }
}
