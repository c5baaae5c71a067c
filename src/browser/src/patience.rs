//! How long to wait before trying again, and which way to try.

/// The first wait.
const FIRST_MS: f64 = 500.0;
/// No wait is longer while nobody looks.
const LONGEST_MS: f64 = 30_000.0;
/// No wait is longer while somebody looks: they are to see soon that the network is back.
const LONGEST_SEEN_MS: f64 = 3_000.0;
/// A socket that failed this often may be blocked on the way, or the server may be away.
const FAILURES_BEFORE_POLLING: u32 = 3;

/// How to reach the server.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Way {
    /// A WebSocket: live.
    Socket,
    /// Plain HTTPS every few seconds, for networks that let no socket through.
    Polling,
}

/// Which way to try, when the socket has failed this often since the server last answered.
pub(crate) fn way(socket_failures: u32) -> Way {
    if socket_failures < FAILURES_BEFORE_POLLING { Way::Socket } else { Way::Polling }
}

/// Whether a server that answers plain HTTPS is to be asked for a socket once more: it may have
/// been away when the socket failed. One more failure, and the socket is taken to be blocked.
pub(crate) fn is_socket_worth_a_try(socket_failures: u32) -> bool {
    socket_failures <= FAILURES_BEFORE_POLLING
}

/// Milliseconds to wait after this many failures in a row, the first being 1. `chance` is from 0
/// to 1: a server that comes back must not meet everybody in the same second.
pub(crate) fn wait_ms(failures: u32, is_seen: bool, chance: f64) -> u64 {
    let doubled = FIRST_MS * f64::from(1_u32 << failures.saturating_sub(1).min(16));
    let longest = doubled.min(if is_seen { LONGEST_SEEN_MS } else { LONGEST_MS });
    (longest / 2.0 + longest / 2.0 * chance) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_from_half_a_second_to_half_a_minute() {
        let longest = [1, 2, 3, 6, 7, 100].map(|failures| wait_ms(failures, false, 1.0));
        assert_eq!(longest, [500, 1_000, 2_000, 16_000, 30_000, 30_000]);
        assert_eq!(wait_ms(1, false, 0.0), 250, "chance takes at most half away");
    }

    #[test]
    fn whoever_looks_waits_three_seconds_at_most() {
        assert_eq!([1, 4, 100].map(|failures| wait_ms(failures, true, 1.0)), [500, 3_000, 3_000]);
    }

    #[test]
    fn a_socket_gets_one_more_try_when_the_server_answers_otherwise() {
        use Way::{Polling, Socket};
        assert_eq!([0, 2, 3, 4].map(way), [Socket, Socket, Polling, Polling]);
        assert_eq!([3, 4].map(is_socket_worth_a_try), [true, false]);
    }
}
