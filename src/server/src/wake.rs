//! What one node says to the other nodes on its database: look again. Rows are never in it; only
//! what is small and is stored nowhere travels whole.

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use sync::Answer;
use sync::message::{Frame, Tell};
use trust::{DeviceId, DocumentId, PersonId};

use crate::store::Changes;

/// People named in one wake; more are divided over several, because a wake has a size limit.
const PEOPLE_MAX: usize = 100;

/// Something another node should know of.
#[derive(Clone, PartialEq, Debug, Encode, Decode)]
pub enum Wake {
    /// The members of this document are others now.
    #[n(0)]
    Chain(#[n(0)] DocumentId),
    /// This device is somebody else's now, or nobody's: the person, and those of the person's devices that it
    /// belongs to.
    #[n(1)]
    Device(#[n(0)] DeviceId, #[n(1)] Option<PersonId>, #[n(2)] Option<PersonId>),
    /// A record stands at this position.
    #[n(2)]
    Record {
        /// The document.
        #[n(0)]
        document: DocumentId,
        /// The position.
        #[n(1)]
        seq: u64,
    },
    /// These people's devices are to hear this.
    #[n(3)]
    Tell {
        /// Whose devices.
        #[n(0)]
        people: Vec<PersonId>,
        /// The device that asked, which knows.
        #[n(1)]
        except: DeviceId,
        /// The frame of a `Tell`.
        #[n(2)]
        frame: ByteVec,
    },
    /// A node has come; answer with `Here`.
    #[n(4)]
    Hello,
    /// A node is here.
    #[n(5)]
    Here,
}

/// What the other nodes should know when this transaction is on disk.
pub(crate) fn wakes_for<'a>(
    changes: &Changes,
    answers: impl Iterator<Item = (DeviceId, &'a Answer)>,
) -> Vec<Wake> {
    let mut wakes: Vec<Wake> = changes.chains.iter().copied().map(Wake::Chain).collect();
    wakes.extend(changes.devices.iter().map(|&(device, owner)| {
        Wake::Device(device, owner.map(|owner| owner.person), owner.map(|owner| owner.group))
    }));
    for (device, answer) in answers {
        for notice in &answer.notices {
            match &notice.tell {
                Tell::Records(page) => wakes.extend(
                    page.records
                        .iter()
                        .map(|placed| Wake::Record { document: page.document, seq: placed.seq }),
                ),
                tell => wakes.extend(tells(&notice.people, device, &tell.to_frame())),
            }
        }
    }
    wakes
}

/// One frame for these people, in as many wakes as it takes.
pub(crate) fn tells<'a>(
    people: &'a [PersonId],
    except: DeviceId,
    frame: &'a [u8],
) -> impl Iterator<Item = Wake> + 'a {
    people.chunks(PEOPLE_MAX).map(move |people| Wake::Tell {
        people: people.to_vec(),
        except,
        frame: frame.to_vec().into(),
    })
}
