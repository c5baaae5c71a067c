//! A restored server gets everything back, also when the device that wrote it never comes again.

use client::view::{Citizens, Me, MeStage, Saved, SavingView};
use client::{Command, FirstCommand, Made, ToolCommand};
use domain::{Programme, Splice};
use sync::message::{Ask, Held, Refusal, Tell};
use sync::{Replica, Step};
use tests::pen::Pen;
use tests::{Seed, Town, Walker};
use trust::{Change, DocumentId, Hash, Kind, Member, PersonId, Record, Role};

use crate::meeting_of;
use crate::restored::{
    add_topic, another_phone, invite_jens, let_in_again, topics, with_a_phone_after_the_backup,
    words_in_log,
};

#[test]
fn the_words_of_a_phone_that_is_lost_are_given_back_by_whoever_read_them() {
    let mut town = Town::new(Seed(81));
    let (phone, coordinator, backup) = with_a_phone_after_the_backup(&mut town);
    let meeting = meeting_of(&mut town, phone);
    town.run(phone, add_topic(meeting, "Min bolig"));
    town.settle();
    town.kill(phone);
    town.restore_hub(backup);
    town.pass(20_000);
    assert_eq!(town.saving(coordinator).saved, Saved::Safely);
    let new_phone = town.device("a new phone");
    let_in_again(&mut town, new_phone, coordinator);
    assert_eq!(topics(&town, new_phone, meeting), ["Min bolig"]);
}

#[test]
fn what_was_written_in_the_tab_before_the_app_was_installed_comes_back_too() {
    let mut town = Town::new(Seed(82));
    let (_, coordinator) = town.course();
    let (jens, code) = invite_jens(&mut town, coordinator);
    let backup = town.back_up_hub();
    let (tab, app) = (town.device("a tab on an iPhone"), town.device("its home screen"));
    town.settle();
    town.run(tab, FirstCommand::Redeem { typed: code.clone(), tentative: true });
    town.settle();
    let meeting = meeting_of(&mut town, tab);
    town.run(tab, add_topic(meeting, "Min bolig"));
    town.settle();
    town.run(app, FirstCommand::Redeem { typed: code, tentative: false });
    town.settle();
    town.kill(tab);
    town.restore_hub(backup);
    town.pass(20_000);
    town.run(coordinator, add_topic(meeting, "Min hund"));
    town.settle();
    assert_eq!(town.saving(coordinator).saved, Saved::Safely);
    let rows = town.look(coordinator, &Citizens);
    let course = rows.iter().find(|row| row.person == jens).unwrap().course;
    town.run(coordinator, ToolCommand::Invite { person: jens, document: course });
    town.settle();
    let new_phone = town.let_in(coordinator, jens, "a new phone");
    assert_eq!(topics(&town, new_phone, meeting), ["Min bolig", "Min hund"]);
}

#[test]
fn as_many_own_words_as_were_missed_do_not_hide_that_they_were() {
    let mut town = Town::new(Seed(83));
    let (citizen, coordinator) = town.course();
    let meeting = meeting_of(&mut town, citizen);
    let made = town.run(citizen, add_topic(meeting, "Min bolig"));
    let Some(Made::Item(_, topic)) = made else { panic!("no topic") };
    town.settle();
    let other = another_phone(&mut town, coordinator);
    let write = |town: &mut Town, walker, text: String| {
        let splice = Splice { at: 0, delete: 0, insert: text };
        let field = client::TextField::TopicWhy(topic);
        town.run(walker, Command::Write { document: meeting, field, splice });
        town.pass(450);
    };
    let backup = town.back_up_hub();
    town.cut_off(other);
    for n in 0..230 {
        write(&mut town, citizen, format!("{n} "));
    }
    for n in 0..230 {
        write(&mut town, other, format!("{n}! "));
    }
    town.settle();
    town.pass(6_000);
    town.settle();
    town.reconnect(other);
    town.settle();
    town.kill(citizen);
    town.kill(coordinator);
    town.restore_hub(backup);
    town.settle();
    assert_eq!(words_in_log(&town, meeting), 460);
}

#[test]
fn a_used_code_stays_used_whenever_the_line_breaks_after_a_restore() {
    for moment in (0..600).step_by(20) {
        let mut town = Town::new(Seed(84));
        let (_, coordinator) = town.course();
        let (jens, code) = invite_jens(&mut town, coordinator);
        let backup = town.back_up_hub();
        town.let_in(coordinator, jens, "phone of Jens");
        town.cut_off(coordinator);
        town.restore_hub(backup);
        town.reconnect(coordinator);
        town.pass(moment);
        town.cut_off(coordinator);
        town.pass(1_000);
        town.reconnect(coordinator);
        town.pass(20_000);
        let finder = town.device("whoever finds the note");
        town.pass(1_000);
        town.run(finder, FirstCommand::Redeem { typed: code, tentative: false });
        town.pass(20_000);
        assert!(matches!(town.look(finder, &Me).stage, MeStage::NotRedeemed(_)), "at {moment}");
    }
}

/// A coordinator who was made one of a meeting, by a link that the backup does not have.
struct Added {
    town: Town,
    mette: Walker,
    bent: Walker,
    meeting: DocumentId,
    backup: sync::MemoryShelf,
}

fn coordinator(town: &mut Town, lead: Walker, name: &'static str) -> (Walker, PersonId) {
    let made = town.run(lead, ToolCommand::MakeCoordinator { name: name.to_owned() });
    let Some(Made::Person(person)) = made else { panic!("no coordinator") };
    town.settle();
    (town.let_in(lead, person, name), person)
}

fn added(seed: u64, was_put_out: bool) -> Added {
    let mut town = Town::new(Seed(seed));
    let lead = town.lead();
    let (mette, _) = coordinator(&mut town, lead, "Mette");
    let (bent, person) = coordinator(&mut town, lead, "Bent");
    town.close(lead);
    let programme = Programme::Elders;
    town.run(mette, ToolCommand::MakeCourse { name: "Kirsten".to_owned(), programme });
    let meeting = meeting_of(&mut town, mette);
    town.settle();
    let by = town.look(mette, &Citizens)[0].person;
    let mut pen = Pen::new(3);
    town.bind(&pen, by);
    if was_put_out {
        town.take_in(meeting, person, (&mut pen, by));
        town.show_out(meeting, person);
    }
    let backup = town.back_up_hub();
    town.take_in(meeting, person, (&mut pen, by));
    for walker in [mette, bent] {
        town.cut_off(walker);
        town.reconnect(walker);
    }
    town.settle();
    town.cut_off(mette);
    town.run(bent, add_topic(meeting, "Næste skridt"));
    town.pass(20_000);
    assert_eq!(town.saving(bent).saved, Saved::Safely);
    Added { town, mette, bent, meeting, backup }
}

#[test]
fn words_wait_for_the_link_that_another_must_give_back_first() {
    let Added { mut town, mette, bent, meeting, backup } = added(85, false);
    town.restore_hub(backup);
    town.pass(20_000);
    assert_eq!(town.saving(bent).saved, Saved::OnDevice, "they are nowhere else");
    town.run(bent, add_topic(meeting, "Efter nytår"));
    town.pass(20_000);
    town.kill(bent);
    let bent = town.open_again(bent);
    town.pass(20_000);
    assert_eq!(topics(&town, bent, meeting), ["Næste skridt", "Efter nytår"], "they stay in sight");
    assert_eq!(town.saving(bent).saved, Saved::OnDevice);
    town.reconnect(mette);
    town.pass(20_000);
    assert_eq!(topics(&town, mette, meeting), ["Næste skridt", "Efter nytår"]);
    assert!(!town.saving(bent).has_aside);
    assert_eq!(town.saving(bent).saved, Saved::Safely);
}

#[test]
fn whoever_was_out_when_the_backup_was_made_and_in_again_after_it_gets_the_words_back() {
    let Added { mut town, mette, bent, meeting, backup } = added(86, true);
    town.restore_hub(backup);
    town.pass(20_000);
    assert!(
        town.look(bent, &client::view::Agenda(meeting)).is_none(),
        "not theirs, by what it knows"
    );
    let SavingView { saved, has_aside, .. } = town.saving(bent);
    assert_eq!((saved, has_aside), (Saved::Safely, false), "the hub keeps them, beside the log");
    town.reconnect(mette);
    town.pass(20_000);
    for walker in [mette, bent] {
        assert_eq!(topics(&town, walker, meeting), ["Næste skridt"]);
    }
    assert!(town.shelf().log(meeting).len() >= 3, "founding, link and words");
    assert_eq!(town.saving(bent).saved, Saved::Safely);
}

#[test]
fn an_app_killed_while_its_words_are_kept_aside_gives_all_of_them_back_in_the_end() {
    for moment in (80..160).step_by(5) {
        let Added { mut town, mette, bent, meeting, backup } = added(87, true);
        for n in 0..99 {
            // Each in a record of its own: more of them than are on their way at once.
            town.run(bent, add_topic(meeting, &format!("Skridt {n}")));
            town.pass(400);
        }
        town.pass(20_000);
        town.restore_hub(backup);
        town.pass(moment);
        town.kill(bent);
        let bent = town.open_again(bent);
        town.pass(20_000);
        town.reconnect(mette);
        town.pass(20_000);
        for walker in [mette, bent] {
            assert_eq!(topics(&town, walker, meeting).len(), 100, "at {moment}");
        }
    }
}

#[test]
fn a_code_that_the_server_never_heard_of_is_good_for_a_day_from_when_it_does() {
    let mut town = Town::new(Seed(88));
    let (_, coordinator) = town.course();
    let backup = town.back_up_hub();
    town.cut_off(coordinator);
    let programme = Programme::Elders;
    town.run(coordinator, ToolCommand::MakeCourse { name: "Jens".to_owned(), programme });
    town.pass(30 * 60 * 60 * 1000);
    town.restore_hub(backup);
    town.reconnect(coordinator);
    town.pass(20_000);
    let rows = town.look(coordinator, &Citizens);
    let jens = rows.iter().find(|row| row.name == "Jens").unwrap().person;
    let phone = town.let_in(coordinator, jens, "phone of Jens");
    assert_eq!(town.look(phone, &Me).name, "Jens");
}

const ME: PersonId = PersonId([1; 16]);
const COURSE: DocumentId = DocumentId([7; 16]);
const OTHER: DocumentId = DocumentId([8; 16]);

fn welcome(generation: u64) -> Tell {
    welcome_to(generation, Vec::new())
}

fn welcome_to(generation: u64, documents: Vec<Held>) -> Tell {
    Tell::Welcome {
        generation,
        person: Some(ME),
        documents,
        counter: None,
        later: 0,
        seconds: None,
        devices: None,
    }
}

fn held(document: DocumentId) -> Held {
    Held { document, kind: Kind::Meeting, head: 1, member: Member::always(Role::Coordinator) }
}

fn refused(record: &Record, why: Refusal) -> Tell {
    let (counter, device) = (record.header().counter, Some(record.header().device));
    Tell::Refused { counter, why, device }
}

fn pushed(steps: &[Step]) -> Vec<&[u8]> {
    let records = steps.iter().filter_map(|step| match step {
        Step::Ask(Ask::Push { records }) => Some(records),
        _ => None,
    });
    records.flatten().map(|record| record.as_slice()).collect()
}

/// A device that has heard that the server was restored, and is asked for these.
fn giving_back(own: &Pen, records: &[&Record]) -> Replica {
    let mut replica = Replica::default();
    replica.belongs_to(Some(own.device()));
    replica.hear(welcome(1));
    replica.lost();
    replica.hear(welcome(2));
    let steps = replica.add_again(records.iter().copied());
    assert_eq!(pushed(&steps).len(), records.len());
    replica
}

fn founding(pen: &mut Pen, document: DocumentId, parent: DocumentId) -> Record {
    let (kind, members) = (Kind::Meeting, vec![(ME, Role::Citizen)]);
    pen.link(document, Hash::default(), &Change::Found { kind, parent: Some(parent), members })
}

#[test]
fn what_is_owed_is_offered_again_when_what_it_builds_on_was_taken_back_after_it() {
    let (mut mine, mut other) = (Pen::new(1), Pen::new(2));
    let (words, first) = (mine.write(COURSE, "words"), founding(&mut other, COURSE, OTHER));
    let mut replica = giving_back(&mine, &[&words, &first]);
    replica.hear(refused(&words, Refusal::NotMember));
    let (device, counter) = (first.header().device, first.header().counter);
    let steps = replica.hear(Tell::Stored { device, counter, document: COURSE, seq: 1 });
    assert_eq!(pushed(&steps), [words.bytes()]);
    let given_back = |steps: &[Step]| steps.contains(&Step::GivenBack(2));
    assert!(!given_back(&steps));
    let steps = replica.hear(refused(&words, Refusal::NotMember));
    assert!(given_back(&steps) && pushed(&steps).is_empty(), "nothing is new: {steps:?}");
}

#[test]
fn what_is_owed_in_one_document_does_not_keep_a_refusal_in_another_from_being_told() {
    let (mut mine, mut other) = (Pen::new(1), Pen::new(2));
    let owed = other.write(COURSE, "words");
    let mut replica = giving_back(&mine, &[&owed]);
    replica.hear(refused(&owed, Refusal::NotAllowed));
    let told = |replica: &mut Replica, record: &Record| {
        replica.add(record);
        let steps = replica.hear(refused(record, Refusal::NotMember));
        steps.iter().any(|step| matches!(step, Step::Refused { .. }))
    };
    assert!(told(&mut replica, &mine.write(OTHER, "elsewhere")));
    assert!(!told(&mut replica, &mine.write(COURSE, "after it")));
    let beneath = DocumentId([9; 16]);
    assert!(!told(&mut replica, &founding(&mut mine, beneath, COURSE)));
    assert!(!told(&mut replica, &mine.write(beneath, "in what was founded under it")));
}

#[test]
fn what_the_hub_keeps_aside_is_not_sent_again_until_the_document_is_mine() {
    let mut mine = Pen::new(1);
    let words = mine.write(COURSE, "words");
    let mut replica = giving_back(&mine, &[&words]);
    replica.hear(refused(&words, Refusal::KeptAside));
    replica.lost();
    assert!(pushed(&replica.hear(welcome(2))).is_empty());
    assert!(pushed(&replica.hear(Tell::Joined(held(OTHER)))).is_empty());
    assert_eq!(pushed(&replica.hear(Tell::Joined(held(COURSE)))), [words.bytes()]);
}

#[test]
fn where_only_posts_get_through_a_later_welcome_tells_that_the_document_is_back() {
    let mut mine = Pen::new(1);
    let words = mine.write(COURSE, "words");
    let mut replica = giving_back(&mine, &[&words]);
    replica.hear(refused(&words, Refusal::NotMember));
    assert!(pushed(&replica.hear(welcome(2))).is_empty());
    assert_eq!(pushed(&replica.hear(welcome_to(2, vec![held(COURSE)]))), [words.bytes()]);
}

#[test]
fn what_is_kept_aside_does_not_keep_the_giving_back_from_ending() {
    let mut mine = Pen::new(1);
    let (aside, words) = (mine.write(COURSE, "aside"), mine.write(OTHER, "words"));
    let mut replica = giving_back(&mine, &[&aside, &words]);
    replica.hear(refused(&aside, Refusal::KeptAside));
    let (device, counter) = (words.header().device, words.header().counter);
    let steps = replica.hear(Tell::Stored { device, counter, document: OTHER, seq: 1 });
    assert!(steps.contains(&Step::GivenBack(2)), "{steps:?}");
}
