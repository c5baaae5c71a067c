//! Two servers on one PostgreSQL database.

use server::Database;
use sync::message::{Ask, Tell};
use tests::cluster::Cluster;
use tests::hosted::{Hosted, Visitor};
use trust::{Member, Role};

use crate::{Scene, config};

#[test]
fn what_is_written_at_one_server_is_heard_at_the_other() {
    let cluster = Cluster::start();
    let database = Database::Postgres(cluster.database());
    let mut scene = Scene::with(|config| config.database = database.clone());
    let (mut second, _) = config();
    second.database = database;
    let second = Hosted::start(second);
    assert!(second.first().is_none(), "one house for both");
    let document = scene.course.document;
    let away = scene.staff.coordinator(scene.hosted.address());
    let person = away.person().expect("a coordinator");
    let member = Member::always(Role::Coordinator);
    scene.course.add(person, member);
    let mut away = Visitor::come(second.address(), away.pen.clone());

    let record = scene.coordinator.pen.write(document, "hørt derovre");
    let seq = scene.coordinator.keep(&record);
    let heard = away.wait_for(|tell| match tell {
        Tell::Records(page) if page.through == seq => Some(page.records[0].record.to_vec()),
        _ => None,
    });
    assert_eq!(heard, record.bytes());
    let live = Ask::Live { document, payload: vec![1, 2, 3].into() };
    scene.coordinator.ask(&live);
    away.wait_for(|tell| matches!(tell, Tell::Live { .. }).then_some(()));
    let back = away.pen.write(document, "og tilbage");
    away.keep(&back);
    scene.coordinator.wait_for(|tell| match tell {
        Tell::Records(page) => (page.records[0].record.as_slice() == back.bytes()).then_some(()),
        _ => None,
    });

    // Removed at the first server: the second has heard of it when it says so.
    away.ask(&live);
    let mut citizen = Visitor::come(scene.hosted.address(), scene.course.citizen.pen.clone());
    scene.course.remove(&mut citizen, person);
    away.wait_for(|tell| (*tell == Tell::Gone(document)).then_some(()));
    scene.coordinator.ask(&live);
    away.hears_nothing();
    away.ask(&live);
    assert_eq!(away.hear(), Tell::Gone(document));
    second.stop();
}
