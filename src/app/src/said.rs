//! Whose words a statement is made of: the line under it, which leads to where that is said, and what goes
//! without saying.

use client::view::Said;
use client::{Command, DocumentId, Made, Refusal, Statement};
use domain::ItemId;
use kit::{Live, Shape, WhoLink};
use leptos::prelude::*;

use crate::hooks::Commands;
use crate::part::Part;
use crate::routes::Place;
use crate::words;

/// "Sagt af Karin, skrevet af dig"; nothing where nobody knows.
#[component]
pub(crate) fn SaidLine(said: Live<Option<Said>>, place: Place) -> impl IntoView {
    let words = said.part(|said| said.as_ref().map(words::said));
    let href = StoredValue::new(place.href());
    let draw = move |words: String| {
        view! { <WhoLink words icon=Shape::Message href=href.get_value()/> }
    };
    view! { {move || words.get().map(draw)} }
}

/// Writes a statement down. While two sit together at the coordinator's computer it is the citizen who
/// speaks, whoever writes.
pub(crate) fn say(
    commands: Commands,
    part: Part,
    command: Command,
    statement: fn(ItemId) -> Statement,
) -> Result<Option<Made>, Refusal> {
    let made = commands.run(command)?;
    if let Some(Made::Item(document, item)) = made {
        speaks(commands, part, (document, statement(item)));
    }
    Ok(made)
}

/// Notes that it was the citizen who said it, where that is not the one who writes.
#[cfg(feature = "staff")]
pub(crate) fn speaks(
    commands: Commands,
    part: Part,
    (document, statement): (DocumentId, Statement),
) {
    if let Part::Beside(_) = part {
        let source = Some(domain::Source::Citizen);
        // It was written a moment ago, so this can be refused only where that was.
        drop(commands.run(client::ToolCommand::SetSource { document, statement, source }));
    }
}

/// Nobody writes for another on a phone.
#[cfg(not(feature = "staff"))]
pub(crate) fn speaks(_: Commands, _: Part, _: (DocumentId, Statement)) {}
