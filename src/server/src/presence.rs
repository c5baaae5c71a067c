//! Who is connected to this node.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use sync::devices::Owner;
use trust::{DeviceId, PersonId};

use crate::line::{Ending, Line};

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
        let mut lines = self.lines();
        // It may have left while this was waited for, and would be here for ever.
        if line.is_over() {
            return;
        }
        line.set_owner(owner);
        lines.add(line);
        let Some(Owner { person, .. }) = owner else { return };
        let places = lines.known.get(&person).map(Vec::as_slice).unwrap_or_default();
        if places.len() > self.per_person {
            let of_device = |line: &Arc<Line>| {
                places.iter().filter(|other| other.device() == line.device()).count()
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
        for line in lines.of(people).filter(|line| line.device() != except) {
            line.send(frame.clone());
        }
    }

    /// Passes on what is stored nowhere to every connected device of these people but one, where not too much waits.
    pub(crate) fn tell_live(&self, people: &[PersonId], except: DeviceId, frame: &Bytes) {
        let lines = self.lines();
        for line in lines.of(people).filter(|line| line.device() != except && line.hears_live()) {
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
            None => self.strangers.entry(line.device()).or_default().push(line.clone()),
        }
    }

    fn remove(&mut self, line: &Arc<Line>) {
        match line.owner() {
            Some(Owner { person, group }) => {
                remove_from(&mut self.known, person, line);
                remove_from(&mut self.groups, group, line);
            }
            None => remove_from(&mut self.strangers, line.device(), line),
        }
    }

    /// Every line of those who stand in a chain under these names.
    fn of<'l>(&'l self, people: &'l [PersonId]) -> impl Iterator<Item = &'l Arc<Line>> {
        let lists = |name: &PersonId| [self.known.get(name), self.groups.get(name)];
        people.iter().flat_map(lists).flatten().flatten()
    }

    fn of_device(&self, device: DeviceId) -> Vec<Arc<Line>> {
        let all = self.known.values().flatten().filter(|line| line.device() == device);
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
    use tokio::sync::mpsc::UnboundedReceiver;

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
    fn a_line_that_has_left_does_not_come_in_afterwards() {
        let presence = Presence::new(20);
        for owner in [Some(OWNER), None] {
            let (gone, heard) = line(1);
            drop(heard);
            presence.leave(&gone);
            presence.enter(&gone, owner);
        }
        let lines = presence.lines();
        assert!(lines.known.is_empty() && lines.strangers.is_empty());
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
        assert_eq!(slow.ending(), Some(Ending::TooSlow));
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
        assert_eq!(slow.ending(), None);
        let all: Vec<Bytes> = std::iter::from_fn(|| heard.try_recv().ok()).collect();
        assert_eq!((all.len(), &all[3][..]), (4, &b"stored"[..]));
    }

    #[test]
    fn the_oldest_of_too_many_makes_room() {
        let presence = Presence::new(2);
        let (lines, _queues): (Vec<_>, Vec<_>) = (0..3).map(line).unzip();
        lines.iter().for_each(|line| presence.enter(line, Some(OWNER)));
        assert_eq!(lines[0].ending(), Some(Ending::Replaced));
        assert_eq!(lines[2].ending(), None);
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
        assert_eq!(own.ending(), None);
        assert_eq!(others[6].ending(), Some(Ending::Replaced));
        assert_eq!(others[8].ending(), None);
    }

    #[test]
    fn a_line_for_which_there_is_no_place_hears_so() {
        let places = Places::new(Room { all: 1, strangers: 1, of_block: 1 });
        let place = places.enter(UNKNOWN).unwrap();
        let (line, _heard) = Line::new(DeviceId([1; 32]), place);
        Presence::new(3).enter(&line, Some(OWNER));
        assert_eq!(line.ending(), Some(Ending::Full));
    }
}
