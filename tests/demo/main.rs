//! The demo: a coordinator, and a citizen with a year behind her, all of it written through the client as
//! people would write it.
//!
//! `demo --server HOST:PORT --keep FOLDER --address URL [--code CODE]` makes what is not there yet,
//! and prints one link to open as the citizen and one to open as the coordinator. The apps it wrote
//! with lie in the folder, so that it can make new links the next time. `--code` is the daily
//! lead's first invitation, needed the first time alone.
//!
//! `demo --server HOST:PORT --put-out CODE` lets a device of a citizen's in and puts her coordinators out of the parts
//! of her life.
#![expect(clippy::print_stdout, reason = "the links are what this program is for")]

use std::hash::{BuildHasher, RandomState};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use client::view::{Citizens, InvitationOf, Me, MeStage, Team, Today};
use client::{DocumentId, FirstCommand, Made, PersonId, Standing, ToolCommand};
use domain::{Programme, Role};
use tests::{App, Disk, Stuck};

use crate::year::Year;

mod consents;
mod course;
mod milestones;
mod put_out;
mod year;

struct Demo {
    host: String,
    folder: PathBuf,
    address: String,
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().collect();
    let value = |name: &str| {
        let at = words.iter().position(|word| word == name)?;
        words.get(at + 1).cloned()
    };
    if let (Some(host), Some(code)) = (value("--server"), value("--put-out")) {
        return said(put_out::put_out(&host, (&code, chance())));
    }
    let parts = (value("--server"), value("--keep"), value("--address"));
    let (Some(host), Some(folder), Some(address)) = parts else {
        eprintln!("demo --server HOST:PORT --keep FOLDER --address URL [--code CODE]");
        return ExitCode::FAILURE;
    };
    let demo = Demo { host, folder: folder.into(), address };
    said(demo.open(value("--code")))
}

fn said(done: Result<(), Stuck>) -> ExitCode {
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(stuck) => {
            eprintln!("The demo could not be made: {stuck}");
            ExitCode::FAILURE
        }
    }
}

impl Demo {
    fn open(&self, code: Option<String>) -> Result<(), Stuck> {
        std::fs::create_dir_all(&self.folder)?;
        let mut lead = self.app("lead")?;
        if lead.look(&Me).stage == MeStage::Stranger {
            let typed = code.ok_or(Stuck::Patience("the daily lead's first code"))?;
            let_in(&mut lead, typed)?;
            lead.run(ToolCommand::CallMe {
                name: Some("Bo".to_owned()),
                phone: Some(String::new()),
            })?;
            lead.run(ToolCommand::MakeCoordinator { name: "Mette".to_owned() })?;
        }
        lead.until_safe()?;
        let mette = lead.look(&Team).people.into_iter().find(|named| named.name == "Mette");
        let mette = PersonId(mette.ok_or(Stuck::Patience("Mette"))?.who.0);

        let mut coordinator = self.app("coordinator")?;
        if coordinator.look(&Me).stage == MeStage::Stranger {
            let typed = code_for(&mut lead, mette)?;
            let_in(&mut coordinator, typed)?;
            write_everything(&mut coordinator, &mut self.app("citizen")?)?;
        }
        coordinator.until_safe()?;
        let kirsten = coordinator.look(&Citizens).into_iter().next();
        let kirsten = kirsten.ok_or(Stuck::Patience("Kirsten"))?;

        let citizen = self.link(&mut coordinator, (kirsten.person, kirsten.course))?;
        let house = lead.look(&Team).house.ok_or(Stuck::Patience("the house"))?;
        let link = self.link(&mut lead, (mette, house))?;
        self.keep(&lead, "lead")?;
        self.keep(&coordinator, "coordinator")?;
        println!("Open as Kirsten, the citizen (once, within 24 hours):\n{citizen}");
        println!("Open as Mette, her coordinator (once, within 24 hours):\n{link}");
        Ok(())
    }

    fn file(&self, name: &str) -> PathBuf {
        Path::new(&self.folder).join(name)
    }

    fn app(&self, name: &str) -> Result<App, Stuck> {
        let disk = Disk::read(&self.file(name))?;
        Ok(App::open(&self.host, disk, chance()))
    }

    fn keep(&self, app: &App, name: &str) -> Result<(), Stuck> {
        Ok(app.disk().keep(&self.file(name))?)
    }

    /// A new link for a person who may have used the one before.
    fn link(
        &self,
        inviter: &mut App,
        (person, document): (PersonId, DocumentId),
    ) -> Result<String, Stuck> {
        inviter.run(ToolCommand::Invite { person, document })?;
        let code = code_for(inviter, person)?.replace(' ', "");
        Ok(format!("{}/#kode={code}", self.address))
    }
}

fn let_in(app: &mut App, typed: String) -> Result<(), Stuck> {
    app.run(FirstCommand::Redeem { typed, tentative: false })?;
    app.until("somebody to be let in", |client| client.look(&Me).stage == MeStage::In)?;
    app.until("a name to be known", |client| client.look(&Me).role.is_some())
}

fn code_for(inviter: &mut App, person: PersonId) -> Result<String, Stuck> {
    inviter.until("a code to work", |client| {
        let invitation = client.look(&InvitationOf(person));
        invitation.is_some_and(|found| found.standing == Some(Standing::Waiting))
    })?;
    Ok(inviter.look(&InvitationOf(person)).map(|found| found.code).unwrap_or_default())
}

/// Mette begins the course; Kirsten comes in with a phone of her own, and the two write a year.
fn write_everything(mette: &mut App, kirsten: &mut App) -> Result<(), Stuck> {
    let name = "Kirsten".to_owned();
    mette.until("Mette's name", |client| client.look(&Me).role == Some(Role::Coordinator))?;
    let made = mette.run(ToolCommand::MakeCourse { name, programme: Programme::Elders })?;
    let Some(Made::Document(course)) = made else { return Err(Stuck::Patience("a course")) };
    let row = mette.look(&Citizens).into_iter().find(|row| row.course == course);
    let person = row.ok_or(Stuck::Patience("Kirsten"))?.person;
    let typed = code_for(mette, person)?;
    let_in(kirsten, typed)?;
    let today = kirsten.look(&Today { course }).today;
    Year { kirsten, mette, course, today }.write()
}

/// 32 bytes from the seeds the system gives every new hash map: new for each app of a demo.
fn chance() -> [u8; 32] {
    std::array::from_fn(|place| RandomState::new().hash_one(place).to_be_bytes()[0])
}
