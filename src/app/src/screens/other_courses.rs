//! Another course that somebody has begun in the citizen's name: the app stays in hers and asks.

use client::ToolCommand;
use client::view::{OtherCourse, OtherCourses as OtherCoursesQuery};
use kit::{Button, CardSection, Live, Look, Rows};
use leptos::prelude::*;

use crate::hooks::{use_commands, use_view};
use crate::notices::use_notices;
use crate::text::{fill, names, t};
use crate::words;

/// Nothing where there is none.
#[component]
pub(crate) fn OtherCourses() -> impl IntoView {
    let others = use_view(|| OtherCoursesQuery);
    view! { <Rows each=others key=|row: &OtherCourse| row.course.to_string() row=other_course/> }
}

fn other_course(row: Live<OtherCourse>) -> impl IntoView {
    let (commands, notices) = (use_commands(), use_notices());
    let course = row.with_untracked(|row| row.course);
    let says = move || {
        let people = row.with(|row| row.people.iter().map(words::subject).collect::<Vec<_>>());
        fill(t().other_course_says(), &[("who", &names(&people))])
    };
    let disown = move || {
        if commands.run(ToolCommand::DisownCourse(course)).is_ok() {
            notices.tell(t().other_course_disowned());
        }
    };
    let change = move || drop(commands.run(ToolCommand::ChangeCourse(course)));
    view! {
        <CardSection title=t().other_course_title()>
            <p>{says}</p>
            <Button label=t().other_course_disown() on_press=disown/>
            <Button label=t().other_course_change() look=Look::Quiet on_press=change/>
        </CardSection>
    }
}
