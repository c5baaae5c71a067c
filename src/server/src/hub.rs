//! What every route of one running server shares.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use minicbor::bytes::ByteVec;
use sync::devices::Owner;
use sync::guide::Published;
use sync::limits::LIVE_BYTES_MAX;
use sync::message::{Ask, NotRedeemed, Refusal, Tell, WaitFor};
use sync::{Block, Guesses, Request};
use tokio::sync::{oneshot, watch};
use trust::{Code, DeviceId, DocumentId, PersonId};

use crate::audience::Audience;
use crate::block::{Origin, comes_from};
use crate::budget::Budgets;
use crate::challenge::Challenges;
use crate::keeper::{Clock, Keeper, Reply, wait_for_room};
use crate::places::Places;
use crate::posts::Posts;
use crate::site::Site;
use crate::store::beyond::Beyond;

/// Signatures that are checked where the frame is read; more are checked off the road.
const CHECKED_AT_ONCE_MAX: usize = 4;
/// Looks at a chain that keeps changing under a live frame; then the frame is let go.
const LOOKS_MAX: usize = 3;

pub(crate) struct Hub {
    pub(crate) keeper: Keeper,
    pub(crate) audience: Arc<Audience>,
    pub(crate) places: Arc<Places>,
    pub(crate) origin: Origin,
    pub(crate) budgets: Budgets,
    pub(crate) posts: Posts,
    pub(crate) guesses: Mutex<Guesses>,
    pub(crate) challenges: Challenges,
    pub(crate) clock: Clock,
    pub(crate) start: Instant,
    pub(crate) site: Site,
    pub(crate) guide: Published,
    pub(crate) kill_file: PathBuf,
    pub(crate) beyond: Option<Beyond>,
    /// Becomes true once; every connection holds a receiver as long as it lives.
    pub(crate) stopping: watch::Sender<bool>,
}

/// Who asks, and where they come from.
#[derive(Clone, Copy)]
pub(crate) struct Asker {
    pub(crate) device: DeviceId,
    pub(crate) owner: Option<Owner>,
    pub(crate) block: Block,
}

impl Hub {
    /// Takes a frame of this size from the budget of somebody's device. What is nobody's is held to much less where
    /// it comes in.
    pub(crate) fn within_budget(
        &self,
        (device, person): (DeviceId, Option<PersonId>),
        bytes: usize,
    ) -> Result<(), Tell> {
        match person {
            Some(_) => self.budgets.take(device, bytes, Instant::now()).map_err(too_much),
            None => Ok(()),
        }
    }

    /// Takes what coming in costs from the budget of somebody's device.
    pub(crate) fn enters_within_budget(&self, device: DeviceId) -> Result<(), Tell> {
        self.budgets.take_entry(device, Instant::now()).map_err(too_much)
    }

    /// Answers a device whose pass holds; done when `reply` has been called.
    pub(crate) async fn answer(
        &self,
        Asker { device, owner, block }: Asker,
        ask: Ask,
        reply: Reply,
    ) {
        if let Ask::Live { document, payload } = ask {
            // Who has redeemed nothing may say nothing.
            let Some(owner) = owner else { return reply(Vec::new()) };
            return reply(self.live((device, owner), document, &payload).await);
        }
        if let Ask::Guide { have } = ask {
            return reply(owner.and_then(|_| self.guide.answer(have)).into_iter().collect());
        }
        if let Ask::Redeem { code, tentative } = ask {
            return reply(self.redeem((device, block), (code, tentative)).await);
        }
        let Ok(request) = check(ask).await else { return reply(wait_for_room()) };
        let (done, answered) = oneshot::channel();
        let reply = move |tells| {
            reply(tells);
            let _ = done.send(());
        };
        self.keeper.ask(device, request, Box::new(reply));
        let _ = answered.await;
    }

    /// Redeems a code, and then reads what whoever it let in is welcomed with. Where many wrong ones came from, it is
    /// not looked at for a while.
    async fn redeem(
        &self,
        (device, block): (DeviceId, Block),
        (typed, tentative): (String, bool),
    ) -> Vec<Tell> {
        let Ok(code) = Code::read(&typed).map(|code| code.hash()) else {
            return vec![Tell::NotRedeemed(NotRedeemed::Wrong)];
        };
        let from = comes_from(block);
        if self.guesses().try_code(from, code, self.start.elapsed().as_secs()).is_err() {
            return vec![Tell::NotRedeemed(NotRedeemed::TooMany)];
        }
        let (tell, told) = oneshot::channel();
        let reply = Box::new(|tells| drop(tell.send(tells)));
        let ask = Ask::Redeem { code: typed, tentative };
        self.keeper.ask(device, Request::Other(ask), reply);
        let mut tells = told.await.unwrap_or_else(|_| wait_for_room());
        // A guess is what there is no code for. Whatever else it was, it was not guessed here.
        if tells != [Tell::NotRedeemed(NotRedeemed::Wrong)] {
            self.guesses().was_right(from, code);
        }
        if matches!(tells[..], [Tell::Redeemed(_)]) {
            tells.extend(self.keeper.welcome(device).await);
        }
        tells
    }

    fn guesses(&self) -> MutexGuard<'_, Guesses> {
        self.guesses.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn live(
        &self,
        from: (DeviceId, Owner),
        document: DocumentId,
        payload: &ByteVec,
    ) -> Vec<Tell> {
        if payload.len() > LIVE_BYTES_MAX {
            return Vec::new();
        }
        let mut looked = false;
        for _ in 0..LOOKS_MAX {
            let now = (self.clock)();
            match self.audience.live(from, document, payload, now) {
                Some(Some((people, frame))) => {
                    self.say_beyond(&people, from.0, &frame);
                    return Vec::new();
                }
                Some(None) => {
                    // A stranger waits as long as for a document that is not there.
                    if !looked {
                        let _ = self.keeper.chain(document).await;
                    }
                    return vec![Tell::Gone(document)];
                }
                None => {}
            }
            looked = true;
            let version = self.audience.chains.version();
            match self.keeper.chain(document).await {
                Ok(Some(chain)) => self.audience.chains.keep(document, chain, version),
                Ok(None) => return vec![Tell::Gone(document)],
                Err(_) => return wait_for_room(),
            }
        }
        Vec::new()
    }

    fn say_beyond(&self, people: &[PersonId], except: DeviceId, frame: &[u8]) {
        if let Some(beyond) = &self.beyond {
            beyond.say(people, except, frame);
        }
    }
}

fn too_much(seconds: u64) -> Tell {
    Tell::Wait { seconds, why: WaitFor::TooMuch }
}

/// Done when the server begins to stop.
pub(crate) async fn stopped(stopping: &mut watch::Receiver<bool>) {
    // A sender that is gone has stopped too.
    let _ = stopping.wait_for(|stopping| *stopping).await;
}

/// Checks the signatures of what is pushed: after those who have something to say have said it, and
/// many of them off the road, because that takes long enough to hold others up.
async fn check(ask: Ask) -> Result<Request, tokio::task::JoinError> {
    match &ask {
        Ask::Push { records } if records.len() > CHECKED_AT_ONCE_MAX => {
            tokio::task::spawn_blocking(move || Request::from(ask)).await
        }
        Ask::Push { .. } => {
            tokio::task::yield_now().await;
            Ok(Request::from(ask))
        }
        _ => Ok(Request::from(ask)),
    }
}

/// What somebody hears whose frame cannot be read. Theirs may be the newer program: the rest goes
/// on.
pub(crate) const UNREADABLE: Tell =
    Tell::Refused { counter: 0, why: Refusal::Malformed, device: None };
