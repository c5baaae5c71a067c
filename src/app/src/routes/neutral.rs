//! What stands in the address bar, in the history and in links says nothing to a stranger: each word of a path has a
//! letter, and a life area its bytes. Addresses with words, from before, still lead there.

/// Each word and its letter. A letter never becomes another word's: it stands in people's histories.
const LETTERS: [(&str, &str); 34] = [
    ("moeder", "a"),
    ("nyt", "b"),
    ("tid", "c"),
    ("plan", "d"),
    ("maal", "e"),
    ("sagt-af", "f"),
    ("aftaler", "g"),
    ("kun-mig", "h"),
    ("del", "j"),
    ("saadan-gaar-det", "k"),
    ("forloeb", "l"),
    ("min-tavle", "m"),
    ("hjaelp-nu", "n"),
    ("ny", "o"),
    ("smidt-ud", "p"),
    ("soeg", "q"),
    ("fil", "r"),
    ("ind", "s"),
    ("seddel", "t"),
    ("ikke-med", "u"),
    ("hjaelp", "v"),
    ("steder", "w"),
    ("hoejt", "x"),
    ("mig", "y"),
    ("netvaerk", "z"),
    ("menneske", "aa"),
    ("lad-se", "ab"),
    ("samtykke", "ac"),
    ("hvem-ser-hvad", "ad"),
    ("set", "ae"),
    ("borgere", "af"),
    ("teamet", "ag"),
    ("telefoner", "ah"),
    // An invitation stands on paper and in messages, and has no other name.
    ("i", "i"),
];

/// What the name of a life area stands third behind.
const WITH_AREA: [&str; 2] = ["saadan-gaar-det", "set"];

/// A path of words as it stands in the address bar.
pub(super) fn hidden(path: &str) -> String {
    let parts: Vec<&str> = path.split('/').collect();
    let hide = |(at, part): (usize, &&str)| {
        if let Some((_, letter)) = LETTERS.iter().find(|(word, _)| word == part) {
            return (*letter).to_owned();
        }
        if has_area(&parts, at) { hex(part) } else { (*part).to_owned() }
    };
    parts.iter().enumerate().map(hide).collect::<Vec<_>>().join("/")
}

/// The path of words behind an address.
pub(super) fn shown(address: &str) -> Vec<String> {
    let parts = address.split('/').filter(|part| !part.is_empty());
    let word = |part: &str| {
        let known = LETTERS.iter().find(|(_, letter)| *letter == part);
        known.map_or(part, |(word, _)| word).to_owned()
    };
    let mut words: Vec<String> = parts.map(word).collect();
    if let [first, _, area] = words.as_mut_slice()
        && WITH_AREA.contains(&first.as_str())
        && let Some(name) = unhex(area)
    {
        *area = name;
    }
    words
}

fn has_area(parts: &[&str], at: usize) -> bool {
    at == 3 && parts.get(1).is_some_and(|first| WITH_AREA.contains(first))
}

fn hex(word: &str) -> String {
    word.bytes().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(letters: &str) -> Option<String> {
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    let (pairs, rest) = letters.as_bytes().as_chunks::<2>();
    let bytes = pairs.iter().map(|pair| byte(pair)).collect::<Option<Vec<u8>>>()?;
    String::from_utf8(bytes).ok().filter(|_| rest.is_empty())
}
