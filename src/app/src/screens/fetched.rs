//! The way to the later screens. In the app that citizens download they are a module of their own, which is
//! asked for when the first screen stands, and by whoever opens one of its screens before it is here.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use client::view::PlanView;
use client::{DocumentId, Tools};
use kit::{Button, Live, Look, Page, PageHead, after_each_change};
use leptos::prelude::*;

use self::half::{later_half, load_later};
use super::later;
use super::together::Opened;
use crate::around::{Around, Later, use_around};
use crate::focus;
use crate::hooks::after_change;
use crate::routes::Place;
use crate::text::t;

/// What the later half can draw.
#[derive(Clone)]
pub(crate) enum Piece {
    /// The screen of a place.
    Screen(Place),
    /// On the citizen's day: the courses that somebody else has begun in her name.
    OtherCourses,
    /// Under the citizen's day: what she can do next.
    Next,
    /// In the plan: the dreams, to be written in.
    Dreams(Opened, Live<Option<PlanView>>),
    /// On every screen: what others are about to see.
    AboutToShow,
    /// On every page: the devices that have come in the person's name and that nobody has said yes to.
    NewDevice,
    /// On a device that was put out: when and by whom.
    PutOut,
}

/// Asks for the later screens, unless they are here or on their way.
pub(crate) fn fetch_later(around: Around) {
    let later = around.later();
    if matches!(later.get_untracked(), Later::Coming | Later::Here) {
        return;
    }
    later.set(Later::Coming);
    (around.page().finish)(Box::pin(async move {
        let is_here = load_later().await.is_ok();
        later.set(if is_here { Later::Here } else { Later::Missing });
    }));
}

/// The screen of a place, once it is here.
pub(super) fn screen(course: Option<DocumentId>, place: &Place) -> AnyView {
    let around = use_around();
    fetch_later(around);
    // The heading that had the focus goes with what stood here meanwhile.
    after_change(Live::derive(move || Some(around.later().get())), |_| focus::go_to_heading());
    let place = place.clone();
    let draw = move || match around.later().get() {
        Later::Here => drawn(course, Piece::Screen(place.clone())),
        Later::Missing => view! { <Missing/> }.into_any(),
        Later::Unasked | Later::Coming => view! { <Coming/> }.into_any(),
    };
    view! { {move || draw()} }.into_any()
}

/// What the later half adds to a screen of the first one, once it is here; nobody waits for it.
pub(crate) fn addition(course: Option<DocumentId>, piece: Piece) -> AnyView {
    addition_or(course, piece, || ().into_any())
}

/// The same, where something stands meanwhile.
pub(super) fn addition_or(
    course: Option<DocumentId>,
    piece: Piece,
    meanwhile: impl Fn() -> AnyView + Send + 'static,
) -> AnyView {
    let around = use_around();
    let is_here = around.later().live().part(|later| *later == Later::Here);
    let draw = move || if is_here.get() { drawn(course, piece.clone()) } else { meanwhile() };
    view! { {move || draw()} }.into_any()
}

/// Where the later half could not be had: what it would do here, and a way to ask for it again.
pub(super) fn when_missing(words: &'static str) -> AnyView {
    let around = use_around();
    let is_missing = around.later().live().part(|later| *later == Later::Missing);
    let again = move || {
        view! {
            <p class="soft">{words}</p>
            <Button label=t().later_again() look=Look::Second on_press=move || fetch_later(around)/>
        }
    };
    view! { {move || is_missing.get().then(again)} }.into_any()
}

/// Hands over what the tools do by themselves, once they are here.
pub(crate) fn when_tools_come(around: Around, take: impl Fn(Tools) + 'static) {
    let is_here = around.later().live().part(|later| *later == Later::Here);
    after_each_change(move || {
        if let Some(half) = is_here.get().then(half).flatten() {
            take(half.tools);
        }
    });
}

/// What the later half gives.
pub(super) struct Half {
    draw: fn(Option<DocumentId>, Piece) -> AnyView,
    tools: Tools,
}

impl Half {
    fn new() -> Self {
        Self { draw: later::piece, tools: Tools::all() }
    }
}

/// The later half, if it is here: nothing is waited for.
fn half() -> Option<Half> {
    match pin!(later_half()).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(half) => half.ok(),
        Poll::Pending => None,
    }
}

fn drawn(course: Option<DocumentId>, piece: Piece) -> AnyView {
    let half = half();
    half.map_or_else(|| view! { <Missing/> }.into_any(), |half| (half.draw)(course, piece))
}

#[component]
fn Coming() -> impl IntoView {
    view! {
        <Page>
            <PageHead title=t().later_coming()>
                <p>{t().later_coming_lead()}</p>
            </PageHead>
        </Page>
    }
}

#[component]
fn Missing() -> impl IntoView {
    let around = use_around();
    view! {
        <Page>
            <PageHead title=t().later_missing()>
                <p>{t().later_missing_lead()}</p>
            </PageHead>
            <Button label=t().later_again() on_press=move || fetch_later(around)/>
        </Page>
    }
}

#[cfg(not(feature = "staff"))]
mod half {
    use leptos::wasm_split::{SplitLoaderError, wasm_split};

    use super::Half;

    /// From here on everything is in the other module. There is one way into it: each would have it loaded anew.
    #[wasm_split(later, wasm_split_path = leptos::wasm_split, preload(load_later), fallible)]
    pub(super) fn later_half() -> Result<Half, SplitLoaderError> {
        Ok(Half::new())
    }
}

/// In the app of those who work here, which is one piece.
#[cfg(feature = "staff")]
mod half {
    use std::convert::Infallible;
    use std::future::{Ready, ready};

    use super::Half;

    pub(super) fn load_later() -> Ready<Result<(), Infallible>> {
        ready(Ok(()))
    }

    pub(super) fn later_half() -> Ready<Result<Half, Infallible>> {
        ready(Ok(Half::new()))
    }
}
