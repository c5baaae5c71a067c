//! A real PostgreSQL for one test run: made in a temporary folder, on a socket nobody else has,
//! ended when it is dropped.
#![expect(clippy::expect_used, reason = "a test that cannot go on says why")]

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// Where a test finds a database it may fill: the environment names a server, or we start one.
pub const VARIABLE: &str = "MEDSPIL_TEST_POSTGRES";

/// A server of our own, or somebody's that the environment names.
pub struct Cluster {
    address: String,
    own: Option<Own>,
}

struct Own {
    folder: PathBuf,
    programs: PathBuf,
    port: u16,
    /// Whether the folder is a small disk of its own.
    mounted: bool,
}

static DATABASES: AtomicU32 = AtomicU32::new(0);

impl Cluster {
    /// The server the environment names, or a new one.
    ///
    /// # Panics
    /// When PostgreSQL is not installed: with the package to install.
    pub fn start() -> Self {
        if let Ok(address) = std::env::var(VARIABLE) {
            return Self { address: address.trim_end_matches('/').to_owned(), own: None };
        }
        Self::make(Own::new())
    }

    /// A new server of one's own, to do with as one likes; `None` where there is no PostgreSQL but the one the
    /// environment names.
    pub fn own() -> Option<Self> {
        if std::env::var_os(VARIABLE).is_some() && programs().is_none() {
            return None;
        }
        Some(Self::make(Own::new()))
    }

    /// Stops it and starts it again, as an update of the machine does.
    pub fn restart(&self) {
        let Some(own) = &self.own else { return };
        own.run("pg_ctl", &["-D", &own.data(), "-m", "fast", "-w", "stop"]);
        own.start();
    }

    /// A new server on a disk of so many megabytes; `None` where nobody may mount one, or there is no
    /// PostgreSQL but the one the environment names.
    pub fn on_small_disk(megabytes: u32) -> Option<Self> {
        if std::env::var_os(VARIABLE).is_some() && programs().is_none() {
            return None;
        }
        let mut own = Own::new();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &format!("size={megabytes}m"), "tmpfs"]).arg(&own.folder);
        own.mounted = mount.stderr(Stdio::null()).status().is_ok_and(|status| status.success());
        own.mounted.then(|| Self::make(own))
    }

    fn make(own: Own) -> Self {
        own.initialise();
        own.start();
        Self { address: format!("postgres://medspil@127.0.0.1:{}", own.port), own: Some(own) }
    }

    /// Fills the small disk to the last byte.
    pub fn fill_disk(&self) {
        use std::io::Write;
        let Some(own) = &self.own else { return };
        let mut file = fs::File::create(own.filler()).expect("an empty file");
        for size in [1 << 20, 512] {
            while file.write_all(&vec![0; size]).is_ok() {}
        }
    }

    /// Empties it again, and starts the database where it has given up.
    pub fn make_room(&self) {
        let Some(own) = &self.own else { return };
        fs::remove_file(own.filler()).expect("the filler");
        let data = own.data();
        let runs = own.command("pg_ctl", &["-D", &data, "status"]).status();
        if !runs.is_ok_and(|status| status.success()) {
            own.start();
        }
    }

    /// The address of a new, empty database.
    pub fn database(&self) -> String {
        let number = DATABASES.fetch_add(1, Ordering::Relaxed);
        let name = format!("medspil_{}_{number}", std::process::id());
        let (server, _) = (&self.address, ());
        let mut client = postgres::Client::connect(&format!("{server}/postgres"), postgres::NoTls)
            .expect("the test's PostgreSQL answers");
        client.batch_execute(&format!("CREATE DATABASE {name}")).expect("a new database");
        format!("{server}/{name}")
    }
}

impl Own {
    fn new() -> Self {
        let programs = programs().unwrap_or_else(|| {
            panic!(
                "PostgreSQL is not installed, so what must hold on it cannot be tested. \
                 Install Debian's package `postgresql`, or name a server in {VARIABLE}."
            )
        });
        let port = free_port();
        let folder =
            std::env::temp_dir().join(format!("medspil-postgres-{}-{port}", std::process::id()));
        fs::create_dir_all(&folder).expect("the temporary folder can be written");
        Self { folder, programs, port, mounted: false }
    }

    fn data(&self) -> String {
        self.folder.join("data").to_str().expect("a plain path").to_owned()
    }

    fn filler(&self) -> PathBuf {
        self.folder.join("filler")
    }

    fn initialise(&self) {
        if let Some(owner) = unprivileged(&self.folder) {
            chown(&self.folder, Some(owner.0), Some(owner.1)).expect("the folder is given away");
        }
        let data = self.data();
        let words = ["-U", "medspil", "-A", "trust", "-E", "UTF8", "-N", "--wal-segsize=1"];
        self.run("initdb", &[["-D", &data].as_slice(), &words].concat());
    }

    fn start(&self) {
        let (data, port) = (self.data(), self.port);
        let log = self.folder.join("log");
        let options = format!(
            "-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={} \
             -c shared_buffers=16MB -c max_connections=60",
            self.folder.display()
        );
        let log = log.to_str().expect("a plain path");
        self.run("pg_ctl", &["-D", &data, "-l", log, "-w", "-o", &options, "start"]);
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let done = self.command(program, arguments).status().expect("PostgreSQL's program runs");
        assert!(done.success(), "{program} {arguments:?} failed; see {}", self.folder.display());
    }

    /// PostgreSQL refuses to run as root.
    fn command(&self, program: &str, arguments: &[&str]) -> Command {
        let program = self.programs.join(program);
        let mut command = match unprivileged(&self.folder) {
            Some((user, group)) => {
                let mut command = Command::new("setpriv");
                let (user, group) = (user.to_string(), group.to_string());
                command.args(["--reuid", &user, "--regid", &group, "--clear-groups"]);
                command.arg(program);
                command
            }
            None => Command::new(program),
        };
        command.args(arguments).current_dir(&self.folder);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        let _ = self.command("pg_ctl", &["-D", &self.data(), "-m", "immediate", "stop"]).status();
        if self.mounted {
            let _ = Command::new("umount").arg("--lazy").arg(&self.folder).status();
        }
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The newest installed PostgreSQL, Debian's places first.
fn programs() -> Option<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let version = entry.file_name().to_str()?.parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .filter(|(_, folder)| folder.join("initdb").exists())
        .collect();
    versions.sort();
    let in_path = std::env::var_os("PATH").and_then(|path| {
        std::env::split_paths(&path).find(|folder| folder.join("initdb").exists())
    });
    versions.pop().map(|(_, folder)| folder).or(in_path)
}

/// Whom to be instead of root: user and group 65534, `nobody` everywhere. `None` for who is not root.
fn unprivileged(folder: &Path) -> Option<(u32, u32)> {
    let root = fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0);
    (root && folder.exists()).then_some((65534, 65534))
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("a port").port()
}
