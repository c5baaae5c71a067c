//! Compressed siblings, so that the server sends bytes it need not compress again.
use super::Finish;
use super::kept::Kept;
use super::site::Site;
use anyhow::Result;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;

/// Kinds of file that shrink; pictures and fonts are compressed already.
const COMPRESSIBLE: [&str; 10] =
    ["css", "folded", "html", "ico", "js", "json", "svg", "txt", "webmanifest", "xml"];

/// Adds `<name>.br` and `<name>.gz` to every file that shrinks; a development build makes do with a
/// quick `.gz`.
pub(super) fn add_siblings(site: &mut Site, kept: &Kept, finish: Finish) -> Result<()> {
    for (path, bytes) in site.originals() {
        let extension = path.rsplit('.').next().unwrap_or_default();
        if !COMPRESSIBLE.contains(&extension) {
            continue;
        }
        if finish == Finish::Development {
            site.add(format!("{path}.gz"), kept.or_make("gzip-1", &[&bytes], || gzip(&bytes, 1))?);
            continue;
        }
        site.add(format!("{path}.gz"), kept.or_make("gzip-9", &[&bytes], || gzip(&bytes, 9))?);
        site.add(format!("{path}.br"), kept.or_make("brotli-11", &[&bytes], || brotli(&bytes))?);
    }
    Ok(())
}

fn gzip(bytes: &[u8], level: u32) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(level));
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let options = brotli::enc::BrotliEncoderParams {
        quality: 11,
        // Meant for pictures of letters, and right for modules: they too are full of short distances.
        mode: brotli::enc::backward_references::BrotliEncoderMode::BROTLI_MODE_FONT,
        // The window is 4 MB: larger than any file of ours, smaller than any phone minds.
        lgwin: 22,
        // Small blocks: a KB less, as measured.
        lgblock: 16,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut compressed, &options)?;
    Ok(compressed)
}
