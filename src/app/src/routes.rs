//! Every place in the app, and the path it has. What is open is always in the URL.

mod back;
mod neutral;

use std::fmt;

use client::view::Devices;
use client::{DocumentId, PersonId, Statement};
use domain::{ItemId, LifeArea};

/// A place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Place {
    /// What matters now.
    Today,
    /// A code lets me in. It may stand behind # in the link, where no server sees it.
    Invitation,
    /// Meetings, coming and past.
    Meetings,
    /// Find a time; for the one course there is, or for this one.
    NewMeeting(Option<DocumentId>),
    /// What we will talk about.
    Agenda(DocumentId),
    /// When and where.
    MeetingTime(DocumentId),
    /// My plan, or the plan of this course.
    Plan(Option<DocumentId>),
    /// Write a goal.
    NewGoal(DocumentId),
    /// A goal, in the document of its life area.
    Goal(DocumentId, ItemId),
    /// Whose words a statement is made of, in its document, with the goal it belongs to.
    SaidBy(DocumentId, Statement, Option<ItemId>),
    /// What has been promised, in the one course there is or in this one.
    Promises(Option<DocumentId>),
    /// The people around me, or around the citizen of this course.
    Network(Option<DocumentId>),
    /// Put somebody on the map.
    NewPerson(DocumentId),
    /// Somebody on the map, in the document of the network.
    Person(DocumentId, ItemId),
    /// Let somebody on the map see parts of life.
    LetSee(DocumentId, ItemId),
    /// What was declared about somebody, in the document of it.
    Consent(DocumentId),
    /// Who sees what, in the one course there is or in this one.
    WhoSees(Option<DocumentId>),
    /// A life area of this course, for somebody who was let in.
    Shown(DocumentId, LifeArea),
    /// My notes. Only a citizen has them.
    Notebook,
    /// One note, in its notebook's document.
    Note(DocumentId, ItemId),
    /// Put a copy of it where others can read it.
    ShareNote(DocumentId, ItemId),
    /// How it goes, in the one course there is or in this one.
    HowItGoes(Option<DocumentId>),
    /// How it goes in a life area of this course.
    HowItGoesIn(DocumentId, LifeArea),
    /// How far it has come: the one course there is or this one.
    Course(Option<DocumentId>),
    /// What has been achieved, in the one course there is or in this one.
    ResultsBoard(Option<DocumentId>),
    /// The help that the citizen gets, in the one course there is or in this one.
    Support(Option<DocumentId>),
    /// Write a help down.
    NewSupport(DocumentId),
    /// A help, in the document of its life area; in the one course there is or in this one.
    SupportOf(Option<DocumentId>, DocumentId, ItemId),
    /// What was thrown out, in the one course there is or in this one.
    Bin(Option<DocumentId>),
    /// Look for words, in the one course there is or in this one.
    Search(Option<DocumentId>),
    /// Everything in one file.
    File,
    /// What a file holds comes in.
    FileIn,
    /// An agreement on a small paper, in the document of its life area.
    Slip(DocumentId, ItemId),
    /// What did not get through.
    Aside,
    /// Whom to call.
    Help,
    /// Places that are open to anybody.
    OpenPlaces,
    /// Have pages read aloud.
    Aloud,
    /// Who I am.
    Me,
    /// Which phones and computers somebody uses this from.
    Devices(Devices),
    /// The coordinator's citizens.
    Citizens,
    /// Begin a course.
    NewCitizen,
    /// A citizen's course.
    Citizen(DocumentId),
    /// The coordinators.
    Team,
    /// There is no such place.
    Nowhere,
}

impl Place {
    /// Reads a path as the browser shows it.
    pub(crate) fn read(path: &str) -> Self {
        let words = neutral::shown(path);
        let parts: Vec<&str> = words.iter().map(String::as_str).collect();
        Self::of_parts(&parts).unwrap_or(Self::Nowhere)
    }

    fn of_parts(parts: &[&str]) -> Option<Self> {
        Some(match *parts {
            [] => Self::Today,
            ["i"] => Self::Invitation,
            ["moeder"] => Self::Meetings,
            ["moeder", "nyt"] => Self::NewMeeting(None),
            ["moeder", "nyt", course] => Self::NewMeeting(Some(document(course)?)),
            ["moeder", meeting] => Self::Agenda(document(meeting)?),
            ["moeder", meeting, "tid"] => Self::MeetingTime(document(meeting)?),
            ["plan"] => Self::Plan(None),
            ["plan", course] => Self::Plan(Some(document(course)?)),
            ["plan", course, "nyt"] => Self::NewGoal(document(course)?),
            ["maal", area, goal] => Self::Goal(document(area)?, goal.parse().ok()?),
            ["sagt-af", here, said] => Self::SaidBy(document(here)?, said.parse().ok()?, None),
            ["sagt-af", here, said, goal] => {
                Self::SaidBy(document(here)?, said.parse().ok()?, Some(goal.parse().ok()?))
            }
            ["aftaler"] => Self::Promises(None),
            ["aftaler", course] => Self::Promises(Some(document(course)?)),
            ["kun-mig"] => Self::Notebook,
            ["kun-mig", notebook, note] => Self::Note(document(notebook)?, note.parse().ok()?),
            ["kun-mig", notebook, note, "del"] => {
                Self::ShareNote(document(notebook)?, note.parse().ok()?)
            }
            ["saadan-gaar-det"] => Self::HowItGoes(None),
            ["saadan-gaar-det", course] => Self::HowItGoes(Some(document(course)?)),
            ["saadan-gaar-det", course, area] => {
                Self::HowItGoesIn(document(course)?, LifeArea::from_key(area)?)
            }
            ["forloeb"] => Self::Course(None),
            ["forloeb", course] => Self::Course(Some(document(course)?)),
            ["min-tavle"] => Self::ResultsBoard(None),
            ["min-tavle", course] => Self::ResultsBoard(Some(document(course)?)),
            ["hjaelp-nu"] => Self::Support(None),
            ["hjaelp-nu", course] => Self::Support(Some(document(course)?)),
            ["hjaelp-nu", course, "ny"] => Self::NewSupport(document(course)?),
            ["hjaelp-nu", area, support] => {
                Self::SupportOf(None, document(area)?, support.parse().ok()?)
            }
            ["hjaelp-nu", course, area, support] => {
                let course = Some(document(course)?);
                Self::SupportOf(course, document(area)?, support.parse().ok()?)
            }
            ["smidt-ud"] => Self::Bin(None),
            ["smidt-ud", course] => Self::Bin(Some(document(course)?)),
            ["soeg"] => Self::Search(None),
            ["soeg", course] => Self::Search(Some(document(course)?)),
            ["fil"] => Self::File,
            ["fil", "ind"] => Self::FileIn,
            ["seddel", area, agreement] => Self::Slip(document(area)?, agreement.parse().ok()?),
            ["ikke-med"] => Self::Aside,
            ["hjaelp"] => Self::Help,
            ["hjaelp", "steder"] => Self::OpenPlaces,
            ["hjaelp", "hoejt"] => Self::Aloud,
            ["mig"] => Self::Me,
            ["mig", "telefoner"] => Self::Devices(Devices::Mine),
            _ => return Self::of_people(parts),
        })
    }

    /// Places about people: who is there, and who sees what.
    fn of_people(parts: &[&str]) -> Option<Self> {
        Some(match *parts {
            ["netvaerk"] => Self::Network(None),
            ["netvaerk", course] => Self::Network(Some(document(course)?)),
            ["netvaerk", course, "nyt"] => Self::NewPerson(document(course)?),
            ["menneske", network, person] => Self::Person(document(network)?, person.parse().ok()?),
            ["menneske", network, person, "lad-se"] => {
                Self::LetSee(document(network)?, person.parse().ok()?)
            }
            ["samtykke", consents] => Self::Consent(document(consents)?),
            ["samtykke", consents, "telefoner"] => {
                Self::Devices(Devices::Guest(document(consents)?))
            }
            ["hvem-ser-hvad"] => Self::WhoSees(None),
            ["hvem-ser-hvad", course] => Self::WhoSees(Some(document(course)?)),
            ["set", course, area] => Self::Shown(document(course)?, LifeArea::from_key(area)?),
            ["borgere"] => Self::Citizens,
            ["borgere", "ny"] => Self::NewCitizen,
            ["borgere", course] => Self::Citizen(document(course)?),
            ["borgere", course, "telefoner"] => Self::Devices(Devices::Citizen(document(course)?)),
            ["teamet"] => Self::Team,
            ["teamet", person, "telefoner"] => {
                Self::Devices(Devices::Colleague(PersonId::from_hex(person)?))
            }
            _ => return None,
        })
    }

    /// The link to it, which says nothing to a stranger. The path of words is what it is displayed as.
    pub(crate) fn href(&self) -> String {
        neutral::hidden(&self.to_string())
    }

    /// The main place that it belongs to, which the tabs show.
    pub(crate) fn tab(&self) -> Option<Self> {
        Some(match self {
            Self::Today => Self::Today,
            Self::Meetings | Self::NewMeeting(_) | Self::Agenda(_) | Self::MeetingTime(_) => {
                Self::Meetings
            }
            Self::Network(None) => Self::Network(None),
            Self::Plan(None)
            | Self::Promises(None)
            | Self::HowItGoes(None)
            | Self::Course(None)
            | Self::ResultsBoard(None)
            | Self::Support(None)
            | Self::WhoSees(None)
            | Self::Notebook
            | Self::Note(..)
            | Self::ShareNote(..)
            | Self::Search(None)
            | Self::Bin(None) => Self::Plan(None),
            Self::Citizens
            | Self::NewCitizen
            | Self::Citizen(_)
            | Self::Plan(Some(_))
            | Self::Network(Some(_))
            | Self::Promises(Some(_))
            | Self::HowItGoes(Some(_))
            | Self::Course(Some(_))
            | Self::ResultsBoard(Some(_))
            | Self::Support(Some(_))
            | Self::WhoSees(Some(_))
            | Self::Search(Some(_))
            | Self::Bin(Some(_)) => Self::Citizens,
            Self::Devices(Devices::Citizen(_)) => Self::Citizens,
            Self::Team | Self::Devices(Devices::Colleague(_)) => Self::Team,
            _ => return None,
        })
    }
}

/// Where a path names no course, it is the citizen's own.
fn of_course(out: &mut fmt::Formatter<'_>, path: &str, course: Option<DocumentId>) -> fmt::Result {
    match course {
        None => out.write_str(path),
        Some(course) => write!(out, "{path}/{course}"),
    }
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Today | Self::Nowhere => out.write_str("/"),
            Self::Invitation => out.write_str("/i"),
            Self::Meetings => out.write_str("/moeder"),
            Self::NewMeeting(None) => out.write_str("/moeder/nyt"),
            Self::NewMeeting(Some(course)) => write!(out, "/moeder/nyt/{course}"),
            Self::Agenda(meeting) => write!(out, "/moeder/{meeting}"),
            Self::MeetingTime(meeting) => write!(out, "/moeder/{meeting}/tid"),
            Self::Plan(course) => of_course(out, "/plan", *course),
            Self::NewGoal(course) => write!(out, "/plan/{course}/nyt"),
            Self::Goal(area, goal) => write!(out, "/maal/{area}/{goal}"),
            Self::SaidBy(here, said, None) => write!(out, "/sagt-af/{here}/{said}"),
            Self::SaidBy(here, said, Some(goal)) => write!(out, "/sagt-af/{here}/{said}/{goal}"),
            Self::Promises(course) => of_course(out, "/aftaler", *course),
            Self::Network(course) => of_course(out, "/netvaerk", *course),
            Self::NewPerson(course) => write!(out, "/netvaerk/{course}/nyt"),
            Self::Person(network, person) => write!(out, "/menneske/{network}/{person}"),
            Self::LetSee(network, person) => write!(out, "/menneske/{network}/{person}/lad-se"),
            Self::Consent(consents) => write!(out, "/samtykke/{consents}"),
            Self::WhoSees(course) => of_course(out, "/hvem-ser-hvad", *course),
            Self::Shown(course, area) => write!(out, "/set/{course}/{}", area.key()),
            Self::Notebook => out.write_str("/kun-mig"),
            Self::Note(notebook, note) => write!(out, "/kun-mig/{notebook}/{note}"),
            Self::ShareNote(notebook, note) => write!(out, "/kun-mig/{notebook}/{note}/del"),
            Self::HowItGoes(course) => of_course(out, "/saadan-gaar-det", *course),
            Self::HowItGoesIn(course, area) => {
                write!(out, "/saadan-gaar-det/{course}/{}", area.key())
            }
            Self::Course(course) => of_course(out, "/forloeb", *course),
            Self::ResultsBoard(course) => of_course(out, "/min-tavle", *course),
            Self::Support(course) => of_course(out, "/hjaelp-nu", *course),
            Self::NewSupport(course) => write!(out, "/hjaelp-nu/{course}/ny"),
            Self::SupportOf(None, area, support) => write!(out, "/hjaelp-nu/{area}/{support}"),
            Self::SupportOf(Some(course), area, support) => {
                write!(out, "/hjaelp-nu/{course}/{area}/{support}")
            }
            Self::Bin(course) => of_course(out, "/smidt-ud", *course),
            Self::Search(course) => of_course(out, "/soeg", *course),
            Self::File => out.write_str("/fil"),
            Self::FileIn => out.write_str("/fil/ind"),
            Self::Slip(area, agreement) => write!(out, "/seddel/{area}/{agreement}"),
            Self::Aside => out.write_str("/ikke-med"),
            Self::Help => out.write_str("/hjaelp"),
            Self::OpenPlaces => out.write_str("/hjaelp/steder"),
            Self::Aloud => out.write_str("/hjaelp/hoejt"),
            Self::Me => out.write_str("/mig"),
            Self::Devices(Devices::Mine) => out.write_str("/mig/telefoner"),
            Self::Devices(Devices::Citizen(course)) => write!(out, "/borgere/{course}/telefoner"),
            Self::Devices(Devices::Colleague(who)) => write!(out, "/teamet/{who}/telefoner"),
            Self::Devices(Devices::Guest(consents)) => {
                write!(out, "/samtykke/{consents}/telefoner")
            }
            Self::Citizens => out.write_str("/borgere"),
            Self::NewCitizen => out.write_str("/borgere/ny"),
            Self::Citizen(course) => write!(out, "/borgere/{course}"),
            Self::Team => out.write_str("/teamet"),
        }
    }
}

fn document(hex: &str) -> Option<DocumentId> {
    DocumentId::from_hex(hex)
}

#[cfg(test)]
mod tests;
