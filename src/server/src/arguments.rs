//! The words on the command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use server::{Config, Database};

/// How the program is used.
pub(crate) const USAGE: &str = "\
Usage: server [serve] [options]     start the server (the default)
       server invite-lead [options] make a new invitation for the daily lead
       server restored [options]    after restoring a backup: have clients send what it lacks

Options:
  --listen 127.0.0.1:8080    where to listen
  --data .data               the folder for the SQLite file and the operator's `kill` file
  --database postgres://...  keep the rows in PostgreSQL instead
  --site target/site         the built site
  --guide FOLDER             the municipality's own programmes and open places
  --address http://...       what the server is called from outside, for the link it prints
  --address-header NAME      a proxy of your own stands before the server, and writes the client's address last in
                             this header, such as x-forwarded-for
  --room-megabytes N         the SQLite file never grows beyond this";

/// What the program was asked to do.
pub(crate) struct Arguments {
    pub(crate) task: Task,
    pub(crate) listen: SocketAddr,
    pub(crate) address: Option<String>,
    pub(crate) config: Config,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Task {
    Serve,
    InviteLead,
    Restored,
}

/// What is wrong with the words.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Misread {
    #[error("{0} is not something the server can do.\n\n{USAGE}")]
    Unknown(String),
    #[error("{0} needs a value that can be used.\n\n{USAGE}")]
    Value(String),
    #[error("{USAGE}")]
    Help,
}

impl Arguments {
    pub(crate) fn read(words: impl Iterator<Item = String>) -> Result<Self, Misread> {
        let mut read = Self {
            task: Task::Serve,
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            address: None,
            config: Config::sqlite(".data"),
        };
        let mut words = words.peekable();
        while let Some(word) = words.next() {
            match word.as_str() {
                "serve" => read.task = Task::Serve,
                "invite-lead" => read.task = Task::InviteLead,
                "restored" => read.task = Task::Restored,
                "-h" | "--help" => return Err(Misread::Help),
                _ => {
                    let value = words.next().ok_or_else(|| Misread::Value(word.clone()))?;
                    read.set(&word, value)?;
                }
            }
        }
        Ok(read)
    }

    fn set(&mut self, word: &str, value: String) -> Result<(), Misread> {
        let unusable = || Misread::Value(word.to_owned());
        match word {
            "--listen" => self.listen = value.parse().map_err(|_| unusable())?,
            "--data" => self.config.data = PathBuf::from(value),
            "--site" => self.config.site = PathBuf::from(value),
            "--guide" => self.config.guide = Some(PathBuf::from(value)),
            "--address" => self.address = Some(value.trim_end_matches('/').to_owned()),
            "--address-header" => self.config.address_header = Some(value.to_ascii_lowercase()),
            "--database" if value.starts_with("postgres") => {
                self.config.database = Database::Postgres(value);
            }
            "--room-megabytes" => {
                let megabytes: u64 = value.parse().map_err(|_| unusable())?;
                self.config.database = Database::Sqlite { room: Some(megabytes << 20) };
            }
            "--database" => return Err(unusable()),
            _ => return Err(Misread::Unknown(word.to_owned())),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &str) -> Result<Arguments, Misread> {
        Arguments::read(words.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn words_are_read_as_they_are_written() {
        let words = "invite-lead --listen [::1]:9 --data d --guide g --address https://m.dk/ \
                     --address-header X-Forwarded-For";
        let read = read(words).unwrap();
        assert_eq!(read.task, Task::InviteLead);
        assert_eq!(read.listen.port(), 9);
        assert_eq!(read.address.as_deref(), Some("https://m.dk"));
        assert_eq!(read.config.data, PathBuf::from("d"));
        assert_eq!(read.config.guide, Some(PathBuf::from("g")));
        assert_eq!(read.config.address_header.as_deref(), Some("x-forwarded-for"));
    }

    #[test]
    fn a_word_that_means_nothing_is_named() {
        let told = |words| read(words).map(drop).unwrap_err().to_string();
        assert!(told("--lisen 1").starts_with("--lisen is not"));
        assert!(told("--listen nowhere").starts_with("--listen needs"));
        assert!(told("--database mysql://x").starts_with("--database needs"));
        assert!(told("--data").starts_with("--data needs"));
    }
}
