//! What every route of one running server shares.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use minicbor::bytes::ByteVec;
use sync::Request;
use sync::guide::Published;
use sync::message::{Ask, Refusal, Tell, WaitFor};
use tokio::sync::{oneshot, watch};
use trust::{DeviceId, DocumentId, PersonId};

use crate::audience::Audience;
use crate::budget::Budgets;
use crate::challenge::Challenges;
use crate::keeper::{Clock, Keeper, Reply, wait_for_room};
use crate::site::Site;
use crate::store::beyond::Beyond;

/// Signatures that are checked where the frame is read; more are checked off the road.
const CHECKED_AT_ONCE_MAX: usize = 4;
/// Looks at a chain that keeps changing under a live frame; then the frame is let go.
const LOOKS_MAX: usize = 3;

pub(crate) struct Hub {
    pub(crate) keeper: Keeper,
    pub(crate) audience: Arc<Audience>,
    pub(crate) budgets: Budgets,
    pub(crate) challenges: Challenges,
    pub(crate) clock: Clock,
    pub(crate) site: Site,
    pub(crate) guide: Published,
    pub(crate) kill_file: PathBuf,
    pub(crate) beyond: Option<Beyond>,
    /// Becomes true once; every connection holds a receiver as long as it lives.
    pub(crate) stopping: watch::Sender<bool>,
}

impl Hub {
    /// Takes a frame of this size from the device's budget.
    pub(crate) fn within_budget(&self, device: DeviceId, bytes: usize) -> Result<(), Tell> {
        let wait = |seconds| Tell::Wait { seconds, why: WaitFor::TooMuch };
        self.budgets.take(device, bytes, Instant::now()).map_err(wait)
    }

    /// Answers a device whose pass holds; done when `reply` has been called.
    pub(crate) async fn answer(
        &self,
        (device, person): (DeviceId, Option<PersonId>),
        ask: Ask,
        reply: Reply,
    ) {
        if let Ask::Live { document, payload } = ask {
            // Who has redeemed nothing may say nothing.
            let Some(person) = person else { return reply(Vec::new()) };
            return reply(self.live((device, person), document, &payload).await);
        }
        if let Ask::Guide { have } = ask {
            return reply(person.and_then(|_| self.guide.answer(have)).into_iter().collect());
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

    async fn live(
        &self,
        from: (DeviceId, PersonId),
        document: DocumentId,
        payload: &ByteVec,
    ) -> Vec<Tell> {
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
