//! How far a file has come, on its way out or in.

use crate::client::{Client, Query, Topic};
use crate::file::{FileFault, HandedOut, MakingFile, TakingIn};

/// Is the file made?
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FileOut;

/// How far a file on its way out has come.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FileOutView {
    /// Whether it can be made.
    pub is_ready: bool,
    /// The one that was made last.
    pub file: Option<HandedOut>,
}

/// Is the file in?
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FileIn;

/// How far a file on its way in has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum FileInView {
    /// There is none.
    #[default]
    None,
    /// It is being read.
    Reading,
    /// It cannot come in, and nothing has changed.
    Stopped(FileFault),
    /// It is read, and waits for the network.
    Waiting,
    /// It is coming in.
    ComingIn,
    /// Everything in it was here before.
    Known,
    /// It is in.
    In {
        /// How much came in.
        came_in: usize,
        /// How much the server would not have.
        refused: usize,
        /// Whether somebody was let in by it who is not any longer: that is a new yes, or none.
        asks_consent: bool,
    },
}

impl Query for FileOut {
    type View = FileOutView;

    fn topics(&self, _: &Client) -> Vec<Topic> {
        vec![Topic::Errand]
    }

    fn look(&self, client: &Client) -> FileOutView {
        let making = client.errand_as::<MakingFile>();
        let view = |making: &MakingFile| FileOutView {
            is_ready: making.is_ready(),
            file: making.file.clone(),
        };
        making.map(view).unwrap_or_default()
    }
}

impl Query for FileIn {
    type View = FileInView;

    fn topics(&self, _: &Client) -> Vec<Topic> {
        vec![Topic::Errand, Topic::Saving]
    }

    fn look(&self, client: &Client) -> FileInView {
        client.errand_as::<TakingIn>().map(|taking| taking.view(client)).unwrap_or_default()
    }
}

impl Client {
    pub(super) fn errand_as<T: 'static>(&self) -> Option<&T> {
        self.errand.as_ref()?.look().downcast_ref()
    }
}
