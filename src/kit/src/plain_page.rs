//! A page that stands alone: no app, no script, no network, and nothing in it but words. What is written in it
//! is always words, whatever signs they hold.

/// A page being written, from its top.
#[derive(Clone, Debug, Default)]
pub struct PlainPage {
    body: String,
}

/// How the page looks, in the reader's own letters and colours. Own words keep their lines.
const STYLE: &str = "body{font:1.125rem/1.5 system-ui,sans-serif;max-width:40em;margin:0 auto;padding:1em;\
    overflow-wrap:anywhere}h1,h2,h3,h4{line-height:1.25;break-after:avoid}h2{margin-top:2em}li,p{white-space:pre-line}\
    section{break-inside:avoid}section section{margin-left:1em}@media print{body{font-size:12pt;padding:0}}";

/// Nothing may be fetched or run, not even if these words were code.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

impl PlainPage {
    /// A heading: 1 is the page's own.
    pub fn heading(&mut self, level: u8, words: &str) {
        let level = level.clamp(1, 4);
        self.body.push_str(&format!("<h{level}>{}</h{level}>\n", escaped(words)));
    }

    /// A paragraph; nothing where there are no words.
    pub fn paragraph(&mut self, words: &str) {
        if !words.trim().is_empty() {
            self.body.push_str(&format!("<p>{}</p>\n", escaped(words)));
        }
    }

    /// Lines one under the other; those without words are left out.
    pub fn list(&mut self, lines: &[String]) {
        let lines = lines.iter().filter(|line| !line.trim().is_empty());
        let rows: String = lines.map(|line| format!("<li>{}</li>\n", escaped(line))).collect();
        if !rows.is_empty() {
            self.body.push_str(&format!("<ul>\n{rows}</ul>\n"));
        }
    }

    /// A thing with a heading of its own, kept together on paper; what `rest` writes stands in it.
    pub fn part(&mut self, level: u8, heading: &str, rest: impl FnOnce(&mut Self)) {
        self.body.push_str("<section>\n");
        self.heading(level, heading);
        rest(self);
        self.body.push_str("</section>\n");
    }

    /// The whole page, in a language by its code.
    pub fn finish(self, language: &str, title: &str) -> String {
        let (language, title) = (escaped(language), escaped(title));
        let body = self.body;
        format!(
            "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
             <meta name=\"robots\" content=\"noindex\">\n\
             <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
        )
    }
}

fn escaped(words: &str) -> String {
    let mut safe = String::with_capacity(words.len());
    for sign in words.chars() {
        match sign {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            // A browser would read the rest as something else.
            '\0' => safe.push('\u{fffd}'),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_words_whatever_they_look_like() {
        let mut page = PlainPage::default();
        let bad = "</style><script>alert(\"1\")</script>'&amp;\0";
        page.heading(1, bad);
        page.paragraph(bad);
        page.list(&[bad.to_owned(), " ".to_owned()]);
        page.part(3, bad, |page| page.paragraph(bad));
        let page = page.finish("da\"", bad);
        assert!(!page.contains("<script") && !page.contains('\0'), "{page}");
        assert_eq!(page.matches("&lt;script&gt;alert(&quot;1&quot;)").count(), 6);
        assert_eq!(page.matches("</style>").count(), 1, "only the page's own");
        assert_eq!(page.matches("<li>").count(), 1, "nothing for a line without words");
        assert!(page.contains("&amp;amp;") && page.contains("lang=\"da&quot;\""));
    }

    #[test]
    fn a_page_asks_for_nothing_and_can_run_nothing() {
        let page = PlainPage::default().finish("da", "Plan");
        assert!(page.contains("default-src 'none'"));
        assert!(!page.contains("http://") && !page.contains("https://") && !page.contains("src="));
    }
}
