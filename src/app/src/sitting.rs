//! How long two sit together over one course on a coordinator's computer. A tab that is duplicated, or brought back
//! when the browser starts again, brings along what the tab kept; so whether it still holds stands once for all tabs:
//! "Færdig" in one of them, or another citizen chosen, ends it in every other, and so does an hour without a touch.

use std::fmt;

use client::DocumentId;
use leptos::ev;
use leptos::prelude::*;

use crate::address::Address;
use crate::around::Around;
use crate::routes::Place;

/// Nobody has touched it for so long: they have gone.
const UNTOUCHED_MS_MAX: u64 = 60 * 60 * 1000;
/// A touch is noted at most this often.
const NOTED_MS: u64 = 60 * 1000;
const LOOK_EVERY: std::time::Duration = std::time::Duration::from_secs(60);

/// One time that two sit together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Sitting {
    pub(crate) course: DocumentId,
    /// When it began, by the device's clock: its name.
    begun_ms: u64,
    touched_ms: u64,
}

impl Sitting {
    pub(crate) fn begin(course: DocumentId, now_ms: u64) -> Self {
        Self { course, begun_ms: now_ms, touched_ms: now_ms }
    }

    /// Reads one as a tab keeps it, or all tabs do.
    pub(crate) fn read(kept: &str) -> Option<Self> {
        let mut parts = kept.split(' ');
        let course = DocumentId::from_hex(parts.next()?)?;
        let mut number = || parts.next()?.parse().ok();
        Some(Self { course, begun_ms: number()?, touched_ms: number()? })
    }

    /// Whether the one that this tab has is still the one that all tabs know, and somebody is there.
    pub(crate) fn holds(self, known: Option<Self>, now_ms: u64) -> bool {
        known.is_some_and(|known| {
            (known.course, known.begun_ms) == (self.course, self.begun_ms)
                && now_ms.abs_diff(known.touched_ms) < UNTOUCHED_MS_MAX
        })
    }

    /// After a touch now; `None` where one was noted a moment ago.
    pub(crate) fn touched(self, now_ms: u64) -> Option<Self> {
        let is_news = now_ms.abs_diff(self.touched_ms) >= NOTED_MS;
        is_news.then_some(Self { touched_ms: now_ms, ..self })
    }
}

impl fmt::Display for Sitting {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {} {}", self.course, self.begun_ms, self.touched_ms)
    }
}

/// Turns this computer into the citizen's view of a course, in this tab alone.
pub(crate) fn begin(around: Around, course: DocumentId) {
    let kept = around.page().sitting;
    let sitting = Sitting::begin(course, (kept.now_ms)()).to_string();
    (kept.tell)(Some(&sitting));
    (kept.keep)(Some(&sitting));
    around.set_beside(Some(course));
}

/// They are done, in every tab.
pub(crate) fn end(around: Around) {
    (around.page().sitting.tell)(None);
    let _ = look(around, false);
}

/// Goes on where the page has loaded again, and looks from now on whether it still holds: when another tab says
/// something of it, when the page is seen or touched, and once a minute.
pub(crate) fn watch(around: Around, address: Address) {
    around.set_beside(look(around, false).map(|sitting| sitting.course));
    let look_again = move |is_touched| {
        let was = around.beside().get_untracked();
        if was.is_some() && look(around, is_touched).is_none() {
            address.go_instead(&Place::Today);
        }
    };
    let _ = window_event_listener(ev::storage, move |_| look_again(false));
    let _ = window_event_listener(ev::focus, move |_| look_again(false));
    let _ = window_event_listener(ev::pageshow, move |_| look_again(false));
    let _ = window_event_listener(ev::pointerdown, move |_| look_again(true));
    let _ = window_event_listener(ev::keydown, move |_| look_again(true));
    let _ = set_interval_with_handle(move || look_again(false), LOOK_EVERY);
}

/// The one this tab sits in, if that still holds; else the tab forgets it.
fn look(around: Around, is_touched: bool) -> Option<Sitting> {
    let kept = around.page().sitting;
    let [here, known] = (kept.read)().map(|kept| Sitting::read(&kept?));
    let now_ms = (kept.now_ms)();
    let Some(here) = here.filter(|here| here.holds(known, now_ms)) else {
        (kept.keep)(None);
        around.set_beside(None);
        return None;
    };
    if let Some(touched) = known.filter(|_| is_touched).and_then(|known| known.touched(now_ms)) {
        (kept.tell)(Some(&touched.to_string()));
    }
    Some(here)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE_MS: u64 = 60 * 1000;

    fn begun() -> Sitting {
        Sitting::begin(DocumentId([7; 16]), 1_000_000_000_000)
    }

    #[test]
    fn it_is_read_as_it_was_kept() {
        assert_eq!(Sitting::read(&begun().to_string()), Some(begun()));
        // As an app before this one kept it: over.
        assert_eq!(Sitting::read(&DocumentId([7; 16]).to_string()), None);
    }

    #[test]
    fn a_tab_that_comes_back_sits_with_nobody_after_done_or_with_another() {
        let (mine, now_ms) = (begun(), begun().begun_ms + MINUTE_MS);
        assert!(mine.holds(Some(mine), now_ms));
        assert!(!mine.holds(None, now_ms), "done");
        let other = Sitting::begin(DocumentId([8; 16]), now_ms);
        assert!(!mine.holds(Some(other), now_ms), "another citizen");
        let again = Sitting::begin(mine.course, now_ms);
        assert!(!mine.holds(Some(again), now_ms), "the same one, another day");
    }

    #[test]
    fn it_ends_an_hour_after_the_last_touch_in_any_tab() {
        let (mine, begun_ms) = (begun(), begun().begun_ms);
        assert!(mine.holds(Some(mine), begun_ms + 59 * MINUTE_MS));
        assert!(!mine.holds(Some(mine), begun_ms + 60 * MINUTE_MS));
        assert_eq!(mine.touched(begun_ms + 1), None);
        let touched = mine.touched(begun_ms + 50 * MINUTE_MS);
        assert!(mine.holds(touched, begun_ms + 109 * MINUTE_MS));
        assert!(!mine.holds(touched, begun_ms + 110 * MINUTE_MS));
    }
}
