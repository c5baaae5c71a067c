//! What is saved where: the truth, in words.

use crate::client::{Client, Query, Topic};
use crate::effect::NotSaved;
use crate::stored::Aside;

/// The name of a box begins so when it holds an answer that was chosen and no words.
pub const ANSWER: char = '.';

/// What is saved where?
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Saving;

/// What is saved where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SavingView {
    /// How safe everything is.
    pub saved: Saved,
    /// Whether the server can be reached just now.
    pub connected: bool,
    /// How many changes are on this device only.
    pub waiting: usize,
    /// Whether something was set aside that I have not been told of.
    pub has_aside: bool,
    /// Whether somebody wrote something else where I had written, and I have not been told of it.
    pub is_overruled: bool,
    /// What stands in boxes and belongs to nothing yet: it is on this device only.
    pub unsent: Vec<UnsentRow>,
    /// The server does not know this device any longer, and takes nothing before it has a new code.
    pub is_forgotten: bool,
    /// Something is about to be shown to others, and waits for that on this device.
    pub is_holding: bool,
    /// There is something that only a newer app can read or show. The rest is as it should be.
    pub needs_newer_app: bool,
}

/// Words in a box.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnsentRow {
    /// Which box, as in [`Command::KeepUnsent`](crate::Command::KeepUnsent).
    pub place: String,
    /// What stands in it.
    pub words: String,
}

impl UnsentRow {
    /// The path of its screen.
    pub fn path(&self) -> &str {
        self.place.split(' ').next().unwrap_or_default()
    }
}

/// How safe everything is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Saved {
    /// "Gemt sikkert": on this device and on the server.
    Safely,
    /// "Gemt på din telefon".
    OnDevice,
    /// On its way to the disk.
    NotYet,
    /// The disk will not take it.
    Trouble(NotSaved),
}

impl Query for Saving {
    type View = SavingView;

    fn topics(&self, _: &Client) -> Vec<Topic> {
        vec![Topic::Saving, Topic::Held]
    }

    fn look(&self, client: &Client) -> SavingView {
        let drafted = client.unsent.is_kept()
            && client.sheets.values().all(|sheet| sheet.writing.draft_due().is_none());
        let waiting = client.waiting();
        let saved = match client.keeper.trouble() {
            Some(why) => Saved::Trouble(why),
            None if !drafted || !client.keeper.is_safe() => Saved::NotYet,
            None if waiting > 0 || client.is_forgotten() => Saved::OnDevice,
            None => Saved::Safely,
        };
        let has_aside = client.aside.values().any(|aside| !aside.is_told() && !aside.is_later());
        let is_overruled = client.is_overruled();
        let row = |(place, row): (&String, &crate::unsent::UnsentRow)| UnsentRow {
            place: place.clone(),
            words: row.words.clone(),
        };
        let unsent = client.unsent.rows.iter().filter(|(place, _)| are_words(place));
        let unsent = unsent.map(row).collect();
        let (connected, is_forgotten) = (client.is_connected(), client.is_forgotten());
        let needs_newer_app = client.needs_newer_app();
        let is_holding = client.is_holding();
        SavingView {
            saved,
            connected,
            waiting,
            has_aside,
            is_overruled,
            unsent,
            is_forgotten,
            is_holding,
            needs_newer_app,
        }
    }
}

/// Whether words stand in the box: an answer that was chosen is kept with them, and is no words.
fn are_words(place: &str) -> bool {
    !place.split(' ').nth(1).is_some_and(|name| name.starts_with(ANSWER))
}

impl Client {
    /// Whether something has come that only a newer app knows.
    fn needs_newer_app(&self) -> bool {
        let has_later_link = |sheet: &crate::sheet::Sheet| sheet.membership.has_later_link;
        self.hears_later
            || self.sheets.values().any(has_later_link)
            || self.aside.values().any(Aside::is_later)
    }
}
