//! The program where it may open few files, as most machines let one at first: somebody holds more connections
//! open than there are files, and others are answered all the while.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const FILES: usize = 1024;
const SOON: Duration = Duration::from_secs(2);

struct Program(Child, SocketAddr);

impl Program {
    fn start(data: &std::path::Path) -> Self {
        let mut child = Command::new("sh")
            .args([
                "-c",
                &format!("ulimit -n {FILES}; exec \"$0\" --listen 127.0.0.1:0 --data \"$1\""),
            ])
            .arg(env!("CARGO_BIN_EXE_server"))
            .arg(data)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let said = BufReader::new(child.stdout.take().expect("its words"));
        let listens = said.lines().map_while(Result::ok).find_map(|line| {
            line.strip_prefix("Listening on http://").map(|address| address.parse().unwrap())
        });
        Self(child, listens.expect("it listens"))
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn is_ready(address: SocketAddr) -> bool {
    let mut stream = TcpStream::connect(address).expect("a connection");
    stream.set_read_timeout(Some(Duration::from_secs(10))).expect("a timeout");
    let head = "GET /readyz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    stream.write_all(head.as_bytes()).expect("a request");
    let mut said = String::new();
    let _ = stream.read_to_string(&mut said);
    said.starts_with("HTTP/1.1 200")
}

#[test]
fn more_unfinished_bodies_than_files_hold_up_nobody() {
    let data = std::env::temp_dir().join(format!("medspil-few-files-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&data);
    let program = Program::start(&data);
    let mut held = Vec::new();
    for number in 0..1_100 {
        let mut stream = TcpStream::connect(program.1).expect("a connection");
        let head = "POST /sync HTTP/1.1\r\nhost: x\r\ncontent-length: 100000\r\n\r\n\0\0";
        let _ = stream.write_all(head.as_bytes());
        held.push(stream);
        if number % 100 == 99 {
            #[expect(clippy::disallowed_methods, reason = "the test measures time")]
            let start = Instant::now();
            assert!(is_ready(program.1), "with {number} held");
            assert!(start.elapsed() < SOON, "{:?} with {number} held", start.elapsed());
        }
    }
    drop(program);
    let _ = std::fs::remove_dir_all(data);
}
