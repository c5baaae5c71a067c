//! What a municipality says of its programmes and open places: read from files when the server starts, checked, and
//! sent to phones as it is. A server never starts with a guide that is wrong in one line.

mod checked;
mod complaint;
mod file;
mod places;
mod programme;
mod travels;

use std::fs;
use std::io;
use std::path::Path;

use domain::Programme;
use domain::guide::Guide;
use sync::guide::{GUIDE_BYTES_MAX, Published};

pub(crate) use complaint::Complaint;
use file::File;

/// A larger file is something else.
const FILE_BYTES_MAX: u64 = 256 * 1024;
/// The file of open places.
const PLACES: &str = "places.toml";
/// Every file there is, and what stands in it where a municipality has none of its own.
const BUILT_IN: [(&str, &str); 4] = [
    ("elders.toml", include_str!("../../guide/elders.toml")),
    ("homeless_youth.toml", include_str!("../../guide/homeless_youth.toml")),
    ("leaving_care.toml", include_str!("../../guide/leaving_care.toml")),
    (PLACES, include_str!("../../guide/places.toml")),
];

/// Reads a municipality's own guide; what is not in its folder is as it comes with the program.
pub(crate) fn read(folder: Option<&Path>) -> Result<Published, Complaint> {
    let mut files = BUILT_IN.map(|(name, text)| (name, text.to_owned()));
    if let Some(folder) = folder {
        only_known_names(folder)?;
        for (name, text) in &mut files {
            if let Some(own) = own(folder, name)? {
                *text = own;
            }
        }
    }
    let published = Published::new(&travels::row(&understood(&files)?));
    if published.size() > GUIDE_BYTES_MAX {
        let what = format!("all of it together is {} bytes", published.size());
        let allowed = format!("at most {GUIDE_BYTES_MAX}: fewer places, or shorter words");
        return Err(Complaint::whole(PLACES, what, allowed));
    }
    Ok(published)
}

fn understood(files: &[(&'static str, String)]) -> Result<Guide, Complaint> {
    let mut guide = Guide::default();
    for (name, text) in files {
        let file = File { name, text };
        match Programme::ALL.into_iter().find(|one| name.strip_suffix(".toml") == Some(one.key())) {
            Some(programme) => guide.programmes.push(programme::read(file, programme)?),
            None => guide.places = places::read(file)?,
        }
    }
    Ok(guide)
}

/// A file whose name is misspelt would be passed over without a word.
fn only_known_names(folder: &Path) -> Result<(), Complaint> {
    let shown = folder.display().to_string();
    let names = || BUILT_IN.map(|(name, _)| name).join(", ");
    let entries = fs::read_dir(folder).map_err(|error| {
        Complaint::whole(&shown, format!("the folder cannot be read ({error})"), names())
    })?;
    for entry in entries.filter_map(Result::ok) {
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_ours = BUILT_IN.iter().any(|(known, _)| *known == name);
        if name.ends_with(".toml") && !is_ours {
            return Err(Complaint::whole(&name, "there is no file of this name", names()));
        }
    }
    Ok(())
}

fn own(folder: &Path, name: &'static str) -> Result<Option<String>, Complaint> {
    let path = folder.join(name);
    let is_large = fs::metadata(&path).is_ok_and(|file| file.len() > FILE_BYTES_MAX);
    if is_large {
        let allowed = format!("at most {FILE_BYTES_MAX} bytes");
        return Err(Complaint::whole(name, "the file is too large", allowed));
    }
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => {
            let what = format!("the file cannot be read ({error})");
            Err(Complaint::whole(name, what, "text in UTF-8"))
        }
    }
}

#[cfg(test)]
mod tests;
