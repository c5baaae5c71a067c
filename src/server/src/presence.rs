//! Who is connected to this node, and what is on its way to them.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use bytes::Bytes;
use tokio::sync::Notify;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use trust::{DeviceId, PersonId};

/// What may wait for one slow reader. Then it is let go, and fetches what it missed when it is back.
pub(crate) const WAITING_BYTES_MAX: usize = 2 * 1024 * 1024;
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
        }
    }
}

/// The sending end of one connection.
#[derive(Debug)]
pub(crate) struct Line {
    device: DeviceId,
    person: Mutex<Option<PersonId>>,
    queue: UnboundedSender<Bytes>,
    waiting: AtomicUsize,
    ending: OnceLock<Ending>,
    ended: Notify,
}

impl Line {
    pub(crate) fn new(device: DeviceId) -> (Arc<Self>, UnboundedReceiver<Bytes>) {
        let (queue, receiver) = unbounded_channel();
        let line = Self {
            device,
            person: Mutex::new(None),
            queue,
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
    pub(crate) fn person(&self) -> Option<PersonId> {
        *self.person.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set_person(&self, person: Option<PersonId>) {
        *self.person.lock().unwrap_or_else(PoisonError::into_inner) = person;
    }

    /// Puts a frame in the queue, or ends a connection that does not empty it.
    pub(crate) fn send(&self, frame: Bytes) {
        let size = frame.len() + FRAME_OVERHEAD_BYTES;
        if self.waiting.fetch_add(size, Ordering::Relaxed) > WAITING_BYTES_MAX {
            self.end(Ending::TooSlow);
            return;
        }
        // The other end is gone only when the connection is.
        let _ = self.queue.send(frame);
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
    in_all: usize,
}

#[derive(Default, Debug)]
struct Lines {
    known: HashMap<PersonId, Vec<Arc<Line>>>,
    strangers: Vec<Arc<Line>>,
    count: usize,
}

impl Presence {
    pub(crate) fn new(per_person: usize, in_all: usize) -> Self {
        Self { lines: Mutex::default(), per_person, in_all }
    }

    /// Somebody has shown who they are. Their oldest connection makes room when there are too many;
    /// devices that belong to nobody fill at most a tenth of the house.
    pub(crate) fn enter(&self, line: &Arc<Line>, person: Option<PersonId>) {
        let mut lines = self.lines();
        let strangers_full = person.is_none() && lines.strangers.len() >= self.in_all.div_ceil(10);
        if lines.count >= self.in_all || strangers_full {
            line.end(Ending::Full);
            return;
        }
        line.set_person(person);
        lines.count += 1;
        let crowded = lines.add(line, person).filter(|places| places.len() > self.per_person);
        if let Some(oldest) = crowded.map(|places| places.remove(0)) {
            lines.count -= 1;
            oldest.end(Ending::Replaced);
        }
    }

    /// A connection is over.
    pub(crate) fn leave(&self, line: &Arc<Line>) {
        let mut lines = self.lines();
        if lines.remove(line) {
            lines.count -= 1;
        }
    }

    /// This device is somebody else's now, or nobody's.
    pub(crate) fn rebind(&self, device: DeviceId, person: Option<PersonId>) {
        let mut lines = self.lines();
        for line in lines.of_device(device) {
            lines.remove(&line);
            line.set_person(person);
            lines.add(&line, person);
        }
    }

    /// Says this to every connected device of these people but one. Serialised once for all.
    pub(crate) fn tell(&self, people: &[PersonId], except: DeviceId, frame: &Bytes) {
        let lines = self.lines();
        let theirs = people.iter().filter_map(|person| lines.known.get(person)).flatten();
        for line in theirs.filter(|line| line.device != except) {
            line.send(frame.clone());
        }
    }

    /// Ends every connection.
    pub(crate) fn end_all(&self, ending: Ending) {
        let lines = self.lines();
        lines.known.values().flatten().chain(&lines.strangers).for_each(|line| line.end(ending));
    }

    fn lines(&self) -> MutexGuard<'_, Lines> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Lines {
    fn add(&mut self, line: &Arc<Line>, person: Option<PersonId>) -> Option<&mut Vec<Arc<Line>>> {
        let Some(person) = person else {
            self.strangers.push(line.clone());
            return None;
        };
        let places = self.known.entry(person).or_default();
        places.push(line.clone());
        Some(places)
    }

    fn remove(&mut self, line: &Arc<Line>) -> bool {
        let person = line.person();
        let places = match person {
            Some(person) => self.known.get_mut(&person),
            None => Some(&mut self.strangers),
        };
        let Some(places) = places else { return false };
        let place = places.iter().position(|other| Arc::ptr_eq(other, line));
        if let Some(place) = place {
            places.remove(place);
        }
        if let Some(person) = person.filter(|_| places.is_empty()) {
            self.known.remove(&person);
        }
        place.is_some()
    }

    fn of_device(&self, device: DeviceId) -> Vec<Arc<Line>> {
        let all = self.known.values().flatten().chain(&self.strangers);
        all.filter(|line| line.device == device).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PERSON: PersonId = PersonId([1; 16]);

    fn line(number: u8) -> (Arc<Line>, UnboundedReceiver<Bytes>) {
        Line::new(DeviceId([number; 32]))
    }

    #[test]
    fn a_device_that_is_nobodys_any_longer_hears_nothing_more() {
        let presence = Presence::new(20, 100);
        let (mine, mut heard) = line(1);
        presence.enter(&mine, Some(PERSON));
        presence.tell(&[PERSON], DeviceId([9; 32]), &Bytes::from_static(b"one"));
        presence.rebind(mine.device(), None);
        presence.tell(&[PERSON], DeviceId([9; 32]), &Bytes::from_static(b"two"));
        assert_eq!(heard.try_recv().unwrap(), "one");
        assert!(heard.try_recv().is_err());
    }

    #[test]
    fn who_does_not_read_is_let_go() {
        let (slow, _queue) = line(1);
        let frame = Bytes::from(vec![0; 512 * 1024]);
        (0..6).for_each(|_| slow.send(frame.clone()));
        assert_eq!(slow.ending.get(), Some(&Ending::TooSlow));
    }

    #[test]
    fn the_oldest_of_too_many_makes_room() {
        let presence = Presence::new(2, 100);
        let (lines, _queues): (Vec<_>, Vec<_>) = (0..3).map(line).unzip();
        lines.iter().for_each(|line| presence.enter(line, Some(PERSON)));
        assert_eq!(lines[0].ending.get(), Some(&Ending::Replaced));
        assert_eq!(lines[2].ending.get(), None);
        lines.iter().for_each(|line| presence.leave(line));
        assert_eq!(presence.lines().count, 0);
    }

    #[test]
    fn a_full_house_says_so() {
        let presence = Presence::new(20, 1);
        let (lines, _queues): (Vec<_>, Vec<_>) = (0..2).map(line).unzip();
        lines.iter().for_each(|line| presence.enter(line, Some(PERSON)));
        assert_eq!(lines[1].ending.get(), Some(&Ending::Full));
    }
}
