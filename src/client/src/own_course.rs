//! A citizen's own course: the app keeps to the one it has, and asks about any other. Else whoever founds another
//! could have what she writes go elsewhere.

use std::cmp::Reverse;

use trust::{Act, DocumentId, PersonId, Role};

use crate::client::{Client, Topic};
use crate::effect::Row;
use crate::refusal::Refusal;
use crate::run::Outcome;
use crate::sheet::Sheet;
use crate::stored::read;

const NOTE: &[u8] = b"own-course";

impl Client {
    /// The course that a citizen's app shows: the one it has kept to, as long as that is there.
    pub(crate) fn own_course(&self) -> Option<DocumentId> {
        let kept = self.kept_course.filter(|kept| self.my_courses().any(|mine| mine == *kept));
        kept.or_else(|| {
            // On a phone that comes to two: where there is most.
            let parts = |course: &DocumentId| {
                let beneath = |sheet: &&Sheet| sheet.membership.parent == Some(*course);
                self.sheets.values().filter(beneath).count()
            };
            self.my_courses().min_by_key(|course| (Reverse(parts(course)), *course))
        })
    }

    /// Every course that is about me.
    fn my_courses(&self) -> impl Iterator<Item = DocumentId> {
        self.courses().filter(|(_, sheet)| self.is_mine(sheet)).map(|(course, _)| course)
    }

    fn is_mine(&self, sheet: &Sheet) -> bool {
        self.me.person.is_some() && self.citizen_of(sheet) == self.me.person
    }

    /// Remembers which course it is, once all that there is has been read.
    pub(crate) fn keep_to_own_course(&mut self) {
        let is_kept = || self.my_courses().any(|mine| Some(mine) == self.kept_course);
        if !self.lead.leads() || !self.replica.is_in() || is_kept() {
            return;
        }
        let has_all = !self.sheets.values().any(|sheet| sheet.is_unread() && !sheet.gone);
        if let Some(course) = self.own_course().filter(|_| has_all) {
            self.keep_to_course(course);
        }
    }

    fn keep_to_course(&mut self, course: DocumentId) {
        self.keep_note(NOTE, &course);
        self.kept_course = Some(course);
        self.changed(Topic::Documents);
        self.changed(Topic::Me);
    }

    /// Takes in a row from the disk or from another tab, if it is this one.
    pub(crate) fn take_own_course(&mut self, row: &Row) {
        if row.key == NOTE {
            self.kept_course = read(&row.value);
            self.changed(Topic::Documents);
            self.changed(Topic::Me);
        }
    }

    /// Courses that somebody has begun in my name beside the one that I have.
    pub(crate) fn other_courses(&self) -> Vec<(DocumentId, &Sheet)> {
        let (own, today) = (self.own_course(), self.today());
        let is_other = |(course, sheet): &(DocumentId, &Sheet)| {
            let mut others = sheet.membership.members.iter();
            let has_others = others.any(|(who, m)| Some(*who) != self.me.person && m.holds(today));
            Some(*course) != own && self.is_mine(sheet) && has_others
        };
        self.courses().filter(is_other).collect()
    }

    /// From now on I write in that one.
    pub(crate) fn change_course(&mut self, course: DocumentId) -> Outcome {
        if !self.my_courses().any(|mine| mine == course) {
            return Err(Refusal::NotThere);
        }
        self.keep_to_course(course);
        Ok(None)
    }

    /// That one is not mine: nobody but me is in it from now on.
    pub(crate) fn disown_course(&mut self, course: DocumentId) -> Outcome {
        let me = self.me.person.ok_or(Refusal::NotIn)?;
        if Some(course) == self.own_course() || !self.my_courses().any(|mine| mine == course) {
            return Err(Refusal::NotThere);
        }
        let today = self.today();
        let mut out: Vec<(DocumentId, PersonId)> = Vec::new();
        for (document, sheet) in self.course_and_parts(course) {
            let others = sheet.membership.members.iter().filter(|(who, _)| **who != me);
            for (who, member) in others.filter(|(_, member)| member.role != Role::Citizen) {
                if !sheet.membership.may(me, today, Act::Remove(member.role)) {
                    return Err(Refusal::NotAllowed);
                }
                out.push((document, *who));
            }
        }
        out.into_iter().for_each(|(document, who)| self.show_out(document, who));
        Ok(None)
    }
}
