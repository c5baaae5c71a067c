//! How what the hub says is read; it is written as its derive says.

use minicbor::decode::{Decode, Decoder, Error};

use crate::fields::Fields;
use crate::message::{NotRedeemed, Refusal, Tell, WaitFor};

impl<'b> Decode<'b, ()> for Tell {
    fn decode(bytes: &mut Decoder<'b>, _: &mut ()) -> Result<Self, Error> {
        let (case, mut fields) = Fields::of_case(bytes)?;
        let tell = match case {
            0 => Self::Challenge(fields.take()?),
            1 => {
                let (generation, person) = (fields.take()?, fields.take()?);
                let (documents, later) = fields.take_known()?;
                let counter = fields.take()?;
                fields.pass_over()?;
                let (seconds, devices) = (fields.take()?, fields.take()?);
                Self::Welcome { generation, person, documents, counter, later, seconds, devices }
            }
            2 => Self::Stored {
                device: fields.take()?,
                counter: fields.take()?,
                document: fields.take()?,
                seq: fields.take()?,
            },
            3 => Self::Refused {
                counter: fields.take()?,
                why: fields.take_if_known()?.unwrap_or(Refusal::Later),
                device: fields.take()?,
            },
            4 => Self::Records(fields.take()?),
            5 => Self::Live {
                document: fields.take()?,
                device: fields.take()?,
                payload: fields.take()?,
                person: fields.take()?,
            },
            6 => Self::Joined(fields.take()?),
            7 => Self::Gone(fields.take()?),
            8 => Self::Invitation {
                invitation: fields.take()?,
                standing: fields.take()?,
                seconds_left: fields.take()?,
            },
            9 => Self::Redeemed(fields.take()?),
            10 => Self::NotRedeemed(fields.take_if_known()?.unwrap_or(NotRedeemed::Later)),
            11 => {
                let seconds = fields.take()?;
                // Whatever it is for, one waits.
                let why = fields.take_if_known()?.unwrap_or(WaitFor::TooMuch);
                Self::Wait { seconds, why }
            }
            12 => Self::Guide(fields.take()?),
            13 => Self::Devices { person: fields.take()?, devices: fields.take()? },
            14 => Self::PutOut(fields.take()?),
            20 => Self::Aside(fields.take()?),
            21 => Self::AsideErased { document: fields.take()?, names: fields.take()? },
            22 => Self::CarriesOver { seconds_left: fields.take()? },
            _ => return Err(Error::message("a case of a newer server")),
        };
        fields.end()?;
        Ok(tell)
    }
}

#[cfg(test)]
mod tests {
    use minicbor::Encoder;
    use trust::{Challenge, DeviceId, DocumentId, InvitationId, Kind, Member, PersonId, Role};

    use super::Tell;
    use crate::frame::Frame;
    use crate::message::{
        AsidePage, AsideRecord, Held, KnownDevice, NotRedeemed, Page, Placed, PutOut, RecordName,
        Refusal, Standing, WaitFor,
    };

    fn every_case() -> Vec<Tell> {
        let (device, document) = (DeviceId([1; 32]), DocumentId([2; 16]));
        let (member, citizen) = (Member::always(Role::Citizen), PersonId([3; 16]));
        let held = Held { document, kind: Kind::Course, head: 300, member };
        let placed = Placed { seq: 7, record: vec![1, 2].into() };
        let records = vec![placed.clone(), placed];
        let page = Page { document, after: 1, through: 9, records, head: 10, writers: None };
        let known = KnownDevice { device, since: 1_795_251_600, by: None, confirmed: true };
        let second = KnownDevice { by: Some(citizen), confirmed: false, ..known };
        let name = RecordName { device, counter: 8 };
        let aside = AsideRecord { person: None, kept: 5, record: vec![1].into() };
        vec![
            Tell::Challenge(Challenge([9; 32])),
            Tell::Welcome {
                generation: 1,
                person: None,
                documents: vec![],
                counter: None,
                later: 0,
                seconds: None,
                devices: None,
            },
            Tell::Welcome {
                generation: u64::MAX,
                person: Some(PersonId([3; 16])),
                documents: vec![held, held],
                counter: Some(4),
                later: 0,
                seconds: Some(1_795_251_600),
                devices: Some(vec![known, second]),
            },
            Tell::Stored { device, counter: 1, document, seq: 2 },
            Tell::Refused { counter: 1, why: Refusal::Cloned, device: Some(device) },
            Tell::Refused { counter: 0, why: Refusal::Malformed, device: None },
            Tell::Records(page.clone()),
            Tell::Records(Page { writers: Some(vec![(device, PersonId([3; 16]))]), ..page }),
            Tell::Live { document, device, payload: vec![5].into(), person: None },
            Tell::Live { document, device, payload: vec![5].into(), person: Some(citizen) },
            Tell::Joined(held),
            Tell::Gone(document),
            Tell::Invitation {
                invitation: InvitationId([4; 16]),
                standing: Standing::Used,
                seconds_left: 5,
            },
            Tell::Redeemed(PersonId([3; 16])),
            Tell::NotRedeemed(NotRedeemed::Wrong),
            Tell::Wait { seconds: 5, why: WaitFor::NoRoom },
            Tell::Guide(vec![6, 7].into()),
            Tell::Devices { person: citizen, devices: vec![known, second] },
            Tell::PutOut(PutOut { at: 1_795_251_600, by: Some(citizen) }),
            Tell::Aside(AsidePage { document, records: vec![aside], next: Some(name) }),
            Tell::AsideErased { document, names: vec![name, name] },
            Tell::CarriesOver { seconds_left: 300 },
        ]
    }

    #[test]
    fn what_is_written_is_read() {
        for tell in every_case() {
            assert_eq!(Tell::from_frame(&tell.to_frame()), Ok(tell));
        }
    }

    /// A message as a newer server may write it: these bytes in the place of the fields of a case.
    fn newer(case: u8, fields: &[&[u8]]) -> Vec<u8> {
        let count = u8::try_from(fields.len()).unwrap();
        [&[1, 0x82, case, 0x80 + count], &fields.concat()[..]].concat()
    }

    #[test]
    fn a_newer_server_may_refuse_for_a_reason_that_has_no_word_here() {
        let device = [&[0x58, 32][..], &[1; 32]].concat();
        // Reasons have been numbers so far; the next may have fields.
        for why in [&[24, 99][..], &[0x82, 1, 0x63, b'n', b'e', b'w']] {
            let frame = newer(3, &[&[5], why, &device]);
            let refused =
                Tell::Refused { counter: 5, why: Refusal::Later, device: Some(DeviceId([1; 32])) };
            assert_eq!(Tell::from_frame(&frame), Ok(refused));
            let code = Tell::NotRedeemed(NotRedeemed::Later);
            assert_eq!(Tell::from_frame(&newer(10, &[why])), Ok(code));
            let wait = Tell::Wait { seconds: 7, why: WaitFor::TooMuch };
            assert_eq!(Tell::from_frame(&newer(11, &[&[7], why])), Ok(wait));
        }
    }

    #[test]
    fn a_document_of_a_kind_that_has_no_word_here_hides_no_other() {
        let held = |kind: u8, role: u8| {
            let name = [&[0x84, 0x50][..], &[2; 16]].concat();
            [&name[..], &[kind, 3, 0x82, role, 0xf6]].concat()
        };
        let documents = [&[0x83][..], &held(1, 0), &held(19, 0), &held(1, 17)].concat();
        let read = Tell::from_frame(&newer(1, &[&[7], &[0xf6], &documents, &[4]]));
        let known = Held {
            document: DocumentId([2; 16]),
            kind: Kind::Course,
            head: 3,
            member: Member::always(Role::Citizen),
        };
        let welcome = Tell::Welcome {
            generation: 7,
            person: None,
            documents: vec![known],
            counter: Some(4),
            later: 2,
            seconds: None,
            devices: None,
        };
        assert_eq!(read, Ok(welcome));
    }

    #[test]
    fn a_newer_server_may_add_fields_and_an_older_one_lack_them() {
        let frame = |fields: u64, more: &[Option<u64>]| {
            let mut encoder = Encoder::new(vec![1_u8]);
            let _ = encoder.array(2).and_then(|encoder| encoder.u64(1));
            let _ = encoder.array(fields).and_then(|encoder| encoder.u64(7));
            let _ = encoder.null().and_then(|encoder| encoder.array(0));
            more.iter().for_each(|field| drop(encoder.encode(field)));
            encoder.into_writer()
        };
        let welcome = |counter, seconds| Tell::Welcome {
            generation: 7,
            person: None,
            documents: Vec::new(),
            counter,
            later: 0,
            seconds,
            devices: None,
        };
        assert_eq!(Tell::from_frame(&frame(3, &[])), Ok(welcome(None, None)));
        assert_eq!(Tell::from_frame(&frame(4, &[Some(4)])), Ok(welcome(Some(4), None)));
        let newer = [Some(4), Some(5), Some(6), None, Some(8)];
        assert_eq!(Tell::from_frame(&frame(8, &newer)), Ok(welcome(Some(4), Some(6))));
        for cut in 1..frame(3, &[]).len() {
            assert!(Tell::from_frame(&frame(3, &[])[..cut]).is_err());
        }
    }
}
