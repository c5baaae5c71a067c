//! The real server as a process of its own.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use trust::Code;

/// A running server; killed when it is dropped.
pub(crate) struct Program {
    child: Child,
    pub(crate) address: SocketAddr,
    pub(crate) first: Option<Code>,
}

/// Builds the server as it would run for people; returns the program.
pub(crate) fn build() -> PathBuf {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let here = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let built = Command::new(cargo)
        .args(["build", "--quiet", "--release", "--package", "server", "--bin", "server"])
        .current_dir(here)
        .status()
        .expect("cargo runs");
    assert!(built.success(), "the server does not build");
    let own = std::env::current_exe().expect("this program has a place");
    let release = own.parent().and_then(Path::parent).expect("a target folder").join("release");
    release.join("server")
}

impl Program {
    /// Starts it, and waits until it listens. Port 0 is a free one. The site is what lies in the data folder's `site`.
    pub(crate) fn start(program: &Path, data: &Path, port: u16) -> Self {
        let mut child = Command::new(program)
            .args(["--listen", &format!("127.0.0.1:{port}"), "--data"])
            .arg(data)
            .arg("--site")
            .arg(data.join("site"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let said = BufReader::new(child.stdout.take().expect("its words"));
        let mut first = None;
        for line in said.lines() {
            let line = line.expect("a line");
            if line.starts_with("Invitation") {
                first = line.rsplit_once(": ").and_then(|(_, code)| Code::read(code).ok());
            }
            if let Some(address) = line.strip_prefix("Listening on http://") {
                let address = address.parse().expect("an address");
                return Self { child, address, first };
            }
        }
        panic!("the server ended before it listened: {:?}", child.wait());
    }

    /// Ends it in the middle of whatever it does.
    pub(crate) fn kill(mut self) {
        self.child.kill().expect("a process to kill");
        self.child.wait().expect("a process that ends");
    }

    /// What it holds of the machine's memory, in bytes.
    pub(crate) fn resident_bytes(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.expect("Linux tells what a process uses");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
        kilobytes.expect("a number of kilobytes") * 1024
    }

    /// How many files and connections it holds open.
    pub(crate) fn open_files(&self) -> usize {
        let files = std::fs::read_dir(format!("/proc/{}/fd", self.child.id()));
        files.expect("Linux tells what a process has open").count()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
