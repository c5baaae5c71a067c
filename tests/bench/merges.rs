//! Two people apart edit the same goal, agreement, map and self-assessment, and meet again: the figure
//! `merges`. Every word and every state of both must stand once on both screens, which show the same.
#![expect(clippy::print_stdout, reason = "the figure is what this program is for")]
#![expect(clippy::expect_used, reason = "a figure that cannot be taken says why")]

use std::process::ExitCode;

use client::view::{AreaAssessments, GoalOf, Network, PersonOf, Today as TodayQuery};
use client::{
    Command, DocumentId, Made, MilestoneCommand, NetworkCommand, PersonId, PlanCommand, Saying,
    Statement, TextField, ToolCommand,
};
use domain::{
    AgreementState, Doer, Half, ItemId, LifeArea, Score, Source, SourceName, Splice, Spot, Tie,
    Voice,
};
use tests::{Seed, Town, Walker};

const SEEDS: u64 = 20;
const MERGES_A_SEED: u64 = 10;
/// What each of the two does before they meet again.
const EDITS: u64 = 14;

struct Pair {
    town: Town,
    course: DocumentId,
    area: DocumentId,
    goal: ItemId,
    agreement: ItemId,
    milestone: ItemId,
    network: DocumentId,
    person: ItemId,
    words: u64,
    /// What must be seen by both, once.
    written: Vec<String>,
    /// Texts that did not fit, and were refused.
    refused: usize,
    /// Where each of the two put the person last, and the tie they gave.
    placed: Vec<(Spot, Tie)>,
    /// Whose words each of the two said that the goal is.
    said: Vec<Source>,
}

fn main() -> ExitCode {
    let (mut merges, mut unlike, mut lost, mut written, mut refused) = (0, 0, 0, 0, 0);
    for seed in 1..=SEEDS {
        let (mut pair, citizen, coordinator) = Pair::begin(seed);
        for _ in 0..MERGES_A_SEED {
            pair.part(citizen, coordinator);
            let pictures = [citizen, coordinator].map(|who| pair.picture(who));
            merges += 1;
            unlike += u64::from(pictures[0] != pictures[1]);
            let is_lost = |word: &&String| {
                pictures.iter().any(|picture| picture.matches(word.as_str()).count() != 1)
            };
            let missing: Vec<&String> = pair.written.iter().filter(is_lost).collect();
            missing.iter().for_each(|word| eprintln!("seed {seed}: {word}"));
            lost += missing.len() + usize::from(!pair.stands_where_somebody_put_them(citizen));
            lost += usize::from(!pair.is_said_as_somebody_said(citizen));
        }
        // A phone that has only the server sees the same.
        let last = pair.another_phone(citizen, coordinator);
        unlike += u64::from(pair.picture(last) != pair.picture(citizen));
        written += pair.written.len();
        refused += pair.refused;
    }
    let held = merges == SEEDS * MERGES_A_SEED && unlike == 0 && lost == 0 && written > 4_000;
    println!(
        "figure: merges | {merges} merges of {EDITS} edits by each of two: {unlike} with unlike pictures, {lost} \
         of {written} texts and states lost, {refused} texts too long and refused | {} merges, 0 lost, same picture on both | {}",
        SEEDS * MERGES_A_SEED,
        if held { "held" } else { "missed" }
    );
    if held { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn housing() -> LifeArea {
    LifeArea::from_key("housing").expect("a life area")
}

impl Pair {
    fn begin(seed: u64) -> (Self, Walker, Walker) {
        let mut town = Town::new(Seed(seed));
        let (citizen, coordinator) = town.course();
        let course = town.course_of(citizen);
        let named = |made| match made {
            Some(Made::Item(document, item)) => (document, item),
            made => panic!("nothing was made: {made:?}"),
        };
        let title = "Mål".to_owned();
        let (area, goal) =
            named(town.run(citizen, Command::AddGoal { course, area: housing(), title }));
        let (what, doer) = ("Ring".to_owned(), Doer::Named("Ali".to_owned()));
        let by_day = None;
        let promise =
            PlanCommand::AddAgreement { goal: Some(goal), what, doer, by_day, is_trial: true };
        let (_, agreement) = named(town.run(citizen, Command::Plan(area, promise)));
        let first = MilestoneCommand::Add(goal, "Nøgle".to_owned());
        let (_, milestone) = named(town.run(citizen, ToolCommand::Milestone(area, first)));
        let (name, half) = ("Jonas".to_owned(), Half::Private);
        let add = ToolCommand::AddPerson { course, name, half, is_missing: false };
        let (network, person) = named(town.run(citizen, add));
        town.settle();
        let (words, written, refused, placed, said) = (0, Vec::new(), 0, Vec::new(), Vec::new());
        let pair = Self {
            town,
            course,
            area,
            goal,
            agreement,
            milestone,
            network,
            person,
            words,
            written,
            refused,
            placed,
            said,
        };
        (pair, citizen, coordinator)
    }

    /// Both go on without a network, and meet again.
    fn part(&mut self, citizen: Walker, coordinator: Walker) {
        for who in [citizen, coordinator] {
            self.town.cut_off(who);
        }
        for _ in 0..EDITS {
            for (who, voice) in [(citizen, Voice::Citizen), (coordinator, Voice::Coordinator)] {
                self.edit(who, voice);
                self.town.pass(400);
            }
        }
        for who in [citizen, coordinator] {
            self.town.reconnect(who);
        }
        self.town.settle();
    }

    fn edit(&mut self, who: Walker, voice: Voice) {
        let (area, network) = (self.area, self.network);
        match self.town.below(12) {
            0 => self.write(who, area, TextField::Goal(self.goal)),
            1 => self.write(who, area, TextField::Agreement(self.agreement)),
            2 => self.write(who, area, TextField::FollowUp(self.agreement)),
            3 => self.write(who, network, TextField::PersonHelps(self.person)),
            4 => self.write(who, network, TextField::PersonRole(self.person)),
            5 => self.step(who),
            6 => self.judge(who),
            7 => self.assess(who, voice),
            8 => self.write(who, area, TextField::Milestone(self.milestone)),
            9 => self.another_milestone(who),
            10 => self.say_whose(who),
            _ => self.place(who),
        }
    }

    /// A new word; by its brackets it is found again, however much is written around it.
    fn word(&mut self) -> String {
        self.words += 1;
        format!("<{}>", self.words)
    }

    /// At one end of the text, so that no word is written into another.
    fn write(&mut self, who: Walker, document: DocumentId, field: TextField) {
        let insert = self.word();
        let units = self.units(who, field);
        let at = if self.town.below(2) == 0 { 0 } else { units };
        let splice = Splice { at, delete: 0, insert: insert.clone() };
        if self.town.try_run(who, Command::Write { document, field, splice }).is_ok() {
            self.written.push(insert);
        } else {
            self.refused += 1;
        }
    }

    fn units(&self, who: Walker, field: TextField) -> u32 {
        let goal = GoalOf { document: self.area, goal: self.goal };
        let goal = self.town.look(who, &goal).expect("the goal is there");
        let person = PersonOf { document: self.network, person: self.person };
        let person = self.town.look(who, &person).expect("Jonas is there");
        let agreement = &goal.agreements[0];
        let milestone = goal.milestones.iter().find(|row| row.id == self.milestone);
        let milestone = &milestone.expect("the milestone is there").text;
        let texts = [&goal.title, &agreement.what, &agreement.follow_up, milestone];
        let texts = texts.into_iter().chain([&person.helps, &person.role]);
        let found = { texts }.find(|text| text.field == field);
        let text = found.map(|text| text.text.as_str()).unwrap_or_default();
        u32::try_from(text.encode_utf16().count()).unwrap_or_default()
    }

    fn step(&mut self, who: Walker) {
        let word = self.word();
        let step = PlanCommand::AddStep(self.goal, word.clone());
        self.town.run(who, Command::Plan(self.area, step));
        self.written.push(word);
    }

    /// One more milestone, now and then moved to the front, and reached.
    fn another_milestone(&mut self, who: Walker) {
        let word = self.word();
        let add = MilestoneCommand::Add(self.goal, word.clone());
        let made = self.town.run(who, ToolCommand::Milestone(self.area, add));
        self.written.push(word);
        let Some(Made::Item(_, id)) = made else { return };
        let then = [MilestoneCommand::Move(id, 0), MilestoneCommand::SetReached(id, true)];
        for command in then.into_iter().take(self.town.below(3) as usize) {
            self.town.run(who, ToolCommand::Milestone(self.area, command));
        }
    }

    /// Whose words the goal is.
    fn say_whose(&mut self, who: Walker) {
        let name = SourceName::new(&self.word()).expect("it is a name");
        let source = match self.town.below(3) {
            0 => Source::Supported(name),
            1 => Source::Relative(name),
            _ => Source::Professional(name),
        };
        let (document, statement) = (self.area, Statement::Goal(self.goal));
        let set = ToolCommand::SetSource { document, statement, source: Some(source.clone()) };
        self.town.run(who, set);
        self.said.push(source);
    }

    /// Of what two said at once the one or the other holds: never a name with another's part in it.
    fn is_said_as_somebody_said(&mut self, who: Walker) -> bool {
        let goal = GoalOf { document: self.area, goal: self.goal };
        let said = self.town.look(who, &goal).expect("the goal is there").said;
        let all = std::mem::take(&mut self.said);
        all.is_empty() || said.is_some_and(|said| all.contains(&said.source))
    }

    fn judge(&mut self, who: Walker) {
        let state = AgreementState::ALL[self.town.below(6) as usize];
        let judge = PlanCommand::SetState(self.agreement, state);
        if let Some(Made::Item(_, change)) = self.town.run(who, Command::Plan(self.area, judge)) {
            self.written.push(format!("{change} {state:?}"));
        }
    }

    fn assess(&mut self, who: Walker, voice: Voice) {
        let words = self.word();
        let score = Score::new(self.town.below(6) as i64);
        let saying = Saying { area: housing(), voice, score, words: words.clone() };
        self.town.run(who, ToolCommand::Assess(self.course, saying));
        self.written.push(format!("{words} {score:?}"));
    }

    fn place(&mut self, who: Walker) {
        let side = |town: &mut Town| town.below(200) as i32 - 100;
        let spot = Spot::at(side(&mut self.town), side(&mut self.town));
        let tie = Tie::ALL[self.town.below(3) as usize];
        for command in
            [NetworkCommand::Put(self.person, spot), NetworkCommand::SetTie(self.person, Some(tie))]
        {
            self.town.run(who, ToolCommand::Network(self.network, command));
        }
        self.placed.push((spot, tie));
    }

    /// Of what two said at once the one or the other holds, and never what was before.
    fn stands_where_somebody_put_them(&mut self, who: Walker) -> bool {
        let map = self.town.look(who, &Network { course: self.course, day: None });
        let people = map.expect("the map is there").people;
        let row = people.into_iter().find(|row| row.id == self.person).expect("Jonas is there");
        let placed = std::mem::take(&mut self.placed);
        let spot = placed.iter().any(|(spot, _)| *spot == row.spot);
        let tie = placed.iter().any(|(_, tie)| Some(*tie) == row.tie);
        placed.is_empty() || (spot && tie)
    }

    fn another_phone(&mut self, citizen: Walker, coordinator: Walker) -> Walker {
        let me = self.town.look(citizen, &TodayQuery { course: self.course }).citizen;
        let person = PersonId(me.expect("she has a name").who.0);
        self.town.run(coordinator, ToolCommand::Invite { person, document: self.course });
        self.town.settle();
        self.town.let_in(coordinator, person, "another phone")
    }

    /// All of it that somebody sees, as one text.
    fn picture(&self, who: Walker) -> String {
        let goal = GoalOf { document: self.area, goal: self.goal };
        let goal = self.town.look(who, &goal).expect("the goal is there");
        let mut picture = format!("{}\n{:?}\n", goal.title.text, goal.said.map(|said| said.source));
        for row in goal.milestones {
            picture += &format!("{} {}\n", row.text.text, row.reached.is_some());
        }
        for step in goal.steps {
            picture += &format!("{}\n", step.text.text);
        }
        for row in goal.agreements {
            picture += &format!("{} {} {:?}\n", row.what.text, row.follow_up.text, row.state);
            let states = row.history.iter().map(|row| format!("{} {:?}\n", row.id, row.state));
            picture.extend(states);
        }
        let said = AreaAssessments { course: self.course, area: housing() };
        let said = self.town.look(who, &said).expect("the area is there");
        for row in said.by_citizen.into_iter().chain(said.by_coordinator) {
            picture += &format!("{} {:?} {:?}\n", row.words, row.score, row.day);
        }
        let map = self.town.look(who, &Network { course: self.course, day: None });
        for row in map.expect("the map is there").people {
            picture +=
                &format!("{} {} {} {} {:?}\n", row.name, row.role, row.helps, row.spot, row.tie);
        }
        picture
    }
}
