//! How a history ends: nothing goes wrong any longer, and what everybody sees is compared.

use client::view::{
    Agenda, AgreementRow, Citizens, Devices, InvitationOf, InvitationView, Me, MeStage, NewDevices,
    NoteRow, Notebook, Plan,
};
use client::{Command, DeviceCommand, FirstCommand, ToolCommand};
use domain::Role;

use super::{History, Report, adversary};
use crate::town::Walker;

/// What stands before the words of a note, which are the citizen's alone.
pub(super) const NOTE: &str = "note ";

/// What somebody sees, as texts.
#[derive(Debug)]
struct Picture {
    shared: String,
    /// In the citizen's own notebook; `None` for everybody else.
    notes: Option<String>,
}

impl History {
    pub(super) fn end(&mut self, operations: u64) -> Report {
        self.come_to_rest();
        // Long enough for what was left behind to be found, put in a record and looked at, and for what an app seemed
        // to have ended on, because it was killed in the middle of it again and again, to be read once more.
        self.town.pass(80_000);
        self.town.settle();
        self.take_everything_back();
        // It sees what the hub has, and nothing else.
        let last = self.town.device("new phone");
        self.let_in(last);
        self.say_yes();
        self.town.settle();
        let pictures: Vec<Picture> =
            self.town.walkers().into_iter().map(|who| self.picture(who)).collect();
        if std::env::var_os("MEDSPIL_PICTURES").is_some() {
            for (who, picture) in self.town.walkers().iter().zip(&pictures) {
                eprintln!("{who:?} {:?}\n{picture:?}\n", self.town.saving(*who));
            }
        }
        let notes: Vec<&String> = pictures.iter().filter_map(|all| all.notes.as_ref()).collect();
        let converged = pictures.windows(2).all(|pair| pair[0].shared == pair[1].shared)
            && notes.windows(2).all(|pair| pair[0] == pair[1]);
        let once = |picture: &String, word: &String| {
            let of_others: String =
                picture.chars().filter(|letter| !adversary::is_an_adversarys(*letter)).collect();
            of_others.matches(word.as_str()).count() == 1
        };
        let everywhere = |word: &&String| match word.starts_with(NOTE) {
            true => notes.iter().all(|picture| once(picture, word)),
            false => pictures.iter().all(|all| once(&all.shared, word)),
        };
        let lost = self.saved.iter().filter(|word| !everywhere(word)).cloned().collect();
        Report {
            trace: self.town.trace(),
            operations,
            acknowledged: self.saved.len(),
            lost,
            converged,
        }
    }

    /// What a topic says is not on show while it lies in "Smidt ud".
    fn take_everything_back(&mut self) {
        let Some(who) = self.town.walkers().first().copied() else { return };
        let course = self.course_of(who);
        for row in self.town.look(who, &client::view::Bin { course }) {
            self.town.run(who, Command::TakeBack(row.document, row.thing));
        }
        self.town.settle();
    }

    /// Lets a phone in as the citizen, if everything that takes is there just now.
    pub(super) fn let_in(&mut self, phone: Walker) {
        let staff = |who: &Walker| !self.town.look(*who, &Citizens).is_empty();
        let Some(coordinator) = self.town.walkers().into_iter().find(staff) else { return };
        let citizen = self.town.look(coordinator, &Citizens)[0].clone();
        let (person, document) = (citizen.person, citizen.course);
        self.try_it(coordinator, ToolCommand::Invite { person, document });
        self.town.pass(10_000);
        let found = self.town.look(coordinator, &InvitationOf(person));
        if let Some(InvitationView { code, .. }) = found {
            self.try_it(phone, FirstCommand::Redeem { typed: code, tentative: false });
            self.town.pass(10_000);
            self.say_yes();
        }
    }

    /// A phone of the citizen's says yes to those that are new and hers.
    pub(super) fn say_yes(&mut self) {
        let walkers = self.town.walkers();
        let rows = |who: &Walker| {
            self.town.look(*who, &Devices::Mine).and_then(|mine| mine.rows).unwrap_or_default()
        };
        let hers: Vec<_> =
            walkers.iter().flat_map(rows).filter(|row| row.is_this).map(|row| row.device).collect();
        for who in walkers {
            let new = self.town.look(who, &NewDevices);
            for row in new.iter().filter(|row| hers.contains(&row.device)) {
                self.try_it(who, DeviceCommand::SayYes(row.device));
                self.town.pass(10_000);
            }
        }
    }

    /// Whoever the hub does not know gets a new code.
    pub(super) fn let_everybody_in(&mut self) {
        for who in self.town.walkers() {
            if self.town.look(who, &Me).stage != MeStage::In {
                self.let_in(who);
            }
        }
    }

    /// All that somebody sees.
    fn picture(&self, who: Walker) -> Picture {
        let course = self.course_of(who);
        let mut picture = String::new();
        for meeting in &self.meetings {
            let agenda = self.town.look(who, &Agenda(*meeting));
            for topic in agenda.into_iter().flat_map(|agenda| agenda.topics) {
                picture += &format!("{}: {} | {}\n", topic.id, topic.title.text, topic.why.text);
            }
        }
        for AgreementRow { id, history, is_trial, learnt, .. } in self.agreements_of(who) {
            picture += &format!("{id}: {is_trial} {}", learnt.text);
            for change in history {
                picture += &format!(" promise {} {:?}", change.id, change.state);
            }
            picture.push('\n');
        }
        picture += &self.milestones_seen_by(who);
        picture += &self.helps_seen_by(who);
        picture += &self.said(who);
        let plan = self.town.look(who, &Plan { course });
        picture += &format!("{:?}", plan.map(|plan| plan.areas.len()));
        let notebook = self.town.look(who, &Notebook { course });
        assert_eq!(notebook.is_some(), self.town.look(who, &Me).role == Some(Role::Citizen));
        let line = |note: NoteRow| format!("{}: {}\n", note.id, note.opening);
        let notes = notebook.map(|all| all.notes.into_iter().map(line).collect());
        Picture { shared: picture, notes }
    }
}
