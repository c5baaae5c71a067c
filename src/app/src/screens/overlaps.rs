//! Says, while a time is being chosen, that there is another meeting then. It forbids nothing.

use client::DocumentId;
use client::view::{OverlapRow, Overlaps as OverlapsQuery};
use domain::LocalTime;
use kit::{Live, Notice, Shape};
use leptos::prelude::*;

use crate::hooks::use_view;
use crate::part::use_part;
use crate::words;

/// The line; nothing while the time is free or is no time yet.
#[component]
pub(crate) fn Overlaps(
    /// The time that is chosen, and how long.
    chosen: Live<Option<(LocalTime, u16)>>,
    /// The meeting's own document, where it has one.
    except: Option<DocumentId>,
) -> impl IntoView {
    let part = use_part().get_untracked();
    let line = move |row: OverlapRow| {
        view! { <Notice icon=Shape::Clock><p>{words::overlap(&row, part)}</p></Notice> }
    };
    let draw = move |(starts, minutes): (LocalTime, u16)| {
        let rows = use_view(move || OverlapsQuery { starts, minutes, except });
        move || rows.get().into_iter().next().map(line)
    };
    view! { <div role="status">{move || chosen.get().map(draw)}</div> }
}
