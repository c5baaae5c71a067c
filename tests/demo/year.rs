//! A year behind her: Kirsten's plan as it looks after ten months, written day by day by her and by Mette.

use client::{
    AgendaCommand, Command, DocumentId, Made, NetworkCommand, NewSupport, PlanCommand, Saying,
    SupportField, TextField, ToolCommand,
};
use domain::{
    AgreementState, Day, Doer, Half, ItemId, LifeArea, LocalTime, Meeting, Nearness, Score, Splice,
    Tie, Useful, Voice, WishKind,
};
use tests::{App, Stuck};

/// What the year was written with, and by whom.
pub(crate) struct Year<'a> {
    pub(crate) kirsten: &'a mut App,
    pub(crate) mette: &'a mut App,
    pub(crate) course: DocumentId,
    pub(crate) today: Day,
}

/// How many days ago, the area, the goal, whether it is reached, and its steps: those that are done first.
type GoalRow = (i64, &'static str, &'static str, bool, [&'static [&'static str]; 2]);

const GOALS: [GoalRow; 9] = [
    (
        300,
        "housing",
        "Et sted at bo, hvor jeg må have hund",
        false,
        [
            &["Skrive op til en bolig", "Se på to lejligheder", "Finde papirerne frem"],
            &["Sige ja til en lejlighed"],
        ],
    ),
    (
        296,
        "money",
        "Penge til hele måneden",
        false,
        [&["Lave et budget sammen", "Betale huslejen den første"], &["Spørge om gælden"]],
    ),
    (280, "body", "Sove hele natten", true, [&["Tale med lægen", "Ingen kaffe om aftenen"], &[]]),
    (
        240,
        "network",
        "Se min søn en gang om måneden",
        false,
        [&["Ringe til ham"], &["Finde et sted at mødes", "Købe en gave"]],
    ),
    (200, "medicine", "Styr på min medicin", true, [&["Få en æske med dage på"], &[]]),
    (160, "everyday", "Gå tur med Rex hver dag", true, [&["Ny snor til Rex"], &[]]),
    (120, "work", "Noget at stå op til", false, [&["Se værestedet"], &["Prøve køkkenet"]]),
    (80, "mind", "Turde gå i butikker igen", false, [&["Gå med Jonas"], &["Gå alene"]]),
    (30, "law", "Svare på brevet fra kommunen", false, [&[], &["Læse det med Mette"]]),
];

const KEPT: &[AgreementState] = &[AgreementState::OnItsWay, AgreementState::Kept];
const BROKEN: &[AgreementState] = &[AgreementState::NotKept];
const MENDED: &[AgreementState] = &[AgreementState::NotKept, AgreementState::Renegotiated];
const DROPPED: &[AgreementState] = &[AgreementState::Dropped];
const ON_ITS_WAY: &[AgreementState] = &[AgreementState::OnItsWay];
const NEW: &[AgreementState] = &[];

/// For every goal: what was promised, by whom ("" is Kirsten herself), and how it went.
const PROMISES: [&[(&str, &str, &[AgreementState])]; 9] = [
    &[
        ("Ringe til boligkontoret", "Mette", KEPT),
        ("Finde mine papirer", "", KEPT),
        ("Sende en ansøgning", "Susanne", MENDED),
        ("Sende ansøgningen igen", "Susanne", KEPT),
        ("Spørge, om Rex må være der", "Mette", ON_ITS_WAY),
        ("Se lejligheden med mig", "Jonas", NEW),
    ],
    &[
        ("Lave et budget med mig", "Ali", KEPT),
        ("Gemme mine kvitteringer", "", KEPT),
        ("Ringe til banken", "Ali", BROKEN),
        ("Hjælpe med at søge om lån", "Ali", DROPPED),
        ("Holde øje med regningerne", "", ON_ITS_WAY),
    ],
    &[
        ("Tale med lægen om søvn", "Bodil", KEPT),
        ("Skrive ned, hvornår jeg sover", "", KEPT),
        ("Finde et tungt tæppe", "Bodil", KEPT),
        ("Slukke telefonen kl. 22", "", KEPT),
    ],
    &[
        ("Skrive til min søn", "", KEPT),
        ("Finde et sted, vi kan mødes", "Mette", ON_ITS_WAY),
        ("Køre mig derhen", "Jonas", NEW),
        ("Tale med hans mor", "Mette", DROPPED),
    ],
    &[
        ("Få en æske fra apoteket", "Bodil", KEPT),
        ("Komme hver mandag", "Bodil", KEPT),
        ("Sige til, når jeg glemmer den", "", KEPT),
        ("Ringe til lægen om bivirkning", "Bodil", MENDED),
        ("Ringe til lægen igen", "Bodil", KEPT),
    ],
    &[
        ("Gå med den første uge", "Jonas", KEPT),
        ("Gå hver dag", "", KEPT),
        ("Passe Rex, når jeg er syg", "Lillian", KEPT),
    ],
    &[
        ("Vise mig værestedet", "Peter", KEPT),
        ("Spørge om køkkenet", "Peter", ON_ITS_WAY),
        ("Møde op om onsdagen", "", BROKEN),
        ("Hente mig om onsdagen", "Peter", NEW),
        ("Finde arbejdstøj", "Peter", DROPPED),
    ],
    &[
        ("Gå med i Netto", "Jonas", KEPT),
        ("Øve vejrtrækning", "", KEPT),
        ("Give mig en tid til samtale", "Line", BROKEN),
        ("Ringe til Line", "Mette", ON_ITS_WAY),
        ("Gå alene en gang", "", NEW),
    ],
    &[
        ("Læse brevet med mig", "Mette", NEW),
        ("Skrive et svar", "Mette", NEW),
        ("Finde det gamle brev", "", ON_ITS_WAY),
    ],
];

/// Days ago, name, half, what they are, how near, and the tie.
type PersonRow = (i64, &'static str, Half, &'static str, Nearness, Option<Tie>);

const PEOPLE: [PersonRow; 13] = [
    (290, "Jonas", Half::Private, "Min nabo", Nearness::Close, Some(Tie::Good)),
    (290, "Lillian", Half::Private, "Min søster", Nearness::Far, Some(Tie::Strained)),
    (288, "Kasper", Half::Private, "Min søn", Nearness::Far, Some(Tie::Missed)),
    (288, "Rex", Half::Private, "Min hund", Nearness::Close, Some(Tie::Good)),
    (250, "Peter", Half::Private, "Fra værestedet", Nearness::Near, None),
    (200, "Inger", Half::Private, "Vi går tur", Nearness::Near, Some(Tie::Good)),
    (150, "Mor", Half::Private, "Min mor", Nearness::Near, None),
    (286, "Bodil", Half::Professional, "Sygeplejerske", Nearness::Close, Some(Tie::Good)),
    (286, "Ali", Half::Professional, "Hjælper med penge", Nearness::Near, None),
    (270, "Susanne", Half::Professional, "Boligkontoret", Nearness::Far, None),
    (240, "Lægen", Half::Professional, "Min læge", Nearness::Near, None),
    (100, "Line", Half::Professional, "Psykolog", Nearness::Far, Some(Tie::Strained)),
    (60, "Bo", Half::Professional, "Jobcentret", Nearness::Far, None),
];

/// Days ago (before today: a minus), place, and what was talked about.
const MEETINGS: [(i64, &str, &[&str]); 6] = [
    (280, "Kulturhuset, lokale 2", &["Min bolig", "Hvem er med?"]),
    (210, "Kulturhuset, lokale 2", &["Pengene hver måned", "Min søvn"]),
    (150, "Hjemme hos mig", &["Min søn", "Medicin"]),
    (95, "Kulturhuset, lokale 2", &["Noget at stå op til"]),
    (40, "Biblioteket", &["Boligen igen", "Gælden"]),
    (-7, "Kulturhuset, lokale 2", &["Brevet fra kommunen", "Lejligheden", "Min søn"]),
];

/// Days ago, the area, who says it, the number if there is one, and the words: five rounds.
type SaidRow = (i64, &'static str, Voice, i64, &'static str);

const SAID: [SaidRow; 17] = [
    (295, "housing", Voice::Citizen, 1, "Jeg sover hos min søster."),
    (295, "money", Voice::Citizen, 2, "Jeg tør ikke åbne brevene."),
    (290, "body", Voice::Citizen, 2, "Jeg sover næsten ikke."),
    (290, "network", Voice::Citizen, 2, "Min søn ringer ikke."),
    (225, "body", Voice::Citizen, 3, "Bodil hjælper mig."),
    (225, "medicine", Voice::Citizen, 2, ""),
    (225, "housing", Voice::Citizen, 2, "Jeg har et værelse."),
    (150, "money", Voice::Citizen, 1, "Nu har jeg set alle regningerne."),
    (150, "money", Voice::Coordinator, 2, "Du åbnede dem selv. Det er nyt."),
    (150, "medicine", Voice::Citizen, 4, "Æsken virker."),
    (90, "housing", Voice::Citizen, 3, "Rex må være her."),
    (90, "mind", Voice::Citizen, 0, "Det vil jeg ikke sætte tal på."),
    (90, "network", Voice::Citizen, 3, "Vi har talt i telefon."),
    (35, "body", Voice::Citizen, 4, "Jeg sover igennem de fleste nætter."),
    (35, "money", Voice::Citizen, 3, "Budgettet holder."),
    (35, "everyday", Voice::Citizen, 4, "Rex og jeg går hver dag."),
    (34, "housing", Voice::Coordinator, 4, "Du har selv skrevet op og set på to steder."),
];

/// The area, what, from whom, how often, since how many days, and whether it helps.
type HelpRow = (&'static str, &'static str, &'static str, &'static str, i64, Option<Useful>);

const HELP: [HelpRow; 6] = [
    ("medicine", "Medicin i æske", "Bodil", "Hver mandag", 200, Some(Useful::Yes)),
    ("money", "Budget", "Ali", "Når jeg ringer", 296, Some(Useful::Yes)),
    (
        "housing",
        "Hjælp til at søge bolig",
        "Susanne",
        "En gang om måneden",
        270,
        Some(Useful::Little),
    ),
    ("mind", "Samtale", "Line", "Hver anden uge", 100, Some(Useful::No)),
    ("everyday", "Rengøring", "Hjemmeplejen", "Hver fredag", 250, Some(Useful::Little)),
    ("body", "Træning på hold", "Sundhedshuset", "Onsdag", 120, None),
];

const NOTES: [(i64, &str); 3] = [
    (210, "Jeg bliver bange, når der er mange i rummet. Måske kan Jonas sidde ved siden af mig?"),
    (96, "Spørg Mette, om mødet kan være kortere."),
    (12, "Jeg vil gerne sige tak til Bodil."),
];

impl Year<'_> {
    /// Writes it, from the first day to today.
    pub(crate) fn write(&mut self) -> Result<(), Stuck> {
        let dreams = [
            "Jeg vil have ro omkring mig. Og min hund skal være her.",
            "At min søn vil besøge mig.",
            "En have, hvor Rex kan løbe.",
        ];
        for (text, days) in dreams.into_iter().zip([300, 240, 120]) {
            self.kirsten.set_days_ago(days);
            let (course, text) = (self.course, text.to_owned());
            self.kirsten.run(Command::AddDream { course, text })?;
        }
        self.move_on()?;
        for meeting in MEETINGS {
            self.meet(meeting)?;
        }
        for (goal, promises) in GOALS.into_iter().zip(PROMISES) {
            self.goal(goal, promises)?;
        }
        self.milestones()?;
        for person in PEOPLE {
            self.person(person)?;
        }
        self.let_see()?;
        self.missing("En at spise med om søndagen")?;
        for said in SAID {
            self.say(said)?;
        }
        for help in HELP {
            self.help(help)?;
        }
        for (days, text) in NOTES {
            self.kirsten.set_days_ago(days);
            let (course, text) = (self.course, text.to_owned());
            self.kirsten.run(ToolCommand::AddNote { course, text })?;
        }
        self.kirsten.set_days_ago(0);
        self.mette.set_days_ago(0);
        self.kirsten.until_safe()?;
        self.mette.until_safe()
    }

    fn day(&self, days_ago: i64) -> Day {
        self.today.plus(i32::try_from(-days_ago).unwrap_or_default())
    }

    fn meet(&mut self, (days, place, topics): (i64, &str, &[&str])) -> Result<(), Stuck> {
        self.mette.set_days_ago(days.max(0) + 14);
        let Ok(starts) = LocalTime::new(self.day(days), 10, 0) else { return Ok(()) };
        let Ok(meeting) = Meeting::at(starts, 60, place) else { return Ok(()) };
        let course = self.course;
        let made = self.mette.run(ToolCommand::MakeMeeting { course, meeting })?;
        let Some(Made::Document(document)) = made else { return Ok(()) };
        for topic in topics {
            let add = AgendaCommand::AddTopic((*topic).to_owned());
            self.mette.run(ToolCommand::Agenda(document, add))?;
        }
        let why = "Så vi er enige om, hvem der gør hvad.";
        write(self.mette, document, TextField::Purpose, why)?;
        let wish = AgendaCommand::AddWish(WishKind::Break, "Efter 20 minutter".to_owned());
        self.mette.run(ToolCommand::Agenda(document, wish))?;
        self.mette.set_days_ago(0);
        Ok(())
    }

    fn goal(
        &mut self,
        (days, area, title, is_reached, [done, open]): GoalRow,
        promises: &[(&str, &str, &[AgreementState])],
    ) -> Result<(), Stuck> {
        let Some(area) = LifeArea::from_key(area) else { return Ok(()) };
        let kirsten = &mut *self.kirsten;
        kirsten.set_days_ago(days);
        let (course, title) = (self.course, title.to_owned());
        let made = kirsten.run(Command::AddGoal { course, area, title })?;
        let Some(Made::Item(document, goal)) = made else { return Ok(()) };
        for (step, is_done) in
            done.iter().map(|step| (step, true)).chain(open.iter().map(|step| (step, false)))
        {
            let add = PlanCommand::AddStep(goal, (*step).to_owned());
            let made = kirsten.run(Command::Plan(document, add))?;
            if let Some(Made::Item(_, step)) = made.filter(|_| is_done) {
                kirsten.run(Command::Plan(document, PlanCommand::SetDone(step, true)))?;
            }
        }
        for (place, promise) in (0..).zip(promises) {
            self.promise((document, goal), (days - 12 * place).max(6), promise)?;
        }
        if is_reached {
            self.kirsten.set_days_ago((days - 100).max(5));
            self.kirsten.run(Command::Plan(document, PlanCommand::SetReached(goal, true)))?;
        }
        Ok(())
    }

    fn promise(
        &mut self,
        (document, goal): (DocumentId, ItemId),
        days: i64,
        (what, who, states): &(&str, &str, &[AgreementState]),
    ) -> Result<(), Stuck> {
        let by_day = self.day(days - 14);
        let kirsten = &mut *self.kirsten;
        kirsten.set_days_ago(days);
        let view = client::view::GoalOf { document, goal };
        let doers = kirsten.look(&view).map(|goal| goal.doers).unwrap_or_default();
        let is = |named: &&client::view::Named| named.is_me == who.is_empty();
        let member = doers.iter().find(is).filter(|_| who.is_empty() || *who == "Mette");
        let doer = member.map_or(Doer::Named((*who).to_owned()), |named| Doer::Member(named.who));
        let what = (*what).to_owned();
        let by_day = Some(by_day);
        let (goal, is_trial) = (Some(goal), what == "Gå med i Netto");
        let add = PlanCommand::AddAgreement { goal, what, doer, by_day, is_trial };
        let Some(Made::Item(_, agreement)) = kirsten.run(Command::Plan(document, add))? else {
            return Ok(());
        };
        for (after, state) in (1..).zip(*states) {
            kirsten.set_days_ago((days - 5 * after).max(1));
            let set = PlanCommand::SetState(agreement, *state);
            kirsten.run(Command::Plan(document, set))?;
        }
        Ok(())
    }

    fn person(&mut self, (days, name, half, role, near, tie): PersonRow) -> Result<(), Stuck> {
        let (kirsten, course) = (&mut *self.kirsten, self.course);
        kirsten.set_days_ago(days);
        let name = name.to_owned();
        let made = kirsten.run(ToolCommand::AddPerson { course, name, half, is_missing: false })?;
        let Some(Made::Item(document, person)) = made else { return Ok(()) };
        write(kirsten, document, TextField::PersonRole(person), role)?;
        let network = |command| ToolCommand::Network(document, command);
        kirsten.run(network(NetworkCommand::SetTie(person, tie)))?;
        if role == "Min nabo" {
            write(kirsten, document, TextField::PersonHelps(person), "Post, indkøb og gode råd.")?;
            kirsten.run(network(NetworkCommand::SetPhone(person, "12 34 56 78".to_owned())))?;
            kirsten.run(network(NetworkCommand::SetTrusted(Some(person))))?;
        }
        // Most came nearer, or farther away, with time.
        kirsten.set_days_ago(days / 2);
        kirsten.run(network(NetworkCommand::Seat(person, half, near)))?;
        Ok(())
    }

    fn say(&mut self, (days, area, voice, score, words): SaidRow) -> Result<(), Stuck> {
        let Some(area) = LifeArea::from_key(area) else { return Ok(()) };
        let saying = Saying { area, voice, score: Score::new(score), words: words.to_owned() };
        let app = match voice {
            Voice::Citizen => &mut *self.kirsten,
            Voice::Coordinator => &mut *self.mette,
        };
        app.set_days_ago(days);
        app.run(ToolCommand::Assess(self.course, saying))?;
        Ok(())
    }

    fn help(&mut self, (area, what, from, often, days, useful): HelpRow) -> Result<(), Stuck> {
        let Some(area) = LifeArea::from_key(area) else { return Ok(()) };
        let [what, from, often] = [what, from, often].map(str::to_owned);
        let support = NewSupport { what, from, often, since: Some(self.day(days)) };
        self.kirsten.set_days_ago(days);
        let course = self.course;
        let made = self.kirsten.run(ToolCommand::AddSupport { course, area, support })?;
        let Some(Made::Item(document, support)) = made else { return Ok(()) };
        let set = PlanCommand::SetSupport(support, SupportField::Useful(useful));
        self.kirsten.run(Command::Plan(document, set))?;
        Ok(())
    }

    fn missing(&mut self, name: &str) -> Result<(), Stuck> {
        let (course, name) = (self.course, name.to_owned());
        let missing =
            ToolCommand::AddPerson { course, name, half: Half::Private, is_missing: true };
        self.kirsten.run(missing)?;
        Ok(())
    }
}

fn write(app: &mut App, document: DocumentId, field: TextField, text: &str) -> Result<(), Stuck> {
    app.run(Command::Write { document, field, splice: Splice::whole(text) })?;
    Ok(())
}
