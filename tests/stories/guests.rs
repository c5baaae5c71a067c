//! Who was let in sees words at every address, and no boxes that refuse.

use client::view::{GoalOf, SupportOf};
use client::{Command, Made, NewSupport, ToolCommand};
use domain::LifeArea;
use tests::{Seed, Town};

use crate::consent::{give, guest, jonas};

#[test]
fn a_goal_and_a_help_are_there_to_read_for_who_was_let_in_and_to_write_for_the_citizen() {
    let mut town = Town::new(Seed(98));
    let (citizen, _) = town.course();
    let course = town.course_of(citizen);
    let area = LifeArea::from_key("housing").unwrap();
    let add = Command::AddGoal { course, area: area.clone(), title: "Et sted at bo".to_owned() };
    let Some(Made::Item(document, goal)) = town.run(citizen, add) else {
        panic!("no goal was made");
    };
    let support = NewSupport { what: "Bostøtte".to_owned(), ..NewSupport::default() };
    let support = ToolCommand::AddSupport { course, area: area.clone(), support };
    let Some(Made::Item(_, support)) = town.run(citizen, support) else {
        panic!("no help was made");
    };
    let jonas = jonas(&mut town, citizen);
    let declared = give(&mut town, citizen, jonas, &["housing"]);
    let guest = guest(&mut town, citizen, declared);
    for (walker, may) in [(citizen, true), (guest, false)] {
        let goal = town.look(walker, &GoalOf { document, goal }).unwrap();
        let support = town.look(walker, &SupportOf { document, support }).unwrap();
        assert_eq!((goal.can_write, support.can_write), (may, may));
        // Where it is to be read by whoever may not write.
        let place = Some((course, area.clone()));
        assert_eq!(
            (goal.course.zip(goal.row.area), support.course.zip(support.row.area)),
            (place.clone(), place)
        );
    }
}
