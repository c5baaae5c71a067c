//! The built site: files with their compressed siblings, as `cargo xtask build` leaves them.
//!
//! A site that is built again is served at once.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, header};

use crate::hub::Hub;
use crate::kept_files::{File, KeptFiles};

const PAGE: &str = "index.html";
/// What is to be said with the page; for us alone.
const BESIDE_PAGE: &str = "page.json";
/// For ever, as browsers count.
pub(crate) const FOR_EVER: &str = "public, max-age=31536000, immutable";
const ASK_FIRST: &str = "no-cache";
/// Hexadecimal digits of a file's own hash in its name.
const HASH_DIGITS: usize = 16;
const NOT_BUILT: &str = "The site has not been built yet. Run: cargo xtask build";

#[derive(Debug)]
pub(crate) struct Site {
    files: KeptFiles,
    /// What the build wanted said when it was last looked at, and the tag of where it stood.
    said: Mutex<(String, Arc<Headers>)>,
}

/// A file, or how it stands in for one.
struct Found {
    name: String,
    encoding: Option<&'static str>,
    file: Arc<File>,
}

/// What the build wants said with the page.
#[derive(Debug, Default)]
pub(crate) struct Headers {
    /// Hashes of what stands in the page itself, as a policy names them: each with a space before it.
    pub(crate) scripts: String,
    pub(crate) styles: String,
    /// What the browser is to ask for before it has read the page, which a slow phone does 50 ms later.
    links: String,
}

impl Headers {
    fn of(said: &str) -> Self {
        let words = |name: &str| {
            let rest = said.split_once(name).map_or("", |(_, rest)| rest);
            rest.split_once(']').map_or("", |(list, _)| list).split('"')
        };
        let hashes =
            |name| words(name).filter(is_hash).fold(String::new(), |all, hash| all + " " + hash);
        let programs = words("\"preload\"").filter(|path| {
            path.strip_prefix('/').is_some_and(|name| is_plain(name) && has_hash(name))
        });
        let links = programs.map(|path| format!("<{path}>; rel=preload; as=fetch; crossorigin"));
        Self {
            scripts: hashes("\"script-src\""),
            styles: hashes("\"style-src\""),
            links: links.collect::<Vec<_>>().join(", "),
        }
    }
}

fn is_hash(word: &&str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"'-+/=".contains(&byte);
    word.starts_with("'sha256-") && word.ends_with('\'') && word.bytes().all(plain)
}

impl Site {
    pub(crate) fn new(folder: PathBuf) -> Self {
        Self { files: KeptFiles::new(folder), said: Mutex::default() }
    }

    pub(crate) async fn headers(&self) -> Arc<Headers> {
        let Some(file) = self.files.get(BESIDE_PAGE).await else { return Arc::default() };
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        if said.0 != file.tag {
            let headers = Headers::of(&String::from_utf8_lossy(&file.bytes));
            *said = (file.tag.clone(), Arc::new(headers));
        }
        said.1.clone()
    }

    async fn find(&self, path: &str, headers: &HeaderMap) -> Option<Found> {
        let name = path.strip_prefix('/').unwrap_or(path);
        let is_page = name.is_empty() || wants_page(name, headers);
        let name = if is_page { PAGE } else { name };
        if !is_plain(name) || name.starts_with(BESIDE_PAGE) {
            return None;
        }
        let accepted = accepted(headers);
        let found = |encoding, file| Found { name: name.to_owned(), encoding, file };
        for (encoding, ending) in [("br", ".br"), ("gzip", ".gz")] {
            if accepted(encoding)
                && let Some(file) = self.files.get(&format!("{name}{ending}")).await
            {
                return Some(found(Some(encoding), file));
            }
        }
        self.files.get(name).await.map(|file| found(None, file))
    }
}

/// Everything that is no route of its own.
pub(crate) async fn file(State(hub): State<Arc<Hub>>, request: Request<Body>) -> Response<Body> {
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return plain(StatusCode::METHOD_NOT_ALLOWED, "There is nothing to send to here.");
    }
    let path = request.uri().path();
    match hub.site.find(path, request.headers()).await {
        Some(found) => {
            let is_page = found.name == PAGE;
            let mut response = found.response(request.headers());
            let said = if is_page { hub.site.headers().await } else { Arc::default() };
            if let Some(links) =
                HeaderValue::from_str(&said.links).ok().filter(|links| !links.is_empty())
            {
                response.headers_mut().insert(header::LINK, links);
            }
            response
        }
        None if path == "/" => plain(StatusCode::NOT_FOUND, NOT_BUILT),
        None => plain(StatusCode::NOT_FOUND, "There is nothing here."),
    }
}

impl Found {
    fn response(self, asked: &HeaderMap) -> Response<Body> {
        let tag = &self.file.tag;
        let known = asked.get(header::IF_NONE_MATCH).is_some_and(|tags| {
            tags.to_str().is_ok_and(|tags| tags.split(',').any(|known| known.trim() == tag))
        });
        let lasting = if has_hash(&self.name) { FOR_EVER } else { ASK_FIRST };
        let kind = HeaderValue::from_static(content_type(&self.name));
        let encoding = self.encoding;
        let body = if known { Body::empty() } else { Body::from(self.file.bytes.clone()) };
        let mut response = Response::new(body);
        if known {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
        }
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, kind);
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(lasting));
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        if let Some(encoding) = encoding {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        if let Ok(tag) = HeaderValue::from_str(tag) {
            headers.insert(header::ETAG, tag);
        }
        response
    }
}

/// A screen's address: no ending, and asked for by somebody who will look at it.
fn wants_page(name: &str, headers: &HeaderMap) -> bool {
    let last = name.rsplit('/').next().unwrap_or(name);
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    !last.contains('.') && accept.is_some_and(|accept| accept.contains("text/html"))
}

/// Names the build makes: no way up, nothing hidden.
fn is_plain(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    name.split('/')
        .all(|part| !part.is_empty() && !part.starts_with('.') && part.bytes().all(plain))
}

/// Whether the name carries the hash of its own bytes: `app-0123456789abcdef.folded`.
fn has_hash(name: &str) -> bool {
    name.split('-').skip(1).any(|part| {
        let digits = part.bytes().take_while(u8::is_ascii_hexdigit).count();
        digits == HASH_DIGITS && matches!(part.as_bytes().get(HASH_DIGITS), Some(b'.' | b'_'))
    })
}

fn accepted(headers: &HeaderMap) -> impl Fn(&str) -> bool {
    let value = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    let value = value.unwrap_or_default().to_ascii_lowercase();
    move |encoding| {
        value.split(',').any(|part| {
            let mut words = part.split(';').map(str::trim);
            let refused = |word: &str| matches!(word, "q=0" | "q=0.0" | "q=0.00" | "q=0.000");
            words.next() == Some(encoding) && !words.any(refused)
        })
    }
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn plain(status: StatusCode, words: &'static str) -> Response<Body> {
    let mut response = Response::new(Body::from(words));
    *response.status_mut() = status;
    let kind = HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_its_own_hash_is_kept_for_ever_and_no_other() {
        assert!(has_hash("app-0123456789abcdef.js"));
        assert!(has_hash("app-0123456789abcdef.folded"));
        for name in ["index.html", "sw.js", "icon-192.png", "app-0123.js", "snippets/x-y.js"] {
            assert!(!has_hash(name), "{name}");
        }
    }

    #[test]
    fn no_name_leads_out_of_the_folder() {
        for name in ["../medspil.db", "a/../../b", ".hidden", "a//b", "a\\b", "a%2e", "å"] {
            assert!(!is_plain(name), "{name}");
        }
        assert!(is_plain("icons/icon-192.png"));
    }

    #[test]
    fn a_coding_is_used_when_it_is_asked_for() {
        let mut headers = HeaderMap::new();
        assert!(!accepted(&headers)("br"));
        let value = HeaderValue::from_static("gzip, deflate, br;q=1.0, zstd");
        headers.insert(header::ACCEPT_ENCODING, value);
        assert!(accepted(&headers)("br") && accepted(&headers)("gzip"));
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("br;q=0, gzip"));
        assert!(!accepted(&headers)("br") && accepted(&headers)("gzip"));
    }
}
