//! The page, with all in it that would be a journey of its own: on a slow line each costs two seconds, and
//! what comes with the page comes while the module is still on its way.
use super::style;
use anyhow::{Context, Result, bail};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

/// What is put into the page.
pub(super) struct Inline {
    pub(super) style: String,
    pub(super) guard: String,
    pub(super) boot: String,
    /// As letters, so that nothing in it can be a tag.
    pub(super) carried: String,
}

const STYLE: (&str, &str) = ("<style>", "</style>");
const SCRIPT: &str = "</script>";
/// No script that is run, and none that the policy must allow.
const CARRIED: &str = "<script id=\"carried\" type=\"application/octet-stream\">";

/// The page with these in place of the tags that name them, and its critical style, which it must have
/// before its words, lowered and minified like every other.
pub(super) fn with(page: &str, inline: &Inline) -> Result<String> {
    let (start, critical, rest) = critical_style(page)?;
    let mut page = format!("{start}{}{rest}", style::minify(critical, "src/app/index.html")?);
    let Inline { style, guard, boot, carried } = inline;
    put(&mut page, "<link rel=\"stylesheet\" href=\"/app.css\">", STYLE, style)?;
    put(&mut page, "<script src=\"/guard.js\"></script>", ("<script>", SCRIPT), guard)?;
    let module = "<script type=\"module\">";
    put(&mut page, "<script type=\"module\" src=\"/boot.js\"></script>", (module, SCRIPT), boot)?;
    put(&mut page, &[CARRIED, SCRIPT].concat(), (CARRIED, SCRIPT), carried)?;
    Ok(page)
}

fn critical_style(page: &str) -> Result<(&str, &str, &str)> {
    let start = page.find(STYLE.0).map(|at| at + STYLE.0.len());
    let end = page.find(STYLE.1);
    let (start, end) = start.zip(end).context("src/app/index.html has no <style> of its own.")?;
    Ok((&page[..start], &page[start..end], &page[end..]))
}

fn put(page: &mut String, tag: &str, (open, close): (&str, &str), text: &str) -> Result<()> {
    if !page.contains(tag) {
        bail!("src/app/index.html lacks {tag}, in whose place the file itself is put.");
    }
    if text.contains(close) || text.contains("<!--") {
        bail!("What src/app/index.html names in {tag} would end there: it holds {close} or <!--.");
    }
    *page = page.replace(tag, &format!("{open}{text}{close}"));
    Ok(())
}

/// As browsers write it: in base64.
pub(super) fn sha_256(bytes: &[u8]) -> String {
    BASE64_STANDARD.encode(Sha256::digest(bytes))
}

/// What the server must say with the page: the hashes that Content-Security-Policy has to name, of what
/// stands in it, and the file that the browser can ask for before it has read the page.
pub(super) fn headers(page: &str, program: &str) -> Result<String> {
    let hashes = |tag: &str| -> Result<String> {
        let mut hashes = Vec::new();
        for part in page.split(&format!("<{tag}")).skip(1) {
            let (attributes, rest) = part.split_once('>').context("A tag is not closed.")?;
            let (text, _) = rest.split_once(&format!("</{tag}>")).context("A tag has no end.")?;
            if attributes.contains("src=") || format!("<{tag}{attributes}>") == CARRIED {
                continue;
            }
            hashes.push(format!("\"'sha256-{}'\"", sha_256(text.as_bytes())));
        }
        Ok(hashes.join(","))
    };
    let (scripts, styles) = (hashes("script")?, hashes("style")?);
    Ok(format!(
        "{{\"script-src\":[{scripts}],\"style-src\":[{styles}],\"preload\":[\"{program}\"]}}\n"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<style>a { color: red }</style><p>Medspil</p>\
        <script src=\"/guard.js\"></script><link rel=\"stylesheet\" href=\"/app.css\">\
        <script type=\"module\" src=\"/boot.js\"></script>\
        <script id=\"carried\" type=\"application/octet-stream\"></script>";

    fn inline(boot: &str) -> Inline {
        let [style, guard, carried] = ["b{}", "1", "c"].map(str::to_owned);
        Inline { style, guard, boot: boot.to_owned(), carried }
    }

    #[test]
    fn everything_stands_in_the_page_and_each_has_its_hash() {
        let page = with(PAGE, &inline("2")).unwrap();
        let whole = "<style>a{color:red}</style><p>Medspil</p><script>1</script><style>b{}</style>\
            <script type=\"module\">2</script>\
            <script id=\"carried\" type=\"application/octet-stream\">c</script>";
        assert_eq!(page, whole);
        let headers = headers(&page, "/app-1.folded").unwrap();
        assert_eq!(headers.matches("sha256-").count(), 4);
        // What `printf 1 | openssl dgst -sha256 -binary | base64` says.
        let one = "'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='";
        assert!(headers.starts_with(&format!("{{\"script-src\":[\"{one}\"")), "{headers}");
        assert!(headers.ends_with("\"preload\":[\"/app-1.folded\"]}\n"), "{headers}");
    }

    #[test]
    fn what_would_end_its_own_tag_is_refused() {
        assert!(with(PAGE, &inline("\"</script>\"")).is_err());
        assert!(with("<p>Medspil</p>", &inline("2")).is_err());
    }
}
