//! A goal in own words: what, and which part of life it belongs to. Nothing else is asked.

use client::view::{Plan, PlanView};
use client::{Command, DocumentId, Made, Statement};
use domain::LifeArea;
use kit::{Choice, Live, Local, Page, PageHead, SubmitButton, TextArea};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::address::use_address;
use crate::focus;
use crate::hooks::{use_commands, use_view};
use crate::part::use_part;
use crate::routes::Place;
use crate::said::say;
use crate::text::t;
use crate::unsent::{Unsent, use_answer, use_unsent};
use crate::words;

/// The screen.
#[component]
pub(crate) fn NewGoal(course: DocumentId) -> impl IntoView {
    let (commands, address) = (use_commands(), use_address());
    let part = use_part().get_untracked();
    let title = use_unsent("goal");
    let area = use_answer("area");
    let (mistake, no_area) = (Local::new(None), Local::new(None));

    let send = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(about) = chosen_area(area, no_area) else { return };
        let command = Command::AddGoal { course, area: about, title: title.get() };
        let made = say(commands.under(mistake), part, command, Statement::Goal);
        if let Ok(Some(Made::Item(document, goal))) = made {
            [title, area].iter().for_each(|kept| kept.sent());
            address.go_instead(&Place::Goal(document, goal));
        }
    };
    view! {
        <Page>
            <PageHead title=t().goal_new_title()/>
            <form class="form" on:submit=send>
                <TextArea label=t().goal_what() hint=t().goal_what_hint() value=title.live() error=mistake on_input=move |v| title.set(v)/>
                <AreaChoice course area error=no_area/>
                <SubmitButton label=t().goal_save()/>
            </form>
        </Page>
    }
}

/// Which part of life it is about.
#[component]
pub(crate) fn AreaChoice(
    course: DocumentId,
    area: Unsent,
    error: Local<Option<String>>,
) -> impl IntoView {
    let chosen = area.chosen(LifeArea::from_key);
    let choose = move |about: LifeArea| area.set(about.key().to_owned());
    view! { <Choice title=t().goal_area() options=areas_of(course) chosen error on_choose=choose/> }
}

/// The part of life that was chosen; where none was, that is told under the question.
pub(crate) fn chosen_area(area: Unsent, error: Local<Option<String>>) -> Option<LifeArea> {
    let about = LifeArea::from_key(&area.get());
    error.set(about.is_none().then(|| t().goal_choose_area().to_owned()));
    if about.is_none() {
        focus::go_to_mistake();
    }
    about
}

/// The life areas that something can be about, with their words.
fn areas_of(course: DocumentId) -> Live<Vec<(LifeArea, String)>> {
    let plan = use_view(move || Plan { course });
    let all = |plan: &Option<PlanView>| {
        let rows = plan.iter().flat_map(|plan| &plan.areas);
        rows.map(|row| option(&row.area)).collect()
    };
    plan.map(all)
}

fn option(area: &LifeArea) -> (LifeArea, String) {
    (area.clone(), words::area(area).to_owned())
}
