//! Who comes in: each connection gets a place and is served until it ends, is upgraded, has lost its place, or the
//! server stops.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::Service;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::{TowerToHyperService, TowerToHyperServiceFuture};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::sleep;

use crate::hub::{Hub, stopped};
use crate::places::Place;
use crate::watched::Watched;

/// For the head of a request to arrive, the next one on the same connection too.
const HEAD_SECONDS: u64 = 15;
/// What one connection may buffer of a request's head and body.
const HTTP_BUFFER_BYTES: usize = 16 * 1024;

/// Takes in whoever comes, until the server stops.
pub(crate) async fn accept(listener: TcpListener, routes: Router, hub: Arc<Hub>) {
    let mut stopping = hub.stopping.subscribe();
    loop {
        tokio::select! {
            () = stopped(&mut stopping) => return,
            accepted = listener.accept() => match accepted {
                Ok((stream, address)) => seat(stream, address, &routes, &hub),
                // Too many open files, most likely: they close by themselves.
                Err(_) => sleep(Duration::from_millis(100)).await,
            },
        }
    }
}

fn seat(stream: TcpStream, address: SocketAddr, routes: &Router, hub: &Arc<Hub>) {
    // Where there is no place the connection ends by being dropped.
    if let Some(place) = hub.places.enter(hub.origin.of_connection(address)) {
        let routes = Seated { routes: routes.clone(), place: place.clone(), hub: hub.clone() };
        let stopping = hub.stopping.subscribe();
        // A live frame waits for no other.
        let _ = stream.set_nodelay(true);
        tokio::spawn(visit(Watched::new(stream, place), routes, stopping));
    }
}

/// The routes, for one connection: each request carries its place along.
struct Seated {
    routes: Router,
    place: Arc<Place>,
    hub: Arc<Hub>,
}

impl Service<Request<Incoming>> for Seated {
    type Response = axum::response::Response;
    type Error = std::convert::Infallible;
    type Future = TowerToHyperServiceFuture<Router, Request<Incoming>>;

    fn call(&self, mut request: Request<Incoming>) -> Self::Future {
        if let Some(block) = self.hub.origin.of_request(request.headers()) {
            self.place.comes_from(block);
        }
        request.extensions_mut().insert(self.place.clone());
        TowerToHyperService::new(self.routes.clone()).call(request)
    }
}

async fn visit(stream: Watched<TcpStream>, routes: Seated, mut stopping: watch::Receiver<bool>) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new());
    http.header_read_timeout(Duration::from_secs(HEAD_SECONDS));
    http.max_buf_size(HTTP_BUFFER_BYTES);
    let place = routes.place.clone();
    let connection = http.serve_connection(TokioIo::new(stream), routes).with_upgrades();
    let mut connection = std::pin::pin!(connection);
    // What a connection ends with concerns nobody but the one who made it.
    tokio::select! {
        _ = connection.as_mut() => return,
        () = place.lost() => return,
        () = stopped(&mut stopping) => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = connection.await;
}
