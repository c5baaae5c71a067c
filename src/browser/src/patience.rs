//! How long to wait before trying again, and which way to try.

/// The first wait.
const FIRST_MS: f64 = 500.0;
/// No wait is longer.
const LONGEST_MS: f64 = 30_000.0;
/// A socket that failed this often is taken to be blocked on the way.
const FAILURES_BEFORE_POLLING: u32 = 3;
/// Every so many tries the socket gets one again.
const TRIES_PER_SOCKET: u32 = 20;

/// How to reach the server.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Way {
    /// A WebSocket: live.
    Socket,
    /// Plain HTTPS every few seconds, for networks that let no socket through.
    Polling,
}

/// Which way to try, when the socket has failed this often since it last opened.
pub(crate) fn way(socket_failures: u32) -> Way {
    let socket = socket_failures < FAILURES_BEFORE_POLLING
        || socket_failures.is_multiple_of(TRIES_PER_SOCKET);
    if socket { Way::Socket } else { Way::Polling }
}

/// Milliseconds to wait after this many failures in a row, the first being 1. `chance` is from 0
/// to 1: a server that comes back must not meet everybody in the same second.
pub(crate) fn wait_ms(failures: u32, chance: f64) -> u64 {
    let doubled = FIRST_MS * f64::from(1_u32 << failures.saturating_sub(1).min(16));
    let longest = doubled.min(LONGEST_MS);
    (longest / 2.0 + longest / 2.0 * chance) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_from_half_a_second_to_half_a_minute() {
        let longest = [1, 2, 3, 6, 7, 100].map(|failures| wait_ms(failures, 1.0));
        assert_eq!(longest, [500, 1_000, 2_000, 16_000, 30_000, 30_000]);
        assert_eq!(wait_ms(1, 0.0), 250, "chance takes at most half away");
    }

    #[test]
    fn a_blocked_socket_gives_way_to_polling_and_is_tried_again_now_and_then() {
        let ways = [0, 2, 3, 19, 20, 21].map(way);
        use Way::{Polling, Socket};
        assert_eq!(ways, [Socket, Socket, Polling, Polling, Socket, Polling]);
    }
}
