//! What time it is.

use client::Now;

/// Milliseconds since 1970 by the device's clock.
pub fn wall_ms() -> u64 {
    js_sys::Date::now() as u64
}

/// Now, by the page's own clock and by the device's.
pub(crate) fn now() -> Now {
    let performance = web_sys::window().and_then(|window| window.performance());
    let date = js_sys::Date::new_0();
    Now {
        steady_ms: performance.map_or(0.0, |performance| performance.now()) as u64,
        wall_ms: date.get_time() as i64,
        // JavaScript says how far UTC is ahead; we say how far we are.
        zone_minutes: -(date.get_timezone_offset() as i32),
    }
}
