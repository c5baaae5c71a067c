//! A device whose date is wrong.

use domain::Day;

use crate::client::{Client, Query, Topic};

/// Is the date of this device wrong by more than a day?
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct WrongDate;

/// What the device says, and what day it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct WrongDateView {
    /// The device's own day.
    pub device: Day,
    /// The day by the server's clock.
    pub server: Day,
}

impl Query for WrongDate {
    type View = Option<WrongDateView>;

    fn topics(&self, _: &Client) -> Vec<Topic> {
        vec![Topic::Clock]
    }

    fn look(&self, client: &Client) -> Self::View {
        let (device, server) = client.own_clock.wrong_day()?;
        Some(WrongDateView { device, server })
    }
}
