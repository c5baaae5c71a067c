//! A PostgreSQL of our own for the tests: a temporary folder, a free port, nothing turned off.
use crate::{apt, outside, progress};
use anyhow::{Context, Result, bail};
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const PROGRAMS: &str = "/usr/lib/postgresql";
const USER: &str = "medspil";
const READY_LIMIT: Duration = Duration::from_secs(60);

/// A running PostgreSQL; it ends, and its folder goes, when this is dropped.
pub(crate) struct Postgres {
    server: Child,
    folder: PathBuf,
    port: u16,
}

impl Postgres {
    /// Starts one, installing Debian's when there is none.
    pub(crate) fn start() -> Result<Self> {
        let programs = programs()?;
        progress::step("Starting PostgreSQL", || {
            let folder =
                std::env::temp_dir().join(format!("medspil-postgres-{}", std::process::id()));
            fs::create_dir_all(&folder)?;
            let account = account()?;
            if let Some(account) = account {
                outside::read(Command::new("chown").arg(account).arg(&folder))?;
            }
            let mut initdb = as_account(account, &programs.join("initdb"));
            initdb.args([
                "--auth=trust",
                "--encoding=UTF8",
                "--no-locale",
                "--username",
                USER,
                "-D",
            ]);
            outside::read(initdb.arg(folder.join("data")).current_dir(&folder))?;
            let port = free_port()?;
            let mut postgres =
                Self { server: serve(account, &programs, &folder, port)?, folder, port };
            postgres.wait_until_ready(&programs)?;
            Ok(postgres)
        })
    }

    /// The address of the server; whoever tests makes databases of its own in it.
    pub(crate) fn address(&self) -> String {
        format!("postgres://{USER}@127.0.0.1:{}", self.port)
    }

    fn wait_until_ready(&mut self, programs: &Path) -> Result<()> {
        let start = Instant::now();
        while start.elapsed() < READY_LIMIT {
            if let Some(status) = self.server.try_wait()? {
                bail!("PostgreSQL ended at once with {status}; see {}/log.", self.folder.display());
            }
            let mut ask = Command::new(programs.join("pg_isready"));
            ask.args(["-q", "-h", "127.0.0.1", "-p", &self.port.to_string()]);
            if outside::read(&mut ask).is_ok() {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        bail!("PostgreSQL was not ready after {} seconds.", READY_LIMIT.as_secs())
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // SIGINT is PostgreSQL's word for "end now, cleanly". What fails here fails on a folder that
        // is temporary anyway.
        let process = self.server.id().to_string();
        let _ = outside::read(Command::new("kill").args(["-INT", &process]));
        let _ = self.server.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The folder of the newest installed version's programs.
fn programs() -> Result<PathBuf> {
    if let Some(programs) = newest_programs() {
        return Ok(programs);
    }
    apt::install(&["postgresql"], "to test on a real PostgreSQL")?;
    newest_programs()
        .with_context(|| format!("The package postgresql left no initdb under {PROGRAMS}."))
}

fn newest_programs() -> Option<PathBuf> {
    let versions = fs::read_dir(PROGRAMS).ok()?.filter_map(Result::ok);
    let version = |path: &Path| path.file_name()?.to_str()?.parse::<u32>().ok();
    let newest = versions
        .map(|entry| entry.path())
        .filter(|path| path.join("bin/initdb").is_file())
        .max_by_key(|path| version(path))?;
    Some(newest.join("bin"))
}

/// PostgreSQL refuses to run as root; then it runs as one who may do little.
fn account() -> Result<Option<&'static str>> {
    if outside::read(Command::new("id").arg("-u"))?.trim() != "0" {
        return Ok(None);
    }
    let exists = |name: &&str| outside::read(Command::new("id").args(["-u", name])).is_ok();
    let account = ["postgres", "nobody"].into_iter().find(exists);
    account.map(Some).context(
        "Neither of the accounts postgres and nobody exists; PostgreSQL cannot run as root.",
    )
}

fn as_account(account: Option<&str>, program: &Path) -> Command {
    let Some(account) = account else { return Command::new(program) };
    let mut command = Command::new("setpriv");
    command.args([
        format!("--reuid={account}"),
        "--clear-groups".to_owned(),
        "--reset-env".to_owned(),
    ]);
    command.arg(program);
    command
}

fn serve(account: Option<&str>, programs: &Path, folder: &Path, port: u16) -> Result<Child> {
    let log = fs::File::create(folder.join("log"))?;
    let mut postgres = as_account(account, &programs.join("postgres"));
    postgres.arg("-D").arg(folder.join("data")).args(["-p", &port.to_string()]);
    postgres.args(["-c", "listen_addresses=127.0.0.1", "-c", "max_connections=200"]);
    postgres.arg("-c").arg(format!("unix_socket_directories={}", folder.display()));
    postgres.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log).current_dir(folder);
    postgres.spawn().context("PostgreSQL could not be started.")
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}
