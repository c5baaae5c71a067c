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

    /// Another network may let sockets through.
    fn meet_network(&self) {
        self.socket_failures.set(0);
        self.wake();
    }

    fn open(&self) {
        self.open_by(patience::way(self.socket_failures.get()));
    }

    fn open_by(&self, way: Way) {
        self.retry.stop();
        let own = self.own.clone();
        let tell: Tell = Rc::new(move |heard| with(&own, |line| line.hear(heard)));
        let connection = match way {
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
            Heard::Opened => self.opened(),
            Heard::Frame(bytes) => (self.say)(Input::Received(bytes)),
            Heard::Lost => self.lose(),
        }
    }

    fn opened(&self) {
        let socket_failures = self.socket_failures.get();
        if self.is_polling() && patience::is_socket_worth_a_try(socket_failures) {
            return self.open_by(Way::Socket);
        }
        if !self.is_polling() {
            self.socket_failures.set(0);
        }
        self.is_open.set(true);
        self.failures.set(0);
        (self.say)(Input::Connected);
    }

    fn is_polling(&self) -> bool {
        matches!(*self.connection.borrow(), Some(Connection::Polling(_)))
    }

    fn lose(&self) {
        let was_open = self.is_open.replace(false);
        if !was_open {
            // Where nothing gets through the socket is not to blame.
            let failures = if self.is_polling() { 0 } else { self.socket_failures.get() + 1 };
            self.socket_failures.set(failures);
        }
        self.connection.take();
        self.failures.set(self.failures.get().saturating_add(1));
        if self.is_wanted.get() {
            let (failures, chance) = (self.failures.get(), js_sys::Math::random());
            self.retry.set(patience::wait_ms(failures, is_visible(), chance));
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
    listen(&window, "online", move || with(&online, Inner::meet_network));
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
