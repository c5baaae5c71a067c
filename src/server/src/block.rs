//! Where somebody comes from: an address, or as many of them as one subscriber is given. Many people may
//! share one, in a shelter or on a mobile network, so it names nobody; it is what somebody without an account
//! cannot have many of.

use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicBool, Ordering};

use axum::http::HeaderMap;
use sync::{Block, ComesFrom};

use crate::log;

/// What proxies usually say it in.
const PROXYS: [&str; 3] = ["x-forwarded-for", "x-real-ip", "forwarded"];

/// A proxy's connection, before it has said for whom it speaks.
pub(crate) const UNKNOWN: Block = Block([0; 8]);

/// One IPv4 address, or a /64 of IPv6.
pub(crate) fn block_of(address: IpAddr) -> Block {
    match address.to_canonical() {
        IpAddr::V4(v4) => {
            // No network of IPv6 begins like this.
            let [a, b, c, d] = v4.octets();
            Block([0, 0, 0xff, 0xff, a, b, c, d])
        }
        IpAddr::V6(v6) => {
            let [a, b, c, d, e, f, g, h, ..] = v6.octets();
            Block([a, b, c, d, e, f, g, h])
        }
    }
}

/// With what is larger than one subscriber and smaller than a country: a /24 of IPv4, or a /48 of IPv6.
pub(crate) fn comes_from(block: Block) -> ComesFrom {
    let Block([a, b, c, d, e, f, g, _]) = block;
    let neighbourhood = if [a, b, c, d] == [0, 0, 0xff, 0xff] {
        Block([a, b, c, d, e, f, g, 0])
    } else {
        Block([a, b, c, d, e, f, 0, 0])
    };
    ComesFrom { block, neighbourhood }
}

/// Where a request comes from: who is at the other end of the connection, or whom the operator's own proxy says
/// it speaks for.
#[derive(Debug)]
pub(crate) struct Origin {
    /// The header in which that proxy names the address; nobody else may name one.
    header: Option<String>,
    noticed: AtomicBool,
}

impl Origin {
    pub(crate) fn new(header: Option<String>) -> Self {
        Self { header, noticed: AtomicBool::new(false) }
    }

    /// Behind a proxy that is not told of everybody has one address, and waits for whoever guesses at codes.
    fn notice_a_proxy(&self, headers: &HeaderMap) {
        let named = PROXYS.iter().any(|name| headers.contains_key(*name));
        if named && !self.noticed.swap(true, Ordering::Relaxed) {
            log::line(
                "Requests name an address they come from. If a proxy does, say --address-header.",
            );
        }
    }

    /// Whom a connection from this address speaks for, before anything is said.
    pub(crate) fn of_connection(&self, address: SocketAddr) -> Block {
        if self.header.is_some() { UNKNOWN } else { block_of(address.ip()) }
    }

    /// Whom a request speaks for; `None` when it does not say.
    pub(crate) fn of_request(&self, headers: &HeaderMap) -> Option<Block> {
        let Some(name) = self.header.as_deref() else {
            self.notice_a_proxy(headers);
            return None;
        };
        // Those before the last are what the client itself has said.
        let value = headers.get_all(name).iter().next_back()?.to_str().ok()?;
        let last = value.rsplit(',').next()?.trim();
        let address = last.parse::<IpAddr>().ok();
        let address = address.or_else(|| Some(last.parse::<SocketAddr>().ok()?.ip()));
        address.map(block_of)
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn block(address: &str) -> Block {
        block_of(address.parse().unwrap())
    }

    #[test]
    fn one_subscriber_is_one_block() {
        assert_eq!(block("2001:db8:1:2::3"), block("2001:db8:1:2:ffff::4"));
        assert_ne!(block("2001:db8:1:2::3"), block("2001:db8:1:3::3"));
        assert_ne!(block("192.0.2.1"), block("192.0.2.2"));
        assert_eq!(block("192.0.2.1"), block("::ffff:192.0.2.1"));
        let near = |address| comes_from(block(address)).neighbourhood;
        assert_eq!(near("192.0.2.1"), near("192.0.2.9"));
        assert_ne!(near("192.0.2.1"), near("192.0.3.1"));
        assert_eq!(near("2001:db8:1:2::3"), near("2001:db8:1:ffff::1"));
        assert_ne!(near("2001:db8:2::1"), near("2001:db8:1:ffff::1"));
    }

    #[test]
    fn only_the_operators_own_proxy_says_where_somebody_comes_from() {
        let proxied = Origin::new(Some("x-forwarded-for".to_owned()));
        let mut headers = HeaderMap::new();
        assert_eq!(proxied.of_request(&headers), None);
        let said = HeaderValue::from_static("198.51.100.7, 192.0.2.1");
        headers.insert("x-forwarded-for", said);
        assert_eq!(proxied.of_request(&headers), Some(block("192.0.2.1")));
        headers.append("x-forwarded-for", HeaderValue::from_static("[2001:db8::1]:4711"));
        assert_eq!(proxied.of_request(&headers), Some(block("2001:db8::1")));
        headers.append("x-forwarded-for", HeaderValue::from_static("unknown"));
        assert_eq!(proxied.of_request(&headers), None);
        assert_eq!(Origin::new(None).of_request(&headers), None);
    }
}
