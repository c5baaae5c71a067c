//! Commands: checked at the door, then done, one field at a time.

use documents::{Author, TextField, area, course, meeting, network, notebook, support};
use domain::{LifeArea, Splice};
use trust::{Act, DocumentId, Kind};

use crate::client::{Client, Done, Made};
use crate::command::{Command, Deed, FirstCommand, PlanCommand, Thing};
use crate::effect::Now;
use crate::refusal::Refusal;
use crate::sheet::Sheet;

/// What a command made, or why it was not done.
pub(crate) type Outcome = Result<Option<Made>, Refusal>;

impl Deed for FirstCommand {
    fn done_by(self: Box<Self>, client: &mut Client) -> Outcome {
        match *self {
            Self::Redeem { typed, tentative } => client.redeem(&typed, tentative),
            Self::Open(document) => client.just(|me| me.look_at(document, None)),
            Self::OpenAt(document, id) => client.just(|me| me.look_at(document, Some(id))),
            Self::Leave => client.just(|me| me.look_away()),
            Self::SawNews(marks) => client.just(|me| me.saw_news(&marks)),
            Self::PutAway(is_away) => client.just(|me| me.put_away(is_away)),
        }
    }
}

impl Deed for Command {
    fn done_by(self: Box<Self>, client: &mut Client) -> Outcome {
        client.surely_have_tools();
        match *self {
            Self::AddDream { course, text } => client.add_dream(course, &text),
            Self::AddGoal { course, area, title } => client.add_goal(course, &area, &title),
            Self::Plan(document, command) => client.plan(document, command),
            Self::Write { document, field, splice } => client.write(document, field, &splice),
            Self::ThrowOut(document, thing) => client.throw_out(document, thing, true),
            Self::TakeBack(document, thing) => client.throw_out(document, thing, false),
            Self::Undo(document) => client.undo(document),
            Self::Redo(document) => client.redo(document),
            Self::KeepUnsent { place, words } => {
                client.just(|me| me.keep_unsent(place, words, None))
            }
            Self::KeepNotWritten { place, words } => {
                let (words, base) = words.unzip();
                client.just(|me| me.keep_unsent(place, words.unwrap_or_default(), base))
            }
            Self::TakeBackHeld(id) => client.take_back_held(id),
            Self::Caret(document, caret) => client.just(|me| me.caret_at(document, caret)),
        }
    }
}

impl Client {
    /// Does what a person asks for.
    ///
    /// # Errors
    /// A [`Refusal`] to show; nothing has changed then.
    pub fn run(&mut self, deed: Box<dyn Deed>, now: Now) -> Result<Done, Refusal> {
        self.pass_time(now);
        if !self.lead.is_open() {
            return Err(Refusal::Opening);
        }
        let made = deed.done_by(self)?;
        Ok(self.done(made))
    }

    /// Does what cannot be refused and makes nothing.
    pub(crate) fn just(&mut self, act: impl FnOnce(&mut Self)) -> Outcome {
        act(self);
        Ok(None)
    }

    fn author(&self) -> Result<Author, Refusal> {
        let who = self.who().ok_or(Refusal::NotIn)?;
        Ok(Author { who, at_ms: self.now.wall_ms })
    }

    /// A document I may write in.
    pub(crate) fn writable(
        &mut self,
        document: DocumentId,
    ) -> Result<(&mut Sheet, Author), Refusal> {
        let author = self.author()?;
        let me = self.me.person.ok_or(Refusal::NotIn)?;
        let today = self.today();
        let has_unread = self.has_unread(document);
        let sheet = self.sheets.get_mut(&document).filter(|sheet| !sheet.gone);
        let sheet = sheet.ok_or(Refusal::NotThere)?;
        if sheet.is_unread() || has_unread && sheet.paper.is_blank() {
            return Err(Refusal::Opening);
        }
        if !sheet.membership.may(me, today, Act::Write) {
            return Err(Refusal::NotAllowed);
        }
        Ok((sheet, author))
    }

    pub(crate) fn today(&self) -> u32 {
        let day = domain::Day::of_moment(self.now.wall_ms, self.now.zone_minutes).days();
        u32::try_from(day).unwrap_or_default()
    }

    /// One step in a document: done, noted, and undone by itself.
    pub(crate) fn change(
        &mut self,
        document: DocumentId,
        step: impl FnOnce(&mut Sheet, Author) -> Outcome,
    ) -> Outcome {
        let before = self.things_in(document);
        let (sheet, author) = self.writable(document)?;
        sheet.paper.mark_step();
        let made = step(sheet, author)?;
        sheet.paper.mark_step();
        self.wrote(document);
        self.saw_own_change(document, &before);
        Ok(made)
    }

    fn plan(&mut self, document: DocumentId, command: PlanCommand) -> Outcome {
        let id = self.chance.item();
        self.change(document, |sheet, author| {
            let paper = &mut sheet.paper;
            let at = |yes: bool| yes.then_some(author.at_ms);
            match command {
                PlanCommand::AddStep(goal, text) => {
                    checked(TextField::Step(id), &text)?;
                    area::add_step(paper, id, goal, author);
                    fill(sheet, TextField::Step(id), &text, author)?;
                }
                PlanCommand::SetDone(step, done) => area::set_done(paper, step, at(done)),
                PlanCommand::SetReached(goal, reached) => {
                    area::set_reached(paper, goal, at(reached))
                }
                PlanCommand::AddAgreement { goal, what, doer, by_day, is_trial } => {
                    checked(TextField::Agreement(id), &what)?;
                    area::add_agreement(paper, id, goal, author);
                    area::set_doer(paper, id, &doer);
                    area::set_by_day(paper, id, by_day);
                    if is_trial {
                        area::set_trial(paper, id, true);
                    }
                    fill(sheet, TextField::Agreement(id), &what, author)?;
                }
                PlanCommand::SetTrial(agreement, is_trial) => {
                    area::set_trial(paper, agreement, is_trial);
                }
                PlanCommand::SetDoer(agreement, doer) => area::set_doer(paper, agreement, &doer),
                PlanCommand::SetByDay(agreement, day) => area::set_by_day(paper, agreement, day),
                PlanCommand::SetState(agreement, state) => {
                    area::set_state(paper, (id, agreement), state, author);
                }
                PlanCommand::SetSupport(support, field) => support::set(paper, support, field),
            }
            Ok(Some(Made::Item(document, id)))
        })
    }

    fn write(&mut self, document: DocumentId, field: TextField, splice: &Splice) -> Outcome {
        let (sheet, author) = self.writable(document)?;
        if !field.write(&mut sheet.paper, splice, author.who) {
            return Err(Refusal::TooLong);
        }
        self.wrote(document);
        Ok(None)
    }

    pub(crate) fn throw_out(&mut self, document: DocumentId, thing: Thing, out: bool) -> Outcome {
        self.change(document, |sheet, author| {
            let author = out.then_some(author);
            let paper = &mut sheet.paper;
            match thing {
                Thing::Meeting(list, id) => meeting::throw_out(paper, list, id, author),
                Thing::Area(list, id) => area::throw_out(paper, list, id, author),
                Thing::Dream(id) => course::throw_out_dream(paper, id, author),
                Thing::Person(id) => network::throw_out(paper, id, author),
                Thing::Note(id) => notebook::throw_out(paper, id, author),
            }
            Ok(None)
        })
    }

    fn undo(&mut self, document: DocumentId) -> Outcome {
        let (sheet, _) = self.writable(document)?;
        if !sheet.paper.undo() {
            return Err(Refusal::NothingToUndo);
        }
        self.wrote(document);
        Ok(None)
    }

    fn redo(&mut self, document: DocumentId) -> Outcome {
        let (sheet, _) = self.writable(document)?;
        if !sheet.paper.redo() {
            return Err(Refusal::NothingToUndo);
        }
        self.wrote(document);
        Ok(None)
    }

    pub(crate) fn add_dream(&mut self, document: DocumentId, text: &str) -> Outcome {
        let id = self.chance.item();
        self.change(document, |sheet, author| {
            checked(TextField::Dream(id), text)?;
            course::add_dream(&mut sheet.paper, id, author);
            fill(sheet, TextField::Dream(id), text, author)?;
            Ok(Some(Made::Item(document, id)))
        })
    }

    pub(crate) fn add_goal(&mut self, course: DocumentId, area: &LifeArea, title: &str) -> Outcome {
        let id = self.chance.item();
        checked(TextField::Goal(id), title)?;
        let document = self.area_to_write_in(course, area)?;
        self.change(document, |sheet, author| {
            area::add_goal(&mut sheet.paper, id, author);
            fill(sheet, TextField::Goal(id), title, author)?;
            Ok(Some(Made::Item(document, id)))
        })
    }

    /// The document of a life area, made when there is none. What comes first into it is worth keeping.
    pub(crate) fn area_to_write_in(
        &mut self,
        course: DocumentId,
        area: &LifeArea,
    ) -> Result<DocumentId, Refusal> {
        if let Some(document) = self.area_document(course, area) {
            return Ok(document);
        }
        let document = self.found_part(course, Kind::LifeArea)?;
        self.change(document, |sheet, author| {
            area::set_area(&mut sheet.paper, area, author);
            Ok(None)
        })?;
        self.ask_to_persist();
        Ok(document)
    }

    fn area_document(&self, course: DocumentId, area: &LifeArea) -> Option<DocumentId> {
        self.documents_of_area(course, area).into_iter().next()
    }

    /// Every document of a life area: two who knew nothing of each other may each have begun one.
    pub(crate) fn documents_of_area(&self, course: DocumentId, area: &LifeArea) -> Vec<DocumentId> {
        let is = |sheet: &Sheet| area::read(&sheet.paper).0.area.as_ref() == Some(area);
        let areas = self.parts(Some(course), Kind::LifeArea).filter(|(_, sheet)| is(sheet));
        areas.map(|(document, _)| document).collect()
    }
}

/// A text that somebody filled in before there was a row for it.
pub(crate) fn checked(field: TextField, text: &str) -> Result<(), Refusal> {
    if text.trim().is_empty() {
        return Err(Refusal::Empty);
    }
    let fits = text.encode_utf16().count() <= field.units_max() as usize;
    if fits { Ok(()) } else { Err(Refusal::TooLong) }
}

pub(crate) fn fill(
    sheet: &mut Sheet,
    field: TextField,
    text: &str,
    author: Author,
) -> Result<(), Refusal> {
    let fits = field.write(&mut sheet.paper, &Splice::whole(text.trim()), author.who);
    if fits { Ok(()) } else { Err(Refusal::TooLong) }
}
