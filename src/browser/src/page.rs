//! Whether the page is seen, and keeping what it stores.

use client::Input;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::Say;
use crate::event::{is_visible, listen};

/// Tells when the page is put away and when it is seen again.
pub(crate) fn watch(say: Say) {
    let Some(window) = web_sys::window() else { return };
    if !is_visible() {
        say(Input::Hidden);
    }
    if let Some(document) = window.document() {
        let say = say.clone();
        listen(&document, "visibilitychange", move || {
            say(if is_visible() { Input::Shown } else { Input::Hidden });
        });
    }
    // iOS says this, and not always the other, when an app is swiped away.
    listen(&window, "pagehide", move || say(Input::Hidden));
}

/// Whether this is a tab on an iPhone or iPad, where the app on the home screen is another place
/// with storage of its own.
pub fn is_browser_tab_on_iphone() -> bool {
    let Some(navigator) = web_sys::window().map(|window| window.navigator()) else { return false };
    // Only Safari on iOS has the property; it says whether the page stands on the home screen.
    let standalone = js_sys::Reflect::get(&navigator, &"standalone".into());
    standalone.is_ok_and(|standalone| standalone.as_bool() == Some(false))
}

/// Whether this is a window inside another app (Facebook, Instagram, TikTok), which keeps nothing for the browser that
/// its holder uses: a code that is used in it is used up there.
pub fn is_inside_other_app() -> bool {
    let Some(navigator) = web_sys::window().map(|window| window.navigator()) else { return false };
    let standalone = js_sys::Reflect::get(&navigator, &"standalone".into());
    let is_on_home_screen = standalone.is_ok_and(|standalone| standalone.as_bool() == Some(true));
    let user_agent = navigator.user_agent().unwrap_or_default();
    !is_on_home_screen && is_of_other_app(&user_agent)
}

/// What such windows call themselves. Android names every one of them; on an iPhone they lack the word that every
/// browser has.
fn is_of_other_app(user_agent: &str) -> bool {
    const NAMES: [&str; 14] = [
        "FBAN",
        "FBAV",
        "FB_IAB",
        "Instagram",
        "Messenger",
        "Snapchat",
        "TikTok",
        "musical_ly",
        "Bytedance",
        " Line/",
        "LinkedInApp",
        "Pinterest",
        "Twitter",
        "; wv)",
    ];
    let is_apple = ["iPhone", "iPad"].iter().any(|name| user_agent.contains(name));
    NAMES.iter().any(|name| user_agent.contains(name))
        || is_apple && !user_agent.contains("Safari/")
}

/// Which way the lines of the page run: `ltr` or `rtl`.
pub fn run_lines(direction: &str) {
    let document = web_sys::window().and_then(|window| window.document());
    if let Some(page) = document.and_then(|document| document.document_element()) {
        // Any element takes an attribute of this name.
        let _ = page.set_attribute("dir", direction);
    }
}

/// Puts the page on paper. The browser asks how, and whether at all.
pub fn print() {
    // It fails where there is no printer to speak of, and then the browser has said so.
    let _ = web_sys::window().map(|window| window.print());
}

/// Asks the browser to keep our data when space is short. It may say no; nothing depends on it.
pub(crate) fn persist() {
    let Some(window) = web_sys::window() else { return };
    let storage = window.navigator().storage();
    // `undefined` on pages without https.
    if !storage.is_object() {
        return;
    }
    if let Ok(asked) = storage.persist() {
        spawn_local(async move {
            let _ = JsFuture::from(asked).await;
        });
    }
}

#[cfg(test)]
mod tests {
    use super::is_of_other_app;

    #[test]
    fn a_window_inside_another_app_is_known_by_what_it_calls_itself() {
        let iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
        let android = "Mozilla/5.0 (Linux; Android 14; SM-A155F";
        let inside = [
            format!("{iphone} Mobile/15E148 [FBAN/FBIOS;FBAV/470.0.0.36.105;FBDV/iPhone12,1]"),
            format!("{iphone} Mobile/21F90 Instagram 336.0.0.26.83 (iPhone12,1; iOS 17_5_1)"),
            format!(
                "{iphone} Version/17.5 Mobile/15E148 Snapchat/12.93.0.34 (like Safari/8618.2, panda)"
            ),
            format!("{iphone} Mobile/15E148 musical_ly_35.3.0 BytedanceWebview/d8a21c6"),
            format!("{iphone} Mobile/15E148 Safari Line/14.9.0"),
            format!("{iphone} Mobile/15E148"),
            format!(
                "{android} Build/UP1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0 Mobile Safari/537.36"
            ),
            format!(
                "{android}) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36 [FB_IAB/MESSENGER;FBAV/466.0;]"
            ),
        ];
        for user_agent in inside {
            assert!(is_of_other_app(&user_agent), "{user_agent}");
        }
        let browsers = [
            format!("{iphone} Version/17.5 Mobile/15E148 Safari/604.1"),
            format!("{iphone} CriOS/126.0 Mobile/15E148 Safari/604.1"),
            format!("{iphone} FxiOS/127.0 Mobile/15E148 Safari/605.1.15"),
            format!("{android}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36"),
            format!("{android}) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0 Mobile Safari/537.36"),
            "Mozilla/5.0 (Android 14; Mobile; rv:127.0) Gecko/127.0 Firefox/127.0".to_owned(),
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36".to_owned(),
        ];
        for user_agent in browsers {
            assert!(!is_of_other_app(&user_agent), "{user_agent}");
        }
    }
}
