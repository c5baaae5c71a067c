//! Every place is found again by its path.

use super::*;

#[test]
fn every_place_is_found_again_by_its_path() {
    let id = DocumentId([7; 16]);
    let places = [
        Place::Today,
        Place::Invitation,
        Place::Meetings,
        Place::NewMeeting(None),
        Place::NewMeeting(Some(id)),
        Place::Agenda(id),
        Place::MeetingTime(id),
        Place::Plan(None),
        Place::Plan(Some(id)),
        Place::NewGoal(id),
        Place::Goal(id, ItemId(9)),
        Place::SaidBy(id, Statement::Dream(ItemId(9)), None),
        Place::SaidBy(id, Statement::Milestone(ItemId(9)), Some(ItemId(7))),
        Place::Promises(None),
        Place::Promises(Some(id)),
        Place::Notebook,
        Place::Note(id, ItemId(9)),
        Place::ShareNote(id, ItemId(9)),
        Place::HowItGoes(None),
        Place::HowItGoes(Some(id)),
        Place::HowItGoesIn(id, LifeArea::from_key("housing").expect("a life area")),
        Place::Course(None),
        Place::Course(Some(id)),
        Place::ResultsBoard(None),
        Place::ResultsBoard(Some(id)),
        Place::Support(None),
        Place::Support(Some(id)),
        Place::NewSupport(id),
        Place::SupportOf(None, id, ItemId(9)),
        Place::SupportOf(Some(DocumentId([8; 16])), id, ItemId(9)),
        Place::Bin(None),
        Place::Bin(Some(id)),
        Place::Search(None),
        Place::Search(Some(id)),
        Place::Aside,
        Place::Help,
        Place::OpenPlaces,
        Place::Aloud,
        Place::File,
        Place::FileIn,
        Place::Slip(id, ItemId(9)),
        Place::Me,
    ];
    found_again(&places);
}

#[test]
fn every_place_about_people_is_found_again_by_its_path() {
    let id = DocumentId([7; 16]);
    found_again(&[
        Place::Network(None),
        Place::Network(Some(id)),
        Place::NewPerson(id),
        Place::Person(id, ItemId(9)),
        Place::LetSee(id, ItemId(9)),
        Place::Consent(id),
        Place::WhoSees(None),
        Place::WhoSees(Some(id)),
        Place::KeptAside(None),
        Place::KeptAside(Some(id)),
        Place::Shown(id, LifeArea::from_key("housing").expect("a life area")),
        Place::Citizens,
        Place::NewCitizen,
        Place::Citizen(id),
        Place::Team,
    ]);
}

fn found_again(places: &[Place]) {
    for place in places {
        assert_eq!(Place::read(&place.href()), *place);
        assert_eq!(
            Place::read(&place.to_string()),
            *place,
            "an address from before still leads there"
        );
        let says_nothing = |part: &str| part.len() <= 2 || part.bytes().any(|b| b.is_ascii_digit());
        assert!(place.href().split('/').all(says_nothing), "{}", place.href());
    }
}

#[test]
fn a_path_that_leads_nowhere_says_so() {
    let course = DocumentId([7; 16]);
    let no_area = format!("/saadan-gaar-det/{course}/Bolig!");
    let paths = [
        "/x",
        "/moeder/kort",
        "/maal/1/2",
        "/hjaelp-nu/1/2",
        "/plan/a/b/c",
        "/borgere/ny/mere",
        &no_area,
    ];
    for path in paths {
        assert_eq!(Place::read(path), Place::Nowhere, "{path}");
    }
    let drugs = LifeArea::from_key("substances").expect("a life area");
    assert!(!Place::Shown(course, drugs).href().contains("substances"));
    assert_eq!(Place::read("//moeder/"), Place::Meetings, "slashes are forgiven");
}
