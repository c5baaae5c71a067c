//! Who sees what: by person, and by every part of life.

use client::DocumentId;
use client::view::{AreaReaders, LetIn, Named, WhoSees as WhoSeesQuery, WhoSeesView};
use kit::{
    ButtonLink, Card, CardLink, CardSection, Live, Look, Page, PageHead, Paper, Rows, Section,
};
use leptos::prelude::*;

use crate::hooks::use_view;
use crate::part::use_part;
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
            {move || people.with(Vec::is_empty).then(&nobody)}
            <People title=t().who_sees_others() all=people/>
            <CardSection title=t().who_sees_areas()>
                <Rows each=areas key=|row: &AreaReaders| row.area.key().to_owned() row=area/>
            </CardSection>
            <People title=t().who_sees_before() all=before/>
        </Page>
    }
}

/// Those who see everything in any case, and what nobody does.
fn lead(found: &Option<WhoSeesView>) -> String {
    let always = found.iter().flat_map(|found| &found.always);
    let others = always.filter(|named| !named.is_me).map(words::name_or_role);
    let others: Vec<String> = others.collect();
    if others.is_empty() {
        String::new()
    } else {
        fill(t().who_sees_lead(), &[("who", &names(&others))])
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
