//! Documents saved by versions of Medspil that people have had: every later version reads them as
//! they were meant. The files in `golden/` are never written again; a new shape gets a new file, by
//! `MEDSPIL_GOLDEN=new cargo test -p documents golden`, which writes those that are not there.

use std::path::PathBuf;

use domain::guide::PhaseKey;
use domain::{
    AgreementState, Became, Consent, Day, DocumentName, Doer, ItemId, LifeArea, Meeting, NoteCopy,
    Person, Phase, Programme, Purpose, Role, Score, Source, Splice, Spot, Tie, Useful, Voice, Who,
    WishKind,
};

use crate::meeting::TopicField;
use crate::support::SupportField;
use crate::{
    Author, Paper, Statement, TextField, area, consents, course, meeting, network, notebook,
    support,
};

const KIRSTEN: Who = Who([1; 16]);
const METTE: Who = Who([2; 16]);

fn author(who: Who) -> Author {
    Author { who, at_ms: 1_795_251_600_000 }
}

fn fill(paper: &mut Paper, field: TextField, text: &str, who: Who) {
    assert!(field.write(paper, &Splice::whole(text), who));
}

fn golden(name: &str, write: impl FnOnce(&mut Paper)) -> Paper {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("golden").join(name);
    if !path.exists() && std::env::var_os("MEDSPIL_GOLDEN").is_some() {
        let mut paper = Paper::new(7);
        write(&mut paper);
        std::fs::write(&path, paper.state()).unwrap();
    }
    let mut paper = Paper::new(8);
    paper.apply(&std::fs::read(&path).unwrap()).unwrap();
    assert!(paper.is_whole());
    paper
}

#[test]
fn a_meeting_of_version_1_is_read_as_it_was_meant() {
    let paper = golden("meeting-1.bin", |paper| {
        let starts = "2026-11-26T10:00".parse().unwrap();
        let about = Meeting::at(starts, 60, "Kulturhuset").unwrap();
        meeting::set_meeting(paper, &about, author(METTE));
        for (id, title) in [(1, "Min bolig 🐕"), (2, "Penge"), (3, "Smidt ud")] {
            meeting::add_topic(paper, ItemId(id), author(KIRSTEN));
            fill(paper, TextField::TopicTitle(ItemId(id)), title, KIRSTEN);
        }
        fill(paper, TextField::TopicWhy(ItemId(1)), "Æblerne هنا", METTE);
        meeting::set_topic(paper, ItemId(1), TopicField::Minutes(Some(20)));
        meeting::move_topic(paper, ItemId(2), 0);
        meeting::throw_out(paper, meeting::List::Topics, ItemId(3), Some(author(METTE)));
        meeting::add_avoid(paper, ItemId(4), author(KIRSTEN));
        fill(paper, TextField::Avoid(ItemId(4)), "Min søn", KIRSTEN);
        meeting::add_wish(paper, ItemId(5), WishKind::Break, author(KIRSTEN));
    });
    let (about, oddities) = meeting::read_meeting(&paper);
    assert_eq!(about.starts.map(|at| at.to_string()).as_deref(), Some("2026-11-26T10:00"));
    assert_eq!(
        (about.minutes, about.place.as_str(), about.by),
        (Some(60), "Kulturhuset", Some(METTE))
    );
    assert!(oddities.is_empty());
    let (agenda, oddities) = meeting::read_agenda(&paper);
    assert!(oddities.is_empty());
    let titles: Vec<_> = agenda.topics.iter().map(|topic| topic.title.text.as_str()).collect();
    assert_eq!(titles, ["Penge", "Min bolig 🐕"]);
    let home = &agenda.topics[1];
    assert_eq!((home.why.text.as_str(), home.minutes), ("Æblerne هنا", Some(20)));
    assert_eq!(home.why.by, [KIRSTEN, METTE]);
    assert_eq!(agenda.removed[0].removed.and_then(|removed| removed.by), Some(METTE));
    assert_eq!(agenda.avoid[0].text.text, "Min søn");
    assert_eq!(agenda.wishes[0].kind, WishKind::Break);
}

#[test]
fn a_life_area_of_version_1_is_read_as_it_was_meant() {
    let (goal, agreement) = (ItemId(1), ItemId(3));
    let paper = golden("area-1.bin", |paper| {
        let housing = LifeArea::from_key("housing").unwrap();
        area::set_area(paper, &housing, author(KIRSTEN));
        area::add_goal(paper, goal, author(KIRSTEN));
        fill(paper, TextField::Goal(goal), "Et sted at bo", KIRSTEN);
        area::add_step(paper, ItemId(2), goal, author(METTE));
        fill(paper, TextField::Step(ItemId(2)), "Ringe", METTE);
        area::set_done(paper, ItemId(2), Some(9));
        area::add_agreement(paper, agreement, Some(goal), author(METTE));
        area::set_doer(paper, agreement, &Doer::Named("Ali".to_owned()));
        area::set_by_day(paper, agreement, "2026-12-04".parse().ok());
        for (id, state) in [(4, AgreementState::OnItsWay), (5, AgreementState::Kept)] {
            let later =
                Author { at_ms: i64::try_from(id).unwrap() * 1_000_000_000_000, ..author(METTE) };
            area::set_state(paper, (ItemId(id), agreement), state, later);
        }
    });
    let (plan, oddities) = area::read(&paper);
    assert!(oddities.is_empty());
    assert_eq!(plan.area.as_ref().map(LifeArea::key), Some("housing"));
    assert_eq!(plan.goals[0].title.text, "Et sted at bo");
    assert_eq!(plan.goals[0].progress(), (1, 1));
    let found = &plan.agreements[0];
    assert_eq!(
        (found.doer.clone(), found.state()),
        (Doer::Named("Ali".to_owned()), AgreementState::Kept)
    );
    assert_eq!(found.by_day.map(|day| day.to_string()).as_deref(), Some("2026-12-04"));
    assert_eq!(found.history.len(), 3);
}

#[test]
fn a_network_of_version_1_is_read_as_it_was_meant() {
    let (jonas, mette) = (ItemId(1), ItemId(2));
    let (first, then) = (Spot::at(10, -40), Spot::at(-20, -70));
    let paper = golden("network-1.bin", |paper| {
        network::add_person(paper, jonas, (first, false), author(KIRSTEN));
        let texts = [
            (TextField::PersonName(jonas), "Jonas"),
            (TextField::PersonRole(jonas), "min nabo 🐕"),
            (TextField::PersonHelps(jonas), "Indkøb"),
            (TextField::PersonWorkplace(jonas), "Brugsen"),
        ];
        texts.into_iter().for_each(|(field, text)| fill(paper, field, text, KIRSTEN));
        network::put(paper, (ItemId(5), jonas), then, author(METTE));
        network::set_tie(paper, jonas, Some(Tie::Strained));
        network::set_area(paper, jonas, LifeArea::from_key("housing").as_ref());
        network::set_phone(paper, jonas, "12345678");
        network::set_trusted(paper, Some(jonas));
        network::add_person(paper, mette, (Spot::at(0, 60), true), author(METTE));
        network::set_member(paper, mette, METTE);
        network::throw_out(paper, mette, Some(author(KIRSTEN)));
    });
    let (map, oddities) = network::read(&paper);
    assert!(oddities.is_empty());
    let found = &map.people[0];
    assert_eq!((found.name.text.as_str(), found.role.text.as_str()), ("Jonas", "min nabo 🐕"));
    assert_eq!((found.spot, found.tie), (then, Some(Tie::Strained)));
    assert_eq!(found.first, first);
    assert_eq!(found.moves.iter().map(|moved| moved.spot).collect::<Vec<_>>(), [then]);
    assert_eq!((found.phone.as_str(), map.trusted), ("12345678", Some(jonas)));
    assert_eq!(found.area.as_ref().map(LifeArea::key), Some("housing"));
    assert_eq!((map.removed[0].who, map.removed[0].is_missing), (Some(METTE), true));
}

#[test]
fn a_course_of_version_1_is_read_as_it_was_meant() {
    let name = "Kirsten".to_owned();
    let kirsten = Person { who: KIRSTEN, name, role: Role::Citizen, phone: String::new() };
    let paper = golden("course-1.bin", |paper| {
        course::set_programme(paper, Programme::LeavingCare, Phase(2), author(METTE));
        course::set_person(paper, &kirsten, author(METTE));
        course::add_dream(paper, ItemId(1), author(KIRSTEN));
        fill(paper, TextField::Dream(ItemId(1)), "Ro", KIRSTEN);
    });
    let (found, oddities) = course::read(&paper);
    assert!(oddities.is_empty());
    assert_eq!((found.programme, found.phase), (Programme::LeavingCare, Phase(2)));
    assert_eq!(found.people, [kirsten]);
    assert_eq!(found.dreams[0].text.text, "Ro");
}

#[test]
fn a_course_that_was_moved_on_is_read_as_it_was_meant() {
    let key = |key| PhaseKey::new(key).unwrap();
    let paper = golden("course-moved-1.bin", |paper| {
        course::set_programme(paper, Programme::Elders, Phase(1), author(METTE));
        course::move_on(paper, ItemId(8), (&key("start"), Phase(2)), author(METTE));
        course::move_on(paper, ItemId(9), (&key("meetings"), Phase(3)), author(METTE));
    });
    let (found, oddities) = course::read(&paper);
    assert!(oddities.is_empty());
    assert_eq!(found.phase, Phase(3));
    let moved = course::read_move(&paper).unwrap();
    assert_eq!((moved.phase, moved.by), (key("meetings"), Some(METTE)));
    assert_eq!(moved.at_ms, author(METTE).at_ms);
}

#[test]
fn a_notebook_of_version_1_is_read_as_it_was_meant() {
    let copy = |id, became, item| NoteCopy {
        id: ItemId(id),
        became: Some(became),
        document: Some(DocumentName([5; 16])),
        item: Some(ItemId(item)),
        at_ms: author(KIRSTEN).at_ms,
    };
    let copies =
        [copy(7, Became::Dream, 11), copy(8, Became::Topic, 12), copy(9, Became::Goal, 13)];
    let paper = golden("notebook-1.bin", |paper| {
        for (id, text) in [(1, "Min søn 🐕"), (2, "Det tør jeg ikke sige"), (3, "Smidt ud")] {
            notebook::add_note(paper, ItemId(id), author(KIRSTEN));
            fill(paper, TextField::Note(ItemId(id)), text, KIRSTEN);
        }
        notebook::throw_out(paper, ItemId(3), Some(author(KIRSTEN)));
        for copy in &copies {
            notebook::add_copy(paper, ItemId(1), copy, author(KIRSTEN));
        }
    });
    let (found, oddities) = notebook::read(&paper);
    assert!(oddities.is_empty());
    let texts: Vec<_> = found.notes.iter().map(|note| note.text.text.as_str()).collect();
    assert_eq!(texts, ["Det tør jeg ikke sige", "Min søn 🐕"]);
    assert_eq!(found.notes[0].copies, []);
    assert_eq!(found.notes[1].copies, copies);
    assert_eq!(found.notes[1].at_ms, author(KIRSTEN).at_ms);
    assert_eq!(found.removed[0].text.text, "Smidt ud");
}

#[test]
fn what_is_said_of_how_it_goes_is_read_as_it_was_meant() {
    let day: Day = "2026-11-26".parse().unwrap();
    let paper = golden("area-assessments-1.bin", |paper| {
        let money = LifeArea::from_key("money").unwrap();
        area::set_area(paper, &money, author(KIRSTEN));
        let said = [
            (1, Voice::Citizen, Score::new(2), KIRSTEN, "Regningerne hober sig op"),
            (2, Voice::Coordinator, Score::new(3), METTE, "Du ringede selv"),
            (3, Voice::Citizen, None, METTE, "Lettere 🙂"),
            (4, Voice::Citizen, Score::new(5), KIRSTEN, "Smidt ud"),
        ];
        for (id, voice, score, who, words) in said {
            area::add_assessment(paper, ItemId(id), (voice, day, score), author(who));
            fill(paper, TextField::Assessment(ItemId(id)), words, who);
        }
        area::throw_out(paper, area::List::Assessments, ItemId(4), Some(author(KIRSTEN)));
    });
    let (plan, oddities) = area::read(&paper);
    assert!(oddities.is_empty());
    let said = |one: &domain::SelfAssessment| {
        (one.voice, one.score.map(Score::number), one.words.text.clone(), one.by, one.day)
    };
    let all: Vec<_> = plan.assessments.iter().map(said).collect();
    let expected = [
        (Voice::Citizen, Some(2), "Regningerne hober sig op".to_owned(), Some(KIRSTEN), day),
        (Voice::Coordinator, Some(3), "Du ringede selv".to_owned(), Some(METTE), day),
        (Voice::Citizen, None, "Lettere 🙂".to_owned(), Some(METTE), day),
    ];
    assert_eq!(all, expected);
    assert_eq!(plan.removed_assessments[0].words.text, "Smidt ud");
    assert_eq!(plan.removed_assessments[0].score, Score::new(5));
}

#[test]
fn a_picture_that_is_hidden_is_read_as_it_was_meant() {
    let paper = golden("course-hidden-web-1.bin", |paper| {
        course::set_programme(paper, Programme::Elders, Phase(1), author(METTE));
        course::set_hides_web(paper, true);
    });
    let (found, oddities) = course::read(&paper);
    assert!(oddities.is_empty());
    assert!(found.hides_web);
}

#[test]
fn help_of_version_1_is_read_as_it_was_meant() {
    let (nurse, bus, gone) = (ItemId(2), ItemId(1), ItemId(3));
    let paper = golden("support-1.bin", |paper| {
        area::set_area(paper, &LifeArea::from_key("body").unwrap(), author(KIRSTEN));
        for (id, what) in [(nurse, "Medicin 🐕"), (bus, "Kørsel"), (gone, "Smidt ud")] {
            support::add(paper, id, author(METTE));
            fill(paper, TextField::SupportWhat(id), what, METTE);
        }
        fill(paper, TextField::SupportFrom(nurse), "Lene", KIRSTEN);
        fill(paper, TextField::SupportOften(nurse), "Hver tirsdag", KIRSTEN);
        support::set(paper, nurse, SupportField::Since("2025-03-01".parse().ok()));
        support::set(paper, nurse, SupportField::Useful(Some(Useful::Little)));
        support::set(paper, bus, SupportField::Ended("2026-11-01".parse().ok()));
        area::throw_out(paper, area::List::Supports, gone, Some(author(KIRSTEN)));
    });
    let (overview, oddities) = support::read(&paper);
    assert!(oddities.is_empty());
    let whats: Vec<_> = overview.supports.iter().map(|help| help.what.text.as_str()).collect();
    assert_eq!(whats, ["Medicin 🐕", "Kørsel"]);
    let help = &overview.supports[0];
    assert_eq!((help.from.text.as_str(), help.often.text.as_str()), ("Lene", "Hver tirsdag"));
    assert_eq!((&help.what.by[..], &help.from.by[..]), (&[METTE][..], &[METTE, KIRSTEN][..]));
    assert_eq!((help.since, help.useful), ("2025-03-01".parse().ok(), Some(Useful::Little)));
    assert_eq!((help.ended, overview.supports[1].since), (None, None));
    assert_eq!(overview.supports[1].ended, "2026-11-01".parse().ok());
    assert_eq!(overview.removed[0].removed.and_then(|removed| removed.by), Some(KIRSTEN));
}

#[test]
fn a_trial_of_version_1_is_read_as_it_was_meant() {
    let (trial, was_trial, promise) = (ItemId(1), ItemId(2), ItemId(3));
    let paper = golden("trial-1.bin", |paper| {
        area::set_area(paper, &LifeArea::from_key("mind").unwrap(), author(KIRSTEN));
        for (id, what) in [(trial, "Gå en tur"), (was_trial, "Sove længe"), (promise, "Ringe")] {
            area::add_agreement(paper, id, None, author(KIRSTEN));
            fill(paper, TextField::Agreement(id), what, KIRSTEN);
        }
        area::set_trial(paper, trial, true);
        area::set_trial(paper, was_trial, true);
        area::set_trial(paper, was_trial, false);
        area::set_state(paper, (ItemId(4), trial), AgreementState::NotKept, author(METTE));
        fill(paper, TextField::Learnt(trial), "Morgen er bedst 🐕", METTE);
    });
    let (plan, oddities) = area::read(&paper);
    assert!(oddities.is_empty());
    let trials: Vec<_> = plan.agreements.iter().map(|found| found.is_trial).collect();
    assert_eq!(trials, [true, false, false]);
    assert!(plan.agreements[0].asks_what_was_learnt());
    assert_eq!(plan.agreements[0].learnt.text, "Morgen er bedst 🐕");
    assert_eq!(plan.agreements[0].learnt.by, [KIRSTEN, METTE]);
}

#[test]
fn consents_of_version_1_are_read_as_they_were_meant() {
    let (housing, money) = (ItemId(1), ItemId(2));
    let given = |id, area: &str, purpose, parent: Option<&str>| Consent {
        id,
        area: LifeArea::from_key(area).unwrap(),
        purpose,
        until: "2027-05-26".parse().unwrap(),
        parent: parent.map(str::to_owned),
        at_ms: author(KIRSTEN).at_ms,
        by: Some(KIRSTEN),
        withdrawn_ms: None,
    };
    let all = [
        given(housing, "housing", Purpose::Help, None),
        given(money, "money", Purpose::Other("Så vi kan tale om det 🐕".to_owned()), Some("Ole")),
    ];
    let paper = golden("consents-1.bin", |paper| {
        consents::set_about(paper, METTE, ItemId(9));
        let (name, role) = ("Mette".to_owned(), Role::Participant);
        let person = Person { who: METTE, name, role, phone: String::new() };
        consents::set_person(paper, &person, author(KIRSTEN));
        all.iter().for_each(|consent| consents::add(paper, consent, author(KIRSTEN)));
        consents::withdraw(paper, money, author(KIRSTEN));
    });
    let (found, oddities) = consents::read(&paper);
    assert!(oddities.is_empty());
    assert_eq!((found.person, found.on_map), (Some(METTE), Some(ItemId(9))));
    assert_eq!(found.people[0].name, "Mette");
    let withdrawn = Consent { withdrawn_ms: Some(author(KIRSTEN).at_ms), ..all[1].clone() };
    assert_eq!(found.given, [all[0].clone(), withdrawn]);
}

#[test]
fn milestones_and_whose_words_they_are_are_read_as_they_were_meant() {
    let (goal, papers, house, gone) = (ItemId(1), ItemId(4), ItemId(2), ItemId(3));
    let named = |name: &str| domain::SourceName::new(name).unwrap();
    let (jonas, ole) = (Source::Relative(named("Jonas")), Source::Supported(named("Ole")));
    let paper = golden("area-milestones-1.bin", |paper| {
        area::set_area(paper, &LifeArea::from_key("housing").unwrap(), author(KIRSTEN));
        area::add_goal(paper, goal, author(METTE));
        fill(paper, TextField::Goal(goal), "Et sted at bo", METTE);
        for (id, text) in [(house, "Se på huse 🐕"), (gone, "Smidt ud"), (papers, "Mine papirer")]
        {
            area::add_milestone(paper, id, goal, author(METTE));
            fill(paper, TextField::Milestone(id), text, METTE);
        }
        area::move_milestone(paper, papers, 0);
        area::set_milestone_reached(paper, papers, Some(9));
        area::throw_out(paper, area::List::Milestones, gone, Some(author(KIRSTEN)));
        Statement::Goal(goal).set_source(paper, Some(&Source::Citizen));
        Statement::Milestone(house).set_source(paper, Some(&jonas));
        area::add_assessment(paper, ItemId(5), (Voice::Citizen, day(), None), author(METTE));
        Statement::Saying(ItemId(5)).set_source(paper, Some(&ole));
    });
    let (plan, oddities) = area::read(&paper);
    assert!(oddities.is_empty());
    let found = &plan.goals[0];
    assert_eq!((found.by, found.said.clone()), (Some(METTE), Some(Source::Citizen)));
    let milestone = |one: &domain::Milestone| (one.id, one.reached_ms, one.said.clone());
    let all: Vec<_> = found.milestones.iter().map(milestone).collect();
    assert_eq!(all, [(papers, Some(9), None), (house, None, Some(jonas))]);
    assert_eq!(found.milestones[1].text.text, "Se på huse 🐕");
    assert_eq!(plan.removed_milestones[0].text.text, "Smidt ud");
    assert_eq!(plan.assessments[0].said, Some(ole));
}

fn day() -> Day {
    "2026-11-26".parse().unwrap()
}

#[test]
fn whose_words_a_dream_is_made_of_is_read_as_it_was_meant() {
    let paper = golden("course-said-1.bin", |paper| {
        course::set_programme(paper, Programme::Elders, Phase(1), author(METTE));
        for id in [1, 2] {
            course::add_dream(paper, ItemId(id), author(METTE));
            fill(paper, TextField::Dream(ItemId(id)), "Ro", METTE);
        }
        Statement::Dream(ItemId(1)).set_source(paper, Some(&Source::Citizen));
    });
    let (found, oddities) = course::read(&paper);
    assert!(oddities.is_empty());
    let said: Vec<_> = found.dreams.iter().map(|dream| (dream.by, dream.said.clone())).collect();
    assert_eq!(said, [(Some(METTE), Some(Source::Citizen)), (Some(METTE), None)]);
}
