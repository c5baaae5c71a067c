//! Screens, routes and text: draws views and sends commands.
#![expect(unreachable_pub, reason = "the component macro makes what it writes public")]

mod address;
mod aloud;
mod around;
mod focus;
mod hooks;
mod notices;
mod part;
mod people;
mod routes;
mod said;
mod screens;
mod shell;
#[cfg(feature = "staff")]
mod sitting;
mod text;
mod thrown_out;
mod unsent;
mod words;

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use client::Client;
use client::view::ThisDay;
use leptos::prelude::*;

use crate::address::Address;
use crate::aloud::{Aloud, Voices};
use crate::around::{Around, Page};
use crate::hooks::{Commands, Views};
use crate::notices::Notices;
use crate::shell::Shell;

/// The first screen is drawn before the later ones are asked for: on a slow phone the two would fight for the
/// processor.
const LATER_AFTER: Duration = Duration::from_millis(500);

fn main() {
    browser::tell_panics();
    if let Some((code, lines)) = browser::other_language() {
        text::language::choose(code, lines);
    }
    browser::run_lines(text::t().line_direction());
    mount_to_body(App);
}

/// Starts the client and provides the five ways screens have to everything else.
#[component]
fn App() -> impl IntoView {
    let client = Rc::new(RefCell::new(Client::new(browser::chance(), browser::chance())));
    let views = Views::new(client.clone());
    let notices = Notices::new();
    let around = Around::new(Page {
        take_update: browser::take_update,
        speak: browser::speak,
        use_staff_app: browser::use_staff_app,
        load_again: browser::load_again,
        finish: browser::finish,
        print: browser::print,
        call_in_need: browser::call_in_need,
        is_away: browser::is_away,
        put_away: browser::put_away,
        #[cfg(feature = "staff")]
        sitting: around::SittingKept {
            read: browser::sits_beside,
            keep: browser::keep_beside,
            tell: browser::tell_beside,
            now_ms: browser::wall_ms,
        },
        is_inside_other_app: browser::is_inside_other_app(),
        is_browser_tab_on_iphone: browser::is_browser_tab_on_iphone(),
    });
    let is_up = Cell::new(false);
    let clock = client.clone();
    let engine = browser::start(client, move |changed| {
        text::today_is(clock.borrow().look(&ThisDay));
        views.tell(changed);
        if !is_up.replace(true) {
            // The first thing that happens is that the disk has been read; then there is something
            // to show.
            request_animation_frame(move || {
                browser::tell_up();
                set_timeout(move || screens::fetch_later(around), LATER_AFTER);
            });
        }
    });
    let tools = engine.clone();
    screens::when_tools_come(around, move |them| tools.have_tools(them));
    browser::watch_update(move || around.update_came());
    let voices = Voices {
        can_speak: browser::can_speak(),
        local: browser::local_voices,
        kept: browser::kept_voice,
        keep: browser::keep_voice,
        page: browser::read_page,
        words: browser::read_words,
        be_silent: browser::be_silent,
    };
    let aloud = Aloud::new(voices, notices);
    browser::watch_voices(move || aloud.voices_changed());

    provide_context(views);
    provide_context(Commands::new(move |deed| engine.run(deed), notices));
    provide_context(notices);
    provide_context(around);
    provide_context(aloud);
    let address = Address::of_this_page();
    provide_context(address);
    #[cfg(feature = "staff")]
    sitting::watch(around, address);
    view! { <Shell/> }
}
