//! Why something could not be done, in words for the one who wanted it.

use domain::NoMeeting;
use trust::NotACode;

/// Why something was not done. Nothing has changed then.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Refusal {
    /// The device's own disk has not been read yet.
    #[error("Vent et øjeblik. Appen er ved at åbne.")]
    Opening,
    /// Nobody has let this device in.
    #[error("Du skal først skrive din kode.")]
    NotIn,
    /// It is in another document, or in none.
    #[error("Det findes ikke længere.")]
    NotThere,
    /// Rights are with somebody else.
    #[error("Det kan du ikke gøre her.")]
    NotAllowed,
    /// No older device of mine has said yes to this one.
    #[error("Sig først ja til denne telefon på din anden telefon.")]
    Unconfirmed,
    /// Nothing was written.
    #[error("Skriv noget først.")]
    Empty,
    /// More than the field holds.
    #[error("Teksten er for lang. Del den i to.")]
    TooLong,
    /// More than the list holds.
    #[error("Listen er fuld. Smid noget ud først.")]
    TooMany,
    /// It has been done already, and others may have seen it.
    #[error("Det er sket. Andre kan have læst det.")]
    Shown,
    /// There is nothing of mine to undo.
    #[error("Der er ikke mere at fortryde.")]
    NothingToUndo,
    /// What was typed is no code.
    #[error(transparent)]
    Code(NotACode),
    /// A newer app has changed who is in it, in a way that this one does not know.
    #[error("Du skal først hente en nyere app.")]
    NeedsNewerApp,
    /// A meeting cannot be made like that.
    #[error(transparent)]
    Meeting(#[from] NoMeeting),
}
