//! Buttons and links that look like buttons: one primary on a screen, words of verb and thing.
use crate::{Icon, Live, Local, Shape};
use leptos::prelude::*;
use std::time::Duration;

/// How much a button stands out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// The one thing to do on this screen.
    #[default]
    Primary,
    /// The other thing one might do.
    Second,
    /// A small one beside a row.
    Quiet,
}

impl Look {
    /// The value of `data-look`; the primary one has none.
    fn attribute(self) -> Option<&'static str> {
        match self {
            Self::Primary => None,
            Self::Second => Some("second"),
            Self::Quiet => Some("quiet"),
        }
    }
}

/// Does something here and now.
#[component]
pub fn Button(
    /// Verb and thing.
    #[prop(into)]
    label: Live<String>,
    /// What happens.
    #[prop(into)]
    on_press: Callback<()>,
    /// How much it stands out.
    #[prop(optional)]
    look: Look,
    /// A sign before the words.
    #[prop(optional, into)]
    icon: Option<Shape>,
) -> impl IntoView {
    view! {
        <button type="button" class="button" data-look=look.attribute() on:click=move |_| on_press.run(())>
            {icon.map(sign)}
            <span>{move || label.get()}</span>
        </button>
    }
}

/// So long the second tap of two may come.
const DOUBLE_TAP: Duration = Duration::from_millis(500);

/// Like [`Button`], for what is to be thought over: it takes no press in its first half second, for the second of two
/// quick taps was meant for what stood in its place.
#[component]
pub fn UnhurriedButton(
    /// Verb and thing.
    #[prop(into)]
    label: Live<String>,
    /// What happens.
    #[prop(into)]
    on_press: Callback<()>,
    /// How much it stands out.
    #[prop(optional)]
    look: Look,
) -> impl IntoView {
    let is_ready = Local::new(false);
    set_timeout(move || is_ready.set(true), DOUBLE_TAP);
    view! {
        <button type="button" class="button" data-look=look.attribute() disabled=move || !is_ready.get() on:click=move |_| on_press.run(())>
            <span>{move || label.get()}</span>
        </button>
    }
}

/// Sends the form it stands in; the form's own `on:submit` decides.
#[component]
pub fn SubmitButton(
    /// Verb and thing.
    #[prop(into)]
    label: Live<String>,
) -> impl IntoView {
    view! {
        <button type="submit" class="button">
            <span>{move || label.get()}</span>
        </button>
    }
}

/// Leads somewhere: another screen, `tel:` or `sms:`.
#[component]
pub fn ButtonLink(
    /// Where it leads.
    #[prop(into)]
    href: Live<String>,
    /// Verb and thing.
    #[prop(into)]
    label: Live<String>,
    /// How much it stands out.
    #[prop(optional)]
    look: Look,
    /// A sign before the words.
    #[prop(optional, into)]
    icon: Option<Shape>,
) -> impl IntoView {
    view! {
        <a class="button" href=move || href.get() data-look=look.attribute()>
            {icon.map(sign)}
            <span>{move || label.get()}</span>
        </a>
    }
}

/// Buttons that belong together, beside one another where there is room.
#[component]
pub fn Actions(children: Children) -> impl IntoView {
    view! { <div class="actions">{children()}</div> }
}

fn sign(shape: Shape) -> impl IntoView {
    view! { <Icon shape/> }
}
