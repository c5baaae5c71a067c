//! Screens, routes and text: draws views and sends commands.
use leptos::prelude::*;

fn main() {
    mount_to_body(|| view! { <main></main> });
}
