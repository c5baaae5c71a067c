//! What changed between two texts, and where a caret ends up. Plain arithmetic: no browser here.
//!
//! Positions and lengths are UTF-16 code units, as browsers count them. No function here ever cuts
//! a character in two, so an emoji is whole on both sides.

/// How many insertions and deletions [`changes`] follows one by one before it takes the whole
/// stretch as rewritten. Bounds time and memory on a phone (about 300 KB at the most).
const EDITS_FOLLOWED_MAX: usize = 200;

/// At `at`, take `delete` units away and put `insert` there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Splice {
    /// Where, in UTF-16 units from the start of the text.
    pub at: u32,
    /// How many UTF-16 units go.
    pub delete: u32,
    /// What comes instead.
    pub insert: String,
}

impl Splice {
    /// The one change that makes `new` out of `old`. `caret` is where the writer stands in `new`
    /// afterwards: it tells which of several equal letters was the one typed. `None` when nothing
    /// changed.
    #[must_use]
    pub fn between(old: &str, new: &str, caret: u32) -> Option<Self> {
        if old == new {
            return None;
        }
        let kept_after = units(new).saturating_sub(caret);
        let suffix = common_suffix(old, new, kept_after);
        let prefix = common_prefix(&old[..old.len() - suffix], &new[..new.len() - suffix]);
        // The caret is not always behind what was written: an undo or a drop leaves it elsewhere.
        let (old_rest, new_rest) = (&old[prefix..], &new[prefix..]);
        let suffix = common_suffix(old_rest, new_rest, u32::MAX);
        Some(Self {
            at: units(&old[..prefix]),
            delete: units(&old_rest[..old_rest.len() - suffix]),
            insert: new_rest[..new_rest.len() - suffix].to_owned(),
        })
    }

    /// The text after the change. A position beyond the end counts as the end.
    #[must_use]
    pub fn applied_to(&self, text: &str) -> String {
        let start = byte_at(text, self.at);
        let end = byte_at(text, self.at.saturating_add(self.delete)).max(start);
        [&text[..start], &self.insert, &text[end..]].concat()
    }

    /// What somebody has made of `base`, as splices of a text that others have made `value` of meanwhile, and how much
    /// too long that would be: nothing that only takes away is.
    pub(crate) fn onto(
        (base, mine, caret): (&str, &str, u32),
        value: &str,
        limit: u32,
    ) -> (Vec<Self>, u32) {
        let theirs = changes(base, value);
        let mine = Self::between(base, mine, caret);
        let splices = mine.map(|mine| mine.rebased(&theirs)).unwrap_or_default();
        let becomes =
            splices.iter().fold(value.to_owned(), |text, splice| splice.applied_to(&text));
        let adds = splices.iter().any(|splice| !splice.insert.is_empty());
        let over = if adds { units(&becomes).saturating_sub(limit) } else { 0 };
        (splices, over)
    }

    /// The same intention in a text that `others` have changed meanwhile: as splices to be made
    /// one after the other. What the others wrote is never taken away.
    #[must_use]
    pub fn rebased(&self, others: &[Self]) -> Vec<Self> {
        let mut pieces = surviving(self.at, self.at + self.delete, others);
        let first =
            if pieces.is_empty() { (carried(self.at, others), 0) } else { pieces.remove(0) };
        // From the back, so that a piece does not move those before it.
        let mut splices: Vec<Self> = pieces
            .into_iter()
            .rev()
            .map(|(at, delete)| Self { at, delete, insert: String::new() })
            .collect();
        splices.push(Self { at: first.0, delete: first.1, insert: self.insert.clone() });
        splices
    }
}

/// The changes that make `new` out of `old`, first to last, each position counted in `old`.
#[must_use]
pub fn changes(old: &str, new: &str) -> Vec<Splice> {
    let prefix = common_prefix(old, new);
    let suffix = common_suffix(&old[prefix..], &new[prefix..], u32::MAX);
    let before = &old[prefix..old.len() - suffix];
    let after = &new[prefix..new.len() - suffix];
    let at = units(&old[..prefix]);
    let rewritten = || vec![Splice { at, delete: units(before), insert: after.to_owned() }];
    if before.is_empty() && after.is_empty() {
        return Vec::new();
    }
    if before.is_empty() || after.is_empty() {
        return rewritten();
    }
    let (before, after): (Vec<char>, Vec<char>) =
        (before.chars().collect(), after.chars().collect());
    match edits(&before, &after) {
        Some(edits) => joined(at, &before, &edits),
        None => rewritten(),
    }
}

/// Where a position in the old text lies in the new one. What is written exactly there stays
/// behind it, so that a caret stands still while another writes at the same place.
#[must_use]
pub fn carried(position: u32, changes: &[Splice]) -> u32 {
    let mut moved = i64::from(position);
    for change in changes {
        if change.at >= position {
            break;
        }
        let gone = change.delete.min(position - change.at);
        moved += i64::from(units(&change.insert)) - i64::from(gone);
    }
    u32::try_from(moved).unwrap_or(0)
}

/// The length in UTF-16 units.
#[must_use]
pub fn units(text: &str) -> u32 {
    let count: usize = text.chars().map(char::len_utf16).sum();
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The byte where a UTF-16 position lies; one inside a character counts as the start of it.
#[must_use]
pub fn byte_at(text: &str, position: u32) -> usize {
    let mut seen = 0;
    for (byte, character) in text.char_indices() {
        seen += character.len_utf16() as u32;
        if seen > position {
            return byte;
        }
    }
    text.len()
}

/// Bytes.
fn common_prefix(one: &str, other: &str) -> usize {
    let same = one.chars().zip(other.chars()).take_while(|(a, b)| a == b);
    same.map(|(character, _)| character.len_utf8()).sum()
}

/// Bytes, of at most `limit` UTF-16 units.
fn common_suffix(one: &str, other: &str, limit: u32) -> usize {
    let (mut bytes, mut seen) = (0, 0);
    for (a, b) in one.chars().rev().zip(other.chars().rev()) {
        seen += a.len_utf16() as u32;
        if a != b || seen > limit {
            break;
        }
        bytes += a.len_utf8();
    }
    bytes
}

/// What is left of `start..end` after `others`, as (position, length) in the new text.
fn surviving(start: u32, end: u32, others: &[Splice]) -> Vec<(u32, u32)> {
    let mut pieces = Vec::new();
    let mut from = start;
    for other in others {
        let to = other.at.clamp(from, end);
        if to > from {
            pieces.push((from, to));
        }
        from = (other.at + other.delete).clamp(from, end);
    }
    if end > from {
        pieces.push((from, end));
    }
    // A piece begins behind what was written at its start, so that this stays.
    let placed = |(from, to): (u32, u32)| (carried(from + 1, others) - 1, to - from);
    pieces.into_iter().map(placed).collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Edit {
    Keep,
    Delete,
    Insert(char),
}

/// The shortest way from `before` to `after` (Myers 1986), or `None` when it is long.
fn edits(before: &[char], after: &[char]) -> Option<Vec<Edit>> {
    let reach = EDITS_FOLLOWED_MAX.min(before.len() + after.len());
    let middle = reach + 1;
    let mut furthest = vec![0_usize; 2 * reach + 3];
    let mut trace: Vec<Vec<usize>> = Vec::new();
    for depth in 0..=reach {
        trace.push(furthest[middle - depth - 1..=middle + depth + 1].to_vec());
        for diagonal in (middle - depth..=middle + depth).step_by(2) {
            let down = goes_down(&furthest, diagonal, (middle, depth));
            let mut x = if down { furthest[diagonal + 1] } else { furthest[diagonal - 1] + 1 };
            let mut y = (x + middle).wrapping_sub(diagonal);
            while x < before.len() && y < after.len() && before[x] == after[y] {
                (x, y) = (x + 1, y + 1);
            }
            furthest[diagonal] = x;
            if x >= before.len() && y >= after.len() {
                return Some(walked_back(before.len(), after, &trace));
            }
        }
    }
    None
}

fn goes_down(furthest: &[usize], diagonal: usize, (middle, depth): (usize, usize)) -> bool {
    diagonal == middle - depth
        || (diagonal != middle + depth && furthest[diagonal - 1] < furthest[diagonal + 1])
}

fn walked_back(before_len: usize, after: &[char], trace: &[Vec<usize>]) -> Vec<Edit> {
    let (mut x, mut y) = (before_len, after.len());
    let mut edits = Vec::new();
    for (depth, furthest) in trace.iter().enumerate().rev() {
        let middle = depth + 1;
        let diagonal = (x + middle).wrapping_sub(y);
        let down = goes_down(furthest, diagonal, (middle, depth));
        let (from_x, from_diagonal) = if down {
            (furthest[diagonal + 1], diagonal + 1)
        } else {
            (furthest[diagonal - 1], diagonal - 1)
        };
        let from_y = (from_x + middle).wrapping_sub(from_diagonal);
        let stop = if depth == 0 { (0, 0) } else { (from_x, from_y) };
        while x > stop.0 && y > stop.1 {
            edits.push(Edit::Keep);
            (x, y) = (x - 1, y - 1);
        }
        if depth > 0 {
            edits.push(if down { Edit::Insert(after[from_y]) } else { Edit::Delete });
            (x, y) = (from_x, from_y);
        }
    }
    edits.reverse();
    edits
}

/// Neighbouring edits as one splice each.
fn joined(start: u32, before: &[char], edits: &[Edit]) -> Vec<Splice> {
    let mut splices: Vec<Splice> = Vec::new();
    let mut left = before.iter().map(|character| character.len_utf16() as u32);
    let mut at = start;
    let mut open = false;
    for edit in edits {
        let is_change = *edit != Edit::Keep;
        if is_change && !open {
            splices.push(Splice { at, delete: 0, insert: String::new() });
        }
        open = is_change;
        let length = if matches!(edit, Edit::Insert(_)) { 0 } else { left.next().unwrap_or(0) };
        at += length;
        if let (true, Some(splice)) = (is_change, splices.last_mut()) {
            splice.delete += length;
            splice.insert.extend(match edit {
                Edit::Insert(character) => Some(*character),
                Edit::Keep | Edit::Delete => None,
            });
        }
    }
    splices
}

#[cfg(test)]
#[path = "splice_tests.rs"]
mod tests;
