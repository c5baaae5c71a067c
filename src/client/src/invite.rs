//! Invitations: those made here, and the one that lets this device in.

use std::fmt;

use litemap::LiteMap;
use minicbor::Encode;
use sync::message::{Ask, NotRedeemed, Standing};
use sync::read_in_order;
use trust::{Code, DeviceKey, DocumentId, InvitationId, PersonId};

use crate::client::{Client, Made, Me, Topic};
use crate::effect::{Effect, Row, Store, Write};
use crate::hint::Hint;
use crate::refusal::Refusal;
use crate::stored::{INVITATION_NOTE, InvitationRow, put, read};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// What is known of invitations here.
#[derive(Default)]
pub(crate) struct Invitations {
    /// Those made on this device, by name.
    pub(crate) made: LiteMap<InvitationId, InvitationRow>,
    /// Those the server has been asked about on this connection.
    asked: Vec<InvitationId>,
    /// The code this device is being let in by.
    pub(crate) redeeming: Option<Redeeming>,
}

/// A code on its way.
#[derive(Clone, PartialEq, Eq, Encode)]
pub(crate) struct Redeeming {
    /// In capitals without spaces.
    #[n(0)]
    code: String,
    #[n(1)]
    tentative: bool,
    /// Why it did not work.
    #[n(2)]
    pub(crate) refused: Option<NotRedeemed>,
    /// Whether there is no network to try it on.
    #[n(3)]
    pub(crate) offline: bool,
}

read_in_order!(Redeeming { code, tentative, refused, offline });

/// The code is a secret: it does not stand in a log by accident.
impl fmt::Debug for Redeeming {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Redeeming({:?})", self.refused)
    }
}

impl Invitations {
    pub(crate) fn ask_again(&mut self) {
        self.asked.clear();
        if let Some(redeeming) = &mut self.redeeming {
            redeeming.offline = false;
        }
    }

    pub(crate) fn connection_lost(&mut self) {
        if let Some(redeeming) = &mut self.redeeming {
            redeeming.offline = true;
        }
    }

    /// The newest invitation for a person: each one cancels those before it, and the clock may have
    /// been wrong.
    pub(crate) fn of(&self, person: PersonId) -> Option<&InvitationRow> {
        let theirs = self.made.values().filter(|row| row.person == person);
        let stands = |row: &InvitationRow| row.wanted != Some(Standing::Cancelled);
        theirs.max_by_key(|row| (stands(row), row.made_ms, row.invitation))
    }
}

impl Client {
    /// Lets this device in by a code that was typed or scanned.
    pub(crate) fn redeem(&mut self, typed: &str, tentative: bool) -> Result<Option<Made>, Refusal> {
        let code = Code::read(typed).map_err(Refusal::Code)?.to_string().replace(' ', "");
        self.redeem_this(Redeeming { code, tentative, refused: None, offline: false });
        Ok(None)
    }

    /// Has a code redeemed, by the tab that has the connection.
    pub(crate) fn redeem_this(&mut self, redeeming: Redeeming) {
        if !self.lead.leads() {
            self.effect(Effect::Hint(Hint::Redeem(redeeming.clone()).bytes()));
        }
        self.invitations.redeeming = Some(redeeming);
        self.changed(Topic::Me);
        if self.replica.is_answered() {
            self.redeem_if_asked();
        } else {
            self.connect_if_known();
        }
    }

    pub(crate) fn redeem_if_asked(&mut self) {
        let Some(redeeming) = &self.invitations.redeeming else { return };
        if redeeming.refused.is_none() {
            let Redeeming { code, tentative, .. } = redeeming.clone();
            self.ask(&Ask::Redeem { code, tentative });
        }
    }

    pub(crate) fn redeemed(&mut self, person: PersonId) {
        self.invitations.redeeming = None;
        self.become_person(person);
        self.keep_me();
        self.ask_to_persist();
        self.effect(Effect::Hint(Hint::Rows.bytes()));
        self.changed(Topic::Me);
    }

    pub(crate) fn not_redeemed(&mut self, why: NotRedeemed) {
        if why == NotRedeemed::DeviceTaken && self.has_nothing() && self.replica.waiting() == 0 {
            return self.become_new();
        }
        if let Some(redeeming) = &mut self.invitations.redeeming {
            redeeming.refused = Some(why);
        }
        self.changed(Topic::Me);
    }

    /// Nothing is shared with this device any longer and nothing of its own waits here: to whoever lets it in
    /// now it is a new one.
    fn become_new(&mut self) {
        self.forget_put_out();
        self.me = Me { key: Some(DeviceKey::from_seed(&self.chance.bytes())), ..Me::default() };
        self.keep_me();
        self.replica.belongs_to(self.me.key.as_ref().map(DeviceKey::device));
        self.effect(Effect::Disconnect);
        self.disconnected();
        self.effect(Effect::Connect);
        self.changed(Topic::Me);
    }

    /// Makes an invitation for somebody who is a member of `document` and has no device. An older
    /// one for the same person is cancelled.
    pub(crate) fn invite(
        &mut self,
        person: PersonId,
        document: DocumentId,
    ) -> Result<Option<Made>, Refusal> {
        self.may_let_in()?;
        let older = self.invitations.of(person).map(|row| row.invitation);
        if let Some(older) = older {
            self.cancel(older);
        }
        let invitation = InvitationId(self.chance.bytes());
        let code = Code::from_chance(self.chance.bytes());
        let row = InvitationRow {
            invitation,
            code: code.to_string().into_bytes().into(),
            person,
            document,
            standing: None,
            made_ms: self.now.wall_ms,
            wanted: None,
        };
        self.keep_invitation(row);
        Ok(Some(Made::Invitation(invitation)))
    }

    pub(crate) fn cancel(&mut self, invitation: InvitationId) {
        self.settle(invitation, Standing::Cancelled);
    }

    pub(crate) fn confirm(&mut self, invitation: InvitationId) {
        self.settle(invitation, Standing::Used);
    }

    /// Keeps what an invitation is to become. The server is told when it can be.
    fn settle(&mut self, invitation: InvitationId, wanted: Standing) {
        if let Some(row) = self.invitations.made.get(&invitation).cloned() {
            self.keep_invitation(InvitationRow { wanted: Some(wanted), ..row });
            self.invitations.asked.retain(|asked| *asked != invitation);
        }
    }

    /// Tells the server of invitations it has not heard of, once their document is there.
    pub(crate) fn send_invitations(&mut self) {
        // What gives the right to invite must be with the server first.
        let on_its_way = self.replica.is_pushing() || !self.keeper.is_safe();
        if !self.replica.is_in() || on_its_way {
            return;
        }
        let asked = &self.invitations.asked;
        let day_ago = self.now.wall_ms - DAY_MS;
        let news = |row: &&InvitationRow| {
            // What it said was cancelled may work again where a backup does not know of it.
            let may_work = row.wanted == Some(Standing::Cancelled) && row.made_ms > day_ago;
            let is_open = row.standing.is_none_or(is_open);
            (is_open || may_work) && !asked.contains(&row.invitation)
        };
        let news: Vec<InvitationRow> =
            self.invitations.made.values().filter(news).cloned().collect();
        for row in news {
            let InvitationRow { invitation, person, document, .. } = row;
            self.invitations.asked.push(invitation);
            let code = std::str::from_utf8(&row.code).ok().and_then(|code| Code::read(code).ok());
            if let Some(code) = code.filter(|_| row.standing.is_none()) {
                self.ask(&Ask::Invite { invitation, code: code.hash(), person, document });
            }
            self.ask(&match row.wanted {
                Some(Standing::Cancelled) => Ask::Cancel(invitation),
                Some(Standing::Used) if row.standing.is_some() => Ask::Confirm(invitation),
                _ => Ask::Invitation(invitation),
            });
        }
    }

    /// The server was restored. Codes that wait are made again, and are good for a whole day from then;
    /// it may have others from before they were used or cancelled.
    pub(crate) fn settle_invitations_again(&mut self) {
        let day_ago = self.now.wall_ms - DAY_MS;
        self.invitations.asked.clear();
        for row in self.invitations.made.values().cloned().collect::<Vec<_>>() {
            let waits = matches!(row.standing, None | Some(Standing::Waiting));
            // Its day begins when the server hears of it.
            let is_fresh = row.standing.is_none() || row.made_ms > day_ago;
            if waits && row.wanted.is_none() && is_fresh {
                self.keep_invitation(InvitationRow { standing: None, ..row });
            } else if row.standing != Some(Standing::UsedForNow) {
                self.ask(&Ask::Cancel(row.invitation));
                self.keep_invitation(InvitationRow { wanted: Some(Standing::Cancelled), ..row });
            }
        }
    }

    pub(crate) fn stands(&mut self, invitation: InvitationId, standing: Standing) {
        if let Some(mut row) = self.invitations.made.get(&invitation).cloned()
            && row.standing != Some(Standing::Used)
        {
            row.standing = Some(standing);
            self.keep_invitation(row);
        }
    }

    fn keep_invitation(&mut self, row: InvitationRow) {
        self.keep_note(&[INVITATION_NOTE, &row.invitation.0].concat(), &row);
        self.invitations.made.insert(row.invitation, row);
        self.changed(Topic::Invitations);
    }

    /// No code that was made here is known any longer. These notes say so.
    pub(crate) fn forget_invitations(&mut self) -> Vec<Vec<u8>> {
        let made = self.invitations.made.keys();
        let keys = made.map(|name| [INVITATION_NOTE, &name.0].concat()).collect();
        self.invitations.made.clear();
        keys
    }

    /// Keeps a note, and tells the other tabs of it.
    pub(crate) fn keep_note(&mut self, key: &[u8], value: &impl Encode<()>) {
        let write = put(Store::Notes, key, value);
        if let Write::Put(Row { key, value, .. }) = &write {
            let hint = Hint::Note { key: key.clone().into(), value: value.clone().into() };
            self.effect(Effect::Hint(hint.bytes()));
        }
        self.keeper.keep(write);
    }

    pub(crate) fn take_note(&mut self, row: &Row) {
        self.take_invitation(row);
        self.take_seen(row);
        self.take_unsent(row);
        self.take_mark(row);
        self.take_writer(row);
        self.take_own_course(row);
        self.take_note_of_tools(row);
        self.take_clock(row);
        self.take_devices(row);
        self.take_term(row);
    }

    /// Takes in a row from the disk or from another tab, if it is an invitation. The tab that leads
    /// has heard from the server how it stands; another may have said what it is to become.
    pub(crate) fn take_invitation(&mut self, row: &Row) {
        if !row.key.starts_with(INVITATION_NOTE) {
            return;
        }
        let Some(mut row) = read::<InvitationRow>(&row.value) else { return };
        if let Some(known) = self.invitations.made.get(&row.invitation)
            && self.lead.leads()
        {
            row = InvitationRow { wanted: known.wanted.or(row.wanted), ..known.clone() };
            if row == *known {
                return;
            }
            self.invitations.asked.retain(|asked| *asked != row.invitation);
            return self.keep_invitation(row);
        }
        self.invitations.made.insert(row.invitation, row);
        self.changed(Topic::Invitations);
    }
}

fn is_open(standing: Standing) -> bool {
    matches!(standing, Standing::Waiting | Standing::UsedForNow)
}
