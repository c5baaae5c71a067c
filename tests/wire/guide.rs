//! The municipality's guide over a real socket, and a server that will not start with a bad one.

use sync::guide::GuideRow;
use sync::message::{Ask, Tell};
use tests::hosted::{Visitor, folder};
use tests::pen::Pen;
use tokio::net::TcpListener;
use trust::Hash;

use crate::{Scene, config};

fn guide(visitor: &mut Visitor, have: Option<Hash>) -> Vec<u8> {
    visitor.ask_for(&Ask::Guide { have }, |tell| match tell {
        Tell::Guide(bytes) => Some(bytes.to_vec()),
        _ => None,
    })
}

#[test]
fn the_guide_is_told_to_who_asks_and_not_to_who_has_it() {
    let mut scene = Scene::new();
    let citizen = &mut scene.course.citizen;
    let bytes = guide(citizen, None);
    let row = GuideRow::read(&bytes).expect("a guide");
    let keys: Vec<&str> = row.programmes.iter().map(|one| one.key.as_str()).collect();
    assert_eq!(keys, ["elders", "homeless_youth", "leaving_care"]);
    assert_eq!(guide(citizen, Some(Hash([7; 32]))), bytes);
    citizen.ask(&Ask::Guide { have: Some(Hash::of_bytes(&bytes)) });
    citizen.hears_nothing();
    // Whoever was not let in is told nothing at all.
    let mut stranger = Visitor::come(scene.hosted.address(), Pen::new(900));
    stranger.ask(&Ask::Guide { have: None });
    stranger.hears_nothing();
}

#[test]
fn a_municipality_has_its_own_and_a_mistake_in_it_keeps_the_server_from_starting() {
    let own = folder("guide");
    let place = "[[place]]\nid = \"x\"\nname = \"X\"\nwhat_for = { da = \"Y\" }\nphone = \"112\"\n";
    std::fs::write(own.join("places.toml"), place).expect("a file");
    let mut scene = Scene::with(|config| config.guide = Some(own.clone()));
    let row = GuideRow::read(&guide(&mut scene.course.citizen, None)).expect("a guide");
    assert_eq!((row.places.len(), row.programmes.len()), (1, 3));

    std::fs::write(own.join("places.toml"), place.replace("phone", "fone")).expect("a file");
    let (mut config, _) = config();
    config.guide = Some(own);
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let told = runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        server::serve(listener, config).await.map(drop).expect_err("it does not start")
    });
    let told = told.to_string();
    assert!(told.starts_with("places.toml, line 5: unknown field `fone`. Allowed: "), "{told}");
    assert!(told.contains("`phone`"), "{told}");
}
