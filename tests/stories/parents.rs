//! A parent says yes for somebody who is not of age, and for nobody else.

use client::view::{Citizens, ConsentFor};
use client::{Made, NewConsent, Refusal, ToolCommand};
use domain::Programme;
use tests::{Seed, Town};

use crate::consent::{consent, consents, jonas};

#[test]
fn a_parent_says_yes_only_where_the_programme_is_for_young_people() {
    let mut town = Town::new(Seed(9));
    let (citizen, coordinator) = town.course();
    let by_parent =
        || NewConsent { parent: Some("Gitte\u{200b} Holm".to_owned()), ..consent(&["housing"]) };
    for programme in [Programme::Elders, Programme::HomelessYouth, Programme::LeavingCare] {
        let course = match programme {
            Programme::Elders => town.course_of(citizen),
            programme => {
                let made = ToolCommand::MakeCourse { name: "Sofie".to_owned(), programme };
                let Some(Made::Document(course)) = town.run(coordinator, made) else {
                    panic!("no course was made");
                };
                course
            }
        };
        town.settle();
        let walker = match programme {
            Programme::Elders => citizen,
            _ => {
                let all = town.look(coordinator, &Citizens);
                let row = all.into_iter().find(|row| row.course == course).unwrap();
                town.let_in(coordinator, row.person, programme.key())
            }
        };
        let is_young = programme != Programme::Elders;
        let (network, person) = jonas(&mut town, walker);
        let asked = town.look(walker, &ConsentFor { network, person }).unwrap();
        assert_eq!(asked.may_have_parent, is_young, "{programme:?}");
        let give = ToolCommand::GiveConsent { network, person, consent: by_parent() };
        let answer = town.try_run(walker, give);
        assert_eq!(answer.map(drop), if is_young { Ok(()) } else { Err(Refusal::NotAllowed) });
        town.pass(11_000);
        if let Some(document) = town.look(walker, &ConsentFor { network, person }).unwrap().consents
        {
            let declared = consents(&town, walker, document).declared;
            assert_eq!(declared[0].parent.as_deref(), Some("Gitte Holm"), "without unseen signs");
        } else {
            assert!(!is_young);
        }
    }
}
