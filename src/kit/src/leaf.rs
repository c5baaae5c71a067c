//! A date as a leaf torn from a calendar.
use leptos::prelude::*;

/// Whether the day is still to come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LeafTime {
    /// Today or later.
    #[default]
    Coming,
    /// Before today.
    Past,
}

/// Decorative: the same date must stand in words beside it.
#[component]
pub fn Leaf(
    /// The short name of the weekday.
    #[prop(into)]
    weekday: String,
    /// The day of the month, in digits.
    #[prop(into)]
    day: String,
    /// The short name of the month.
    #[prop(into)]
    month: String,
    /// Whether the day is still to come.
    #[prop(optional)]
    time: LeafTime,
) -> impl IntoView {
    view! {
        <span class="leaf" data-state=(time == LeafTime::Past).then_some("past") aria-hidden="true">
            <span class="leaf-top">{weekday}</span>
            <span class="leaf-day">{day}</span>
            <span class="leaf-end">{month}</span>
        </span>
    }
}
