//! People as they stand on a screen.

use client::view::Named;
use kit::{Button, Face, Live, Look, Shape, Who};
use leptos::prelude::*;

use crate::around::use_around;
use crate::text::t;
use crate::words;

/// "Du og Mette", behind an eye; a lock when it is only me.
#[component]
pub(crate) fn WhoSees(
    /// Who may read the thing, I first.
    #[prop(into)]
    readers: Live<Vec<Named>>,
) -> impl IntoView {
    let is_private =
        readers.with_untracked(|readers| matches!(readers.as_slice(), [me] if me.is_me));
    let icon = if is_private { Shape::Lock } else { Shape::Eye };
    view! { <Who icon words=readers.map(|readers| words::who_sees(readers))/> }
}

/// "Skrevet af dig og Mette".
#[component]
pub(crate) fn WrittenBy(
    /// Who has written in the thing, the first one first.
    #[prop(into)]
    by: Live<Vec<Named>>,
) -> impl IntoView {
    view! { <Who icon=Shape::Pen words=by.map(|by| words::written_by(by))/> }
}

/// Puts what stands on the screen on paper.
#[component]
pub(crate) fn PrintButton() -> impl IntoView {
    let page = use_around().page();
    view! { <Button label=t().consent_print() look=Look::Quiet icon=Shape::Print on_press=move || (page.print)()/> }
}

/// Two letters in a circle.
pub(crate) fn face(named: &Named) -> impl IntoView + use<> {
    view! { <Face initials=named.initials() kind=words::face(named)/> }
}
