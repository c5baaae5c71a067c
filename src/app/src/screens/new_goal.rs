//! A goal in own words: what, and which part of life it belongs to. Nothing else is asked.

use client::view::{Plan, PlanView};
use client::{Command, DocumentId, Made, Statement};
use domain::LifeArea;
use kit::{Choice, Live, Local, Page, PageHead, SubmitButton, TextArea};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::address::use_address;
use crate::hooks::{use_commands, use_view};
use crate::notices::use_notices;
use crate::part::use_part;
use crate::routes::Place;
use crate::said::say;
use crate::text::t;
use crate::unsent::use_unsent;
use crate::words;

/// The screen.
#[component]
pub(crate) fn NewGoal(course: DocumentId) -> impl IntoView {
    let (commands, notices, address) = (use_commands(), use_notices(), use_address());
    let part = use_part().get_untracked();
    let title = use_unsent("goal");
    let chosen = Local::new(None::<LifeArea>);

    let send = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(area) = chosen.get_untracked() else {
            return notices.tell(t().goal_choose_area());
        };
        let command = Command::AddGoal { course, area, title: title.get() };
        let made = say(commands, part, command, Statement::Goal);
        if let Ok(Some(Made::Item(document, goal))) = made {
            title.sent();
            address.go_instead(&Place::Goal(document, goal));
        }
    };
    view! {
        <Page>
            <PageHead title=t().goal_new_title()/>
            <form class="form" on:submit=send>
                <TextArea label=t().goal_what() hint=t().goal_what_hint() value=title.live() on_input=move |v| title.set(v)/>
                <Choice title=t().goal_area() options=areas_of(course) chosen on_choose=move |area| chosen.set(Some(area))/>
                <SubmitButton label=t().goal_save()/>
            </form>
        </Page>
    }
}

/// The life areas that something can be about, with their words.
pub(crate) fn areas_of(course: DocumentId) -> Live<Vec<(LifeArea, String)>> {
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
