//! Who sees a course and its parts, by the chains of all its documents and by nothing that anybody has written.

use domain::LifeArea;
use trust::{DocumentId, Kind, Role};

use super::consents::LetIn;
use super::people::Named;
use crate::client::Client;
use crate::sheet::Sheet;

/// Somebody who sees something, and nobody has declared why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Undeclared {
    /// Who; their name may be known to nobody.
    pub person: Named,
    /// The life areas they see; `None` for anything else of the course.
    pub areas: Vec<Option<LifeArea>>,
    /// Whether I may show them out.
    pub can_show_out: bool,
}

impl Client {
    /// A course and all its parts that are not the citizen's alone.
    pub(crate) fn course_and_parts(
        &self,
        course: DocumentId,
    ) -> impl Iterator<Item = (DocumentId, &Sheet)> {
        let own = self.courses().filter(move |(document, _)| *document == course);
        let kinds = [Kind::LifeArea, Kind::Meeting, Kind::Network, Kind::Consents].into_iter();
        own.chain(kinds.flat_map(move |kind| self.parts(Some(course), kind)))
    }

    /// Citizens and coordinators by the chain of the course or of any part of it: somebody may be in one of them
    /// alone.
    pub(super) fn always_readers(&self, course: DocumentId) -> Vec<Named> {
        let readers = self.course_and_parts(course).flat_map(|(_, sheet)| self.readers(sheet));
        let is_always = |named: &Named| {
            matches!(named.role, Some(domain::Role::Citizen | domain::Role::Coordinator))
        };
        let mut always: Vec<Named> = readers.filter(is_always).collect();
        always.sort_by_key(|named| (!named.is_me, named.role, named.who));
        always.dedup_by_key(|named| named.who);
        always
    }

    /// Those whom a chain lets in and who are not among these, about whom something was declared.
    pub(super) fn undeclared(&self, course: DocumentId, declared: &[LetIn]) -> Vec<Undeclared> {
        let mut found: Vec<Undeclared> = Vec::new();
        for (_, sheet) in self.course_and_parts(course) {
            let is_area = sheet.membership.kind == Kind::LifeArea;
            let area = is_area.then(|| documents::area::read(&sheet.paper).0.area).flatten();
            let guest = |named: &Named| {
                matches!(named.role, Some(domain::Role::Participant | domain::Role::TrustedAdult))
            };
            for person in self.readers(sheet).into_iter().filter(guest) {
                if declared.iter().any(|row| row.person.who == person.who) {
                    continue;
                }
                match found.iter_mut().find(|row| row.person.who == person.who) {
                    Some(row) if row.areas.contains(&area) => {}
                    Some(row) => row.areas.push(area.clone()),
                    None => {
                        let can_show_out = self.can_show_out(sheet);
                        found.push(Undeclared { person, areas: vec![area.clone()], can_show_out });
                    }
                }
            }
        }
        found
    }

    fn can_show_out(&self, sheet: &Sheet) -> bool {
        let act = trust::Act::Remove(Role::Participant);
        self.me.person.is_some_and(|me| sheet.membership.may(me, self.today(), act))
    }
}
