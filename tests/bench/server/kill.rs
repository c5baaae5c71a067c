//! The server is killed again and again while ten clients write. Each keeps an outbox and pushes
//! again by device and counter; what was once acknowledged must be there at the end, at its place.

use std::collections::{BTreeMap, VecDeque};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use sync::message::Tell;
use tests::hosted::{Staff, Visitor, folder};
use tests::pen::{self, Pen};
use trust::{DocumentId, Member, Record, Role};

use crate::program::{Program, build};
use crate::{Figure, Volume};

const CLIENTS: usize = 10;
/// Below the pace a device may keep up.
const WRITE_EVERY: Duration = Duration::from_millis(30);
const BATCH_MAX: usize = 20;
const LIFE_MILLIS: u64 = 700;

/// A client at its end.
struct Witness {
    pen: Pen,
    /// Position and bytes of every record the server said it had stored.
    acknowledged: BTreeMap<u64, Vec<u8>>,
    outbox: VecDeque<Record>,
}

pub(crate) fn measure(volume: Volume) -> Figure {
    let kills = volume.pick(5, 20);
    let (program, data) = (build(), folder("server-kill"));
    let port = TcpListener::bind("127.0.0.1:0").and_then(|port| port.local_addr());
    let port = port.expect("a free port").port();
    let mut server = Program::start(&program, &data, port);
    let (document, pens) = clients(&server);
    let address = server.address;
    let over = Arc::new(AtomicBool::new(false));
    let writers: Vec<_> = pens
        .into_iter()
        .map(|pen| {
            let over = over.clone();
            thread::spawn(move || write(address, document, pen, &over))
        })
        .collect();
    for number in 0..kills {
        // Not at random, but at a different moment of its life each time.
        thread::sleep(Duration::from_millis(150 + number * 311 % LIFE_MILLIS));
        server.kill();
        server = Program::start(&program, &data, port);
    }
    over.store(true, Ordering::Relaxed);
    let witnesses: Vec<Witness> =
        writers.into_iter().map(|writer| writer.join().expect("a writer that ends")).collect();
    let figure = judge(kills, document, address, witnesses);
    drop(server);
    let _ = std::fs::remove_dir_all(data);
    figure
}

/// A course with ten writers in it.
fn clients(server: &Program) -> (DocumentId, Vec<Pen>) {
    let address = server.address;
    let mut staff = Staff::first(address, server.first.expect("an empty database"));
    let mut founder = staff.coordinator(address);
    let mut course = staff.course(&mut founder, address);
    let mut pens = Vec::new();
    for _ in 0..CLIENTS - 2 {
        let other = staff.coordinator(address);
        let person = other.person().expect("a coordinator");
        course.add(person, Member::always(Role::Coordinator));
        pens.push(other.pen);
    }
    pens.extend([founder.pen, course.citizen.pen]);
    (course.document, pens)
}

/// Writes until it is over, and then until everything is acknowledged.
fn write(address: SocketAddr, document: DocumentId, pen: Pen, over: &AtomicBool) -> Witness {
    let mut witness = Witness { pen, acknowledged: BTreeMap::new(), outbox: VecDeque::new() };
    while !over.load(Ordering::Relaxed) || !witness.outbox.is_empty() {
        match Visitor::try_come(address, witness.pen.clone()) {
            // It ends when the server does.
            Ok(visitor) => drop(witness.stay(visitor, document, over)),
            Err(_) => thread::sleep(Duration::from_millis(20)),
        }
    }
    witness
}

impl Witness {
    fn stay(
        &mut self,
        mut visitor: Visitor,
        document: DocumentId,
        over: &AtomicBool,
    ) -> Result<(), tungstenite::Error> {
        loop {
            let writing = !over.load(Ordering::Relaxed);
            if writing {
                let text = format!("{} {}", self.pen.counter, "x".repeat(200));
                let record = self.pen.write(document, &text);
                self.outbox.push_back(record);
            } else if self.outbox.is_empty() {
                return Ok(());
            }
            let waiting = self.outbox.len().min(BATCH_MAX);
            visitor.try_ask(&pen::push(self.outbox.iter().take(waiting)))?;
            let next = Instant::now() + WRITE_EVERY;
            self.hear(&mut visitor, waiting)?;
            thread::sleep(next.saturating_duration_since(Instant::now()));
        }
    }

    /// Hears the answers to so many records; others' records come in between.
    fn hear(&mut self, visitor: &mut Visitor, answers: usize) -> Result<(), tungstenite::Error> {
        for _ in 0..answers {
            loop {
                match visitor.try_hear()? {
                    Tell::Stored { counter, seq, .. } => {
                        let record = self.outbox.pop_front().expect("something was pushed");
                        assert_eq!(record.header().counter, counter, "answers come in order");
                        self.acknowledged.insert(seq, record.into_bytes());
                        break;
                    }
                    Tell::Wait { seconds, .. } => {
                        thread::sleep(Duration::from_secs(seconds));
                        return Ok(());
                    }
                    Tell::Refused { why, .. } => panic!("refused: {why:?}"),
                    _ => {}
                }
            }
        }
        Ok(())
    }
}

fn judge(kills: u64, document: DocumentId, address: SocketAddr, witnesses: Vec<Witness>) -> Figure {
    let logs: Vec<BTreeMap<u64, Vec<u8>>> = witnesses
        .iter()
        .map(|witness| {
            let mut visitor = Visitor::come(address, witness.pen.clone());
            visitor.log(document).into_iter().collect()
        })
        .collect();
    let equal = logs.iter().filter(|log| **log == logs[0]).count();
    let without_gap = logs[0].keys().copied().eq(1..=logs[0].len() as u64);
    let all = witnesses.iter().flat_map(|witness| &witness.acknowledged);
    let (mut acknowledged, mut missing) = (0, 0);
    for (seq, bytes) in all {
        acknowledged += 1;
        missing += usize::from(logs[0].get(seq) != Some(bytes));
    }
    let value = format!(
        "{missing} of {acknowledged} acknowledged missing after {kills} kills, {equal} of {} logs equal",
        logs.len()
    );
    Figure {
        name: "server-kill",
        value,
        bound: "0 missing, every client's log equal",
        held: missing == 0 && equal == CLIENTS && without_gap && acknowledged > kills * 10,
    }
}
