//! Plain HTTPS: the same frames without a socket, the site, and what every answer says.

use std::fs;
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};

use sync::message::{Ask, Frame, Tell, join_frames, split_frames};
use tests::hosted::folder;
use tests::pen::{self, Pen};
use trust::Pass;

use crate::Scene;

pub(crate) struct Answer {
    head: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn status(&self) -> u16 {
        self.head.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status")
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

pub(crate) fn request(address: SocketAddr, head: &str, body: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(address).expect("a server");
    let length = body.len();
    let head = format!(
        "{head}\r\nhost: medspil.test\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n"
    );
    // A server that refuses may stop reading before we are done.
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
    let mut all = Vec::new();
    let _ = stream.read_to_end(&mut all);
    let _ = stream.shutdown(Shutdown::Both);
    let end = all.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
    let head = String::from_utf8(all[..end].to_vec()).expect("a plain head");
    Answer { head, body: all[end + 4..].to_vec() }
}

pub(crate) fn get(address: SocketAddr, path: &str, more: &str) -> Answer {
    request(address, &format!("GET {path} HTTP/1.1{more}"), &[])
}

pub(crate) fn pass(address: SocketAddr, pen: &Pen) -> Vec<u8> {
    let Ok(Tell::Challenge(challenge)) = Tell::from_frame(&get(address, "/challenge", "").body)
    else {
        panic!("no challenge")
    };
    Ask::Pass(Pass::sign(challenge, &pen.key)).to_frame()
}

pub(crate) fn sync(address: SocketAddr, frames: Vec<Vec<u8>>) -> (u16, Vec<Tell>) {
    let answer = request(address, "POST /sync HTTP/1.1", &join_frames(frames));
    let status = answer.status();
    let tells = split_frames(&answer.body).ok().filter(|_| status == 200).unwrap_or_default();
    (status, tells.iter().map(|frame| Tell::from_frame(frame).expect("a tell")).collect())
}

#[test]
fn without_a_socket_the_same_questions_get_the_same_answers() {
    let mut scene = Scene::new();
    let (address, document) = (scene.hosted.address(), scene.course.document);
    let mut pen = scene.course.citizen.pen.clone();
    let record = pen.write(document, "over almindelig HTTPS");
    let asks = [pen::push([&record]), pen::pull(document, 0), pen::pull(pen::document(9), 0)];
    let frames = std::iter::once(pass(address, &pen)).chain(asks.iter().map(Frame::to_frame));
    let (status, tells) = sync(address, frames.collect());
    assert_eq!(status, 200);
    let [welcome, Tell::Stored { seq: 2, .. }, Tell::Records(page), gone] = &tells[..] else {
        panic!("{tells:?}")
    };
    assert_eq!(*gone, Tell::Gone(pen::document(9)));
    assert_eq!(page.head, 2);
    // Over the socket it is the same, and the others have heard.
    let mut again = tests::hosted::Visitor::come(address, pen);
    assert!(matches!(welcome, Tell::Welcome { person: Some(_), .. }));
    assert_eq!(again.page(document, 0), *page);
    scene.coordinator.wait_for(|tell| match tell {
        Tell::Records(page) if page.through == 2 => Some(()),
        _ => None,
    });
}

#[test]
fn a_post_as_large_as_an_app_sends_is_read_to_its_end() {
    let scene = Scene::new();
    let (address, document) = (scene.hosted.address(), scene.course.document);
    let mut pen = scene.course.citizen.pen.clone();
    let words = "over almindelig HTTPS ".repeat(100);
    let records: Vec<_> = (0..100).map(|_| pen.write(document, &words)).collect();
    let frames = vec![pass(address, &pen), pen::push(&records).to_frame()];
    let (status, tells) = sync(address, frames);
    let stored = tells.iter().filter(|tell| matches!(tell, Tell::Stored { .. })).count();
    assert_eq!((status, stored), (200, 100));
}

#[test]
fn a_live_frame_may_come_without_a_socket_too() {
    let mut scene = Scene::new();
    let (address, document) = (scene.hosted.address(), scene.course.document);
    let live = Ask::Live { document, payload: vec![1, 2].into() }.to_frame();
    let frames = vec![pass(address, &scene.course.citizen.pen), live];
    assert_eq!(sync(address, frames).1.len(), 1);
    scene.coordinator.wait_for(|tell| matches!(tell, Tell::Live { .. }).then_some(()));
}

#[test]
fn a_pass_works_once_and_only_with_our_challenge() {
    let scene = Scene::new();
    let (address, pen) = (scene.hosted.address(), &scene.course.citizen.pen);
    let good = pass(address, pen);
    assert_eq!(sync(address, vec![good.clone()]).0, 200);
    assert_eq!(sync(address, vec![good]).0, 401);
    let own = Ask::Pass(Pass::sign(trust::Challenge([3; 32]), &pen.key)).to_frame();
    assert_eq!(sync(address, vec![own]).0, 401);
}

#[test]
fn a_body_that_is_none_is_refused_in_a_sentence() {
    let scene = Scene::new();
    let (address, pen) = (scene.hosted.address(), &scene.course.citizen.pen);
    let bad = |body: &[u8]| request(address, "POST /sync HTTP/1.1", body).status();
    assert_eq!(bad(b""), 400);
    assert_eq!(bad(b"\xff\xff\xff\xff"), 400);
    assert_eq!(bad(&join_frames([pen::pull(scene.course.document, 0).to_frame()])), 400);
    assert_eq!(bad(&vec![0; 3 << 20]), 413);
    let frames = vec![pass(address, pen), vec![9, 9]];
    assert!(matches!(sync(address, frames).1[..], [_, Tell::Refused { counter: 0, .. }]));
}

const PAGE: &str = "<p>Medspil</p>";

#[test]
fn the_site_is_served_with_its_siblings_and_nothing_else() {
    let site = folder("site");
    fs::write(site.join("index.html"), PAGE).expect("a page");
    fs::write(site.join("index.html.br"), "brotli").expect("a sibling");
    fs::write(site.join("app-0123456789abcdef.js"), "1").expect("a script");
    fs::write(site.join("app-0123456789abcdef.folded"), "folded").expect("a program");
    let inline = "{\"script-src\":[\"'sha256-1='\",\"'sha256-2='\",\"* x\"],\"style-src\":[\"'sha256-AbC+/=='\"],\
        \"preload\":[\"/app-0123456789abcdef.folded\",\"/app.css\",\"/../x-0123456789abcdef.y\"]}";
    fs::write(site.join("page.json.br"), "brotli").expect("a sibling");
    fs::write(site.join("page.json"), inline).expect("a policy");
    let scene = Scene::with(|config| config.site = site.clone());
    let address = scene.hosted.address();

    let page = get(address, "/", "\r\naccept-encoding: gzip, br");
    assert_eq!((page.status(), page.body.as_slice()), (200, &b"brotli"[..]));
    assert_eq!(page.header("content-encoding"), Some("br"));
    assert_eq!(page.header("cache-control"), Some("no-cache"));
    let policy = page.header("content-security-policy").expect("a policy");
    assert!(policy.contains("style-src 'self' 'sha256-AbC+/==';"), "{policy}");
    assert!(policy.contains("'wasm-unsafe-eval' 'sha256-1=' 'sha256-2=';"), "{policy}");
    assert!(policy.contains("'wasm-unsafe-eval'") && !policy.contains("unsafe-inline"));
    assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(page.header("referrer-policy"), Some("no-referrer"));
    assert_eq!(page.header("x-frame-options"), Some("DENY"));
    let tag = page.header("etag").expect("a tag");
    let known = format!("\r\naccept-encoding: br\r\nif-none-match: {tag}");
    assert_eq!(get(address, "/", &known).status(), 304);

    let program = get(address, "/app-0123456789abcdef.folded", "");
    assert_eq!(program.header("content-type"), Some("application/octet-stream"));
    assert!(program.header("cache-control").is_some_and(|value| value.contains("immutable")));
    assert_eq!(program.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(program.header("link"), None);
    assert_eq!(program.header("content-security-policy"), None, "a part of a page says less");
    let screen = get(address, "/moede/7", "\r\naccept: text/html");
    assert_eq!((screen.status(), screen.body.as_slice()), (200, PAGE.as_bytes()));
    let early = "</app-0123456789abcdef.folded>; rel=preload; as=fetch; crossorigin";
    assert_eq!(screen.header("link"), Some(early), "the program, and nothing without its own hash");
    for path in [
        "/moede/7.js",
        "/page.json",
        "/page.json.br",
        "/../medspil.db",
        "/%2e%2e/medspil.db",
        "/.x",
    ] {
        assert_eq!(get(address, path, "").status(), 404, "{path}");
    }
    let _ = fs::remove_dir_all(site);
}

#[test]
fn an_operator_can_see_how_it_is_and_stop_every_phone() {
    let data = folder("operator");
    let scene = Scene::with(|config| config.data = data.clone());
    let address = scene.hosted.address();
    assert_eq!(get(address, "/healthz", "").status(), 200);
    assert_eq!(get(address, "/readyz", "").status(), 200);
    assert_eq!(get(address, "/kill", "").status(), 404);
    fs::write(data.join("kill"), "").expect("a file");
    let kill = get(address, "/kill", "");
    assert_eq!((kill.status(), kill.body.as_slice()), (200, &b"off"[..]));
    assert_eq!(get(address, "/live", "").status(), 426);
}
