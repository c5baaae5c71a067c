//! What is heard of something that changes often: a screen reader that says each change says nothing else.
use crate::hooks::after_each_change;
use crate::{Live, Local};
use leptos::prelude::*;
use std::time::Duration;

/// What has changed is said after it has had a moment to become something else.
const SETTLES: Duration = Duration::from_secs(1);
/// Nothing is said more often.
const EVERY: Duration = Duration::from_secs(10);

/// When something may be said again. It knows no clock: it asks to be woken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Pause {
    waits: bool,
}

impl Pause {
    /// Something has changed. Answers after how long to wake.
    fn changed(&mut self) -> Option<Duration> {
        let begins = !std::mem::replace(&mut self.waits, true);
        begins.then_some(SETTLES)
    }

    /// It is time; is there anything that was not said? Answers after how long to wake again.
    fn woke(&mut self, is_new: bool) -> Option<Duration> {
        self.waits = is_new;
        is_new.then_some(EVERY)
    }
}

/// The same words, but at most once in ten seconds and without what lasted only a moment.
pub(crate) fn damped(words: Live<String>) -> Live<String> {
    let said = Local::new(words.get_untracked());
    let heard = said.live();
    let pause = StoredValue::new(Pause::default());
    let state = (words, said, heard, pause);
    after_each_change(move || {
        words.track();
        wake_after(state, pause.try_update_value(Pause::changed).flatten());
    });
    heard
}

type State = (Live<String>, Local<String>, Live<String>, StoredValue<Pause>);

fn wake_after(state: State, wait: Option<Duration>) {
    let Some(wait) = wait else { return };
    set_timeout(
        move || {
            let (words, said, heard, pause) = state;
            // The page may be gone by now: nothing of it is asked for without `try`, or made anew.
            let Some(now) = words.try_get_untracked() else { return };
            let Some(before) = heard.try_get_untracked() else { return };
            let is_new = now != before;
            if is_new {
                said.set(now);
            }
            wake_after(state, pause.try_update_value(|pause| pause.woke(is_new)).flatten());
        },
        wait,
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How often something is said of what changes to and fro at these moments, in milliseconds.
    fn said(changes: impl Iterator<Item = u64>) -> Vec<(u64, usize)> {
        let (mut pause, mut wakes) = (Pause::default(), None);
        let (mut now, mut heard, mut said) = (0, 0, Vec::new());
        let mut changes = changes.peekable();
        loop {
            let next = changes.peek().copied();
            let (at, is_wake) = match (next, wakes) {
                (None, None) => return said,
                (Some(change), Some(wake)) if change < wake => (change, false),
                (Some(change), None) => (change, false),
                (_, Some(wake)) => (wake, true),
            };
            let wait = if is_wake {
                let is_new = now != heard;
                if is_new {
                    heard = now;
                    said.push((at, now));
                }
                wakes = None;
                pause.woke(is_new)
            } else {
                changes.next();
                now = (now + 1) % 2;
                pause.changed()
            };
            wakes = wait.map(|wait| at + wait.as_millis() as u64).or(wakes);
        }
    }

    #[test]
    fn of_572_changes_in_40_seconds_at_most_one_in_10_is_heard_and_the_last_one_is() {
        for parity in [0, 1] {
            let heard = said((0..572 + parity).map(|change| change * 70));
            assert!(heard.len() <= 5, "{heard:?}");
            let apart = heard.windows(2).all(|two| two[1].0 - two[0].0 >= 10_000);
            assert!(apart, "{heard:?}");
            let last = heard.last().map_or(0, |(_, words)| *words);
            assert_eq!(last as u64, parity, "{heard:?}");
        }
    }

    #[test]
    fn one_change_is_heard_after_a_second() {
        assert_eq!(said([5_000].into_iter()), [(6_000, 1)]);
        assert_eq!(said([5_000, 5_100].into_iter()), [], "what was over at once is nothing");
        assert_eq!(said([5_000, 8_000].into_iter()), [(6_000, 1), (16_000, 0)]);
    }
}
