//! What time it is, where this device's own clock is wrong: the server says at each welcome, and by how much the two
//! differ is kept, so that it is known without a network too.
//!
//! Everything in the app goes by the clock that was put right: for how long a consent holds, what is over, what day
//! it is. The server decides, and its day is the one that is shown.

use domain::Day;
use minicbor::{Decode, Encode};

use crate::client::{Client, Topic};
use crate::effect::{Effect, Now, Row};
use crate::stored::read;

/// What a slow line and a slow phone make of it is no error.
const TOLERATED_MS: i64 = 10 * 60_000;
/// A day by the device's own clock is told to be wrong when it differs by more than this.
const DAY_MS: i64 = 24 * 60 * 60_000;
/// A clock that has gone so much further than the time that passed was set, or the device has slept.
const JUMP_MS: i64 = 60 * 60_000;
/// What differs by less from what lies on the disk is not written again.
const KEPT_MS: i64 = 60_000;
/// A server that says that it is before 2026 has just been switched on, and knows no better than this device.
const FIRST_MS: i64 = 1_767_225_600_000;
const NOTE: &[u8] = b"clock";

/// How the device's own clock stands to the server's.
#[derive(Default)]
pub(crate) struct OwnClock {
    /// What the device itself says.
    now: Now,
    /// So much later it is by the server's clock; `None` where no server has said.
    behind_ms: Option<i64>,
    /// The clock was set, or the device has slept, since a server said.
    has_jumped: bool,
}

/// `notes`, under `clock`.
#[derive(Clone, Copy, PartialEq, Debug, Encode, Decode)]
struct ClockRow {
    #[n(0)]
    behind_ms: i64,
}

impl OwnClock {
    /// What time it is.
    fn right(&self) -> Now {
        let behind_ms = self.behind_ms.filter(|ms| ms.abs() > TOLERATED_MS).unwrap_or_default();
        Now { wall_ms: self.now.wall_ms.saturating_add(behind_ms), ..self.now }
    }

    /// By how much more the device's clock has gone than time has passed.
    fn jump_to(&self, now: Now) -> i64 {
        let passed = now.steady_ms.saturating_sub(self.now.steady_ms);
        let gone = now.wall_ms.saturating_sub(self.now.wall_ms);
        gone.saturating_sub(i64::try_from(passed).unwrap_or(i64::MAX))
    }

    /// The days that the device and the server say, where they differ by more than one.
    pub(crate) fn wrong_day(&self) -> Option<(Day, Day)> {
        self.behind_ms.filter(|ms| ms.abs() > DAY_MS)?;
        let day = |now: Now| Day::of_moment(now.wall_ms, now.zone_minutes);
        Some((day(self.now), day(self.right())))
    }
}

impl Client {
    /// Time has passed, by the device's own clock.
    pub(crate) fn pass_time(&mut self, now: Now) {
        let jump = self.own_clock.jump_to(now);
        self.own_clock.now = now;
        if jump.abs() > JUMP_MS {
            self.own_clock.has_jumped = true;
            // Somebody has put a wrong clock right: what was known of it is not so any longer.
            let left = self.own_clock.behind_ms.map(|behind| behind.saturating_sub(jump));
            if let Some(left) = left.filter(|left| left.abs() <= TOLERATED_MS) {
                self.set_behind(left);
            }
        }
        self.set_now();
    }

    fn set_now(&mut self) {
        let now = self.own_clock.right();
        let minute = |now: Now| domain::LocalTime::of_moment(now.wall_ms, now.zone_minutes);
        if minute(self.now) != minute(now) {
            self.changed(Topic::Clock);
        }
        self.now = now;
    }

    /// The server has said what time it is.
    pub(crate) fn hear_time(&mut self, seconds: Option<u64>) {
        let Some(server_ms) = seconds.and_then(|s| i64::try_from(s).ok()?.checked_mul(1000)) else {
            return;
        };
        if server_ms < FIRST_MS {
            return;
        }
        self.own_clock.has_jumped = false;
        self.set_behind(server_ms.saturating_sub(self.own_clock.now.wall_ms));
        self.set_now();
    }

    fn set_behind(&mut self, behind_ms: i64) {
        let before = self.own_clock.behind_ms.replace(behind_ms);
        let differs =
            before.is_none_or(|before| before.abs_diff(behind_ms) > KEPT_MS.unsigned_abs());
        if differs {
            self.keep_note(NOTE, &ClockRow { behind_ms });
            self.tell_of_day();
        }
    }

    /// Whatever depends on what day it is may be another now.
    fn tell_of_day(&mut self) {
        for topic in [Topic::Clock, Topic::Me, Topic::Documents, Topic::News] {
            self.changed(topic);
        }
    }

    /// The page is seen again: if the clock was set meanwhile, the server is asked what time it is.
    pub(crate) fn ask_the_time_again(&mut self) {
        if self.own_clock.has_jumped && self.lead.leads() && self.connected {
            self.own_clock.has_jumped = false;
            self.connect_anew();
        }
    }

    /// What the server says of this device in its welcome it says once more.
    pub(crate) fn connect_anew(&mut self) {
        self.effect(Effect::Disconnect);
        self.disconnected();
        self.effect(Effect::Connect);
    }

    /// Takes in a row from the disk or from another tab, if it is this one.
    pub(crate) fn take_clock(&mut self, row: &Row) {
        if row.key != NOTE {
            return;
        }
        if let Some(row) = read::<ClockRow>(&row.value) {
            self.own_clock.behind_ms = Some(row.behind_ms);
            self.set_now();
            self.tell_of_day();
        }
    }

    /// The day by which the server counts: a consent that begins today ends so many months after it.
    pub(crate) fn servers_day(&self) -> Day {
        Day::of_moment(self.now.wall_ms, 0)
    }
}
