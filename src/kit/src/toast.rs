//! A word about what was just done, with the way back.
use crate::hooks::after_each_change;
use crate::{IconButton, Live, Shape};
use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::*;
use std::time::Duration;

/// How long a message stays when nobody touches it. Ten seconds is promised; a slow reader gets more.
/// Nothing is lost when it goes: what was thrown out lies in the bin.
const SHOWN: Duration = Duration::from_secs(14);

/// One message. Another `id` is another message, also when the words are the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToastMessage {
    /// Tells messages apart.
    pub id: u64,
    /// What was done.
    pub words: String,
    /// The words on the button that undoes it, if it can be undone.
    pub undo: Option<String>,
}

/// Stands on the page from the start and shows one message at a time. It stays while it has focus
/// or a pointer over it.
#[component]
pub fn Toast(
    /// The message, if there is one.
    #[prop(into)]
    message: Live<Option<ToastMessage>>,
    /// What the cross does, in words.
    #[prop(into)]
    close_label: String,
    /// The undo button was pressed; given the message's `id`.
    #[prop(into)]
    on_undo: Callback<u64>,
    /// It was read, closed or undone: take it away. Given the message's `id`.
    #[prop(into)]
    on_gone: Callback<u64>,
    /// What stands above it for as long as it holds: [`StandingToast`]s.
    children: Children,
) -> impl IntoView {
    let clock = Clock { ends: StoredValue::new(None), message, on_gone };
    after_each_change(move || clock.start());
    on_cleanup(move || clock.stop());
    let draw = move || {
        let label = close_label.clone();
        message.get().map(|message| shown(message, label, on_undo, on_gone))
    };
    view! {
        <div class="toast-place" role="status" aria-live="polite"
            on:focusin=move |_| clock.stop()
            on:pointerover=move |_| clock.stop()
            on:focusout=move |_| clock.start()
            on:pointerout=move |_| clock.start()
        >
            {children()}
            {move || draw()}
        </div>
    }
}

/// Something that is about to happen, with the way back: it stands until it has happened.
#[component]
pub fn StandingToast(
    /// What is about to happen, or could not.
    #[prop(into)]
    words: Live<String>,
    /// The words on the button.
    #[prop(into)]
    action: Live<String>,
    /// The button was pressed.
    #[prop(into)]
    on_action: Callback<()>,
) -> impl IntoView {
    view! {
        <div class="toast">
            <p class="toast-words">{move || words.get()}</p>
            <button type="button" class="toast-action" on:click=move |_| on_action.run(())>
                {move || action.get()}
            </button>
        </div>
    }
}

fn shown(
    message: ToastMessage,
    close_label: String,
    on_undo: Callback<u64>,
    on_gone: Callback<u64>,
) -> impl IntoView {
    let id = message.id;
    let undo = move |_| {
        on_undo.run(id);
        on_gone.run(id);
    };
    let button =
        |words| view! { <button type="button" class="toast-action" on:click=undo>{words}</button> };
    view! {
        <div class="toast">
            <p class="toast-words">{message.words}</p>
            {message.undo.map(button)}
            <IconButton icon=Shape::Close label=close_label on_press=move || on_gone.run(id)/>
        </div>
    }
}

/// Counts while nobody touches the message.
#[derive(Clone, Copy)]
struct Clock {
    ends: StoredValue<Option<TimeoutHandle>>,
    message: Live<Option<ToastMessage>>,
    on_gone: Callback<u64>,
}

impl Clock {
    fn start(self) {
        self.stop();
        let Some(id) = self.message.get().map(|message| message.id) else { return };
        let gone = move || {
            self.on_gone.try_run(id);
        };
        let handle = set_timeout_with_handle(gone, SHOWN).ok();
        self.ends.try_set_value(handle);
    }

    fn stop(self) {
        if let Some(handle) = self.ends.try_get_value().flatten() {
            handle.clear();
        }
    }
}
