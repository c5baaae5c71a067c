//! Who sees what: by person, and by every part of life.

use client::view::{AreaReaders, LetIn, Named, Undeclared, WhoSees as WhoSeesQuery, WhoSeesView};
use client::{DocumentId, PersonId, ToolCommand};
use domain::{LifeArea, Role};
use kit::{
    Button, ButtonLink, Card, CardLink, CardSection, Live, Look, Page, PageHead, Paper, Rows,
    Section, Shape,
};
use leptos::prelude::*;

use super::kept_aside::KeptAsideLink;
use crate::hooks::{use_commands, use_view};
use crate::part::{Part, use_part};
use crate::people::{WhoSees as Readers, face};
use crate::routes::Place;
use crate::text::{fill, names, t};
use crate::words;

/// The screen.
#[component]
pub(crate) fn WhoSees(course: DocumentId) -> impl IntoView {
    let found = use_view(move || WhoSeesQuery { course });
    let network = Place::Network(use_part().get_untracked().course_in_path(course)).href();
    let list = move |part: fn(&WhoSeesView) -> &Vec<LetIn>| {
        found.map(move |found| found.as_ref().map(part).cloned().unwrap_or_default())
    };
    let (people, before) = (list(|found| &found.people), list(|found| &found.before));
    let undeclared =
        found.map(|found| found.as_ref().map(|it| it.undeclared.clone()).unwrap_or_default());
    let is_nobody =
        Live::memo(move || people.with(Vec::is_empty) && undeclared.with(Vec::is_empty));
    let stranger = move |row| view! { <Stranger course row/> };
    let areas = found.map(|found| found.as_ref().map(|it| it.areas.clone()).unwrap_or_default());
    let nobody = move || {
        let href = network.clone();
        view! {
            <Card paper=Paper::Sunk>
                <p>{t().who_sees_nobody()}</p>
                <ButtonLink href label=t().who_sees_choose() look=Look::Second/>
            </Card>
        }
    };
    view! {
        <Page>
            <PageHead title=t().who_sees_title()>
                <p>{move || found.with(lead)}</p>
            </PageHead>
            <KeptAsideLink course/>
            {move || is_nobody.get().then(&nobody)}
            <People title=t().who_sees_others() all=people/>
            <Rows each=undeclared key=|row: &Undeclared| row.person.who.to_string() row=stranger/>
            <CardSection title=t().who_sees_areas()>
                <Rows each=areas key=|row: &AreaReaders| row.area.key().to_owned() row=area/>
            </CardSection>
            <People title=t().who_sees_before() all=before/>
        </Page>
    }
}

/// Those who see everything in any case, and what nobody does.
fn lead(found: &Option<WhoSeesView>) -> String {
    let part = use_part().get_untracked();
    // Where two sit together, the page is the citizen's, and whoever has the computer is one of the others.
    let is_other = |named: &&Named| match part {
        Part::Beside(_) => named.role != Some(Role::Citizen),
        _ => !named.is_me,
    };
    let always = found.iter().flat_map(|found| &found.always);
    let others: Vec<String> = always.filter(is_other).map(words::name_or_role).collect();
    if others.is_empty() {
        String::new()
    } else {
        let others = fill(t().who_sees_lead(), &[("who", &names(&others))]);
        let is_mine = matches!(part, Part::Citizen(_));
        let notes = if is_mine { t().who_sees_notes() } else { t().who_sees_notes_of() };
        [&others, " ", notes].concat()
    }
}

/// A heading and people under it; nothing where there are none.
#[component]
fn People(title: &'static str, all: Live<Vec<LetIn>>) -> impl IntoView {
    let has_any = Live::memo(move || !all.with(Vec::is_empty));
    let draw = move || {
        view! {
            <Section title>
                <Rows each=all key=|row: &LetIn| row.document.to_string() row=person/>
            </Section>
        }
    };
    view! { {move || has_any.get().then(draw)} }
}

fn person(row: Live<LetIn>) -> impl IntoView {
    let href = row.map(|row| Place::Consent(row.document).href());
    let named: Live<Named> = row.part(|row| row.person.clone());
    view! {
        <CardLink href>
            <span class="row">
                {move || named.with(face)}
                <span class="stack grow" data-gap="small">
                    <span class="strong own-words">{move || named.with(words::name_or_role)}</span>
                    <span>{move || row.with(areas_in_words)}</span>
                </span>
            </span>
        </CardLink>
    }
}

/// Somebody who sees something, and nobody has said why: that is shown and can be ended here.
#[component]
fn Stranger(course: DocumentId, row: Live<Undeclared>) -> impl IntoView {
    let commands = use_commands();
    let named: Live<Named> = row.part(|row| row.person.clone());
    let can_show_out = row.part(|row| row.can_show_out);
    let show_out = move || {
        let person = row.with_untracked(|row| PersonId(row.person.who.0));
        drop(commands.run(ToolCommand::ShowOut { course, person }));
    };
    view! {
        <Card>
            <p class="strong own-words">{move || named.with(words::name_or_role)}</p>
            <p>{move || row.with(undeclared_in_words)}</p>
            {move || can_show_out.get().then(|| view! {
                <Button label=t().who_sees_show_out() look=Look::Second icon=Shape::Lock on_press=show_out/>
            })}
        </Card>
    }
}

fn undeclared_in_words(row: &Undeclared) -> String {
    let name = |area: &Option<LifeArea>| area.as_ref().map_or(t().area_other(), words::area);
    let areas: Vec<String> = row.areas.iter().map(|area| name(area).to_owned()).collect();
    fill(t().who_sees_undeclared(), &[("what", &names(&areas))])
}

fn areas_in_words(row: &LetIn) -> String {
    let areas = row.areas.iter().filter_map(|seen| seen.area.as_ref());
    names(&areas.map(|area| words::area(area).to_owned()).collect::<Vec<_>>())
}

fn area(row: Live<AreaReaders>) -> impl IntoView {
    view! {
        <div class="stack" data-gap="small">
            <span class="strong">{row.with_untracked(|row| words::area(&row.area))}</span>
            <Readers readers=row.map(|row| row.readers.clone())/>
        </div>
    }
}
