//! Going to a place when something has been done.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use crate::routes::Place;

/// The way to another place, for a screen's actions.
#[derive(Clone, Copy)]
pub(crate) struct Go(StoredValue<Navigate, LocalStorage>);

type Navigate = Box<dyn Fn(&str, NavigateOptions)>;

impl Go {
    /// Goes there instead: there is no way back to this place.
    pub(crate) fn instead(self, place: &Place) {
        let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
        // Gone with its screen: then somebody has gone somewhere else already.
        self.0.try_with_value(|navigate| navigate(&place.href(), options));
    }
}

/// The way to other places.
pub(crate) fn use_go() -> Go {
    let navigate = use_navigate();
    Go(StoredValue::new_local(Box::new(move |href, options| navigate(href, options))))
}
