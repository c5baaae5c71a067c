//! What stands around every screen: the bar, the tabs, the truth about saving, notices; and what
//! must be done by hand at each navigation: title and focus.

use client::view::Saving;
use kit::{
    Announcer, BackLink, Button, ButtonLink, Frame, IconButton, Look, Notice, Saved, Shape,
    SkipLink, Tab, Tabs, Toast, TopBar, TopEnd,
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use leptos_router::location::Location;

use crate::around::use_around;
use crate::go::{Go, use_go};
use crate::hooks::{after_change, use_view};
use crate::notices::use_notices;
use crate::part::{Part, use_part};
use crate::routes::Place;
use crate::screens::{Blank, screen};
use crate::text::t;
use crate::{focus, words};

/// The whole page.
#[component]
pub(crate) fn Shell() -> impl IntoView {
    let Location { pathname: path, hash, .. } = use_location();
    let place = Memo::new(move |_| Place::read(&path.read()));
    let part = use_part();
    let is_blank = RwSignal::new(false);
    let go = use_go();
    let stands = move || (part.get() != Part::Opening).then(|| (place.get(), part.get()));
    after_change(stands, |_| focus::go_to_heading());
    after_change(move || Some(part.get()), move |part| leave_invitation(part, place, hash, go));

    view! {
        <div inert=move || is_blank.get()>
            <Frame>
                <div on:click=focus::skip>
                    <SkipLink label=t().skip/>
                </div>
                <Bar place part is_blank/>
                {move || screen(part.get(), &place.get())}
                {move || (part.get() != Part::Outside).then(|| view! { <SavedLine/> })}
                {move || tabs(part.get()).map(|tabs| view! { <MainTabs place tabs/> })}
            </Frame>
            <Told/>
        </div>
        <Blank on=is_blank/>
    }
}

/// The code has done its work; it has no business in the address any longer.
fn leave_invitation(part: Part, place: Memo<Place>, hash: Memo<String>, go: Go) {
    let is_in = matches!(part, Part::Citizen(_) | Part::Staff);
    let had_code =
        place.get_untracked() == Place::Invitation || !hash.with_untracked(String::is_empty);
    if is_in && had_code {
        go.instead(&Place::Today);
    }
}

/// The way back, hiding, help.
#[component]
fn Bar(place: Memo<Place>, part: Memo<Part>, is_blank: RwSignal<bool>) -> impl IntoView {
    let back = Memo::new(move |_| place.get().back(part.get()).map(|back| back.href()));
    view! {
        <TopBar>
            {move || back.get().map(|href| view! { <BackLink href label=t().back/> })}
            <TopEnd>
                <IconButton icon=Shape::Hide label=t().hide on_press=move || is_blank.set(true)/>
                <ButtonLink href=Place::Help.href() label=t().help look=Look::Quiet icon=Shape::Ring/>
            </TopEnd>
        </TopBar>
    }
}

#[component]
fn SavedLine() -> impl IntoView {
    let saving = use_view(|| Saving);
    let said = Memo::new(move |_| saving.with(words::saved));
    view! {
        <Saved
            icon=Signal::derive(move || said.with(|said| said.0))
            words=Signal::derive(move || said.with(|said| said.1.clone()))
        />
    }
}

#[component]
fn MainTabs(place: Memo<Place>, tabs: Vec<Tab>) -> impl IntoView {
    let current = Signal::derive(move || place.get().tab().map(|place| place.href()));
    view! { <Tabs label=t().tabs_label tabs current brand=t().app_name/> }
}

fn tabs(part: Part) -> Option<Vec<Tab>> {
    let t = t();
    let (today, meetings) = (
        (Place::Today, t.tab_today, Shape::Home),
        (Place::Meetings, t.tab_meetings, Shape::Calendar),
    );
    let places = match part {
        Part::Opening | Part::Outside => return None,
        Part::Citizen(_) => vec![today, (Place::Plan(None), t.tab_plan, Shape::Flag), meetings],
        Part::Staff => vec![
            today,
            (Place::Citizens, t.tab_citizens, Shape::People),
            meetings,
            (Place::Team, t.tab_team, Shape::List),
        ],
    };
    Some(places.into_iter().map(tab).collect())
}

fn tab((place, word, icon): (Place, &str, Shape)) -> Tab {
    Tab { href: place.href(), word: word.to_owned(), icon }
}

/// What just happened, to be seen and heard.
#[component]
fn Told() -> impl IntoView {
    let notices = use_notices();
    let around = use_around();
    view! {
        {move || around.has_update().get().then(|| view! { <NewVersion/> })}
        <Toast
            message=notices.shown()
            close_label=t().close
            on_undo=move |_| notices.undo()
            on_gone=move |id| notices.gone(id)
        />
        <Announcer words=around.heard()/>
    }
}

#[component]
fn NewVersion() -> impl IntoView {
    let around = use_around();
    view! {
        <Notice icon=Shape::Ring>
            <p>{t().update_lead}</p>
            <Button label=t().update_take look=Look::Second on_press=move || around.take_update()/>
        </Notice>
    }
}
