//! How what the hub says is read; it is written as its derive says.

use minicbor::decode::{Decode, Decoder, Error};

use crate::fields::Fields;
use crate::message::Tell;

impl<'b> Decode<'b, ()> for Tell {
    fn decode(bytes: &mut Decoder<'b>, _: &mut ()) -> Result<Self, Error> {
        let (case, mut fields) = Fields::of_case(bytes)?;
        let tell = match case {
            0 => Self::Challenge(fields.take()?),
            1 => Self::Welcome {
                generation: fields.take()?,
                person: fields.take()?,
                documents: fields.take()?,
                counter: fields.take()?,
            },
            2 => Self::Stored {
                device: fields.take()?,
                counter: fields.take()?,
                document: fields.take()?,
                seq: fields.take()?,
            },
            3 => Self::Refused {
                counter: fields.take()?,
                why: fields.take()?,
                device: fields.take()?,
            },
            4 => Self::Records(fields.take()?),
            5 => Self::Live {
                document: fields.take()?,
                device: fields.take()?,
                payload: fields.take()?,
            },
            6 => Self::Joined(fields.take()?),
            7 => Self::Gone(fields.take()?),
            8 => Self::Invitation {
                invitation: fields.take()?,
                standing: fields.take()?,
                seconds_left: fields.take()?,
            },
            9 => Self::Redeemed(fields.take()?),
            10 => Self::NotRedeemed(fields.take()?),
            11 => Self::Wait { seconds: fields.take()?, why: fields.take()? },
            12 => Self::Guide(fields.take()?),
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
    use crate::message::{Held, NotRedeemed, Page, Placed, Refusal, Standing, WaitFor};

    fn every_case() -> Vec<Tell> {
        let (device, document) = (DeviceId([1; 32]), DocumentId([2; 16]));
        let member = Member::always(Role::Citizen);
        let held = Held { document, kind: Kind::Course, head: 300, member };
        let placed = Placed { seq: 7, record: vec![1, 2].into() };
        let records = vec![placed.clone(), placed];
        vec![
            Tell::Challenge(Challenge([9; 32])),
            Tell::Welcome { generation: 1, person: None, documents: vec![], counter: None },
            Tell::Welcome {
                generation: u64::MAX,
                person: Some(PersonId([3; 16])),
                documents: vec![held, held],
                counter: Some(4),
            },
            Tell::Stored { device, counter: 1, document, seq: 2 },
            Tell::Refused { counter: 1, why: Refusal::Cloned, device: Some(device) },
            Tell::Refused { counter: 0, why: Refusal::Malformed, device: None },
            Tell::Records(Page { document, after: 1, through: 9, records, head: 10 }),
            Tell::Live { document, device, payload: vec![5].into() },
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
        ]
    }

    #[test]
    fn what_is_written_is_read() {
        for tell in every_case() {
            assert_eq!(Tell::from_frame(&tell.to_frame()), Ok(tell));
        }
    }

    #[test]
    fn a_newer_server_may_add_fields_and_an_older_one_lack_them() {
        let frame = |fields: u64, more: &[u64]| {
            let mut encoder = Encoder::new(vec![1_u8]);
            let _ = encoder.array(2).and_then(|encoder| encoder.u64(1));
            let _ = encoder.array(fields).and_then(|encoder| encoder.u64(7));
            let _ = encoder.null().and_then(|encoder| encoder.array(0));
            more.iter().for_each(|field| drop(encoder.u64(*field)));
            encoder.into_writer()
        };
        let welcome =
            |counter| Tell::Welcome { generation: 7, person: None, documents: Vec::new(), counter };
        assert_eq!(Tell::from_frame(&frame(3, &[])), Ok(welcome(None)));
        assert_eq!(Tell::from_frame(&frame(6, &[4, 5, 6])), Ok(welcome(Some(4))));
        for cut in 1..frame(3, &[]).len() {
            assert!(Tell::from_frame(&frame(3, &[])[..cut]).is_err());
        }
    }
}
