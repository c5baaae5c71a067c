//! A network between a server and its database that swallows what is said without ending a connection.
#![expect(clippy::expect_used, reason = "a test that cannot go on says why")]

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// It passes everything on until it is told not to.
pub struct Network {
    address: SocketAddr,
    /// Of the connections there are, and of those to come.
    swallows: Arc<Mutex<Arc<AtomicBool>>>,
}

impl Network {
    /// A way to this address.
    pub fn to(database: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("a port");
        let swallows = Arc::new(Mutex::new(Arc::new(AtomicBool::new(false))));
        let of_new = swallows.clone();
        thread::spawn(move || {
            while let Ok((here, _)) = listener.accept() {
                let Ok(there) = TcpStream::connect(database) else { continue };
                let swallows = of_new.lock().unwrap_or_else(PoisonError::into_inner).clone();
                for (from, to) in [(&here, &there), (&there, &here)] {
                    let (from, to) = (from.try_clone(), to.try_clone());
                    let swallows = swallows.clone();
                    thread::spawn(move || {
                        pass_on(from.expect("a stream"), to.expect("a stream"), &swallows);
                    });
                }
            }
        });
        Self { address, swallows }
    }

    /// The other end of the way.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Nothing more comes through on the connections there are; new ones are as good as before.
    pub fn swallow(&self) {
        let mut swallows = self.swallows.lock().unwrap_or_else(PoisonError::into_inner);
        swallows.store(true, Ordering::Relaxed);
        *swallows = Arc::new(AtomicBool::new(false));
    }

    /// Nothing comes through on any connection, on new ones neither.
    pub fn swallow_all(&self) {
        self.swallows.lock().unwrap_or_else(PoisonError::into_inner).store(true, Ordering::Relaxed);
    }
}

fn pass_on(mut from: TcpStream, mut to: TcpStream, swallows: &AtomicBool) {
    let mut piece = vec![0; 1 << 16];
    while let Ok(read @ 1..) = from.read(&mut piece) {
        // What is swallowed is held, and so is the connection.
        while swallows.load(Ordering::Relaxed) {
            thread::sleep(Duration::from_millis(50));
        }
        if to.write_all(&piece[..read]).is_err() {
            return;
        }
    }
}
