//! What may be used up in a day. Everything is charged to whoever does it, so that nobody can use up what is
//! another's; and a person may twice what one of their devices may, so that a device that came in by a stolen
//! code cannot use up its owner's day either.

use trust::{DeviceId, Hash, PersonId, Record};

use crate::devices::{self, Owner};
use crate::shelf::{Account, Shelf, Stamp};

/// A device may push this much a day: a thousand times what a person types.
pub const DEVICE_BYTES_A_DAY: u64 = 64 * 1024 * 1024;
/// Documents that a device may found in a day. A coordinator who begins ten courses and takes over everything
/// for ten more, thirty documents each, founds six hundred.
pub const DEVICE_FOUNDINGS_A_DAY: u64 = 1_000;
/// Links that a device may make in a day. Who hands fifty citizens over to somebody, with thirty documents each,
/// lets one in and leaves fifteen hundred times.
pub const DEVICE_LINKS_A_DAY: u64 = 4_000;
/// Invitations that a person may make or look at that are another's, in a day. Asking whether they may is the most
/// that a short question costs, and an app asks again at each connection.
pub const PERSON_INVITATIONS_A_DAY: u64 = 1_000;

/// What is said live is no longer than this: it must fit in a record of whoever hears it, with what proves whose it is.
/// Longer words come with their own record alone.
pub const LIVE_BYTES_MAX: usize = 64 * 1024;

/// One thing that is counted: what, how many of it now, and how many in a day.
pub(crate) type Charge = (Account, u64, u64);

/// Charges in this order, up to the first that does not fit: what is beyond one limit is not charged to the next.
pub(crate) fn within<S: Shelf>(
    shelf: &mut S,
    charges: &[Charge],
    now: Stamp,
) -> Result<bool, S::Failure> {
    for &(account, amount, most) in charges {
        if shelf.spend(account, now.day(), amount)? > most {
            return Ok(false);
        }
    }
    Ok(true)
}

/// What a record does, for what it is charged.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Does {
    /// It says something, founds nothing and changes nobody's membership.
    Says,
    /// It founds a document.
    Founds,
    /// It lets somebody in, or lets them do more or stay longer.
    LetsIn,
    /// It ends or shortens what somebody was let in for, or changes nothing.
    Ends,
}

/// Charges a record that is to be kept to the device that brings it, and to its person. What nobody has said yes to
/// uses up nothing of the person's: all of it together has a day of its own. And no end waits for a day that others
/// have used up.
pub(crate) fn charge<S: Shelf>(
    shelf: &mut S,
    (pusher, owner): (DeviceId, Owner),
    (record, does): (&Record, Does),
    now: Stamp,
) -> Result<bool, S::Failure> {
    let is_sure = devices::is_confirmed(shelf, (pusher, owner))?;
    let person = if is_sure { owner.person } else { unconfirmed(owner.person) };
    let bytes = record.bytes().len() as u64;
    let by_device = (Account::DeviceBytes(pusher), bytes, DEVICE_BYTES_A_DAY);
    let by_person = (Account::PersonBytes(person), bytes, 2 * DEVICE_BYTES_A_DAY);
    let bytes = [by_device, by_person];
    let (device, by_person, most) = match does {
        Does::Says => return within(shelf, &bytes, now),
        Does::Ends => {
            let link = (Account::DeviceLinks(pusher), 1, DEVICE_LINKS_A_DAY);
            return within(shelf, &[link, by_device], now);
        }
        Does::Founds => {
            let person = Account::PersonFoundings(person);
            (Account::DeviceFoundings(pusher), person, DEVICE_FOUNDINGS_A_DAY)
        }
        Does::LetsIn => {
            (Account::DeviceLinks(pusher), Account::PersonLinks(person), DEVICE_LINKS_A_DAY)
        }
    };
    let links = [(device, 1, most), (by_person, 1, 2 * most)];
    Ok(within(shelf, &links, now)? && within(shelf, &bytes, now)?)
}

/// The name under which everything is counted together that nobody has said yes to of a person's.
fn unconfirmed(person: PersonId) -> PersonId {
    let Hash(bytes) = Hash::of_bytes(&[b"unconfirmed", &person.0[..]].concat());
    let mut name = [0; 16];
    name.copy_from_slice(&bytes[..16]);
    PersonId(name)
}

#[cfg(test)]
mod tests {
    use trust::{DeviceKey, DocumentId, Header, RecordKind, VERSION};

    use super::*;
    use crate::MemoryShelf;
    use crate::devices::Device;

    const NOW: Stamp = Stamp { seconds: 1_800_000_000 };
    const PERSON: PersonId = PersonId([1; 16]);

    fn fits(shelf: &mut MemoryShelf, device: u8, now: Stamp) -> bool {
        let device = Account::DeviceLinks(DeviceId([device; 32]));
        let charges = [(device, 1, 10), (Account::PersonLinks(PERSON), 1, 20)];
        let Ok(fits) = within(shelf, &charges, now);
        fits
    }

    #[test]
    fn one_device_of_a_person_does_not_use_up_the_day_of_another() {
        let mut shelf = MemoryShelf::default();
        let stolen = (0..100).filter(|_| fits(&mut shelf, 1, NOW)).count();
        let own = (0..100).filter(|_| fits(&mut shelf, 2, NOW)).count();
        assert_eq!((stolen, own), (10, 10));
        assert!(!fits(&mut shelf, 3, NOW), "but all of them have an end");
        assert!(fits(&mut shelf, 1, Stamp { seconds: NOW.seconds + 86_400 }));
    }

    fn record(length: usize) -> Record {
        let key = DeviceKey::from_seed(&[1; 32]);
        let header = Header {
            version: VERSION,
            kind: RecordKind::Update,
            document: DocumentId([1; 16]),
            device: key.device(),
            counter: 1,
            epoch: 0,
        };
        Record::sign(header, &vec![7; length], &key).unwrap()
    }

    #[test]
    fn many_devices_of_a_person_push_no_more_than_two() {
        let record = record(200_000);
        let mut shelf = MemoryShelf::default();
        let mut pushes = |devices: std::ops::Range<u8>, group| {
            let mut pushed = 0;
            for name in devices {
                let owner = Owner { person: PERSON, group };
                let device = Device { owner, since: name.into(), by: None };
                let Ok(()) = shelf.bind(DeviceId([name; 32]), device);
                let pusher = (DeviceId([name; 32]), owner);
                while let Ok(true) = charge(&mut shelf, pusher, (&record, Does::Says), NOW) {
                    pushed += record.bytes().len() as u64;
                }
            }
            pushed
        };
        let own = pushes(0..4, PersonId([2; 16]));
        let at_most = DEVICE_BYTES_A_DAY..=2 * DEVICE_BYTES_A_DAY;
        assert!(at_most.contains(&own), "{own}");
        let unsure = pushes(10..14, PersonId([3; 16]));
        assert!(at_most.contains(&unsure), "{unsure} of those that nobody has said yes to");
    }

    #[test]
    fn phones_that_nobody_said_yes_to_use_up_nothing_of_hers_and_an_end_waits_for_nobody() {
        let record = record(100);
        let mut shelf = MemoryShelf::default();
        let mut all = |name: u8, group: u8, does| {
            let owner = Owner { person: PERSON, group: PersonId([group; 16]) };
            let device = Device { owner, since: name.into(), by: None };
            let Ok(()) = shelf.bind(DeviceId([name; 32]), device);
            let pusher = (DeviceId([name; 32]), owner);
            let mut fits = || charge(&mut shelf, pusher, (&record, does), NOW) == Ok(true);
            (0..5_000).filter(|_| fits()).count() as u64
        };
        let most = DEVICE_LINKS_A_DAY;
        assert_eq!(all(1, 1, Does::Says), 5_000);
        // Three in her name that are in no group of hers.
        let taken: Vec<u64> = (2..5).map(|name| all(name, name, Does::LetsIn)).collect();
        assert_eq!(taken, [most, most, 0]);
        // And three of her own.
        let own: Vec<u64> = (6..9).map(|name| all(name, 1, Does::LetsIn)).collect();
        assert_eq!(own, [most, most, 0]);
        assert_eq!(all(9, 1, Does::Ends), most);
    }
}
