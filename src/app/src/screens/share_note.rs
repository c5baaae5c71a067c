//! Del dette: where a copy of a note goes, and who can then read it, said before anything is done.

use client::view::{CopyPlace, ShareOf, ShareView, Target};
use client::{DocumentId, ShareTo, ToolCommand};
use domain::{Became, ItemId};
use kit::{Card, Choice, Live, Local, Notice, Page, PageHead, Paper, Shape, Tone, UnhurriedButton};
use leptos::prelude::*;

use super::nowhere::Nowhere;
use super::shared_copies::said;
use crate::address::use_address;
use crate::hooks::{use_commands, use_view};
use crate::routes::Place;
use crate::text::t;
use crate::words;

/// The screen.
#[component]
pub(crate) fn ShareNote(document: DocumentId, note: ItemId) -> impl IntoView {
    let share = use_view(move || ShareOf { document, note });
    let is_there = share.part(Option::is_some);
    let draw = move || {
        if is_there.get() {
            view! { <SharePage of=(document, note) share/> }.into_any()
        } else {
            view! { <Nowhere/> }.into_any()
        }
    };
    view! { {move || draw()} }
}

#[component]
fn SharePage(of: (DocumentId, ItemId), share: Live<Option<ShareView>>) -> impl IntoView {
    let became = Local::new(None::<Became>);
    let place = Local::new(None::<ShareTo>);
    let text = share.part(|share| share.as_ref().map(|share| share.text.clone()));
    let kinds = [Became::Dream, Became::Topic, Became::Goal].map(|one| (one, kind(one)));
    let choose = move |kind: Became| {
        // Only the dreams are one place.
        place.set((kind == Became::Dream).then_some(ShareTo::Dreams));
        became.set(Some(kind));
    };
    let target = Live::memo(move || {
        let to = place.get()?;
        share.with(|share| share.as_ref()?.targets.iter().find(|target| target.to == to).cloned())
    });
    view! {
        <Page>
            <PageHead title=t().note_share()>
                <p class="own-words">{move || text.get()}</p>
            </PageHead>
            <Choice title=t().share_what() options=Vec::from(kinds) chosen=became on_choose=choose/>
            {move || became.get().and_then(|became| places(became, share, place))}
            {move || target.get().map(|target| view! { <Last of target/> })}
        </Page>
    }
}

/// Which meeting, or which part of life.
fn places(
    became: Became,
    share: Live<Option<ShareView>>,
    place: Local<Option<ShareTo>>,
) -> Option<AnyView> {
    let title = match became {
        Became::Dream => return None,
        Became::Topic => t().share_meeting(),
        Became::Goal => t().goal_area(),
    };
    let options = share.part(move |share| {
        let targets = share.iter().flat_map(|share| &share.targets);
        targets.filter(|target| target.to.became() == became).map(option).collect::<Vec<_>>()
    });
    let is_empty = options.part(Vec::is_empty);
    let choose = move |to| place.set(Some(to));
    let draw = move || {
        if is_empty.get() {
            view! { <Card><p>{t().meetings_none()}</p></Card> }.into_any()
        } else {
            view! { <Choice title options chosen=place on_choose=choose/> }.into_any()
        }
    };
    Some(view! { {move || draw()} }.into_any())
}

/// Who can then read it, and the button.
#[component]
fn Last(of: (DocumentId, ItemId), target: Target) -> impl IntoView {
    let (commands, address) = (use_commands(), use_address());
    let (notebook, note) = of;
    if target.is_too_long {
        return view! { <Card paper=Paper::Sunk><p>{t().share_too_long()}</p></Card> }.into_any();
    }
    let to = target.to;
    let share = move || {
        let command = ToolCommand::ShareNote { notebook, note, to: to.clone() };
        if commands.run(command).is_ok() {
            address.go_instead(&Place::Note(notebook, note));
        }
    };
    view! {
        <Notice icon=Shape::Eye tone=Tone::Deep>
            <p class="strong">{said(t().share_read_by(), &target.others)}</p>
            <p>{t().share_stays()}</p>
        </Notice>
        <UnhurriedButton label=t().share_send() on_press=share/>
    }
    .into_any()
}

fn kind(became: Became) -> String {
    let t = t();
    match became {
        Became::Dream => t.share_dream(),
        Became::Topic => t.share_topic(),
        Became::Goal => t.share_goal(),
    }
    .to_owned()
}

fn option(target: &Target) -> (ShareTo, String) {
    let words = match &target.place {
        CopyPlace::Agenda(_, when) => words::meeting_when(when),
        CopyPlace::Goals(Some(area), _) => words::area(area).to_owned(),
        CopyPlace::Dreams | CopyPlace::Goals(None, _) | CopyPlace::Elsewhere => String::new(),
    };
    (target.to.clone(), words)
}
