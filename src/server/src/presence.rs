//! Who is connected to this node, and what is on its way to them.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use bytes::Bytes;
use sync::Block;
use sync::devices::Owner;
use tokio::sync::Notify;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use trust::{DeviceId, PersonId};

use crate::places::Place;

/// What may wait for one slow reader. Then it is let go, and fetches what it missed when it is back.
pub(crate) const WAITING_BYTES_MAX: usize = 2 * 1024 * 1024;
/// What is live is not put behind this much: the record that follows holds the same, and who has a slow line is not
/// to lose it to somebody who says much.
const LIVE_WAITING_BYTES_MAX: usize = 256 * 1024;
/// Counted for a frame beside its own bytes.
const FRAME_OVERHEAD_BYTES: usize = 64;

/// Why a connection ends from this side.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Ending {
    /// Nothing was heard for too long.
    Silent,
    /// It does not read what it is sent.
    TooSlow,
    /// The same person has come from too many places since.
    Replaced,
    /// No more connections fit.
    Full,
    /// It kept sending after being asked to wait.
    TooMuch,
    /// A frame was larger than any may be.
    TooLarge,
    /// It did not say who it is, or not truly.
    NoPass,
    /// What it sends is not Medspil's.
    Unreadable,
    /// Its device is nobody's any longer.
    PutOut,
    /// The server stops, or has been away from its database.
    Restart,
}

impl Ending {
    /// The close code and the words that go with it.
    pub(crate) fn code(self) -> (u16, &'static str) {
        match self {
            Self::Silent => (1001, "silent"),
            Self::Restart => (1012, "restart"),
            Self::NoPass => (4401, "no pass"),
            Self::TooLarge => (1009, "too large"),
            Self::TooMuch => (1008, "too much"),
            Self::Unreadable => (1007, "unreadable"),
            Self::TooSlow => (1013, "too slow"),
            Self::Replaced => (4409, "too many places"),
            Self::Full => (1013, "full"),
            Self::PutOut => (4410, "put out"),
        }
    }
}

/// The sending end of one connection.
#[derive(Debug)]
pub(crate) struct Line {
    device: DeviceId,
    place: Arc<Place>,
    owner: Mutex<Option<Owner>>,
    queue: UnboundedSender<Bytes>,
    /// What is heard before the line may speak; `None` while it may.
    held: Mutex<Option<Vec<Bytes>>>,
    waiting: AtomicUsize,
    ending: OnceLock<Ending>,
    ended: Notify,
}

impl Line {
    /// A line that keeps what it hears to itself until [`Line::speak`].
    pub(crate) fn new(
        device: DeviceId,
        place: Arc<Place>,
    ) -> (Arc<Self>, UnboundedReceiver<Bytes>) {
        let (queue, receiver) = unbounded_channel();
        let line = Self {
            device,
            place,
            owner: Mutex::new(None),
            queue,
            held: Mutex::new(Some(Vec::new())),
            waiting: AtomicUsize::new(0),
            ending: OnceLock::new(),
            ended: Notify::new(),
        };
        (Arc::new(line), receiver)
    }

    pub(crate) fn device(&self) -> DeviceId {
        self.device
    }

    /// Whose device it is just now.
    pub(crate) fn owner(&self) -> Option<Owner> {
        *self.owner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The person whose device it is just now.
    pub(crate) fn person(&self) -> Option<PersonId> {
        self.owner().map(|owner| owner.person)
    }

    /// Where its connection comes from.
    pub(crate) fn block(&self) -> Block {
        self.place.block()
    }

    fn set_owner(&self, owner: Option<Owner>) {
        *self.owner.lock().unwrap_or_else(PoisonError::into_inner) = owner;
        match owner {
            Some(_) if !self.place.take() => self.end(Ending::Full),
            Some(_) => {}
            None => self.place.give_back(),
        }
    }

    /// Puts a frame in the queue, or ends a connection that does not empty it.
    pub(crate) fn send(&self, frame: Bytes) {
        if let Some(frame) = self.admit(frame) {
            match self.held().as_mut() {
                Some(held) => held.push(frame),
                // The other end is gone only when the connection is.
                None => drop(self.queue.send(frame)),
            }
        }
    }

    /// Keeps what is heard from now on until [`Line::speak`]: what it means is still being read.
    pub(crate) fn hold(&self) {
        self.held().get_or_insert_default();
    }

    /// Puts these in the queue, and behind them what was heard meanwhile.
    pub(crate) fn speak(&self, frames: impl IntoIterator<Item = Bytes>) {
        let mut held = self.held();
        let frames = frames.into_iter().filter_map(|frame| self.admit(frame));
        let frames: Vec<Bytes> = frames.chain(held.take().into_iter().flatten()).collect();
        frames.into_iter().for_each(|frame| drop(self.queue.send(frame)));
    }

    fn hears_live(&self) -> bool {
        self.waiting.load(Ordering::Relaxed) <= LIVE_WAITING_BYTES_MAX
    }

    fn admit(&self, frame: Bytes) -> Option<Bytes> {
        let size = frame.len() + FRAME_OVERHEAD_BYTES;
        if self.waiting.fetch_add(size, Ordering::Relaxed) > WAITING_BYTES_MAX {
            self.end(Ending::TooSlow);
            return None;
        }
        Some(frame)
    }

    fn held(&self) -> MutexGuard<'_, Option<Vec<Bytes>>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that a frame has left.
    pub(crate) fn sent(&self, frame_bytes: usize) {
        self.waiting.fetch_sub(frame_bytes + FRAME_OVERHEAD_BYTES, Ordering::Relaxed);
    }

    /// Asks the connection to end; the first reason stands.
    pub(crate) fn end(&self, ending: Ending) {
        if self.ending.set(ending).is_ok() {
            self.ended.notify_waiters();
        }
    }

    /// The reason, as soon as there is one.
    pub(crate) async fn ended(&self) -> Ending {
        let mut ended = std::pin::pin!(self.ended.notified());
        loop {
            // Listening before looking: what is said in between is heard.
            ended.as_mut().enable();
            if let Some(ending) = self.ending.get() {
                return *ending;
            }
            ended.as_mut().await;
            ended.set(self.ended.notified());
        }
    }
}

/// Everybody who is connected.
#[derive(Debug)]
pub(crate) struct Presence {
    lines: Mutex<Lines>,
    per_person: usize,
}

#[derive(Default, Debug)]
struct Lines {
    known: HashMap<PersonId, Vec<Arc<Line>>>,
    /// The same lines once more, by those of a person's devices that have said yes to each other.
    groups: HashMap<PersonId, Vec<Arc<Line>>>,
    strangers: HashMap<DeviceId, Vec<Arc<Line>>>,
}

impl Presence {
    pub(crate) fn new(per_person: usize) -> Self {
        Self { lines: Mutex::default(), per_person }
    }

    /// Somebody has shown who they are. When they have too many connections, the device with most of them gives
    /// up its oldest: one that came in by a stolen code does not show its owner's own out.
    pub(crate) fn enter(&self, line: &Arc<Line>, owner: Option<Owner>) {
        line.set_owner(owner);
        let mut lines = self.lines();
        lines.add(line);
        let Some(Owner { person, .. }) = owner else { return };
        let places = lines.known.get(&person).map(Vec::as_slice).unwrap_or_default();
        if places.len() > self.per_person {
            let of_device = |line: &Arc<Line>| {
                places.iter().filter(|other| other.device == line.device).count()
            };
            let most = places.iter().map(of_device).max();
            let oldest = places.iter().find(|line| Some(of_device(line)) == most).cloned();
            if let Some(oldest) = oldest {
                lines.remove(&oldest);
                oldest.end(Ending::Replaced);
            }
        }
    }

    /// A connection is over.
    pub(crate) fn leave(&self, line: &Arc<Line>) {
        self.lines().remove(line);
    }

    /// This device is somebody else's now, or nobody's: then it has to come again to hear why.
    pub(crate) fn rebind(&self, device: DeviceId, owner: Option<Owner>) {
        let mut lines = self.lines();
        for line in lines.of_device(device) {
            lines.remove(&line);
            line.set_owner(owner);
            lines.add(&line);
            if owner.is_none() {
                line.end(Ending::PutOut);
            }
        }
    }

    /// Says this to every connected device of these people but one. Serialised once for all.
    pub(crate) fn tell(&self, people: &[PersonId], except: DeviceId, frame: &Bytes) {
        let lines = self.lines();
        for line in lines.of(people).filter(|line| line.device != except) {
            line.send(frame.clone());
        }
    }

    /// Passes on what is stored nowhere to every connected device of these people but one, where not too much waits.
    pub(crate) fn tell_live(&self, people: &[PersonId], except: DeviceId, frame: &Bytes) {
        let lines = self.lines();
        for line in lines.of(people).filter(|line| line.device != except && line.hears_live()) {
            line.send(frame.clone());
        }
    }

    /// Ends every connection.
    pub(crate) fn end_all(&self, ending: Ending) {
        let lines = self.lines();
        let all = lines.known.values().chain(lines.strangers.values()).flatten();
        all.for_each(|line| line.end(ending));
    }

    fn lines(&self) -> MutexGuard<'_, Lines> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Lines {
    fn add(&mut self, line: &Arc<Line>) {
        match line.owner() {
            Some(Owner { person, group }) => {
                self.known.entry(person).or_default().push(line.clone());
                self.groups.entry(group).or_default().push(line.clone());
            }
            None => self.strangers.entry(line.device).or_default().push(line.clone()),
        }
    }

    fn remove(&mut self, line: &Arc<Line>) {
        match line.owner() {
            Some(Owner { person, group }) => {
                remove_from(&mut self.known, person, line);
                remove_from(&mut self.groups, group, line);
            }
            None => remove_from(&mut self.strangers, line.device, line),
        }
    }

    /// Every line of those who stand in a chain under these names.
    fn of<'l>(&'l self, people: &'l [PersonId]) -> impl Iterator<Item = &'l Arc<Line>> {
        let lists = |name: &PersonId| [self.known.get(name), self.groups.get(name)];
        people.iter().flat_map(lists).flatten().flatten()
    }

    fn of_device(&self, device: DeviceId) -> Vec<Arc<Line>> {
        let all = self.known.values().flatten().filter(|line| line.device == device);
        all.chain(self.strangers.get(&device).into_iter().flatten()).cloned().collect()
    }
}

fn remove_from<N: Eq + Hash>(lists: &mut HashMap<N, Vec<Arc<Line>>>, name: N, line: &Arc<Line>) {
    let Some(lines) = lists.get_mut(&name) else { return };
    lines.retain(|other| !Arc::ptr_eq(other, line));
    if lines.is_empty() {
        lists.remove(&name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::UNKNOWN;
    use crate::places::{Places, Room};

    const PERSON: PersonId = PersonId([1; 16]);
    const GROUP: PersonId = PersonId([2; 16]);
    const OWNER: Owner = Owner { person: PERSON, group: GROUP };

    fn line(number: u8) -> (Arc<Line>, UnboundedReceiver<Bytes>) {
        let places = Places::new(Room::new(100, 1000));
        let place = places.enter(UNKNOWN).unwrap();
        Line::new(DeviceId([number; 32]), place)
    }

    #[test]
    fn a_device_that_is_nobodys_any_longer_hears_nothing_more() {
        let presence = Presence::new(20);
        let (mine, mut heard) = line(1);
        mine.speak([]);
        presence.enter(&mine, Some(OWNER));
        presence.tell(&[PERSON], DeviceId([9; 32]), &Bytes::from_static(b"one"));
        presence.rebind(mine.device(), None);
        presence.tell(&[PERSON], DeviceId([9; 32]), &Bytes::from_static(b"two"));
        assert_eq!(heard.try_recv().unwrap(), "one");
        assert!(heard.try_recv().is_err());
    }

    #[test]
    fn what_is_for_a_group_is_heard_by_its_devices_alone() {
        let presence = Presence::new(20);
        let ((first, mut hears), (second, mut other)) = (line(1), line(2));
        let alone = Owner { group: PersonId([3; 16]), ..OWNER };
        for (line, owner) in [(&first, OWNER), (&second, alone)] {
            line.speak([]);
            presence.enter(line, Some(owner));
        }
        let tell = |words: &'static str| {
            presence.tell(&[GROUP], DeviceId([9; 32]), &Bytes::from_static(words.as_bytes()));
        };
        tell("mine");
        assert_eq!(hears.try_recv().unwrap(), "mine");
        assert!(other.try_recv().is_err());
        presence.rebind(second.device(), Some(OWNER));
        tell("ours");
        assert_eq!(
            (hears.try_recv().unwrap(), other.try_recv().unwrap()),
            ("ours".into(), "ours".into())
        );
        presence.leave(&first);
        presence.leave(&second);
        assert!(presence.lines().groups.is_empty() && presence.lines().known.is_empty());
    }

    #[test]
    fn what_is_heard_before_the_welcome_comes_after_it() {
        let (line, mut heard) = line(1);
        line.send(Bytes::from_static(b"news"));
        assert!(heard.try_recv().is_err());
        line.speak([Bytes::from_static(b"welcome")]);
        line.send(Bytes::from_static(b"more"));
        let all: Vec<Bytes> = std::iter::from_fn(|| heard.try_recv().ok()).collect();
        assert_eq!(all, ["welcome", "news", "more"]);
    }

    #[test]
    fn who_does_not_read_is_let_go() {
        let (slow, _queue) = line(1);
        let frame = Bytes::from(vec![0; 512 * 1024]);
        (0..6).for_each(|_| slow.send(frame.clone()));
        assert_eq!(slow.ending.get(), Some(&Ending::TooSlow));
    }

    #[test]
    fn what_is_live_is_let_go_where_much_waits_and_the_rest_is_not() {
        let presence = Presence::new(20);
        let (slow, mut heard) = line(1);
        slow.speak([]);
        presence.enter(&slow, Some(OWNER));
        let live = Bytes::from(vec![0; 100 * 1024]);
        (0..60).for_each(|_| presence.tell_live(&[PERSON], DeviceId([9; 32]), &live));
        presence.tell(&[PERSON], DeviceId([9; 32]), &Bytes::from_static(b"stored"));
        assert_eq!(slow.ending.get(), None);
        let all: Vec<Bytes> = std::iter::from_fn(|| heard.try_recv().ok()).collect();
        assert_eq!((all.len(), &all[3][..]), (4, &b"stored"[..]));
    }

    #[test]
    fn the_oldest_of_too_many_makes_room() {
        let presence = Presence::new(2);
        let (lines, _queues): (Vec<_>, Vec<_>) = (0..3).map(line).unzip();
        lines.iter().for_each(|line| presence.enter(line, Some(OWNER)));
        assert_eq!(lines[0].ending.get(), Some(&Ending::Replaced));
        assert_eq!(lines[2].ending.get(), None);
        lines.iter().for_each(|line| presence.leave(line));
        assert!(presence.lines().known.is_empty());
    }

    #[test]
    fn a_second_device_does_not_show_out_the_first() {
        let presence = Presence::new(3);
        let (own, _heard) = line(1);
        presence.enter(&own, Some(OWNER));
        let (others, _queues): (Vec<_>, Vec<_>) = (0..9).map(|_| line(2)).unzip();
        others.iter().for_each(|line| presence.enter(line, Some(OWNER)));
        assert_eq!(own.ending.get(), None);
        assert_eq!(others[6].ending.get(), Some(&Ending::Replaced));
        assert_eq!(others[8].ending.get(), None);
    }

    #[test]
    fn a_line_for_which_there_is_no_place_hears_so() {
        let places = Places::new(Room { all: 1, strangers: 1, of_block: 1 });
        let place = places.enter(UNKNOWN).unwrap();
        let (line, _queue) = Line::new(DeviceId([1; 32]), place);
        Presence::new(3).enter(&line, Some(OWNER));
        assert_eq!(line.ending.get(), Some(&Ending::Full));
    }
}
