//! What stands around every screen: the bar, the tabs, the truth about saving, notices; and what
//! must be done by hand at each navigation: title and focus.

use client::DocumentId;
use client::view::{Saving, WhomToCall};
use kit::{
    Announcer, BackLink, Button, ButtonLink, Frame, IconButton, Live, Local, Look, Notice, Saved,
    Shape, SkipLink, Tab, Tabs, Toast, TopBar, TopEnd, after_each_change,
};
use leptos::prelude::*;

use crate::address::{self, Address, use_address};
use crate::around::use_around;
use crate::hooks::{after_change, use_view};
use crate::notices::use_notices;
use crate::part::{Part, use_part};
use crate::routes::Place;
use crate::screens::{Blank, beside, screen};
use crate::text::t;
use crate::{focus, words};

/// The whole page.
#[component]
pub(crate) fn Shell() -> impl IntoView {
    let address = use_address();
    let place = address.place();
    let part = use_part();
    let is_blank = Local::new(false);
    let stands =
        Live::derive(move || (part.get() != Part::Opening).then(|| (place.get(), part.get())));
    after_change(stands, |_| focus::go_to_heading());
    after_change(part.map(|part| Some(*part)), move |part| leave_invitation(part, address));

    view! {
        <div inert=move || is_blank.get()>
            <Frame>
                <div on:click=focus::skip>
                    <SkipLink label=t().skip()/>
                </div>
                <Bar place part is_blank/>
                {move || screen(part.get(), &place.get())}
                {move || (part.get() != Part::Outside).then(|| view! { <SavedLine/> })}
                {move || part.get().own_course().map(|course| view! { <InNeed course/> })}
                {move || tabs(part.get()).map(|tabs| view! { <MainTabs place tabs/> })}
            </Frame>
            <Told/>
        </div>
        <Blank on=is_blank/>
    }
}

/// The code has done its work; it has no business in the address any longer.
fn leave_invitation(part: Part, address: Address) {
    let is_in = !matches!(part, Part::Opening | Part::Outside);
    let had_code =
        address.place().get_untracked() == Place::Invitation || !address::hash().is_empty();
    if is_in && had_code {
        address.go_instead(&Place::Today);
    }
}

/// The way back, hiding, help.
#[component]
fn Bar(place: Live<Place>, part: Live<Part>, is_blank: Local<bool>) -> impl IntoView {
    let back = Live::memo(move || place.get().back(part.get()).map(|back| back.href()));
    view! {
        <TopBar>
            {move || back.get().map(|href| view! { <BackLink href label=t().back()/> })}
            {move || beside(part.get())}
            <TopEnd>
                <IconButton icon=Shape::Hide label=t().hide() on_press=move || is_blank.set(true)/>
                <ButtonLink href=Place::Help.href() label=t().help() look=Look::Quiet icon=Shape::Ring/>
            </TopEnd>
        </TopBar>
    }
}

/// Draws nothing. The page that stands in for an app that cannot open knows whom to call.
#[component]
fn InNeed(course: DocumentId) -> impl IntoView {
    let people = use_view(move || WhomToCall { course });
    let keep = use_around().page().call_in_need;
    after_each_change(move || {
        people.with(|people| {
            if let Some(first) = people.first() {
                keep(&words::name_or_role(first), &first.phone);
            }
        });
    });
}

#[component]
fn SavedLine() -> impl IntoView {
    let saving = use_view(|| Saving);
    // What was set aside may be of another course than the one on the screen.
    let sits_beside = use_around().beside();
    let saving = Live::memo(move || {
        let mut saving = saving.get();
        saving.has_aside &= sits_beside.get().is_none();
        saving
    });
    let has_aside = saving.part(|saving| saving.has_aside);
    let see = || view! { " "<a href=Place::Aside.href()>{t().saved_aside_see()}</a> };
    // Counted outside of what is heard: it would be said at each pause in the writing.
    let waiting = saving.part(words::waiting);
    view! {
        <Saved said=saving.part(words::saved)>
            {move || waiting.get()}
            {move || has_aside.get().then(see)}
        </Saved>
    }
}

#[component]
fn MainTabs(place: Live<Place>, tabs: Vec<Tab>) -> impl IntoView {
    let current = Live::derive(move || place.get().tab().map(|place| place.href()));
    view! { <Tabs label=t().tabs_label() tabs current brand=t().app_name()/> }
}

fn tabs(part: Part) -> Option<Vec<Tab>> {
    let t = t();
    let (today, meetings) = (
        (Place::Today, t.tab_today(), Shape::Home),
        (Place::Meetings, t.tab_meetings(), Shape::Calendar),
    );
    let places = match part {
        Part::Opening | Part::Outside => return None,
        Part::Citizen(_) | Part::Beside(_) => {
            vec![today, (Place::Plan(None), t.tab_plan(), Shape::Flag), meetings]
        }
        Part::Staff => vec![
            today,
            (Place::Citizens, t.tab_citizens(), Shape::People),
            meetings,
            (Place::Team, t.tab_team(), Shape::List),
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
            close_label=t().close()
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
            <p>{t().update_lead()}</p>
            <Button label=t().update_take() look=Look::Second on_press=move || (around.page().take_update)()/>
        </Notice>
    }
}
