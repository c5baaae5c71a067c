//! What may be used up in a day. Everything is charged to whoever does it, so that nobody can use up what is
//! another's; and a person may twice what one of their devices may, so that a device that came in by a stolen
//! code cannot use up its owner's day either.

use trust::{DeviceId, PersonId, Record, RecordKind};

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

/// Charges a record that is to be kept to the device that brings it, and to its person.
pub(crate) fn charge<S: Shelf>(
    shelf: &mut S,
    (pusher, person): (DeviceId, PersonId),
    (record, founds): (&Record, bool),
    now: Stamp,
) -> Result<bool, S::Failure> {
    let bytes = record.bytes().len() as u64;
    let by_device = (Account::DeviceBytes(pusher), bytes, DEVICE_BYTES_A_DAY);
    let by_person = (Account::PersonBytes(person), bytes, 2 * DEVICE_BYTES_A_DAY);
    let bytes = [by_device, by_person];
    if record.header().kind != RecordKind::Membership {
        return within(shelf, &bytes, now);
    }
    let (device, by_person, most) = if founds {
        let person = Account::PersonFoundings(person);
        (Account::DeviceFoundings(pusher), person, DEVICE_FOUNDINGS_A_DAY)
    } else {
        (Account::DeviceLinks(pusher), Account::PersonLinks(person), DEVICE_LINKS_A_DAY)
    };
    let links = [(device, 1, most), (by_person, 1, 2 * most)];
    Ok(within(shelf, &links, now)? && within(shelf, &bytes, now)?)
}

#[cfg(test)]
mod tests {
    use trust::{DeviceKey, DocumentId, Header, PersonId};

    use super::*;
    use crate::MemoryShelf;

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

    #[test]
    fn many_devices_of_a_person_push_no_more_than_two() {
        let key = DeviceKey::from_seed(&[1; 32]);
        let header = Header {
            version: trust::VERSION,
            kind: RecordKind::Update,
            document: DocumentId([1; 16]),
            device: key.device(),
            counter: 1,
            epoch: 0,
        };
        let record = Record::sign(header, &vec![7; 200_000], &key).unwrap();
        let mut shelf = MemoryShelf::default();
        let mut pushed = 0;
        for device in 0..4 {
            let pusher = (DeviceId([device; 32]), PERSON);
            while let Ok(true) = charge(&mut shelf, pusher, (&record, false), NOW) {
                pushed += record.bytes().len() as u64;
            }
        }
        assert!((DEVICE_BYTES_A_DAY..=2 * DEVICE_BYTES_A_DAY).contains(&pushed), "{pushed}");
        let other = (DeviceId([9; 32]), PersonId([2; 16]));
        assert_eq!(charge(&mut shelf, other, (&record, false), NOW), Ok(true));
    }
}
