//! What a tool has begun and cannot end at once, because it waits for the disk or for the server. The tools
//! come later than the first screen, so nothing here names one of them.

use std::any::Any;

use sync::message::Tell;

use crate::client::Client;
use crate::effect::Row;

/// What an errand may have waited for.
pub(crate) enum Happened<'a> {
    /// Rows have come from the disk, by the number they were asked for.
    Loaded(u64, &'a [Row]),
    /// The server has said something; what it means for the logs is not done yet.
    Heard(&'a Tell),
    /// All that happened is done.
    Done,
}

/// Something begun. One at a time: the next one ends it.
pub(crate) trait Errand {
    /// Goes on with it. Whether what happened was for this errand alone.
    fn go_on(&mut self, client: &mut Client, happened: Happened<'_>) -> bool;
    /// As whatever it is, for the tool that began it.
    fn as_any(&mut self) -> &mut dyn Any;
    /// The same, to look at.
    fn look(&self) -> &dyn Any;
}

impl Client {
    pub(crate) fn go_on(&mut self, happened: Happened<'_>) -> bool {
        let Some(mut errand) = self.errand.take() else { return false };
        let is_its = errand.go_on(self, happened);
        self.errand = Some(errand);
        is_its
    }
}
