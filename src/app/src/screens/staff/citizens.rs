//! Borgere: whom I coordinate for, and beginning a course.

use client::view::{CitizenRow, Citizens as CitizensQuery};
use client::{Made, ToolCommand};
use domain::Programme;
use kit::{
    ButtonLink, Card, CardLink, Choice, Field, Live, Local, Page, PageHead, PageWidth, Rows,
    SubmitButton,
};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::address::use_address;
use crate::hooks::{use_commands, use_view};
use crate::routes::Place;
use crate::text::{capital, fill, full_day_in_words, full_moment_in_words, t};
use crate::unsent::{use_answer, use_unsent};

/// The list.
#[component]
pub(crate) fn Citizens() -> impl IntoView {
    let citizens = use_view(|| CitizensQuery);
    let is_empty = citizens.part(Vec::is_empty);
    view! {
        <Page width=PageWidth::Wide>
            <PageHead title=t().citizens_title()/>
            {move || is_empty.get().then(|| view! { <Card><p>{t().citizens_none()}</p></Card> })}
            <div class="people">
                <Rows each=citizens key=|row: &CitizenRow| row.course.to_string() row=row/>
            </div>
            <ButtonLink href=Place::NewCitizen.href() label=t().citizen_new()/>
        </Page>
    }
}

fn row(citizen: Live<CitizenRow>) -> impl IntoView {
    let href = citizen.map(|row| Place::Citizen(row.course).href());
    view! {
        <CardLink href>
            <span class="strong">{move || citizen.with(|row| row.name.clone())}</span>
            <span class="soft">{move || citizen.with(|row| programme(row.programme))}</span>
            <span class="soft">{move || citizen.with(next_meeting)}</span>
        </CardLink>
    }
}

/// When the next meeting is, or when the last one was.
pub(crate) fn next_meeting(row: &CitizenRow) -> String {
    let starts = row.next_meeting.as_ref().and_then(|next| next.meeting.starts);
    match (starts, row.last_meeting) {
        (Some(starts), _) => capital(&full_moment_in_words(starts)),
        (None, Some(day)) => fill(t().last_meeting(), &[("day", &full_day_in_words(day))]),
        (None, None) => t().no_meeting_yet().to_owned(),
    }
}

/// A course begins with a name and a programme.
#[component]
pub(crate) fn NewCitizen() -> impl IntoView {
    let (commands, address) = (use_commands(), use_address());
    let (name, chosen) = (use_unsent("name"), use_answer("programme"));
    let mistake = Local::new(None);
    let programme_of = move || Programme::from_key(&chosen.get()).unwrap_or_default();
    let options: Vec<_> = Programme::ALL.map(|one| (one, programme(one).to_owned())).into();
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        let (words, programme) = (name.get(), programme_of());
        let place =
            match commands.under(mistake).run(ToolCommand::MakeCourse { name: words, programme }) {
                Ok(Some(Made::Document(course))) => Place::Citizen(course),
                Ok(_) => Place::Citizens,
                Err(_) => return,
            };
        [name, chosen].iter().for_each(|kept| kept.sent());
        address.go_instead(&place);
    };
    let shown = chosen.chosen(|key| Some(Programme::from_key(key).unwrap_or_default()));
    view! {
        <Page>
            <PageHead title=t().citizen_new_title()/>
            <form class="form" on:submit=send>
                <Field label=t().citizen_name() value=name.live() error=mistake on_input=move |v| name.set(v)/>
                <Choice
                    title=t().citizen_programme()
                    options
                    chosen=shown
                    on_choose=move |one: Programme| chosen.set(one.key().to_owned())
                />
                <SubmitButton label=t().citizen_save()/>
            </form>
        </Page>
    }
}

/// A programme, by whom it is for.
pub(super) fn programme(programme: Programme) -> &'static str {
    match programme {
        Programme::Elders => t().programme_elders(),
        Programme::HomelessYouth => t().programme_homeless_youth(),
        Programme::LeavingCare => t().programme_leaving_care(),
    }
}
