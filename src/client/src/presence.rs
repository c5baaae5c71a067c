//! Who has a document open just now, and where in it they are. Nothing of it is ever kept.

use documents::TextField;
use domain::ItemId;
use litemap::LiteMap;
use minicbor::Encode;
use minicbor::bytes::ByteVec;
use sync::limits::LIVE_BYTES_MAX;
use sync::message::Ask;
use sync::read_in_order;
use trust::{DeviceId, DocumentId, PersonId, Signature, said_live, sign_live};

use crate::authored::{passed_on, said_by};
use crate::client::{Client, Topic};
use crate::stored::read;

/// Somebody who has said nothing for this long is gone.
const GONE_MS: u64 = 25_000;
/// Somebody who is there says so this often.
const BEAT_MS: u64 = 10_000;
/// A caret this fresh means that they are writing.
const WRITING_MS: u64 = 3_000;

/// For so long nothing is read live of a device whose words somebody else had to keep. It may only have lost its
/// network; but whoever says much and keeps nothing would use up another's day, and another's data.
const UNKEPT_MS: u64 = 10 * 60 * 1000;
/// So much that is in no record yet is read of a document.
const LOANS_BYTES_MAX: usize = 2 * LIVE_BYTES_MAX;

/// What else a live frame may hold beside words: who, where, a signature.
const ABOUT_BYTES_MAX: usize = 1024;

/// What goes from app to app while both have a document open.
#[derive(Clone, PartialEq, Debug, Encode)]
struct Live {
    #[n(0)]
    person: PersonId,
    /// Where the caret is: a text, and a place in it in UTF-16 units.
    #[n(1)]
    caret: Option<(String, u32)>,
    /// What was just written; the record that follows contains it too.
    #[n(2)]
    update: Option<ByteVec>,
    /// The document has been left.
    #[n(3)]
    leaving: bool,
    /// Over what was written, by the device that wrote it.
    #[n(4)]
    signature: Option<Signature>,
}

read_in_order!(Live { person, caret, update, leaving, signature });

/// Who is where.
#[derive(Default)]
pub(crate) struct Presence {
    open: Option<DocumentId>,
    /// The one thing of it that the screen shows; `None` for all of it.
    shows: Option<ItemId>,
    caret: Option<(TextField, u32)>,
    beat_ms: u64,
    /// The connection is new: nobody on it has heard of me.
    is_unheard: bool,
    peers: LiteMap<(DocumentId, DeviceId), Peer>,
    /// Whose words came in no record of theirs and had to be kept by me, and until when they are read by their records
    /// alone.
    unkept: LiteMap<DeviceId, u64>,
}

impl Presence {
    /// These were said live, and are kept by me because nobody else has.
    pub(crate) fn left_it_to_me(&mut self, updates: &[Vec<u8>], now_ms: u64) {
        for device in updates.iter().filter_map(|update| said_by(update)) {
            self.unkept.insert(device, now_ms + UNKEPT_MS);
        }
    }

    fn keeps(&self, device: DeviceId, now_ms: u64) -> bool {
        self.unkept.get(&device).is_none_or(|until| now_ms >= *until)
    }
}

/// Somebody else.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Peer {
    pub(crate) person: PersonId,
    pub(crate) caret: Option<(TextField, u32)>,
    pub(crate) is_writing: bool,
    heard_ms: u64,
    wrote_ms: Option<u64>,
}

impl Presence {
    /// From now on the connection is another one.
    pub(crate) fn must_greet(&mut self) {
        self.is_unheard = true;
    }

    /// Whether nobody has been greeted on this connection; from now on they have.
    pub(crate) fn may_greet(&mut self) -> bool {
        std::mem::take(&mut self.is_unheard)
    }

    /// Everybody else who has the document open.
    pub(crate) fn here(&self, document: DocumentId) -> impl Iterator<Item = &Peer> {
        let of_it = move |((open, _), _): &(&(DocumentId, DeviceId), &Peer)| *open == document;
        self.peers.iter().filter(of_it).map(|(_, peer)| peer)
    }
}

impl Client {
    /// Nobody can be heard any longer.
    pub(crate) fn all_gone(&mut self) {
        for ((document, device), _) in std::mem::take(&mut self.presence.peers) {
            self.changed(Topic::Presence(document));
            self.hears_no_more_of(device);
        }
    }

    /// The person has opened a document.
    pub(crate) fn look_at(&mut self, document: DocumentId, shows: Option<ItemId>) {
        if (self.presence.open, self.presence.shows) != (Some(document), shows) {
            self.look_away();
            self.presence.open = Some(document);
            self.presence.shows = shows;
            self.say_live(document, None);
        }
    }

    /// The person has left the document that was open.
    pub(crate) fn look_away(&mut self) {
        if let Some(document) = self.presence.open.take() {
            self.presence.caret = None;
            self.saw(document, self.presence.shows);
            self.send_live(document, None, true);
        }
    }

    /// The person's caret is somewhere else.
    pub(crate) fn caret_at(&mut self, document: DocumentId, caret: Option<(TextField, u32)>) {
        if self.presence.open == Some(document) && self.presence.caret != caret {
            self.presence.caret = caret;
            if self.presence.here(document).next().is_some() {
                self.say_live(document, None);
            }
        }
    }

    /// Says to those who have a document open that I am there too, and what I just wrote.
    pub(crate) fn say_live(&mut self, document: DocumentId, update: Option<&[u8]>) {
        let alone = self.presence.here(document).next().is_none();
        // Alone, what was written need not travel before its record does.
        if update.is_some() && alone {
            return;
        }
        self.send_live(document, update, false);
    }

    fn send_live(&mut self, document: DocumentId, update: Option<&[u8]>, leaving: bool) {
        let Some(person) = self.me.person else { return };
        // Of a document that was founded a moment ago the server knows nothing yet, and would say
        // that it is gone.
        if self.presence.open == Some(document) {
            // Also when nothing can be said: the next beat is due in its own time, not at once.
            self.presence.beat_ms = self.now.steady_ms;
        }
        if !self.is_connected() || self.replica.through(document) == 0 {
            return;
        }
        let caret = self.presence.caret.filter(|_| self.presence.open == Some(document));
        let caret = caret.map(|(field, at)| (field.to_string(), at));
        let sign = |words: &[u8]| Some(sign_live(document, words, self.me.key.as_ref()?));
        // Longer words are not said twice: they come with their record.
        let update = update.filter(|update| update.len() <= LIVE_BYTES_MAX - ABOUT_BYTES_MAX);
        let signature = update.and_then(sign);
        let update = update.map(|update| update.to_vec().into());
        let mut payload = Vec::new();
        // Writing to a Vec cannot fail.
        let _ = minicbor::encode(Live { person, caret, update, leaving, signature }, &mut payload);
        self.ask(&Ask::Live { document, payload: payload.into() });
    }

    /// The connection is back: whoever has the same document open must hear of me.
    pub(crate) fn greet_again(&mut self) {
        if let Some(document) = self.presence.open {
            // Whoever still has me down as here would not answer that they are here too.
            self.send_live(document, None, true);
            self.say_live(document, None);
        }
    }

    pub(crate) fn heard_live(&mut self, document: DocumentId, device: DeviceId, payload: &[u8]) {
        // What fits in no record of mine could not be passed on, and what I write on top of it would be read by nobody.
        let Some(live) = read::<Live>(payload).filter(|_| payload.len() <= LIVE_BYTES_MAX) else {
            return;
        };
        let now_ms = self.now.steady_ms;
        self.changed(Topic::Presence(document));
        if live.leaving {
            self.presence.peers.remove(&(document, device));
            return self.left(device);
        }
        // A live frame that cannot be read, or proves nothing, is nothing: the record comes after it.
        if let Some((update, signature)) = live.update.as_ref().zip(live.signature)
            && self.presence.keeps(device, now_ms)
            && self.lent_in(document) + update.len() <= LOANS_BYTES_MAX
            && said_live(device, document, update, &signature)
        {
            let update = passed_on(update, device, signature);
            // What does not say whose it is once it is passed on is kept by nobody for anybody.
            if said_by(&update) == Some(device) {
                self.read_live_when_marked(device, document, update.into());
            }
        }
        let caret = live.caret.and_then(|(field, at)| Some((field.parse().ok()?, at)));
        let known = self.presence.peers.get(&(document, device));
        let new = known.is_none();
        let wrote_before = known.and_then(|peer| peer.wrote_ms);
        let wrote_ms = live.update.map(|_| now_ms).or(wrote_before);
        let is_writing = wrote_ms.is_some_and(|wrote| now_ms < wrote + WRITING_MS);
        // What a frame says of itself is only believed where nobody knows better.
        let person = self.writer(device).unwrap_or(live.person);
        let peer = Peer { person, caret, is_writing, heard_ms: now_ms, wrote_ms };
        self.presence.peers.insert((document, device), peer);
        if new && self.presence.open == Some(document) {
            self.say_live(document, None);
        }
    }

    /// The bytes of a document that are in no record yet.
    fn lent_in(&self, document: DocumentId) -> usize {
        let loans = self.sheets.get(&document).into_iter().flat_map(|sheet| &sheet.loans);
        loans.map(|loan| loan.update.len()).sum()
    }

    /// A device has left a document; it may have another one open.
    fn left(&mut self, device: DeviceId) {
        if self.presence.peers.keys().all(|(_, other)| *other != device) {
            self.hears_no_more_of(device);
        }
    }

    /// Says now and then that I am still there, and forgets those who have said nothing.
    pub(crate) fn tick_presence(&mut self) -> Option<u64> {
        let now_ms = self.now.steady_ms;
        let mut due = Vec::new();
        let mut moved = Vec::new();
        let mut gone = Vec::new();
        self.presence.peers.retain(|(document, device), peer| {
            let stays = now_ms < peer.heard_ms + GONE_MS;
            if !stays {
                moved.push(*document);
                gone.push(*device);
            }
            stays
        });
        gone.into_iter().for_each(|device| self.left(device));
        for ((document, _), peer) in self.presence.peers.iter_mut() {
            let writes = peer.wrote_ms.filter(|wrote| now_ms < wrote + WRITING_MS);
            if peer.is_writing && writes.is_none() {
                peer.is_writing = false;
                moved.push(*document);
            }
            due.push(peer.heard_ms + GONE_MS);
            due.extend(writes.map(|wrote| wrote + WRITING_MS));
        }
        for document in moved {
            self.changed(Topic::Presence(document));
        }
        if let Some(document) = self.presence.open.filter(|_| self.is_connected()) {
            if now_ms >= self.presence.beat_ms + BEAT_MS {
                self.send_live(document, None, false);
            }
            due.push(self.presence.beat_ms + BEAT_MS);
        }
        due.into_iter().min()
    }
}
