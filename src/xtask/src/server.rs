//! Our server as a program beside us: built, started, waited for, and ended.
use crate::house::House;
use crate::{outside, progress};
use anyhow::{Context, Result, bail};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

/// A server that is not ready by then never will be.
const READY_LIMIT: Duration = Duration::from_secs(30);
const ASK_EVERY: Duration = Duration::from_millis(50);

/// Builds it as it would run for people, and says where the program is.
pub(crate) fn build(house: &House) -> Result<PathBuf> {
    if !house.join("src/server/src/main.rs").exists() {
        bail!("There is no server program yet: src/server/src/main.rs is missing.");
    }
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--release", "--package", "server", "--bin", "server"]);
    cargo.current_dir(house.root());
    progress::speaking_step("Compiling the server", || outside::run(&mut cargo))?;
    Ok(house.target().join("release/server"))
}

/// Waits until the server says that it can take requests, or has ended.
pub(crate) fn wait_until_ready(server: &mut Child, address: SocketAddr) -> Result<()> {
    let start = Instant::now();
    while start.elapsed() < READY_LIMIT {
        if let Some(status) = server.try_wait()? {
            bail!("The server ended at once with {status}; what it said stands above.");
        }
        if is_ready(address) {
            return Ok(());
        }
        std::thread::sleep(ASK_EVERY);
    }
    bail!("The server was not ready after {} seconds.", READY_LIMIT.as_secs())
}

fn is_ready(address: SocketAddr) -> bool {
    let ask = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        stream
            .write_all(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    };
    ask().is_ok_and(|answer| answer.starts_with("HTTP/1.1 200"))
}

/// Asks the process to end, as Ctrl-C would.
pub(crate) fn ask_to_end(process: u32) -> Result<()> {
    let process = process.to_string();
    outside::read(Command::new("kill").args(["-TERM", &process]))
        .map(drop)
        .with_context(|| format!("Process {process} could not be told to end."))
}
