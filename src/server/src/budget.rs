//! How much one device may send in a while. By device and not by address: a whole library, a
//! shelter or a mobile network shares one address.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use trust::DeviceId;

/// How fast a device may go on, and how much it may send at once after a rest.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Frames a second.
    pub frames: f64,
    /// Bytes a second.
    pub bytes: f64,
    /// Seconds' worth of rest that can be saved up.
    pub saved_seconds: f64,
}

impl Default for Pace {
    /// A person types 10 keys a second; 40 frames leave room for carets and a whole outbox after
    /// an offline week.
    fn default() -> Self {
        Self { frames: 40.0, bytes: 512.0 * 1024.0, saved_seconds: 15.0 }
    }
}

/// Forgotten when they are full again, looked at when there are this many, and twice as many as the last time.
const BUCKETS_MIN: usize = 4096;
/// What coming in costs, in frames: a welcome may be long.
const ENTRY_FRAMES: f64 = 8.0;

/// Of those devices that are somebody's. One that is nobody's can be made up at will, and has no budget here.
#[derive(Debug)]
pub(crate) struct Budgets {
    pace: Pace,
    buckets: Mutex<Buckets>,
}

#[derive(Debug)]
struct Buckets {
    of: HashMap<DeviceId, Bucket>,
    look_at: usize,
}

#[derive(Clone, Copy, Debug)]
struct Bucket {
    frames: f64,
    bytes: f64,
    at: Instant,
}

impl Budgets {
    pub(crate) fn new(pace: Pace) -> Self {
        let buckets = Buckets { of: HashMap::new(), look_at: BUCKETS_MIN };
        Self { pace, buckets: Mutex::new(buckets) }
    }

    /// Takes one frame of this size from the device's budget, or says after how many seconds there
    /// is room for it.
    pub(crate) fn take(&self, device: DeviceId, bytes: usize, now: Instant) -> Result<(), u64> {
        self.take_frames(device, (1.0, bytes), now)
    }

    /// Takes what coming in costs.
    pub(crate) fn take_entry(&self, device: DeviceId, now: Instant) -> Result<(), u64> {
        self.take_frames(device, (ENTRY_FRAMES, 0), now)
    }

    fn take_frames(
        &self,
        device: DeviceId,
        (frames, bytes): (f64, usize),
        now: Instant,
    ) -> Result<(), u64> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.of.len() >= buckets.look_at {
            let saved = self.pace.frames_saved();
            buckets.of.retain(|_, bucket| bucket.frames_at(self.pace, now) < saved);
            buckets.look_at = BUCKETS_MIN.max(2 * buckets.of.len());
        }
        let full =
            Bucket { frames: self.pace.frames_saved(), bytes: self.pace.bytes_saved(), at: now };
        let bucket = buckets.of.entry(device).or_insert(full);
        *bucket = Bucket {
            frames: bucket.frames_at(self.pace, now),
            bytes: bucket.bytes_at(self.pace, now),
            at: now,
        };
        #[expect(clippy::cast_precision_loss, reason = "a frame is at most a megabyte")]
        let size = bytes as f64;
        let lacking = ((frames - bucket.frames) / self.pace.frames)
            .max((size - bucket.bytes) / self.pace.bytes);
        if lacking > 0.0 {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "positive"
            )]
            return Err(lacking.ceil() as u64);
        }
        bucket.frames -= frames;
        bucket.bytes -= size;
        Ok(())
    }
}

impl Pace {
    fn frames_saved(self) -> f64 {
        self.frames * self.saved_seconds
    }

    fn bytes_saved(self) -> f64 {
        self.bytes * self.saved_seconds
    }
}

impl Bucket {
    fn frames_at(&self, pace: Pace, now: Instant) -> f64 {
        let rest = now.saturating_duration_since(self.at).as_secs_f64();
        (self.frames + rest * pace.frames).min(pace.frames_saved())
    }

    fn bytes_at(&self, pace: Pace, now: Instant) -> f64 {
        let rest = now.saturating_duration_since(self.at).as_secs_f64();
        (self.bytes + rest * pace.bytes).min(pace.bytes_saved())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const DEVICE: DeviceId = DeviceId([1; 32]);
    const PACE: Pace = Pace { frames: 2.0, bytes: 1000.0, saved_seconds: 2.0 };

    #[test]
    fn a_device_that_sends_too_fast_is_told_how_long_to_wait() {
        let budgets = Budgets::new(PACE);
        let start = Instant::now();
        for _ in 0..4 {
            assert_eq!(budgets.take(DEVICE, 10, start), Ok(()));
        }
        assert_eq!(budgets.take(DEVICE, 10, start), Err(1));
        assert_eq!(budgets.take(DeviceId([2; 32]), 10, start), Ok(()), "others are not touched");
        assert_eq!(budgets.take(DEVICE, 10, start + Duration::from_secs(1)), Ok(()));
    }

    #[test]
    fn bytes_count_too() {
        let budgets = Budgets::new(PACE);
        let start = Instant::now();
        assert_eq!(budgets.take(DEVICE, 2000, start), Ok(()));
        assert_eq!(budgets.take(DEVICE, 1500, start), Err(2));
        assert_eq!(budgets.take(DEVICE, 1500, start + Duration::from_secs(2)), Ok(()));
    }
}
