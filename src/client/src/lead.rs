//! Which tab leads: it alone makes records and speaks with the server.

use documents::Loan;
use trust::{DeviceKey, DocumentId, Membership, Record};

use crate::client::{Client, Topic};
use crate::effect::{Effect, Range, Row, Store};
use crate::errand::Happened;
use crate::hint::Hint;
use crate::sheet::Sheet;
use crate::stored::{Draft, DraftRow, INVITATION_NOTE, PositionRow, after_arrival, read};
use crate::term::Turn;

/// The stores that one tab may have changed behind another's back.
const SMALL: [Store; 6] =
    [Store::Device, Store::Positions, Store::Outbox, Store::Drafts, Store::Aside, Store::Notes];

/// A tab looks this often at what others have put on the disk, in case a hint was lost.
const LOOK_MS: u64 = 5_000;

/// How far this tab has come.
#[derive(Default)]
pub(crate) struct Lead {
    stage: Stage,
    asked: bool,
    /// Which turn of leading it is, as far as this tab has read.
    pub(crate) term: u64,
    /// Another tab has led since this one began.
    has_followed: bool,
    /// The page is loading again.
    pub(crate) is_ending: bool,
    /// The number of the last load that was asked for.
    loads: u64,
    /// Drafts found on the disk, to be made records of when this tab leads.
    pub(crate) found: Vec<(Vec<u8>, DraftRow)>,
    /// Records found in the outbox, to be pushed when this tab leads.
    pub(crate) outbox: Vec<Record>,
    /// Records that a restored server would not take back yet.
    pub(crate) owed: Vec<Record>,
    /// The number of the load that brings the whole log, for a server that was restored.
    whole_log: Option<u64>,
    /// The number of the load by which a following tab looks for what it has not heard of.
    look: Option<u64>,
    next_look_ms: u64,
    /// Drafts that were on the disk the last time this tab looked, and were not its own.
    left_behind: Vec<Vec<u8>>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Stage {
    /// Nothing has been read yet.
    #[default]
    Opening,
    /// The browser lets this tab lead; whose turn it was until now is being read.
    Term(u64),
    /// It takes its turn, on the disk.
    Claiming,
    /// The small stores are being read again.
    Small(u64),
    /// The newest records are being read.
    Tails(u64),
    /// Everything on the disk is known here; another tab leads.
    Following,
    /// This tab leads.
    Leading,
    /// Another one has taken the lead from this tab, which will begin anew.
    Deposed,
}

impl Lead {
    pub(crate) fn leads(&self) -> bool {
        self.stage == Stage::Leading
    }

    pub(crate) fn follows(&self) -> bool {
        self.stage == Stage::Following
    }

    pub(crate) fn is_deposed(&self) -> bool {
        self.stage == Stage::Deposed
    }

    /// Another tab leads.
    pub(crate) fn follow(&mut self) {
        self.asked = false;
        match self.stage {
            Stage::Leading => self.stage = Stage::Deposed,
            Stage::Term(_) | Stage::Claiming => self.stage = Stage::Following,
            // What is being read is read to its end first.
            _ => {}
        }
    }

    /// Whether what lies on the disk can be shown.
    pub(crate) fn is_open(&self) -> bool {
        self.stage != Stage::Opening
    }

    pub(crate) fn next_load(&mut self) -> u64 {
        self.loads += 1;
        self.loads
    }

    /// The number of a load that is to bring the whole log.
    pub(crate) fn whole_log(&mut self) -> u64 {
        let number = self.next_load();
        self.whole_log = Some(number);
        number
    }
}

/// Where other tabs leave what the one that leads must see to.
fn left_elsewhere() -> Vec<Range> {
    let last = [INVITATION_NOTE, &[0xff; 16]].concat();
    let invitations = Range { store: Store::Notes, first: INVITATION_NOTE.to_vec(), last };
    vec![
        Range::all_of(Store::Drafts),
        Range::all_of(Store::Aside),
        invitations,
        Client::decisions(),
    ]
}

impl Client {
    /// The browser says that this tab may lead.
    pub(crate) fn may_lead(&mut self) {
        self.lead.asked = true;
        if self.lead.stage == Stage::Following {
            // Another tab led until now, and may not know that it does not any longer.
            self.read_term();
        }
    }

    fn read_term(&mut self) {
        let number = self.lead.next_load();
        self.lead.stage = Stage::Term(number);
        self.effect(Effect::Load(number, vec![Self::term_row()]));
    }

    /// Another tab has changed rows.
    pub(crate) fn rows_changed(&mut self) {
        // They will be read when this tab has taken its turn.
        if !matches!(self.lead.stage, Stage::Term(_) | Stage::Claiming) {
            self.read_small_stores();
        }
    }

    /// Reads again what another tab may have changed.
    pub(crate) fn read_small_stores(&mut self) {
        if self.lead.leads() || self.lead.is_deposed() {
            return;
        }
        let number = self.lead.next_load();
        self.lead.stage = Stage::Small(number);
        self.lead.found.clear();
        self.lead.outbox.clear();
        self.lead.owed.clear();
        self.effect(Effect::Load(number, SMALL.map(Range::all_of).to_vec()));
    }

    /// Rows have come from the disk.
    pub(crate) fn loaded(&mut self, number: u64, rows: Vec<Row>) {
        if self.lead.whole_log.take_if(|asked| *asked == number).is_some() {
            return self.push_again(&rows);
        }
        if self.lead.look.take_if(|asked| *asked == number).is_some() {
            return self.looked(rows);
        }
        if self.go_on(Happened::Loaded(number, &rows)) || self.is_for_tools(number, &rows) {
            return;
        }
        // What was being read when the app ended must be known before anything is read.
        let is_mark = |row: &&Row| row.store == Store::Notes;
        rows.iter().filter(is_mark).for_each(|row| self.take_mark(row));
        self.take_rows(rows);
        match self.lead.stage {
            Stage::Opening if number == 0 => self.read_tails(),
            Stage::Term(asked) if asked == number => {
                self.lead.stage = Stage::Claiming;
                self.claim_turn();
            }
            Stage::Small(asked) if asked == number => self.read_tails(),
            Stage::Tails(asked) if asked == number => self.all_read(),
            _ => {}
        }
    }

    /// Reads the records that are newer than what is known of their documents.
    fn read_tails(&mut self) {
        let ranges = self.tails();
        if ranges.is_empty() {
            return self.all_read();
        }
        let number = self.lead.next_load();
        self.lead.stage = Stage::Tails(number);
        self.effect(Effect::Load(number, ranges));
    }

    fn tails(&self) -> Vec<Range> {
        let newest =
            |(document, sheet): (&DocumentId, &Sheet)| after_arrival(*document, sheet.arrival);
        self.sheets.iter().map(newest).collect()
    }

    fn all_read(&mut self) {
        self.name_all_writers();
        self.changed(Topic::Me);
        self.changed(Topic::Documents);
        self.changed(Topic::Saving);
        self.seen_from_now_on();
        if !self.lead.asked {
            self.lead.stage = Stage::Following;
            self.lead.has_followed = true;
            self.tabs.begin_listening(self.now.steady_ms);
            self.effect(Effect::Hint(Hint::Hello.bytes()));
            return;
        }
        if self.lead.has_followed && self.keeper.turn == Turn::Follows {
            return self.read_term();
        }
        self.lead.stage = Stage::Leading;
        self.tabs.lead();
        self.hold_turn();
        self.doubt_old_summaries();
        self.settle_suspects();
        self.read_aside_again();
        if self.me.key.is_none() {
            self.me.key = Some(DeviceKey::from_seed(&self.chance.bytes()));
            self.keep_me();
        }
        self.replica.belongs_to(self.me.key.as_ref().map(DeviceKey::device));
        self.ask_for_what_is_missing();
        for record in std::mem::take(&mut self.lead.owed) {
            let sheet = self.sheets.get(&record.header().document);
            self.replica.owe_still(&record, sheet.is_some_and(|sheet| sheet.gone));
        }
        for record in std::mem::take(&mut self.lead.outbox) {
            let steps = self.replica.add(&record);
            self.follow(steps);
        }
        self.adopt_drafts();
        self.connect_if_known();
    }

    /// Looks now and then at the disk: in a tab that follows for what is new, in the one that
    /// leads for drafts that nobody takes care of.
    pub(crate) fn tick_looking(&mut self) -> Option<u64> {
        if !matches!(self.lead.stage, Stage::Following | Stage::Leading) {
            return None;
        }
        if self.now.steady_ms >= self.lead.next_look_ms {
            self.lead.next_look_ms = self.now.steady_ms + LOOK_MS;
            let number = self.lead.next_load();
            self.lead.look = Some(number);
            let ranges = if self.lead.leads() {
                self.tabs.say_again();
                left_elsewhere()
            } else {
                self.unheard()
            };
            self.effect(Effect::Load(number, ranges));
        }
        Some(self.lead.next_look_ms)
    }

    fn unheard(&self) -> Vec<Range> {
        let mut ranges = self.tails();
        let (first, last) = (self.tab.to_vec(), [self.tab.as_slice(), &[0xff; 8]].concat());
        ranges.push(Range { store: Store::Drafts, first, last });
        ranges.extend([Store::Positions, Store::Aside].map(Range::all_of));
        ranges.push(Self::marks());
        ranges
    }

    fn looked(&mut self, rows: Vec<Row>) {
        let (drafts, others): (Vec<Row>, Vec<Row>) =
            rows.into_iter().partition(|row| row.store == Store::Drafts);
        if self.lead.leads() {
            let (aside, notes) = others.into_iter().partition(|row| row.store == Store::Aside);
            self.take_rows(aside);
            notes.iter().for_each(|row| {
                self.take_invitation(row);
                self.take_devices(row);
            });
            self.adopt_left_behind(drafts);
        } else {
            let (marks, others): (Vec<Row>, Vec<Row>) =
                others.into_iter().partition(|row| row.store == Store::Notes);
            marks.iter().for_each(|row| self.take_mark(row));
            self.take_rows(others);
            self.read_what_lost_its_mark(&marks);
            self.tabs.still_there(&drafts);
            self.changed(Topic::Saving);
            self.hand_over_again(drafts);
        }
    }

    /// Drafts that were there the last time too: their tab was killed, or its hints were lost.
    fn adopt_left_behind(&mut self, drafts: Vec<Row>) {
        let before = std::mem::take(&mut self.lead.left_behind);
        for row in drafts {
            let mine = self.sheets.values().any(|sheet| sheet.needs_draft(&row.key));
            if mine {
                continue;
            }
            if before.contains(&row.key) {
                self.take_draft(row);
            } else {
                self.lead.left_behind.push(row.key);
            }
        }
        self.adopt_drafts();
    }

    /// Drafts of this tab that have come to rest and are still on the disk: nobody has made
    /// records of them, so the hint was lost.
    fn hand_over_again(&mut self, drafts: Vec<Row>) {
        for row in drafts {
            let Some(DraftRow { document, draft }) = read::<DraftRow>(&row.value) else { continue };
            if self.sheets.get(&document).is_some_and(|sheet| sheet.needs_draft(&row.key)) {
                continue;
            }
            let hint = match draft {
                Draft::Update(update) => {
                    Hint::Update { document, update, drafts: vec![row.key.into()] }
                }
                Draft::Link(change) => Hint::Link { document, change, draft: row.key.into() },
            };
            self.effect(Effect::Hint(hint.bytes()));
        }
    }

    /// Connects a device that is somebody's, or is about to be.
    pub(crate) fn connect_if_known(&mut self) {
        let known = self.me.person.is_some() || self.invitations.redeeming.is_some();
        if self.lead.leads() && known && !self.connected {
            self.effect(Effect::Connect);
        }
    }

    fn adopt_drafts(&mut self) {
        for (key, row) in std::mem::take(&mut self.lead.found) {
            match row.draft {
                Draft::Link(change) => self.adopt_link(row.document, &change, key),
                Draft::Update(update) => self.record_draft(row.document, update, vec![key]),
            }
        }
    }

    /// How a document stands, by the disk or by the tab that leads.
    pub(crate) fn stands_so(&mut self, document: DocumentId, position: PositionRow) {
        let PositionRow { through, gone, gap, is_filled, .. } = position;
        self.replica.remember(self.me.generation, [(document, through)]);
        let membership = position.membership();
        let sheet = self.sheet(document, membership.clone());
        sheet.membership = membership;
        sheet.gone = gone;
        sheet.gap = gap;
        sheet.is_filled = is_filled.unwrap_or_default();
        self.changed(Topic::Documents);
    }

    /// The document in memory, made when it is new.
    pub(crate) fn sheet(&mut self, document: DocumentId, membership: Membership) -> &mut Sheet {
        let session = self.session_in(document);
        let me = self.who();
        self.sheets.entry(document).or_insert_with(|| {
            let mut sheet = Sheet::new(membership, session);
            sheet.name_own_session(me);
            sheet
        })
    }

    /// Merges an update from elsewhere and answers what it holds; `None` when it could not be read.
    pub(crate) fn apply(&mut self, document: DocumentId, update: &[u8]) -> Option<Loan> {
        let now_ms = self.now.steady_ms;
        let sheet = self.sheets.get_mut(&document)?;
        let held = sheet.paper.apply(update).ok();
        sheet.stale_since = Some(now_ms);
        self.changed(Topic::Document(document));
        self.changed(Topic::News);
        held
    }

    /// Merges what another tab or another person has shown, and no record is known to hold.
    pub(crate) fn borrow(&mut self, document: DocumentId, update: &[u8]) {
        let now_ms = self.now.steady_ms;
        if let Some(held) = self.apply(document, update)
            && let Some(sheet) = self.sheets.get_mut(&document)
        {
            sheet.borrow(update, held, now_ms);
        }
    }
}
