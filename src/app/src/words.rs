//! What things are called: the words for what the domain names.

use client::view::{Named, NewsRow, OverlapRow, Said, Saved, SavingView, What, When};
use client::{NotRedeemed, NotSaved};
use domain::{
    AgreementState, Half, LifeArea, Nearness, Purpose, Role, Score, Source, Tie, Useful, WishKind,
};
use kit::{FaceKind, Shape, Tone};

use crate::part::Part;
use crate::text::{capital, fill, full_day_in_words, full_moment_in_words, names, plural, t};

/// What somebody is called: "dig" for myself, what they are when nobody has said their name.
pub(crate) fn name(named: &Named) -> String {
    if named.is_me { t().you().to_owned() } else { name_or_role(named) }
}

/// The name, or what the person is.
pub(crate) fn name_or_role(named: &Named) -> String {
    if named.name.is_empty() { role(named.role).to_owned() } else { named.name.clone() }
}

/// What a person is.
pub(crate) fn role(role: Option<Role>) -> &'static str {
    let t = t();
    match role {
        Some(Role::Citizen) => t.role_citizen(),
        Some(Role::Coordinator) => t.role_coordinator(),
        Some(Role::TrustedAdult) => t.role_trusted_adult(),
        Some(Role::DailyLead) => t.role_daily_lead(),
        Some(Role::Participant) | None => t.role_somebody(),
    }
}

/// A heading: what is the reader's own, or with the name of the citizen whose it is.
pub(crate) fn title(other: Option<&Named>, own: &str, of: &str) -> String {
    let of = |citizen: &Named| fill(of, &[("name", &name_or_role(citizen))]);
    other.map_or_else(|| own.to_owned(), of)
}

/// Which face a person has.
pub(crate) fn face(named: &Named) -> FaceKind {
    match named.role {
        _ if named.is_me => FaceKind::Me,
        Some(Role::Citizen | Role::TrustedAdult) => FaceKind::Private,
        _ => FaceKind::Professional,
    }
}

/// "Du og Mette", "Kun dig".
pub(crate) fn who_sees(readers: &[Named]) -> String {
    match readers {
        [] => t().nobody().to_owned(),
        [only] if only.is_me => t().only_you().to_owned(),
        _ => names(&readers.iter().map(subject).collect::<Vec<_>>()),
    }
}

/// "Skrevet af dig og Mette".
pub(crate) fn written_by(by: &[Named]) -> String {
    let by = names(&by.iter().map(name).collect::<Vec<_>>());
    if by.is_empty() { String::new() } else { fill(t().written_by(), &[("who", &by)]) }
}

/// Whose words something is, in at most six words: of a name only the first is said.
pub(crate) fn said(said: &Said) -> String {
    let t = t();
    let first = |name: String| name.split(' ').next().unwrap_or_default().to_owned();
    let named =
        |who: &Option<Named>| first(who.as_ref().map_or_else(|| t.somebody().to_owned(), name));
    let who = match &said.source {
        Source::Citizen | Source::Supported(_) => named(&said.citizen),
        Source::Professional(_) if said.is_writers => named(&said.writer),
        Source::Relative(name) | Source::Professional(name) => name.first_word().to_owned(),
    };
    let writer = said.other_writer().map(|writer| first(name(writer))).unwrap_or_default();
    let helper = said.source.name().map(|name| name.first_word()).unwrap_or_default();
    let sentence = match &said.source {
        _ if said.is_writers => t.said_by(),
        Source::Citizen if writer.is_empty() => t.said_by(),
        Source::Citizen => t.said_by_written(),
        Source::Supported(_) => t.said_by_helped(),
        Source::Relative(_) => t.said_by_relative(),
        Source::Professional(_) => t.said_by_professional(),
    };
    fill(sentence, &[("who", &who), ("writer", &writer), ("helper", helper)])
}

/// What somebody is called at the head of a sentence: "Du" for myself.
pub(crate) fn subject(named: &Named) -> String {
    if named.is_me { t().you_first().to_owned() } else { name_or_role(named) }
}

/// A life area, as people say it.
pub(crate) fn area(area: &LifeArea) -> &'static str {
    let t = t();
    match area.key() {
        "work" => t.area_work(),
        "housing" => t.area_housing(),
        "money" => t.area_money(),
        "network" => t.area_network(),
        "body" => t.area_body(),
        "mind" => t.area_mind(),
        "substances" => t.area_substances(),
        "law" => t.area_law(),
        "care" => t.area_care(),
        "medicine" => t.area_medicine(),
        "everyday" => t.area_everyday(),
        _ => t.area_other(),
    }
}

/// What a consent is for, as the citizen chooses it.
pub(crate) fn purpose(purpose: &Purpose) -> String {
    let t = t();
    match purpose {
        Purpose::Help => t.purpose_help(),
        Purpose::Plan => t.purpose_plan(),
        Purpose::Follow => t.purpose_follow(),
        Purpose::Other(_) => t.purpose_other(),
    }
    .to_owned()
}

/// What a consent was given for: own words where there are some.
pub(crate) fn purpose_said(given: &Purpose) -> String {
    match given {
        Purpose::Other(words) => words.clone(),
        offered => purpose(offered),
    }
}

/// For how long.
pub(crate) fn months(months: u8) -> String {
    match months {
        12 => t().consent_a_year().to_owned(),
        months => fill(t().consent_months(), &[("count", &months.to_string())]),
    }
}

/// When a meeting is, as a line of its own. One that is cancelled is called so wherever it is named.
pub(crate) fn meeting_when(when: &When) -> String {
    let starts = when.starts.map(|starts| capital(&full_moment_in_words(starts)));
    let starts = starts.unwrap_or_else(|| t().meeting_no_time().to_owned());
    if when.is_cancelled { [t().meeting_cancelled(), &starts].join(" ") } else { starts }
}

/// The day of a meeting within a sentence; `None` for one without a time.
pub(crate) fn meeting_day(when: &When) -> Option<String> {
    let day = full_day_in_words(when.starts?.day);
    let cancelled = || fill(t().meeting_day_cancelled(), &[("day", &day)]);
    Some(if when.is_cancelled { cancelled() } else { day.clone() })
}

/// How long a meeting lasts.
pub(crate) fn length(minutes: u16) -> String {
    match minutes {
        60 => t().length_hour().to_owned(),
        120 => t().length_two_hours().to_owned(),
        90 => t().length_hour_and_half().to_owned(),
        other => fill(t().length_minutes(), &[("count", &other.to_string())]),
    }
}

/// A half of the network map.
pub(crate) fn half(half: Half) -> &'static str {
    match half {
        Half::Private => t().network_private(),
        Half::Professional => t().network_work(),
    }
}

/// One who belongs to a half.
pub(crate) fn half_one(half: Half) -> &'static str {
    match half {
        Half::Private => t().person_private(),
        Half::Professional => t().person_work(),
    }
}

/// Which face somebody in a half has.
pub(crate) fn half_face(half: Half) -> FaceKind {
    match half {
        Half::Private => FaceKind::Private,
        Half::Professional => FaceKind::Professional,
    }
}

/// How near somebody is.
pub(crate) fn nearness(nearness: Nearness) -> &'static str {
    match nearness {
        Nearness::Close => t().near_close(),
        Nearness::Near => t().near_near(),
        Nearness::Far => t().near_far(),
    }
}

/// How it is between the citizen and somebody.
pub(crate) fn tie(tie: Tie) -> &'static str {
    match tie {
        Tie::Good => t().tie_good(),
        Tie::Strained => t().tie_strained(),
        Tie::Missed => t().tie_missed(),
    }
}

/// The same as one word, for a picture.
pub(crate) fn area_in_a_word(life_area: &LifeArea) -> &'static str {
    area(life_area).split(' ').next().unwrap_or_default()
}

/// How it goes, by its number.
pub(crate) fn score(score: Score) -> &'static str {
    let t = t();
    match score.number() {
        1 => t.score_1(),
        2 => t.score_2(),
        3 => t.score_3(),
        4 => t.score_4(),
        _ => t.score_5(),
    }
}

/// How an agreement stands.
pub(crate) fn state(state: AgreementState) -> (&'static str, Tone, Shape) {
    let t = t();
    match state {
        AgreementState::Agreed => (t.state_agreed(), Tone::Calm, Shape::Agreement),
        AgreementState::OnItsWay => (t.state_on_its_way(), Tone::Deep, Shape::Arrow),
        AgreementState::Kept => (t.state_kept(), Tone::Warm, Shape::Check),
        AgreementState::NotKept => (t.state_not_kept(), Tone::Plum, Shape::Clock),
        AgreementState::Renegotiated => (t.state_renegotiated(), Tone::Calm, Shape::Mend),
        AgreementState::Dropped => (t.state_dropped(), Tone::Calm, Shape::Close),
    }
}

/// What the citizen answers when asked whether a help is useful.
pub(crate) fn useful(useful: Useful) -> (&'static str, Shape) {
    let t = t();
    match useful {
        Useful::Yes => (t.useful_yes(), Shape::Glad),
        Useful::Little => (t.useful_little(), Shape::Even),
        Useful::No => (t.useful_no(), Shape::Sad),
    }
}

/// A practical wish.
pub(crate) fn wish(kind: WishKind) -> (&'static str, Shape) {
    let t = t();
    match kind {
        WishKind::Seat => (t.wish_seat(), Shape::Seat),
        WishKind::Beside => (t.wish_beside(), Shape::Person),
        WishKind::Break => (t.wish_break(), Shape::Break),
        WishKind::ComeEarly => (t.wish_come_early(), Shape::Clock),
        WishKind::Other => (t.wish_other(), Shape::Pen),
    }
}

/// What is new, with the name of who did it in front.
pub(crate) fn news(row: &NewsRow) -> String {
    let t = t();
    let (sentence, thing) = match (&row.what, row.is_changed) {
        (What::Topic(title), false) => (t.news_topic(), title.as_str()),
        (What::Topic(title), true) => (t.news_topic_changed(), title.as_str()),
        (What::Goal(title), false) => (t.news_goal(), title.as_str()),
        (What::Goal(title), true) => (t.news_goal_changed(), title.as_str()),
        (What::Agreement(what, AgreementState::Kept), _) => (t.news_kept(), what.as_str()),
        (What::Agreement(what, AgreementState::NotKept), _) => (t.news_not_kept(), what.as_str()),
        (What::Agreement(what, _), false) => (t.news_agreement(), what.as_str()),
        (What::Agreement(what, _), true) => (t.news_agreement_changed(), what.as_str()),
        (What::Assessment(life_area), _) => {
            (t.news_assessment(), life_area.as_ref().map_or(t.area_other(), area))
        }
        (What::Support(what), false) => (t.news_support(), what.as_str()),
        (What::Support(what), true) => (t.news_support_changed(), what.as_str()),
        (What::Dream(dream), _) => (t.news_dream(), dream.as_str()),
        (What::Phase, _) => (t.news_phase(), ""),
        (What::Meeting(_, true), _) => (t.news_meeting_cancelled(), ""),
        (What::Meeting(_, false), false) => (t.news_meeting(), ""),
        (What::Meeting(_, false), true) => (t.news_meeting_changed(), ""),
    };
    let by = row.by.as_ref().map_or_else(|| t.somebody().to_owned(), name_or_role);
    fill(sentence, &[("who", &by), ("what", thing)])
}

/// Another meeting at the same time, with whose it is where that may be said.
pub(crate) fn overlap(row: &OverlapRow, part: Part) -> String {
    // Who sits here together with somebody is not shown whom else they meet.
    let citizen = row.citizen.as_ref().filter(|_| !matches!(part, Part::Beside(_)));
    match citizen {
        Some(citizen) => fill(t().meeting_overlaps_with(), &[("who", &name_or_role(citizen))]),
        None => t().meeting_overlaps().to_owned(),
    }
}

/// What is said of a citizen's phone, or of the computer of who works here.
pub(crate) fn here(phone: &'static str, computer: &'static str) -> &'static str {
    if cfg!(feature = "staff") { computer } else { phone }
}

/// Where everything is saved just now.
pub(crate) fn saved(saving: &SavingView) -> (Shape, String) {
    let t = t();
    let (shape, words) = match saving.saved {
        Saved::Trouble(NotSaved::Full) => {
            (Shape::NoNetwork, here(t.saved_full(), t.saved_computer_full()))
        }
        Saved::Trouble(NotSaved::Away) => (Shape::NoNetwork, t.saved_away()),
        Saved::NotYet => (Shape::Phone, t.saved_writing()),
        _ if saving.is_forgotten => {
            (Shape::NoNetwork, here(t.saved_forgotten(), t.saved_computer_forgotten()))
        }
        _ if saving.has_aside => (Shape::Phone, t.saved_aside()),
        _ if saving.is_overruled => (Shape::Pen, t.saved_overruled()),
        Saved::Safely if !saving.unsent.is_empty() => (Shape::Phone, t.saved_unsent()),
        Saved::Safely if saving.needs_newer_app => (Shape::Safe, t.saved_newer()),
        Saved::Safely => (Shape::Safe, t.saved_safe()),
        Saved::OnDevice if saving.connected => {
            (Shape::Phone, here(t.saved_phone(), t.saved_computer()))
        }
        Saved::OnDevice => (Shape::NoNetwork, here(t.saved_waiting(), t.saved_computer_waiting())),
    };
    (shape, words.to_owned())
}

/// How many things wait for a network; nothing when none do, or are just about to be sent.
pub(crate) fn waiting(saving: &SavingView) -> String {
    if saving.saved != Saved::OnDevice || saving.connected {
        return String::new();
    }
    plural(t().saved_count_one(), t().saved_count_many(), saving.waiting)
}

/// Why a code did not work, and what to do.
pub(crate) fn not_redeemed(why: NotRedeemed) -> &'static str {
    let t = t();
    match why {
        NotRedeemed::Wrong => t.code_wrong(),
        NotRedeemed::Used => t.code_used(),
        NotRedeemed::Expired => t.code_expired(),
        NotRedeemed::Cancelled => t.code_cancelled(),
        NotRedeemed::DeviceTaken => t.code_device_taken(),
        NotRedeemed::TooMany => t.code_too_many(),
        NotRedeemed::Later => t.code_later(),
    }
}
