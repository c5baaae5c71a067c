//! Does what the client asks of the Web, and tells it what happened. Decides nothing.
//!
//! [`start`] ties a client to this page: the [`Engine`] performs each `Effect` and hands every
//! `Input` back. One file, one thing the Web can do.
#![expect(clippy::disallowed_methods, reason = "this is the room that others are sent to")]

mod chance;
mod choice;
mod clock;
mod disk;
mod engine;
mod event;
mod lead;
mod life;
mod line;
mod page;
mod patience;
mod polling;
mod readable;
mod socket;
mod stores;
mod tabs;
mod timer;
mod transaction;
mod update;
mod voice;
mod work;

pub use chance::chance;
pub use choice::{
    call_in_need, is_away, keep_beside, keep_voice, kept_voice, load_again, other_language,
    put_away, sits_beside, speak, tell_beside, use_staff_app,
};
pub use clock::wall_ms;
pub use engine::{Engine, start};
pub use life::{tell_panics, tell_up};
pub use page::{is_browser_tab_on_iphone, is_inside_other_app, print, run_lines};
pub use update::{take_update, watch_update};
pub use voice::{Ended, be_silent, can_speak, local_voices, read_page, read_words, watch_voices};
pub use work::finish;

/// How anything in here tells the client what happened.
type Say = std::rc::Rc<dyn Fn(client::Input)>;
