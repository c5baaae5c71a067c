//! Buttons, fields and pictures that know no citizen and no language: every word comes from the
//! caller. Each component has a file here and a style sheet of the same name in `style/kit/`.
//!
//! What they have in common: words are `Live<String>` with `into`, so that a `&str`, a `String` or a
//! value that changes will do; what happens is a `Callback`, so that a closure will do.
mod announcer;
mod answers;
mod back_link;
mod button;
mod card;
mod check;
mod choice;
mod co_text;
mod co_writing;
mod dialog;
mod face;
mod field;
mod frame;
mod hooks;
mod icon;
mod icon_button;
mod leaf;
mod live;
mod notice;
mod qr_picture;
mod rows;
mod saved;
mod sortable;
mod splice;
mod state_chip;
mod step_list;
mod steps;
mod tabs;
mod text_area;
mod toast;
mod top_bar;
mod who;

pub use announcer::*;
pub use answers::*;
pub use back_link::*;
pub use button::*;
pub use card::*;
pub use check::*;
pub use choice::*;
pub use co_text::*;
pub use dialog::*;
pub use face::*;
pub use field::*;
pub use frame::*;
pub use hooks::after_each_change;
pub use icon::*;
pub use icon_button::*;
pub use leaf::*;
pub use live::{Live, Local, Value};
pub use notice::*;
pub use qr_picture::*;
pub use rows::*;
pub use saved::*;
pub use sortable::*;
pub use splice::*;
pub use state_chip::*;
pub use step_list::*;
pub use steps::*;
pub use tabs::*;
pub use text_area::*;
pub use toast::*;
pub use top_bar::*;
pub use who::*;
