//! More than anybody meant.
#![expect(
    clippy::disallowed_methods,
    reason = "nothing but the real clock says whether it is quick"
)]

use std::time::{Duration, Instant};

use client::view::{Agenda, Bin, Today};
use client::{AgendaCommand, Command, MeetingList, TextField, Thing, ToolCommand};
use documents::{Author, Paper, meeting};
use domain::{ItemId, Programme, Splice, TOPICS_MAX, Who};
use tests::pen::Pen;
use tests::{Seed, Town};
use trust::RecordKind;

use crate::meeting_of;

const PASTED: u64 = 10_000;
/// A development build on a busy machine; where it grows by the square it takes minutes.
const SOON: Duration = Duration::from_secs(20);

/// Records of an app that knows no limit: 10,000 topics in one agenda.
fn pasted(meeting: trust::DocumentId) -> Vec<trust::Record> {
    let mut pen = Pen::new(5);
    let mut paper = Paper::new(5);
    let author = Author { who: Who([5; 16]), at_ms: 0 };
    let write = |paper: &mut Paper, n: u64| {
        meeting::add_topic(paper, ItemId(n), author);
        let insert = format!("Punkt {n}");
        let splice = Splice { at: 0, delete: 0, insert };
        assert!(TextField::TopicTitle(ItemId(n)).write(paper, &splice, author.who));
    };
    // One topic looks through all there are for its place, so they come from several papers.
    let mut records = Vec::new();
    for n in 1..=PASTED {
        write(&mut paper, n);
        if n % 250 == 0 {
            let update = paper.take_fresh().unwrap();
            records.push(pen.record(meeting, RecordKind::Update, &update));
            paper = Paper::new(5 + n);
        }
    }
    records
}

#[test]
fn an_agenda_of_10_000_topics_opens_shows_some_and_can_be_emptied() {
    let mut town = Town::new(Seed(51));
    let (citizen, coordinator) = town.course();
    let course = town.course_of(citizen);
    let meeting = meeting_of(&mut town, citizen);
    town.settle();
    let add = |title: &str| ToolCommand::Agenda(meeting, AgendaCommand::AddTopic(title.to_owned()));
    town.run(citizen, add("Min bolig"));
    town.settle();
    town.cut_off(citizen);
    for record in pasted(meeting) {
        town.put_in_log(meeting, &record);
    }
    let began = Instant::now();
    town.reconnect(citizen);
    town.settle();
    let agenda = town.look(citizen, &Agenda(meeting)).unwrap();
    assert_eq!((agenda.topics.len(), agenda.hidden_topics), (TOPICS_MAX, 9_801));
    assert_eq!(town.try_run(citizen, add("Et til")), Err(client::Refusal::TooMany));
    let thing = Thing::Meeting(MeetingList::Topics, agenda.topics[0].id);
    town.run(citizen, Command::ThrowOut(meeting, thing));
    let purpose = Splice { at: 0, delete: 0, insert: "Alt virker".to_owned() };
    let field = TextField::Purpose;
    town.run(citizen, Command::Write { document: meeting, field, splice: purpose });
    let agenda = town.look(citizen, &Agenda(meeting)).unwrap();
    assert_eq!((agenda.topics.len(), agenda.hidden_topics), (TOPICS_MAX, 9_800));
    assert_eq!(town.look(citizen, &Bin { course }).len(), 1);
    assert!(town.look(citizen, &Today { course }).next_meeting.is_some());
    town.settle();
    town.kill(citizen);
    let citizen = town.open_again(citizen);
    town.settle();
    let took = began.elapsed();
    let seen = town.look(coordinator, &Agenda(meeting)).unwrap();
    assert_eq!(seen.purpose.text, "Alt virker");
    assert_eq!(town.look(citizen, &Agenda(meeting)).unwrap().topics, agenda.topics);
    assert!(took < SOON, "it took {took:?}");
}

#[test]
fn a_coordinator_with_20_citizens_sees_an_agenda_as_soon_as_one_with_few() {
    let mut town = Town::new(Seed(52));
    let (_, coordinator) = town.course();
    let meeting = meeting_of(&mut town, coordinator);
    for n in 0..40 {
        let add = AgendaCommand::AddTopic(format!("Punkt {n}"));
        town.run(coordinator, ToolCommand::Agenda(meeting, add));
    }
    town.settle();
    let quickest = |town: &Town| {
        let look = |_| {
            let began = Instant::now();
            assert_eq!(town.look(coordinator, &Agenda(meeting)).unwrap().topics.len(), 40);
            began.elapsed()
        };
        (0..9).map(look).min().unwrap()
    };
    let few = quickest(&town);
    for n in 1..20 {
        let (name, programme) = (format!("Borger {n}"), Programme::Elders);
        town.run(coordinator, ToolCommand::MakeCourse { name, programme });
    }
    town.settle();
    let many = quickest(&town);
    assert!(many < few * 3, "{few:?} with 1 citizen, {many:?} with 20");
}
