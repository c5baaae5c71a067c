//! What cannot be taken in is kept, told, and never in the way of the rest.

use client::view::{Agenda, SetAside, WhyAside, WrittenIn};
use client::{AgendaCommand, Refusal, ToolCommand};
use documents::Paper;
use domain::{Splice, Who};
use tests::pen::Pen;
use trust::RecordKind;

use crate::with_meeting;

#[test]
fn what_was_written_in_time_and_sent_too_late_is_shown_to_its_author() {
    let (mut town, citizen, coordinator, meeting) = with_meeting(41);
    let kirsten = town.look(coordinator, &client::view::Citizens)[0].person;
    town.cut_off(citizen);
    let add = AgendaCommand::AddTopic("Min hund".to_owned());
    town.run(citizen, ToolCommand::Agenda(meeting, add));
    town.pass(1_000);
    town.show_out(meeting, kirsten);
    town.reconnect(citizen);
    town.settle();

    assert_eq!(town.look(citizen, &Agenda(meeting)), None, "it is not hers to read any longer");
    let rows = town.look(citizen, &SetAside);
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert_eq!((rows[0].words.as_str(), &rows[0].why), ("Min hund", &WhyAside::NotIn));
    assert!(matches!(
        rows[0].place,
        WrittenIn::Meeting(client::view::When { starts: Some(_), .. })
    ));
    assert_eq!(town.shelf().aside().count(), 1, "the hub keeps it too");

    let second = town.second_tab(citizen);
    town.settle();
    assert!(town.saving(citizen).has_aside);
    assert!(town.saving(second).has_aside);
    town.run(second, ToolCommand::SawAside);
    town.pass(10_000);
    assert!(!town.saving(citizen).has_aside, "the other tab has heard that it was seen");
    town.close(second);
    town.settle();
    town.kill(citizen);
    let citizen = town.open_again(citizen);
    town.settle();
    assert!(!town.saving(citizen).has_aside, "she is told once");
    assert_eq!(town.look(citizen, &SetAside).len(), 1, "and it is there for ever");
    let again = AgendaCommand::AddTopic("Igen".to_owned());
    let refused = town.try_run(citizen, ToolCommand::Agenda(meeting, again));
    assert_eq!(refused, Err(Refusal::NotThere));
}

#[test]
fn what_cannot_be_read_is_told_and_stops_nothing() {
    let (mut town, citizen, coordinator, meeting) = with_meeting(42);
    town.cut_off(citizen);
    let mut pen = Pen::new(5);
    town.put_in_log(meeting, &pen.record(meeting, RecordKind::Update, b"from the year 2031"));
    let add = AgendaCommand::AddTopic("Min bolig".to_owned());
    town.run(coordinator, ToolCommand::Agenda(meeting, add));
    town.pass(1_000);
    town.reconnect(citizen);
    town.settle();
    let agenda = town.look(citizen, &Agenda(meeting)).unwrap();
    assert_eq!(agenda.topics[0].title.text, "Min bolig");
    let rows = town.look(citizen, &SetAside);
    let WhyAside::Unreadable(Some(from)) = &rows[0].why else { panic!("{rows:?}") };
    assert_eq!(from.name, "Mette");
    town.run(citizen, ToolCommand::SawAside);
    town.settle();
    let backup = town.back_up_hub();
    town.restore_hub(backup);
    town.settle();
    assert!(
        !town.saving(citizen).has_aside,
        "a restored server brings it again, and she is not told again"
    );
    assert_eq!(town.look(citizen, &SetAside).len(), 1);
}

#[test]
fn what_an_older_app_could_not_read_a_newer_one_takes_in() {
    let (mut town, citizen, _, meeting) = with_meeting(43);
    let mut paper = Paper::new(9);
    let splice = Splice { at: 0, delete: 0, insert: "Hvor skal jeg bo?".to_owned() };
    assert!(client::TextField::Purpose.write(&mut paper, &splice, Who([1; 16])));
    let update = paper.take_fresh().unwrap();
    let readable = Pen::new(5).record(meeting, RecordKind::Update, &update);
    let unreadable = Pen::new(5).record(meeting, RecordKind::Update, &vec![0xff; update.len()]);
    town.cut_off(citizen);
    town.put_in_log(meeting, &unreadable);
    town.reconnect(citizen);
    town.settle();
    assert_eq!(town.look(citizen, &SetAside).len(), 1);
    town.kill(citizen);
    // As an app would find it that can read more than the one before.
    town.replace_on_disk(citizen, unreadable.bytes(), readable.bytes());
    let citizen = town.open_again(citizen);
    town.settle();
    assert!(town.look(citizen, &SetAside).is_empty());
    let agenda = town.look(citizen, &Agenda(meeting)).unwrap();
    assert_eq!(agenda.purpose.text, "Hvor skal jeg bo?");
}
