//! How a server ends, and begins again.

use std::time::Duration;

use sync::message::Tell;
use tests::hosted::{Hosted, Visitor};
use tests::pen;

use crate::{Scene, config};

#[test]
fn a_server_that_stops_answers_first_and_says_goodbye() {
    let (config, _) = config();
    let mut scene = Scene::with(|own| *own = config.clone());
    let document = scene.course.document;
    let mut citizen = Visitor::come(scene.hosted.address(), scene.course.citizen.pen.clone());
    let records: Vec<_> =
        (0..20).map(|number| citizen.pen.write(document, &number.to_string())).collect();
    citizen.ask(&pen::push(&records));
    // The first answer shows that the push has been received.
    let first = citizen.hear();
    assert!(matches!(first, Tell::Stored { seq: 2, .. }), "{first:?}");
    let coordinator = &mut scene.coordinator;
    let address = scene.hosted.address();
    let took = scene.hosted.stop();
    assert!(took < Duration::from_secs(10), "{took:?}");
    for seq in 3..=21 {
        let told = citizen.hear();
        assert!(matches!(told, Tell::Stored { seq: at, .. } if at == seq), "{told:?}");
    }
    assert_eq!(citizen.wait_for_close(), (1012, "restart".to_owned()));
    assert_eq!(coordinator.wait_for_close(), (1012, "restart".to_owned()));
    assert!(Visitor::try_come(address, citizen.pen.clone()).is_err(), "nobody listens any longer");

    let again = Hosted::start(config);
    assert!(again.first().is_none(), "the house stands already");
    let mut back = Visitor::come(again.address(), citizen.pen.clone());
    assert_eq!(back.log(document).len(), 21);
}

#[test]
fn a_restart_is_the_same_log_and_a_restored_backup_another() {
    let (config, _) = config();
    let scene = Scene::with(|own| *own = config.clone());
    let generation = |visitor: &Visitor| match visitor.welcome {
        Tell::Welcome { generation, .. } => generation,
        _ => 0,
    };
    let pen = scene.course.citizen.pen.clone();
    let first = generation(&scene.course.citizen);
    scene.hosted.stop();
    let again = Hosted::start(config.clone());
    assert_eq!(generation(&Visitor::come(again.address(), pen.clone())), first);
    again.stop();
    server::restored(&config).expect("a stopped server's database");
    let restored = Hosted::start(config.clone());
    assert_ne!(generation(&Visitor::come(restored.address(), pen)), first);

    let code = server::invite_lead(&config).expect("a lead to invite");
    let mut lead = Visitor::come(restored.address(), pen::Pen::new(4711));
    lead.redeem(code);
}
