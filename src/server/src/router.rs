//! Every address the server answers at.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Response, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::routing::{get, post};
use tokio::time::timeout;

use crate::hub::Hub;
use crate::site::Headers;
use crate::{exchange, site, socket};

pub(crate) fn routes(hub: Arc<Hub>) -> Router {
    Router::new()
        .route("/live", get(socket::live))
        .route("/challenge", get(exchange::challenge))
        .route("/sync", post(exchange::exchange))
        .route("/healthz", get(async || "ok"))
        .route("/readyz", get(ready))
        .route("/kill", get(kill))
        .fallback(site::file)
        .layer(from_fn_with_state(hub.clone(), guard))
        .with_state(hub)
}

/// Whether the database answers, and what is wrong when it does not.
async fn ready(State(hub): State<Arc<Hub>>) -> (StatusCode, String) {
    let answers = timeout(Duration::from_secs(2), hub.keeper.is_ready()).await == Ok(true);
    match hub.keeper.trouble() {
        None if answers => (StatusCode::OK, "ready".to_owned()),
        None => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer".to_owned()),
        Some(trouble) => (StatusCode::SERVICE_UNAVAILABLE, trouble),
    }
}

/// An operator who must stop the service worker on every phone puts a file named `kill` in the
/// data folder.
async fn kill(State(hub): State<Arc<Hub>>) -> (StatusCode, &'static str) {
    // Asking the kernel takes less time than handing the question to another thread, of which there are few.
    match hub.kill_file.try_exists() {
        Ok(true) => (StatusCode::OK, "off"),
        _ => (StatusCode::NOT_FOUND, "on"),
    }
}

/// What every answer says, whatever it is.
const HEADERS: [(HeaderName, HeaderValue); 3] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
];

/// What everything says, beside its policy, that a browser can open as a page or a worker.
const PAGE_HEADERS: [(HeaderName, HeaderValue); 3] = [
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static(
            "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
        ),
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
];

async fn guard(State(hub): State<Arc<Hub>>, request: Request, next: Next) -> Response<Body> {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let said = hub.site.headers().await;
    let policy = policy(&said, host.unwrap_or_default());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.extend(HEADERS);
    // A file that is named by its own bytes is a part of a page, whose own words hold for it.
    if headers.get(header::CACHE_CONTROL).is_none_or(|lasting| lasting != site::FOR_EVER) {
        headers.extend(PAGE_HEADERS);
        if let Ok(policy) = HeaderValue::from_str(&policy) {
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        }
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

/// Older Safaris do not count the WebSocket of the same host as `'self'`, so it is named.
fn policy(page: &Headers, host: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte);
    let socket = match host.bytes().all(plain) && !host.is_empty() {
        true => format!(" ws://{host} wss://{host}"),
        false => String::new(),
    };
    let Headers { scripts, styles, .. } = page;
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{scripts}; style-src 'self'{styles}; \
         img-src 'self' data:; font-src 'self'; connect-src 'self'{socket}; manifest-src 'self'; \
         worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_that_is_no_host_is_not_put_into_the_policy() {
        let none = Headers::default();
        let host = "medspil.dk:8080";
        assert!(policy(&none, host).contains("connect-src 'self' ws://medspil.dk:8080 "));
        assert!(policy(&none, "x; script-src *").contains("connect-src 'self';"));
    }
}
