//! Erasing what lies nowhere else for those who read it: it is said what that means, and done at the second tap.

use kit::{Button, Live, Local, Look, UnhurriedButton};
use leptos::prelude::*;

use crate::text::t;

/// What the two buttons say, and what it means.
#[derive(Clone, Copy)]
pub(crate) struct Erasing {
    /// At first.
    pub(crate) label: &'static str,
    /// To do it.
    pub(crate) sure: &'static str,
    /// What it means; may be empty.
    pub(crate) lead: &'static str,
}

/// The button and, once it was pressed, the second one.
#[component]
pub(crate) fn EraseButton(
    says: Erasing,
    /// What this button is called among those of the screen.
    name: String,
    /// Which of them was pressed: one at a time asks for a second tap.
    asked: Local<Option<String>>,
    /// It is meant.
    #[prop(into)]
    on_sure: Callback<()>,
) -> impl IntoView {
    let own = name.clone();
    let is_asked = Live::memo(move || asked.with(|asked| asked.as_deref() == Some(&*own)));
    // The same button, so that what has the focus stays.
    let label =
        is_asked.map(move |asked| if *asked { t().erase_keep() } else { says.label }.to_owned());
    let press = move || asked.set((!is_asked.get_untracked()).then(|| name.clone()));
    let sure = move || {
        view! {
            <p>{says.lead}</p>
            <UnhurriedButton label=says.sure.to_owned() on_press=move || on_sure.run(())/>
        }
    };
    view! {
        <Button label look=Look::Second on_press=press/>
        <div class="stack" data-gap="small" aria-live="polite">{move || is_asked.get().then(sure)}</div>
    }
}
