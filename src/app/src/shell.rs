//! What stands around every screen: the bar, the tabs, the truth about saving, notices; and what
//! must be done by hand at each navigation: the focus.

use std::time::Duration;

use client::view::{self, Me, Saving, SavingView, WhomToCall, WrongDate, WrongDateView};
use client::{DocumentId, FirstCommand};
use kit::{
    Announcer, BackLink, Button, ButtonLink, Frame, IconButton, Live, Local, Look, Notice,
    ReadAloud, Saved, Shape, SkipLink, Standing, Tab, Tabs, Toast, TopBar, TopEnd,
    after_each_change,
};
use leptos::html::Div;
use leptos::prelude::*;

use crate::address::{self, Address, use_address};
use crate::aloud::use_aloud;
use crate::around::use_around;
use crate::hooks::{after_change, use_commands, use_view};
use crate::notices::use_notices;
use crate::part::{Part, use_part};
use crate::routes::Place;
use crate::screens::{Blank, Piece, addition, beside, screen};
use crate::text::{date_in_words, fill, t};
use crate::unsent::way_to;
use crate::{focus, words};

/// The whole page.
#[component]
pub(crate) fn Shell() -> impl IntoView {
    let address = use_address();
    let place = address.place();
    let part = use_part();
    let page = use_around().page();
    let is_blank = Local::new((page.is_away)());
    let words = NodeRef::<Div>::new();
    let commands = use_commands();
    after_each_change(move || {
        let away = is_blank.get();
        (page.put_away)(away);
        if let Some(words) = words.get() {
            focus::put_away(&words, away);
        }
    });
    let stands =
        Live::derive(move || (part.get() != Part::Opening).then(|| (place.get(), part.get())));
    // Nothing can be asked for before the app is open; a page that was put away may have loaded again.
    let is_open = Live::derive(move || (part.get() != Part::Opening).then(|| is_blank.get()));
    after_each_change(move || {
        if let Some(away) = is_open.get() {
            drop(commands.run(FirstCommand::PutAway(away)));
        }
    });
    let aloud = use_aloud();
    after_change(stands, move |_| {
        aloud.be_silent();
        focus::go_to_heading();
    });
    let needs_code = use_view(|| Me).part(|me| me.is_forgotten);
    let understood = aloud.understood().part(Option::is_some);
    let is_in = Live::derive(move || Some((part.get(), needs_code.get())));
    after_change(is_in, move |(part, needs_code)| leave_invitation(part, needs_code, address));

    view! {
        <div node_ref=words>
            <Frame>
                <div on:click=focus::skip>
                    <SkipLink label=t().skip()/>
                </div>
                <Bar place part is_blank/>
                {move || understood.get().then(|| view! { <Reading/> })}
                <Standing>
                    <Date/>
                    {move || asks(part.get()).then(|| addition(None, Piece::NewDevice))}
                </Standing>
                {move || screen(part.get(), &place.get())}
                {move || writes(part.get()).then(|| view! { <SavedLine part/> })}
                {move || citizens_own(part.get()).map(|course| view! { <InNeed course/> })}
                {move || tabs(part.get()).map(|tabs| view! { <MainTabs place tabs/> })}
            </Frame>
            <Told/>
        </div>
        <Blank on=is_blank/>
    }
}

/// The code has done its work; it has no business in the address any longer.
fn leave_invitation(part: Part, needs_code: bool, address: Address) {
    let is_in = !needs_code && !matches!(part, Part::Opening | Part::Outside);
    let had_code =
        address.place().get_untracked() == Place::Invitation || !address::hash().is_empty();
    if is_in && had_code {
        address.go_instead(&Place::Today);
    }
}

/// What reads the page to whoever has found a voice they understand.
#[component]
fn Reading() -> impl IntoView {
    let aloud = use_aloud();
    let press = move || {
        if aloud.is_reading().get_untracked() {
            aloud.be_silent();
        } else {
            aloud.read_page();
        }
    };
    view! {
        <ReadAloud is_reading=aloud.is_reading() read=t().aloud_read() stop=t().aloud_stop() on_press=press/>
    }
}

/// The way back, hiding, help.
#[component]
fn Bar(place: Live<Place>, part: Live<Part>, is_blank: Local<bool>) -> impl IntoView {
    let back = Live::memo(move || place.get().back(part.get()).map(|back| back.href()));
    let aloud = use_aloud();
    let hide = move || {
        aloud.be_silent();
        is_blank.set(true);
    };
    view! {
        <TopBar>
            {move || back.get().map(|href| view! { <BackLink href label=t().back()/> })}
            {move || beside(part.get())}
            <TopEnd>
                <IconButton icon=Shape::Hide label=t().hide() on_press=hide/>
                <ButtonLink href=Place::Help.href() label=t().help() look=Look::Quiet icon=Shape::Ring/>
            </TopEnd>
        </TopBar>
    }
}

/// Whether there is something to save: who was only let see writes nothing.
fn writes(part: Part) -> bool {
    !matches!(part, Part::Outside | Part::Guest(_))
}

/// Whether the one who holds the device is asked about new ones: while they sit together it is not the one who sees
/// the screen.
fn asks(part: Part) -> bool {
    matches!(part, Part::Citizen(_) | Part::Guest(_) | Part::Staff)
}

/// While they sit together it is the coordinator's computer, and she is not the one to call.
fn citizens_own(part: Part) -> Option<DocumentId> {
    if let Part::Citizen(course) = part { Some(course) } else { None }
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

/// While the date of this device is wrong: which day it is.
#[component]
fn Date() -> impl IntoView {
    let wrong = use_view(|| WrongDate);
    let draw = |WrongDateView { device, server }: WrongDateView| {
        let says = words::here(t().wrong_date_phone(), t().wrong_date_computer());
        let (device, server) = (date_in_words(device), date_in_words(server));
        let says = fill(says, &[("device", &device), ("server", &server)]);
        view! { <Notice icon=Shape::Calendar><p>{says}</p></Notice> }
    };
    view! { {move || wrong.get().map(draw)} }
}

#[component]
fn SavedLine(part: Live<Part>) -> impl IntoView {
    let saving = use_view(|| Saving);
    let saving = Live::memo(move || {
        let (mut saving, part) = (saving.get(), part.get());
        // What was set aside, or waits, may be of another course than the one on the screen.
        if matches!(part, Part::Beside(_)) {
            saving.has_aside = false;
            saving.is_overruled = false;
            saving.needs_newer_app = false;
            saving.waiting = 0;
        }
        saving.unsent.retain(|row| way_to(row, part).is_some());
        saving
    });
    let saving = calm(saving);
    let more = move || saving.with(|saving| more_of(saving, part.get()));
    let see = |(href, words): (String, &'static str)| view! { " "<a href=href>{words}</a> };
    // Counted outside of what is heard: it would be said at each pause in the writing.
    let waiting = saving.part(words::waiting);
    view! {
        <Saved said=saving.part(words::saved)>
            {move || waiting.get()}
            {move || more().map(see)}
        </Saved>
    }
}

/// The same, but "saved" is only said again when the hand has rested: between two keys it would flicker. That
/// something is not saved is said at once.
fn calm(saving: Live<SavingView>) -> Live<SavingView> {
    let shown = Local::new(saving.get_untracked());
    let keys = StoredValue::new(0_u32);
    let is_fine =
        |saving: &SavingView| matches!(saving.saved, view::Saved::Safely | view::Saved::OnDevice);
    after_each_change(move || {
        let now = saving.get();
        if !is_fine(&now) || shown.with_untracked(is_fine) {
            keys.update_value(|keys| *keys += 1);
            return shown.set(now);
        }
        let (key, rest) = (keys.get_value(), Duration::from_secs(1));
        set_timeout(
            move || {
                let rests = keys.try_get_value() == Some(key);
                let now = saving.try_get_untracked().filter(|now| rests && is_fine(now));
                now.into_iter().for_each(|now| shown.set(now));
            },
            rest,
        );
    });
    shown.live()
}

/// Where there is more to see than the line says, and what the way there is called.
fn more_of(saving: &SavingView, part: Part) -> Option<(String, &'static str)> {
    let t = t();
    if saving.is_forgotten {
        return Some((Place::Invitation.href(), t.saved_forgotten_see()));
    }
    if saving.has_aside || saving.is_overruled {
        return Some((Place::Aside.href(), t.saved_aside_see()));
    }
    if saving.needs_newer_app && saving.unsent.is_empty() {
        return Some((Place::Aside.href(), t.saved_aside_see()));
    }
    let row = saving.unsent.first().filter(|_| saving.saved == view::Saved::Safely)?;
    way_to(row, part).map(|href| (href, t.saved_aside_see()))
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
        Part::Opening | Part::Outside | Part::Guest(_) => return None,
        Part::Citizen(_) | Part::Beside(_) => {
            let network = (Place::Network(None), t.tab_network(), Shape::Network);
            vec![today, (Place::Plan(None), t.tab_plan(), Shape::Flag), network, meetings]
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
        >
            {addition(None, Piece::AboutToShow)}
        </Toast>
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
