//! What 300 connected devices cost: each welcomed, each in a course, each having written.

use std::time::Duration;

use tests::hosted::{Staff, Visitor, folder};

use crate::Figure;
use crate::program::{Program, build};

const COORDINATORS: usize = 30;
const CITIZENS_EACH: usize = 9;
const BYTES_MAX: u64 = 20 * 1_000_000;

pub(crate) fn measure() -> Figure {
    let data = folder("memory");
    let program = Program::start(&build(), &data, 0);
    let empty = program.resident_bytes();
    let mut staff = Staff::first(program.address, program.first.expect("an empty database"));
    let mut connected: Vec<Visitor> = Vec::new();
    for _ in 0..COORDINATORS {
        let mut coordinator = staff.coordinator(program.address);
        for _ in 0..CITIZENS_EACH {
            let mut course = staff.course(&mut coordinator, program.address);
            let record = course.citizen.pen.write(course.document, "min bolig");
            course.citizen.keep(&record);
            connected.push(course.citizen);
        }
        connected.push(coordinator);
    }
    // A little later, when everything that was done for it is put away.
    std::thread::sleep(Duration::from_secs(2));
    let full = program.resident_bytes();
    for visitor in &mut connected {
        // They are all still there.
        visitor.ask_for(&tests::pen::pull(tests::pen::document(0), 0), |_| Some(()));
    }
    eprintln!("{} devices, {empty} bytes before", connected.len());
    drop(program);
    let _ = std::fs::remove_dir_all(data);
    Figure {
        name: "memory",
        value: format!("{:.1} MB with {} devices", full as f64 / 1e6, connected.len()),
        bound: "≤ 20 MB with 300 connected devices",
        held: full <= BYTES_MAX && connected.len() >= 300,
    }
}
