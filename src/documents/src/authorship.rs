//! Who wrote what, by the sessions that did and not by what anybody has written of it: anybody can write anybody's
//! name in a row, and nobody can write under another's session.
//!
//! Everything that was merged is looked through once. For each text it is known which sessions have written in it,
//! and for each field that names a person which sessions have written that field. Whose a session is, the caller says.

use domain::Who;
use litemap::LiteMap;

use crate::choice::{ChoicePlace, Choices};
use crate::update::{Block, Content, Id, Place};

/// The fields that say who did something.
const NAMES: [&str; 2] = ["by", "removed_by"];

/// What is known of who wrote what in one document.
#[derive(Default)]
pub(crate) struct Authorship {
    places: Places,
    /// Sessions that have written in a text, by the text's name, and which of them was the how manieth.
    texts: LiteMap<String, LiteMap<u64, usize>>,
    /// Sessions that have written a field that names somebody, by table and key.
    names: LiteMap<String, LiteMap<String, Vec<Written>>>,
    /// Whose sessions these are.
    writers: LiteMap<u64, Who>,
    pub(crate) choices: Choices,
}

/// One time that a field was written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Written {
    session: u64,
    /// Nobody is known to have written it before.
    is_first: bool,
}

/// Where everything stands that something else was written beside.
#[derive(Default)]
struct Places {
    /// For each session runs of what it wrote, in order: where they end, and where they stand.
    runs: LiteMap<u64, Vec<(u32, Standing)>>,
}

/// Where something stands, as far as it matters here.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Standing {
    Text(String),
    Name(String, String),
    Choice(ChoicePlace),
    Elsewhere,
}

impl Authorship {
    /// Notes a block that was just merged; those that it stands beside were before.
    pub(crate) fn add(&mut self, block: &Block<'_>) {
        let session = block.id.session;
        let beside = || self.places.find(block.origin.or(block.right)?).cloned();
        let standing = match block.place {
            Some(place) => Standing::of(place, block.content),
            // What has been taken away for good says no more where it stood.
            None => beside().unwrap_or(Standing::Elsewhere),
        };
        match &standing {
            Standing::Text(name) => {
                let sessions = self.texts.entry(name.clone()).or_default();
                let count = sessions.len();
                sessions.entry(session).or_insert(count);
            }
            Standing::Name(table, key) => {
                let written = Written { session, is_first: block.origin.is_none() };
                let times = self.names.entry(table.clone()).or_default();
                let times = times.entry(key.clone()).or_default();
                if !times.contains(&written) {
                    times.push(written);
                }
            }
            Standing::Choice(place) => self.choices.add(place, block),
            Standing::Elsewhere => {}
        }
        self.places.add(block, standing);
    }

    /// Which field that one person decides a block is about, before it is added.
    pub(crate) fn choice_in(&self, block: &Block<'_>) -> Option<ChoicePlace> {
        if let Some(Place { root, field }) = block.place {
            return ChoicePlace::of(root, field?);
        }
        match self.places.find(block.origin.or(block.right)?)? {
            Standing::Choice(place) => Some(place.clone()),
            _ => None,
        }
    }

    /// Whose a session is, as far as it is known.
    pub(crate) fn writer_of(&self, session: u64) -> Option<Who> {
        self.writers.get(&session).copied()
    }

    /// A session is this person's.
    pub(crate) fn set_writer(&mut self, session: u64, who: Who) -> bool {
        self.writers.insert(session, who) != Some(who)
    }

    /// Who made a row, where it says that `claimed` did: whoever wrote that first. `claimed` itself where it is not
    /// known whose the session is, as in a document of which only a summary has come.
    pub(crate) fn maker(&self, place: (&str, &str), claimed: Option<Who>) -> Option<Who> {
        let times = self.times(place);
        self.one_of(times.iter().filter(|written| written.is_first), claimed)
    }

    /// Who wrote a field that names somebody the last time, where it says that `claimed` did.
    pub(crate) fn writer(&self, place: (&str, &str), claimed: Option<Who>) -> Option<Who> {
        self.one_of(self.times(place).iter().rev(), claimed)
    }

    fn times(&self, (table, key): (&str, &str)) -> &[Written] {
        self.names.get(table).and_then(|keys| keys.get(key)).map_or(&[], Vec::as_slice)
    }

    /// Which of these it was: the one who is claimed, if it was one of them at all.
    fn one_of<'w>(
        &self,
        times: impl Iterator<Item = &'w Written>,
        claimed: Option<Who>,
    ) -> Option<Who> {
        let writer = |written: &Written| self.writers.get(&written.session).copied();
        let known: Vec<Option<Who>> = times.map(writer).collect();
        let may_be = known.contains(&claimed) || known.contains(&None);
        if may_be { claimed } else { known.first().copied().flatten().or(claimed) }
    }

    /// Everybody who has written in a text, and whether everybody who has is known.
    pub(crate) fn authors(&self, text: &str) -> (Vec<Who>, bool) {
        let sessions = self.texts.get(text).into_iter().flat_map(LiteMap::iter);
        let mut sessions: Vec<(usize, u64)> =
            sessions.map(|(session, place)| (*place, *session)).collect();
        sessions.sort_unstable();
        let writer = |(_, session): &(usize, u64)| self.writers.get(session).copied();
        let known: Vec<Option<Who>> = sessions.iter().map(writer).collect();
        let is_whole = !known.is_empty() && known.iter().all(Option::is_some);
        let mut authors: Vec<Who> = Vec::new();
        for who in known.into_iter().flatten() {
            if !authors.contains(&who) {
                authors.push(who);
            }
        }
        (authors, is_whole)
    }
}

impl Standing {
    fn of(place: Place<'_>, content: Content<'_>) -> Self {
        match place.field {
            Some(key) => {
                let field = key.split_once('/').map_or(key, |(_, field)| field);
                if NAMES.contains(&field) {
                    Self::Name(place.root.to_owned(), key.to_owned())
                } else {
                    ChoicePlace::of(place.root, key).map_or(Self::Elsewhere, Self::Choice)
                }
            }
            // A value that stands in a text is no part of it.
            None if matches!(content, Content::Value(_)) => Self::Elsewhere,
            None => Self::Text(place.root.to_owned()),
        }
    }
}

impl Places {
    fn add(&mut self, block: &Block<'_>, standing: Standing) {
        let end = block.id.clock + block.length;
        let runs = self.runs.entry(block.id.session).or_default();
        match runs.last_mut() {
            Some((last, of)) if *of == standing && *last == block.id.clock => *last = end,
            Some((last, _)) if *last >= end => {}
            _ => runs.push((end, standing)),
        }
    }

    fn find(&self, id: Id) -> Option<&Standing> {
        let runs = self.runs.get(&id.session)?;
        let place = runs.partition_point(|(end, _)| *end <= id.clock);
        runs.get(place).map(|(_, standing)| standing)
    }
}

#[cfg(test)]
mod tests {
    use domain::{ItemId, Splice, Who};

    use crate::paper::Paper;
    use crate::row::Author;
    use crate::{TextField, area};

    const KIRSTEN: Who = Who([1; 16]);
    const METTE: Who = Who([2; 16]);
    const GOAL: ItemId = ItemId(7);

    fn author(who: Who) -> Author {
        Author { who, at_ms: 0 }
    }

    fn write(paper: &mut Paper, at: u32, text: &str, who: Who) -> Vec<u8> {
        let splice = Splice { at, delete: 0, insert: text.to_owned() };
        assert!(TextField::Goal(GOAL).write(paper, &splice, who));
        paper.take_fresh().unwrap()
    }

    /// What a goal says of who made it, who wrote in it and who threw it out.
    fn said(paper: &Paper) -> (Option<Who>, Vec<Who>, Option<Who>) {
        let (plan, _) = area::read(paper);
        let goal = plan.goals.into_iter().chain(plan.removed_goals).next().unwrap();
        (goal.by, goal.title.by, goal.removed.and_then(|removed| removed.by))
    }

    /// A reader who knows whose sessions 1 and 2 are, or does not.
    fn read(updates: &[Vec<u8>], knows: bool) -> Paper {
        let mut paper = Paper::new(9);
        updates.iter().for_each(|update| drop(paper.apply(update).unwrap()));
        if knows {
            paper.set_writer(1, KIRSTEN);
            paper.set_writer(2, METTE);
        }
        paper
    }

    #[test]
    fn a_row_is_made_by_whoever_wrote_it_whatever_it_says() {
        let mut mettes = Paper::new(2);
        area::add_goal(&mut mettes, GOAL, author(KIRSTEN));
        let forged = write(&mut mettes, 0, "Jeg vil flytte", KIRSTEN);
        let forged = [forged];
        assert_eq!(said(&read(&forged, false)), (Some(KIRSTEN), vec![KIRSTEN], None));
        assert_eq!(said(&read(&forged, true)), (Some(METTE), vec![METTE], None));
        // A copy of the merged document says the same as the records it was made of.
        assert_eq!(said(&read(&[read(&forged, true).state()], true)).0, Some(METTE));
    }

    #[test]
    fn who_wrote_in_a_text_is_named_also_without_a_mark() {
        let (mut hers, mut mettes) = (Paper::new(1), Paper::new(2));
        area::add_goal(&mut hers, GOAL, author(KIRSTEN));
        let first = write(&mut hers, 0, "Jeg vil blive", KIRSTEN);
        mettes.apply(&first).unwrap();
        let unmarked = write(&mut mettes, 9, "ikke ", KIRSTEN);
        let all = [first, unmarked];
        assert_eq!(said(&read(&all, false)).1, [KIRSTEN]);
        assert_eq!(said(&read(&all, true)).1, [KIRSTEN, METTE]);
        assert_eq!(said(&read(&[read(&all, true).state()], true)).1, [KIRSTEN, METTE]);
    }

    #[test]
    fn nobody_takes_a_row_over_or_throws_it_out_in_anothers_name() {
        let (mut hers, mut mettes) = (Paper::new(1), Paper::new(2));
        area::add_goal(&mut hers, GOAL, author(KIRSTEN));
        let first = write(&mut hers, 0, "Jeg vil blive", KIRSTEN);
        mettes.apply(&first).unwrap();
        mettes.set("goals", vec![(format!("{GOAL}/by"), METTE.to_string().as_str().into())]);
        area::throw_out(&mut mettes, area::List::Goals, GOAL, Some(author(KIRSTEN)));
        let forged = mettes.take_fresh().unwrap();
        let paper = read(&[first, forged], true);
        assert_eq!(said(&paper), (Some(KIRSTEN), vec![KIRSTEN], Some(METTE)));
    }
}
