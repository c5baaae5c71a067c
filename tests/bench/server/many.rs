//! One person founds 12,000 documents, comes in again and again, and invites, while somebody else writes: what
//! it costs must not grow with what is there, and nobody waits for them.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use server::{Config, Pace};
use sync::Stamp;
use sync::limits::DEVICE_FOUNDINGS_A_DAY;
use sync::message::Tell;
use tests::hosted::{Course, Hosted, Staff, Visitor, folder};
use tests::pen::{self, Pen};
use trust::{Change, DocumentId, Hash, Kind, PersonId, Role};

use crate::writer::{Writer, p95};
use crate::{Figure, Volume};

/// As many as an app sends at once.
const PUSH: u64 = 64;
const COMINGS: u64 = 60;
const MOST: Duration = Duration::from_millis(50);
const TIMES_MAX: f64 = 3.0;

pub(crate) fn measure(volume: Volume) -> Figure {
    let documents = volume.pick(3_000, 12_000);
    let clock = Arc::new(AtomicU64::new(1_800_000_000));
    let mut config = Config::sqlite(folder("many"));
    let hands = clock.clone();
    config.clock = Arc::new(move || Stamp { seconds: hands.load(Ordering::Relaxed) });
    config.limits.pace = Pace { frames: 100_000.0, bytes: 1e9, saved_seconds: 10.0 };
    let data = config.data.clone();
    let hosted = Hosted::start(config);
    let address = hosted.address();
    let mut staff = Staff::first(address, hosted.first().expect("an empty database"));
    let mut honest = staff.coordinator(address);
    let quiet = staff.course(&mut honest, address);
    let mut insider = staff.coordinator(address);
    let course = staff.course(&mut insider, address);

    let writer = Writer::start(quiet);
    let times = found(&mut insider, &course, documents, &clock);
    let founding = writer.stop();
    let writer = Writer::start(staff.course(&mut honest, address));
    come_and_invite(address, &insider, &course);
    let coming = writer.stop();
    hosted.stop();
    let _ = std::fs::remove_dir_all(data);

    let tenth = times.len() / 10;
    let sum = |times: &[Duration]| times.iter().sum::<Duration>().as_secs_f64();
    let slower = sum(&times[times.len() - tenth..]) / sum(&times[..tenth]);
    let (founding, coming) = (p95(founding), p95(coming));
    Figure {
        name: "many-documents",
        value: format!(
            "{documents} founded in {:.1} s, the last tenth {slower:.1}× the first; beside it p95 {} ms, beside \
             {COMINGS} comings and codes {} ms",
            sum(&times),
            founding.as_millis(),
            coming.as_millis(),
        ),
        bound: "≤ 3× the first tenth; acknowledgements p95 ≤ 50 ms",
        held: slower <= TIMES_MAX && founding <= MOST && coming <= MOST,
    }
}

/// How long each push took.
fn found(
    insider: &mut Visitor,
    course: &Course,
    documents: u64,
    clock: &AtomicU64,
) -> Vec<Duration> {
    let me = insider.person().expect("a coordinator");
    let citizen = course.citizen.person().expect("a citizen");
    let members = vec![(citizen, Role::Citizen), (me, Role::Coordinator)];
    let parent = Some(course.document);
    let mut times = Vec::new();
    for number in (0..documents).step_by(PUSH as usize) {
        // What a day holds is told elsewhere.
        if number % (DEVICE_FOUNDINGS_A_DAY / 2) < PUSH {
            clock.fetch_add(86_400, Ordering::Relaxed);
        }
        let found = Change::Found { kind: Kind::LifeArea, parent, members: members.clone() };
        let name = |number| scattered(10_000_000 + number);
        let links: Vec<_> = (number..number + PUSH)
            .map(|number| insider.pen.link(name(number), Hash::default(), &found))
            .collect();
        let last = links.last().map(|link| link.header().counter);
        let start = Instant::now();
        insider.ask_for(&pen::push(&links), |tell| match tell {
            Tell::Stored { counter, .. } => (Some(*counter) == last).then_some(()),
            Tell::Refused { .. } | Tell::Wait { .. } => panic!("{tell:?}"),
            _ => None,
        });
        times.push(start.elapsed());
    }
    times
}

/// As random as a document's name is.
fn scattered(number: u64) -> DocumentId {
    let Hash(bytes) = Hash::of_bytes(&number.to_be_bytes());
    DocumentId(bytes[..16].try_into().expect("16 of 32 bytes"))
}

fn come_and_invite(address: SocketAddr, insider: &Visitor, course: &Course) {
    let citizen: PersonId = course.citizen.person().expect("a citizen");
    for number in 0..COMINGS {
        let mut again = Visitor::come(address, insider.pen.clone());
        again.invite(20_000_000 + number, pen::code(5_000_000 + number), citizen, course.document);
        let mut phone = Visitor::come(address, Pen::new(20_000_000 + number));
        phone.redeem(pen::code(5_000_000 + number));
    }
}
