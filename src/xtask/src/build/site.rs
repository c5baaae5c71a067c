//! The folder the server serves: every name that can be cached for ever carries the hash of its own
//! bytes, and the page, the scripts and the service worker name each other by those names.
use super::carried;
use super::kept::hash;
use super::page::{self, Inline};
use super::scripts::Shrinker;
use super::texts;
use crate::house::House;
use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// What the earlier steps made out of Rust and style sheets.
pub(super) struct Made {
    pub(super) citizens: Program,
    /// The later half of the citizens' app, taken apart too.
    pub(super) later: Vec<u8>,
    pub(super) staff: Program,
    pub(super) style: String,
}

/// An app: a module, taken apart for the journey, and the script that starts it.
#[derive(Clone)]
pub(super) struct Program {
    pub(super) script: String,
    pub(super) folded: Vec<u8>,
}

/// A finished site: paths without a leading slash, and their bytes.
pub(crate) struct Site {
    files: BTreeMap<String, Vec<u8>>,
    version: String,
}

/// One file, in bytes as it is and as it travels.
pub(crate) struct FileSize {
    pub(crate) path: String,
    pub(crate) raw: usize,
    pub(crate) gzip: usize,
    pub(crate) brotli: usize,
}

/// Read by the server, not by browsers: what it says with the page.
const HEADERS_FILE: &str = "page.json";

/// How the name of the file begins that comes when the first screen stands.
const LATER: &str = "later-";
/// How the names of files begin that a citizen with a phone of today and a Danish app never asks for.
const FOR_OTHERS: [&str; 3] = ["texts/", "staff-", "gammel."];

/// Puts the site together in memory. `src/app/index.html` and `src/app/boot.js` name files as
/// "/boot.js" and "/app.folded", always in double quotes; the names with hashes are put in their place,
/// or the file itself.
pub(super) fn assemble(house: &House, made: Made, scripts: &Shrinker) -> Result<Site> {
    let mut site = Site { files: BTreeMap::new(), version: String::new() };
    let mut names = Names::default();
    let unfold = read(&house.join("src/app/unfold.js"))?;
    // Not files here: phones keep under these names what they put together.
    let put_together = |folded: &[u8]| hash(&[folded, unfold.as_bytes()].concat());
    names.add("/later.wasm", format!("/later-{}.wasm", put_together(&made.later)));
    names.add("/app.wasm", format!("/app-{}.wasm", put_together(&made.citizens.folded)));
    names.add("/staff.wasm", format!("/staff-{}.wasm", put_together(&made.staff.folded)));
    let (first, rest) = carried::split(&made.citizens.folded);
    let program = site.add_hashed("app", ".folded", rest.to_vec());
    names.add("/app.folded", program.clone());
    names.add("/later.folded", site.add_hashed("later", ".folded", made.later));
    names.add("/staff.folded", site.add_hashed("staff", ".folded", made.staff.folded));
    names.add("/staff.js", site.add_hashed("staff", ".js", made.staff.script.into_bytes()));
    let languages = site.add_languages(&house.join("src/app/texts"))?;
    let boot = names.put_into(&read(&house.join("src/app/boot.js"))?);
    let boot = put_in_place(boot, "src/app/boot.js", "__LANGUAGES__", &languages)?;
    let later = read(&house.join("src/app/later.js"))?;
    let imported =
        [("/app.js", &*made.citizens.script), ("/unfold.js", &*unfold), ("/later.js", &*later)];
    let boot = match scripts.bundle(&boot, &imported)? {
        Some(bundle) => bundle,
        None => site.beside(&boot, &imported),
    };
    let guard = scripts.shrink_for_all(&read(&house.join("src/app/guard.js"))?)?;
    let inline = Inline { style: made.style, guard, boot, carried: carried::letters(first) };
    let page = page::with(&names.put_into(&read(&house.join("src/app/index.html"))?), &inline)?;
    site.add(HEADERS_FILE.to_owned(), page::headers(&page, &program)?.into_bytes());
    site.add("index.html".to_owned(), page.into_bytes());
    site.add_folder(&house.join("public"), "")?;
    site.complete_service_worker(scripts)?;
    Ok(site)
}

impl Site {
    /// The hash of the whole site; every change of any byte changes it.
    pub(crate) fn version(&self) -> &str {
        &self.version
    }

    pub(super) fn add(&mut self, path: String, bytes: Vec<u8>) {
        self.files.insert(path, bytes);
    }

    /// What the first visit waits for: the page, what it names, and what the service worker keeps, which is
    /// everything but the pictures that only an installed app asks for, other languages, the app for
    /// coordinators, the page for old phones, and what comes when the first screen stands.
    pub(crate) fn first_visit(&self) -> Vec<FileSize> {
        let page = self.files.get("index.html").map(|page| String::from_utf8_lossy(page));
        let named = |path: &str| page.as_ref().is_some_and(|page| page.contains(path));
        let downloaded = self.files.keys().filter(|path| {
            let sibling = path.ends_with(".br") || path.ends_with(".gz");
            let not_now = [HEADERS_FILE, "robots.txt"].contains(&path.as_str())
                || FOR_OTHERS.iter().chain([&LATER]).any(|start| path.starts_with(start));
            !sibling && !not_now && (!path.starts_with("icons/") || named(path))
        });
        downloaded.map(|path| self.size(path)).collect()
    }

    /// What comes when the first screen stands.
    pub(crate) fn later(&self) -> Vec<FileSize> {
        let is_later = |path: &&String| path.starts_with(LATER) && path.ends_with(".folded");
        self.files.keys().filter(is_later).map(|path| self.size(path)).collect()
    }

    /// What has no sibling travels as it is.
    fn size(&self, path: &str) -> FileSize {
        let bytes = |path: &str| self.files.get(path).map(Vec::len);
        let raw = bytes(path).unwrap_or_default();
        let gzip = bytes(&format!("{path}.gz")).unwrap_or(raw);
        let brotli = bytes(&format!("{path}.br")).unwrap_or(raw);
        FileSize { path: path.to_owned(), raw, gzip, brotli }
    }

    /// A copy of the files as they are now, so that more can be added while they are gone through.
    pub(super) fn originals(&self) -> Vec<(String, Vec<u8>)> {
        self.files.iter().map(|(path, bytes)| (path.clone(), bytes.clone())).collect()
    }

    /// Makes `folder` hold exactly this site. Files that are the same are left alone.
    pub(super) fn write(&self, folder: &Path) -> Result<()> {
        for (path, bytes) in &self.files {
            let path = folder.join(path);
            if fs::read(&path).is_ok_and(|there| there == *bytes) {
                continue;
            }
            fs::create_dir_all(path.parent().unwrap_or(folder))?;
            fs::write(&path, bytes)
                .with_context(|| format!("{} cannot be written.", path.display()))?;
        }
        for path in files_under(folder, "")? {
            if !self.files.contains_key(&path) {
                fs::remove_file(folder.join(&path))?;
            }
        }
        Ok(())
    }

    fn add_hashed(&mut self, stem: &str, ending: &str, bytes: Vec<u8>) -> String {
        let path = format!("{stem}-{}{ending}", hash(&bytes));
        self.add(path.clone(), bytes);
        format!("/{path}")
    }

    fn add_folder(&mut self, folder: &Path, under: &str) -> Result<()> {
        for path in files_under(folder, under)? {
            let bytes = fs::read(folder.join(&path))?;
            self.add(path, bytes);
        }
        Ok(())
    }

    /// Adds the files of all languages but Danish, which is in the program. The answer is for a script: the file
    /// of each, by the two letters of the language.
    fn add_languages(&mut self, folder: &Path) -> Result<String> {
        let mut entries = Vec::new();
        let danish = read(&folder.join("da.txt"))?;
        for file in files_under(folder, "")? {
            let code = file.trim_end_matches(".txt");
            if code != "da" {
                let texts = texts::sentences(&read(&folder.join(&file))?, &danish).into_bytes();
                let path = self.add_hashed(&format!("texts/{code}"), ".txt", texts);
                entries.push(format!("{code}: \"{path}\""));
            }
        }
        entries.sort();
        Ok(format!("{{ {} }}", entries.join(", ")))
    }

    /// Where scripts are not bundled, what one imports lies beside it.
    fn beside(&mut self, script: &str, imported: &[(&'static str, &str)]) -> String {
        let mut names = Names::default();
        for &(path, text) in imported {
            let stem = path.trim_matches('/').trim_end_matches(".js");
            names.add(path, self.add_hashed(stem, ".js", text.as_bytes().to_vec()));
        }
        names.put_into(script)
    }

    /// Tells the service worker which files there are, which version they are, and which page is theirs.
    fn complete_service_worker(&mut self, scripts: &Shrinker) -> Result<()> {
        self.version = self.hash_of_everything();
        let Some(worker) = self.files.remove("sw.js") else { return Ok(()) };
        let pages = self.files.keys().filter(|path| *path != HEADERS_FILE).map(|path| {
            match path.as_str() {
                "index.html" => "\"/\"".to_owned(),
                path => format!("\"/{path}\""),
            }
        });
        let list = format!("[{}]", pages.collect::<Vec<_>>().join(","));
        let worker = String::from_utf8(worker).context("public/sw.js is not text.")?;
        let page = self.files.get("index.html").map(|page| page::sha_256(page)).unwrap_or_default();
        let places = [("__PRECACHE__", &list), ("__VERSION__", &self.version), ("__PAGE__", &page)];
        let put = |worker, (place, text): (&str, &String)| {
            put_in_place(worker, "public/sw.js", place, text)
        };
        let worker = places.into_iter().try_fold(worker, put)?;
        self.add("sw.js".to_owned(), scripts.shrink(&worker)?.into_bytes());
        Ok(())
    }

    fn hash_of_everything(&self) -> String {
        let files = self.files.iter().map(|(path, bytes)| format!("{path} {}\n", hash(bytes)));
        hash(files.collect::<String>().as_bytes())
    }
}

/// The names in the sources and the names with hashes that stand for them.
#[derive(Default)]
struct Names(Vec<(&'static str, String)>);

impl Names {
    fn add(&mut self, source: &'static str, hashed: String) {
        self.0.push((source, hashed));
    }

    fn put_into(&self, text: &str) -> String {
        let replace = |text: String, (source, hashed): &(&str, String)| {
            text.replace(&format!("\"{source}\""), &format!("\"{hashed}\""))
        };
        self.0.iter().fold(text.to_owned(), replace)
    }
}

/// Puts what the build knows in the place a script has for it.
fn put_in_place(script: String, path: &str, place: &str, text: &str) -> Result<String> {
    if !script.contains(place) {
        bail!("{path} must hold {place}, in whose place the build puts something.");
    }
    Ok(script.replace(place, text))
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("{} cannot be read.", path.display()))
}

/// The paths of all files in a folder, relative to it, `/` between the parts; none when it is missing.
fn files_under(folder: &Path, under: &str) -> Result<Vec<String>> {
    let mut paths = Vec::new();
    let Ok(entries) = fs::read_dir(folder.join(under)) else { return Ok(paths) };
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().into_string().ok().context("A file name is not text.")?;
        let path = if under.is_empty() { name } else { format!("{under}/{name}") };
        if entry.file_type()?.is_dir() {
            paths.extend(files_under(folder, &path)?);
        } else {
            paths.push(path);
        }
    }
    Ok(paths)
}
