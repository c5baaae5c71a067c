//! The line to the server: one connection at a time, opened again with patience when it is lost.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use client::Input;

use crate::Say;
use crate::event::{is_visible, listen};
use crate::patience::{self, Way};
use crate::polling::Polling;
use crate::socket::Socket;
use crate::timer::Timer;

/// What a connection tells its line.
pub(crate) enum Heard {
    /// It is open.
    Opened,
    /// A frame has come.
    Frame(Vec<u8>),
    /// It is over, or never opened.
    Lost,
}

/// How a connection tells it.
pub(crate) type Tell = Rc<dyn Fn(Heard)>;

/// The line.
pub(crate) struct Line(Rc<Inner>);

struct Inner {
    say: Say,
    own: Weak<Inner>,
    is_wanted: Cell<bool>,
    is_open: Cell<bool>,
    connection: RefCell<Option<Connection>>,
    failures: Cell<u32>,
    socket_failures: Cell<u32>,
    retry: Timer,
}

enum Connection {
    Socket(Socket),
    Polling(Polling),
}

impl Line {
    /// A line that is not wanted yet.
    pub(crate) fn new(say: Say) -> Self {
        let inner = Rc::new_cyclic(|own: &Weak<Inner>| {
            let retried = own.clone();
            Inner {
                say,
                own: own.clone(),
                is_wanted: Cell::new(false),
                is_open: Cell::new(false),
                connection: RefCell::new(None),
                failures: Cell::new(0),
                socket_failures: Cell::new(0),
                retry: Timer::new(move || with(&retried, Inner::open)),
            }
        });
        wake_with_the_page(&inner);
        Self(inner)
    }

    /// Have a connection from now on.
    pub(crate) fn connect(&self) {
        self.0.is_wanted.set(true);
        self.0.wake();
    }

    /// Have none.
    pub(crate) fn disconnect(&self) {
        self.0.is_wanted.set(false);
        self.0.retry.stop();
        self.0.is_open.set(false);
        self.0.connection.take();
    }

    /// Sends a frame, if there is a connection. A connection that takes no more is given up: the
    /// client sends what was not answered again on the next one.
    pub(crate) fn send(&self, frame: &[u8]) {
        let taken = match &*self.0.connection.borrow() {
            Some(Connection::Socket(socket)) => socket.send(frame),
            Some(Connection::Polling(polling)) => polling.send(frame),
            None => true,
        };
        if !taken {
            self.0.hear(Heard::Lost);
        }
    }
}

impl Inner {
    fn wake(&self) {
        if self.is_wanted.get() && self.connection.borrow().is_none() {
            self.open();
        }
    }

    fn open(&self) {
        self.retry.stop();
        let own = self.own.clone();
        let tell: Tell = Rc::new(move |heard| with(&own, |line| line.hear(heard)));
        let connection = match patience::way(self.socket_failures.get()) {
            Way::Socket => Socket::open(tell).map(Connection::Socket),
            Way::Polling => Some(Connection::Polling(Polling::open(tell))),
        };
        let failed = connection.is_none();
        self.connection.replace(connection);
        if failed {
            self.lose();
        }
    }

    fn hear(&self, heard: Heard) {
        match heard {
            Heard::Opened => {
                self.is_open.set(true);
                self.failures.set(0);
                if let Some(Connection::Socket(_)) = &*self.connection.borrow() {
                    self.socket_failures.set(0);
                }
                (self.say)(Input::Connected);
            }
            Heard::Frame(bytes) => (self.say)(Input::Received(bytes)),
            Heard::Lost => self.lose(),
        }
    }

    fn lose(&self) {
        let was_open = self.is_open.replace(false);
        // A poll that fails counts too, so that the socket gets its turn now and then.
        if !was_open {
            self.socket_failures.set(self.socket_failures.get().saturating_add(1));
        }
        self.connection.take();
        self.failures.set(self.failures.get().saturating_add(1));
        if self.is_wanted.get() {
            self.retry.set(patience::wait_ms(self.failures.get(), js_sys::Math::random()));
        }
        if was_open {
            (self.say)(Input::Disconnected);
        }
    }
}

/// The network is back, or the person is: no more patience.
fn wake_with_the_page(line: &Rc<Inner>) {
    let Some(window) = web_sys::window() else { return };
    let online = Rc::downgrade(line);
    listen(&window, "online", move || with(&online, Inner::wake));
    let Some(document) = window.document() else { return };
    let shown = Rc::downgrade(line);
    listen(&document, "visibilitychange", move || {
        if is_visible() {
            with(&shown, Inner::wake);
        }
    });
}

fn with(line: &Weak<Inner>, what: impl FnOnce(&Inner)) {
    if let Some(line) = line.upgrade() {
        what(&line);
    }
}
