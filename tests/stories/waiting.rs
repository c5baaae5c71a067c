//! A server that asks for patience: nothing that came behind is given up, and nothing is forgotten.

use sync::message::{Ask, Held, Refusal, Tell, WaitFor};
use sync::{Replica, Step};
use tests::pen::Pen;
use trust::{DocumentId, Member, RecordKind, Role};

const ME: trust::PersonId = trust::PersonId([1; 16]);
const DOCUMENT: DocumentId = DocumentId([7; 16]);

fn welcome(documents: Vec<Held>) -> Tell {
    Tell::Welcome {
        generation: 1,
        person: Some(ME),
        documents,
        counter: None,
        later: 0,
        seconds: None,
        devices: None,
    }
}

fn wait() -> Tell {
    Tell::Wait { seconds: 1, why: WaitFor::NoRoom }
}

#[test]
fn what_is_refused_behind_a_founding_that_must_wait_is_sent_again_after_it() {
    let mut pen = Pen::new(1);
    let founding = pen.record(DOCUMENT, RecordKind::Membership, b"founding");
    let first = pen.record(DOCUMENT, RecordKind::Update, b"first words");
    let mut replica = Replica::default();
    replica.hear(welcome(Vec::new()));
    replica.add(&founding);
    replica.add(&first);
    replica.hear(wait());
    let counter = first.header().counter;
    let steps = replica.hear(Tell::Refused {
        counter,
        why: Refusal::NotMember,
        device: Some(pen.device()),
    });
    assert_eq!(steps, [], "the server knows nothing of the document yet");
    assert_eq!(replica.waiting(), 2);
    let [Step::Ask(Ask::Push { records })] = &replica.waited()[..] else { panic!("a push") };
    let sent: Vec<&[u8]> = records.iter().map(|record| record.as_slice()).collect();
    assert_eq!(sent, [founding.bytes(), first.bytes()]);
}

#[test]
fn a_page_that_had_to_wait_is_asked_for_again() {
    let member = Member::always(Role::Citizen);
    let held = Held { document: DOCUMENT, kind: trust::Kind::Meeting, head: 5, member };
    let mut replica = Replica::default();
    let asks = |steps: &[Step]| {
        let pull = |step: &&Step| matches!(step, Step::Ask(Ask::Pull { after: 0, .. }));
        steps.iter().filter(pull).count()
    };
    assert_eq!(asks(&replica.hear(welcome(vec![held]))), 1);
    replica.hear(wait());
    assert_eq!(asks(&replica.waited()), 1);
}
