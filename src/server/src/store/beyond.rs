//! What the servers on one PostgreSQL database say to each other, by NOTIFY.
//!
//! Committed changes are said in their own transaction, so that they are heard exactly when they
//! are true. Live frames are said by a thread of their own, and only when another server is there.

use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD_NO_PAD;
use trust::{DeviceId, PersonId};

use super::Store;
use super::postgres::PostgresStore;
use crate::audience::Audience;
use crate::keeper::Keeper;
use crate::line::Ending;
use crate::log;
use crate::trouble::Trouble;
use crate::wake::{Wake, tells};

/// Says several things at once.
pub(super) const NOTIFY: &str = "SELECT pg_notify('medspil', word) FROM unnest($1::TEXT[]) word";
/// PostgreSQL takes less than 8000 bytes.
const WORD_BYTES_MAX: usize = 7900;
/// Live frames on their way to others; more are not worth waiting for.
const WAITING_MAX: usize = 512;
/// Between two looks at whether we are to stop.
const LISTEN_SECONDS: u64 = 1;
const STACK_BYTES: usize = 512 * 1024;

/// The way to the other servers for what is stored nowhere.
#[derive(Clone)]
pub(crate) struct Beyond {
    others: Arc<AtomicBool>,
    stopping: Arc<AtomicBool>,
    live: SyncSender<Vec<Wake>>,
}

impl Beyond {
    /// Starts listening and speaking. Returns when it listens: from then on nothing is missed.
    pub(crate) fn start(
        store: &PostgresStore,
        audience: Arc<Audience>,
        keeper: Keeper,
    ) -> Result<(Self, Vec<JoinHandle<()>>), Trouble> {
        let (live, to_say) = sync_channel(WAITING_MAX);
        let others = Arc::new(AtomicBool::new(false));
        let stopping = Arc::new(AtomicBool::new(false));
        let beyond = Self { others, stopping, live };
        let mut ear = Ear { store: store.another()?, audience, keeper, beyond: beyond.clone() };
        ear.begin()?;
        let mouth = store.another()?;
        let listen = Builder::new().name("listener".to_owned()).stack_size(STACK_BYTES);
        let speak = Builder::new().name("speaker".to_owned()).stack_size(STACK_BYTES);
        let threads = vec![
            listen.spawn(move || ear.listen())?,
            speak.spawn(move || speak_live(mouth, &to_say))?,
        ];
        Ok((beyond, threads))
    }

    /// Passes a live frame on, if anybody is there and it fits into a word.
    pub(crate) fn say(&self, people: &[PersonId], except: DeviceId, frame: &[u8]) {
        if self.others.load(Ordering::Relaxed) {
            // Too much at once: the record that follows holds the same.
            let _ = self.live.try_send(tells(people, except, frame).collect());
        }
    }

    /// Lets both threads end.
    pub(crate) fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
        let _ = self.live.try_send(Vec::new());
    }
}

/// As they go into the database: the node that speaks, and one wake. What does not fit is left out.
pub(super) fn words(node: u64, wakes: &[Wake]) -> Vec<String> {
    let word = |wake: &Wake| {
        let mut bytes = Vec::new();
        // Writing to a Vec cannot fail.
        let _ = minicbor::encode(wake, &mut bytes);
        let mut word = String::new();
        let _ = write!(word, "{node:016x}");
        BASE64_STANDARD_NO_PAD.encode_string(bytes, &mut word);
        word
    };
    wakes.iter().map(word).filter(|word| word.len() < WORD_BYTES_MAX).collect()
}

/// A word from another node; `None` for our own and for what a later version says.
fn heard(node: u64, word: &str) -> Option<Wake> {
    let (from, wake) = word.split_at_checked(16)?;
    if u64::from_str_radix(from, 16).ok()? == node {
        return None;
    }
    minicbor::decode(&BASE64_STANDARD_NO_PAD.decode(wake).ok()?).ok()
}

struct Ear {
    store: PostgresStore,
    audience: Arc<Audience>,
    keeper: Keeper,
    beyond: Beyond,
}

impl Ear {
    fn begin(&mut self) -> Result<(), Trouble> {
        self.store.link().batch_execute("LISTEN medspil")?;
        self.say(Wake::Hello)
    }

    fn say(&mut self, wake: Wake) -> Result<(), Trouble> {
        notify(&mut self.store, &[wake])
    }

    fn listen(&mut self) {
        while !self.stopping() {
            match self.hear() {
                Ok(wakes) if wakes.is_empty() => {}
                Ok(wakes) => self.keeper.wake(wakes),
                Err(trouble) => self.come_back(&trouble),
            }
        }
    }

    /// What has been said within the next second.
    fn hear(&mut self) -> Result<Vec<Wake>, Trouble> {
        let node = self.store.node();
        let words = self.store.link().hear(Duration::from_secs(LISTEN_SECONDS))?;
        let wakes: Vec<Wake> = words.iter().filter_map(|word| heard(node, word)).collect();
        // Where nothing is said there may be nobody any longer.
        self.store.link().batch_execute("")?;
        if wakes.iter().any(|wake| matches!(wake, Wake::Hello | Wake::Here)) {
            self.beyond.others.store(true, Ordering::Relaxed);
        }
        if wakes.contains(&Wake::Hello) {
            self.say(Wake::Here)?;
        }
        Ok(wakes)
    }

    /// While we were away anything may have been said: nothing that was copied is used, and
    /// everybody comes in again.
    fn come_back(&mut self, trouble: &Trouble) {
        log::trouble(trouble);
        self.audience.chains.close();
        while !self.stopping() {
            let back = self.store.another().and_then(|store| {
                self.store = store;
                self.begin()
            });
            if back.is_ok() {
                break;
            }
            std::thread::sleep(Duration::from_secs(LISTEN_SECONDS));
        }
        self.audience.presence.end_all(Ending::Restart);
        self.audience.chains.open();
    }

    fn stopping(&self) -> bool {
        self.beyond.stopping.load(Ordering::Relaxed)
    }
}

fn notify(store: &mut PostgresStore, wakes: &[Wake]) -> Result<(), Trouble> {
    let words = words(store.node(), wakes);
    let say = store.link().prepare(NOTIFY)?;
    store.link().query(&say, &[&words])?;
    Ok(())
}

fn speak_live(mut store: PostgresStore, to_say: &Receiver<Vec<Wake>>) {
    while let Ok(first) = to_say.recv() {
        if first.is_empty() {
            return;
        }
        let wakes: Vec<Wake> = first.into_iter().chain(to_say.try_iter().flatten()).collect();
        if notify(&mut store, &wakes).is_err() {
            // The listener has said why; what was live is past.
            std::thread::sleep(Duration::from_secs(LISTEN_SECONDS));
            if let Ok(fresh) = store.another() {
                store = fresh;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use trust::DocumentId;

    use super::*;

    #[test]
    fn a_word_is_heard_by_others_and_not_by_the_one_who_said_it() {
        let wake = Wake::Record { document: DocumentId([7; 16]), seq: 3 };
        let words = words(5, std::slice::from_ref(&wake));
        assert_eq!(heard(6, &words[0]), Some(wake));
        assert_eq!(heard(5, &words[0]), None);
        assert_eq!(heard(6, "å"), None);
        assert_eq!(heard(6, "0000000000000005not base64!"), None);
    }

    #[test]
    fn what_does_not_fit_into_a_word_is_left_out() {
        let large = tells(&[PersonId([1; 16])], DeviceId([2; 32]), &[0; 8000]).collect::<Vec<_>>();
        assert!(words(5, &large).is_empty());
    }
}
