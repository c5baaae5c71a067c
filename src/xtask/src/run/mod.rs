//! `run`: everything that is needed to open Medspil on this machine, from nothing.
pub(crate) mod demo;
mod qr;

use crate::arguments::Arguments;
use crate::build::{self, Finish};
use crate::house::House;
use crate::{progress, server};
use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader, Lines};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

const LISTEN: &str = "127.0.0.1:8080";
const DATA: &str = ".data";

/// What `run` was asked to do.
struct Wishes {
    listen: SocketAddr,
    data: PathBuf,
    /// PostgreSQL instead of the SQLite file.
    database: Option<String>,
    fresh: bool,
    empty: bool,
    dev: bool,
}

impl Wishes {
    fn read(house: &House, mut arguments: Arguments) -> Result<Self> {
        let listen = arguments.value("--listen")?.unwrap_or_else(|| LISTEN.to_owned());
        let wishes = Self {
            listen: listen.parse().with_context(|| {
                format!("`--listen {listen}` is not an address such as {LISTEN}.")
            })?,
            data: house.join(arguments.value("--data")?.unwrap_or_else(|| DATA.to_owned())),
            database: arguments.value("--database")?,
            fresh: arguments.flag("--fresh"),
            empty: arguments.flag("--empty"),
            dev: arguments.flag("--dev"),
        };
        arguments.end()?;
        if wishes.fresh && wishes.database.is_some() {
            bail!("`--fresh` empties the folder of data; a PostgreSQL database is yours to empty.");
        }
        Ok(wishes)
    }

    /// What people type: the name that a browser treats as safe without a certificate.
    fn address(&self) -> String {
        let host = if self.listen.ip().is_loopback() {
            "localhost".to_owned()
        } else {
            self.listen.ip().to_string()
        };
        format!("http://{host}:{}", self.listen.port())
    }
}

/// The verb `run`.
pub(crate) fn run(house: &House, arguments: Arguments) -> Result<()> {
    let wishes = Wishes::read(house, arguments)?;
    let finish = if wishes.dev { Finish::Development } else { Finish::Published };
    build::site(house, finish)?;
    let program = server::build(house)?;
    let maker = if wishes.empty { None } else { Some(demo::build(house)?) };
    if wishes.fresh && wishes.data.exists() {
        std::fs::remove_dir_all(&wishes.data)
            .with_context(|| format!("{} cannot be emptied.", wishes.data.display()))?;
    }
    let mut server = start(house, &program, &wishes)?;
    end_with_us(&server)?;
    let said = server.stdout.take().context("The server's words cannot be read.")?;
    let mut said = BufReader::new(said).lines();
    let first = first_code(&mut said);
    server::wait_until_ready(&mut server, wishes.listen)?;
    match maker {
        Some(maker) => demo::open(&maker, &wishes, first.as_deref())?,
        None => first.iter().for_each(|code| invite_lead(&wishes, code)),
    }
    let reader = std::thread::spawn(move || repeat(said));
    println!("Medspil is open at {}. Ctrl-C ends it.", wishes.address());
    let status = server.wait()?;
    // Nothing is left to say once the server has ended.
    let _ = reader.join();
    if !status.success() {
        bail!("The server ended with {status}.");
    }
    progress::note("Medspil has ended; what was written is kept.");
    Ok(())
}

fn start(house: &House, program: &Path, wishes: &Wishes) -> Result<Child> {
    let mut command = Command::new(program);
    command.arg("--listen").arg(wishes.listen.to_string());
    command.arg("--address").arg(wishes.address());
    command.arg("--data").arg(&wishes.data).arg("--site").arg(house.site());
    if !wishes.empty {
        command.arg("--guide").arg(house.join("tests/demo/guide"));
    }
    if let Some(database) = &wishes.database {
        command.arg("--database").arg(database);
    }
    command.stdout(Stdio::piped()).stdin(Stdio::null());
    command.spawn().with_context(|| format!("{} could not be started.", program.display()))
}

/// Ctrl-C reaches the server too, which then ends cleanly; we only wait for it. Whoever ends us alone
/// ends the server with us.
fn end_with_us(server: &Child) -> Result<()> {
    let process = server.id();
    ctrlc::set_handler(move || {
        // It may have ended already.
        let _ = server::ask_to_end(process);
    })
    .context("Ctrl-C cannot be listened for.")
}

/// What the server says when it starts, up to the line that says it listens: the daily lead's first
/// code, when its database was empty.
fn first_code(said: &mut Lines<BufReader<ChildStdout>>) -> Option<String> {
    let mut code = None;
    for line in said.map_while(Result::ok) {
        if let Some((_, found)) = line.split_once("/#kode=") {
            code = Some(found.trim().to_owned());
        }
        if line.starts_with("Listening") {
            break;
        }
    }
    code
}

fn invite_lead(wishes: &Wishes, code: &str) {
    println!("The first invitation, for the daily lead (once, within 24 hours):");
    show_link(&format!("{}/#kode={code}", wishes.address()));
}

/// A link, and the same for a phone's camera.
fn show_link(link: &str) {
    println!("{link}");
    match qr::drawn(link) {
        Ok(picture) => println!("{picture}"),
        Err(refusal) => eprintln!("{refusal:#}"),
    }
}

/// Passes on what the server says.
fn repeat(said: Lines<BufReader<ChildStdout>>) {
    for line in said.map_while(Result::ok) {
        println!("{line}");
    }
}
