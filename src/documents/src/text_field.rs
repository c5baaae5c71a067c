//! Which text in a document: what a keystroke is aimed at.

use core::fmt;
use core::str::FromStr;

use domain::{ItemId, Splice, TEXT_UNITS_MAX, TITLE_UNITS_MAX, Who};

use crate::paper::Paper;
use crate::{area, assessment, course, meeting, network, notebook, support};

/// A text that people can write in together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum TextField {
    /// Why we meet.
    Purpose,
    /// A topic's title.
    TopicTitle(ItemId),
    /// Why it matters to me.
    TopicWhy(ItemId),
    /// What I hope comes out of it.
    TopicHope(ItemId),
    /// What must not be talked about.
    Avoid(ItemId),
    /// A practical wish.
    Wish(ItemId),
    /// A dream.
    Dream(ItemId),
    /// A goal's title.
    Goal(ItemId),
    /// A milestone of a goal.
    Milestone(ItemId),
    /// A small step.
    Step(ItemId),
    /// What an agreement is.
    Agreement(ItemId),
    /// How an agreement is followed up.
    FollowUp(ItemId),
    /// What somebody on the network map is called.
    PersonName(ItemId),
    /// What they are to the citizen.
    PersonRole(ItemId),
    /// What they help with.
    PersonHelps(ItemId),
    /// Where they work.
    PersonWorkplace(ItemId),
    /// A note that only the citizen reads.
    Note(ItemId),
    /// Own words of how it goes.
    Assessment(ItemId),
    /// What was learnt from an agreement that is a trial.
    Learnt(ItemId),
    /// What a help is.
    SupportWhat(ItemId),
    /// Whom a help comes from.
    SupportFrom(ItemId),
    /// How often there is help.
    SupportOften(ItemId),
}

impl TextField {
    /// How long the text may become, in UTF-16 units.
    pub fn units_max(self) -> u32 {
        match self {
            Self::TopicTitle(_) | Self::Goal(_) | Self::Milestone(_) | Self::Step(_) => {
                TITLE_UNITS_MAX
            }
            Self::PersonName(_) | Self::PersonRole(_) | Self::PersonWorkplace(_) => TITLE_UNITS_MAX,
            Self::SupportWhat(_) | Self::SupportFrom(_) | Self::SupportOften(_) => TITLE_UNITS_MAX,
            _ => TEXT_UNITS_MAX,
        }
    }

    /// Writes in it. What does not fit is left out: `false` then.
    pub fn write(self, paper: &mut Paper, splice: &Splice, writer: Who) -> bool {
        let place = self.place();
        let units = paper.text_units(&crate::row::text_name(place.0.0, place.1, place.2));
        let room = self.units_max().saturating_sub(units.saturating_sub(splice.delete));
        let fits = splice.insert.encode_utf16().count() <= room as usize;
        if fits {
            place.0.splice(paper, (place.1, place.2), splice, writer);
        }
        fits
    }

    /// What stands in it.
    pub fn read(self, paper: &Paper) -> String {
        let (table, id, field) = self.place();
        paper.read(|look| look.text(&crate::row::text_name(table.0, id, field)))
    }

    fn place(self) -> (crate::table::Table, ItemId, &'static str) {
        match self {
            Self::Purpose => (meeting::MEETING, meeting::THE_MEETING, "purpose"),
            Self::TopicTitle(id) => (meeting::TOPICS, id, "title"),
            Self::TopicWhy(id) => (meeting::TOPICS, id, "why"),
            Self::TopicHope(id) => (meeting::TOPICS, id, "hope"),
            Self::Avoid(id) => (meeting::AVOID, id, "text"),
            Self::Wish(id) => (meeting::WISHES, id, "text"),
            Self::Dream(id) => (course::DREAMS, id, "text"),
            Self::Goal(id) => (area::GOALS, id, "title"),
            Self::Milestone(id) => (area::MILESTONES, id, "text"),
            Self::Step(id) => (area::STEPS, id, "text"),
            Self::Agreement(id) => (area::AGREEMENTS, id, "what"),
            Self::FollowUp(id) => (area::AGREEMENTS, id, "follow_up"),
            Self::PersonName(id) => (network::PEOPLE, id, "name"),
            Self::PersonRole(id) => (network::PEOPLE, id, "role"),
            Self::PersonHelps(id) => (network::PEOPLE, id, "helps"),
            Self::PersonWorkplace(id) => (network::PEOPLE, id, "workplace"),
            Self::Note(id) => (notebook::NOTES, id, "text"),
            Self::Assessment(id) => (assessment::ASSESSMENTS, id, "words"),
            Self::Learnt(id) => (area::AGREEMENTS, id, "learnt"),
            Self::SupportWhat(id) => (support::SUPPORT, id, "what"),
            Self::SupportFrom(id) => (support::SUPPORT, id, "from"),
            Self::SupportOften(id) => (support::SUPPORT, id, "often"),
        }
    }

    fn word(self) -> (&'static str, Option<ItemId>) {
        match self {
            Self::Purpose => ("purpose", None),
            Self::TopicTitle(id) => ("topic-title", Some(id)),
            Self::TopicWhy(id) => ("topic-why", Some(id)),
            Self::TopicHope(id) => ("topic-hope", Some(id)),
            Self::Avoid(id) => ("avoid", Some(id)),
            Self::Wish(id) => ("wish", Some(id)),
            Self::Dream(id) => ("dream", Some(id)),
            Self::Goal(id) => ("goal", Some(id)),
            Self::Milestone(id) => ("milestone", Some(id)),
            Self::Step(id) => ("step", Some(id)),
            Self::Agreement(id) => ("agreement", Some(id)),
            Self::FollowUp(id) => ("follow-up", Some(id)),
            Self::PersonName(id) => ("person-name", Some(id)),
            Self::PersonRole(id) => ("person-role", Some(id)),
            Self::PersonHelps(id) => ("person-helps", Some(id)),
            Self::PersonWorkplace(id) => ("person-workplace", Some(id)),
            Self::Note(id) => ("note", Some(id)),
            Self::Assessment(id) => ("assessment", Some(id)),
            Self::Learnt(id) => ("learnt", Some(id)),
            Self::SupportWhat(id) => ("support-what", Some(id)),
            Self::SupportFrom(id) => ("support-from", Some(id)),
            Self::SupportOften(id) => ("support-often", Some(id)),
        }
    }
}

/// `topic-title:0123456789abcdef`: how it is named in live frames and in the page.
impl fmt::Display for TextField {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.word() {
            (word, Some(id)) => write!(out, "{word}:{id}"),
            (word, None) => write!(out, "{word}"),
        }
    }
}

/// What was read names no text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NoSuchText;

impl FromStr for TextField {
    type Err = NoSuchText;

    fn from_str(text: &str) -> Result<Self, NoSuchText> {
        let (word, id) = text.split_once(':').unwrap_or((text, "0000000000000000"));
        let id = id.parse().map_err(|_| NoSuchText)?;
        let all = [
            Self::Purpose,
            Self::TopicTitle(id),
            Self::TopicWhy(id),
            Self::TopicHope(id),
            Self::Avoid(id),
            Self::Wish(id),
            Self::Dream(id),
            Self::Goal(id),
            Self::Milestone(id),
            Self::Step(id),
            Self::Agreement(id),
            Self::FollowUp(id),
            Self::PersonName(id),
            Self::PersonRole(id),
            Self::PersonHelps(id),
            Self::PersonWorkplace(id),
            Self::Note(id),
            Self::Assessment(id),
            Self::Learnt(id),
            Self::SupportWhat(id),
            Self::SupportFrom(id),
            Self::SupportOften(id),
        ];
        all.into_iter().find(|field| field.word().0 == word).ok_or(NoSuchText)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_reads_back_what_it_shows() {
        for field in [
            TextField::Purpose,
            TextField::TopicWhy(ItemId(7)),
            TextField::Goal(ItemId(9)),
            TextField::Milestone(ItemId(9)),
            TextField::Note(ItemId(11)),
            TextField::Assessment(ItemId(11)),
            TextField::Learnt(ItemId(7)),
            TextField::SupportWhat(ItemId(7)),
            TextField::SupportFrom(ItemId(7)),
            TextField::SupportOften(ItemId(7)),
        ] {
            assert_eq!(field.to_string().parse(), Ok(field));
        }
        assert_eq!("topic:7".parse::<TextField>(), Err(NoSuchText));
    }

    #[test]
    fn a_text_has_an_end() {
        let mut paper = Paper::new(1);
        let field = TextField::Goal(ItemId(1));
        assert!(field.write(&mut paper, &Splice::whole(&"a".repeat(300)), Who([1; 16])));
        assert!(!field.write(&mut paper, &Splice::whole("b"), Who([1; 16])));
        let replace = Splice { at: 0, delete: 300, insert: "å".repeat(300) };
        assert!(field.write(&mut paper, &replace, Who([1; 16])));
    }
}
