//! An agreement: what, who, by when, and how it is followed up; how it stands, and all it has been.

use client::view::{AgreementRow, HistoryRow, Named};
use client::{AreaList, Command, PlanCommand, Statement, Thing};
use domain::{AgreementState, Day, Doer, ItemId};
use kit::{
    Button, ButtonLink, Card, Check, Choice, Field, FieldKind, IconButton, Live, Local, Look,
    Shape, StateChip, SubmitButton, Switch, Tone,
};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::together::{Opened, Together, is_left_open};
use crate::focus;
use crate::hooks::use_commands;
use crate::notices::use_notices;
use crate::part::use_part;
use crate::routes::Place;
use crate::said::{SaidLine, say};
use crate::text::{fill, full_day_in_words, t};
use crate::thrown_out::throw_out;
use crate::unsent::{use_answer, use_unsent};
use crate::words;

/// An agreement with its states.
#[component]
pub(crate) fn Agreement(
    opened: Opened,
    agreement: Live<AgreementRow>,
    doers: Live<Vec<Named>>,
) -> impl IntoView {
    let is_open = Local::new(is_left_open([agreement.with_untracked(|row| row.follow_up.field)]));
    let state = Live::memo(move || words::state(agreement.with(|row| row.state)));
    let label = Live::derive(move || {
        if is_open.get() { t().agreement_less() } else { t().agreement_more() }.to_owned()
    });
    view! {
        <Card>
            <p class="agreement-what own-words">{move || agreement.with(|row| row.what.text.clone())}</p>
            <p class="agreement-when">{move || agreement.with(who_and_when)}</p>
            <div class="row" data-wrap="">
                <StateChip state/>
                <TrialChip agreement/>
            </div>
            <Learnt opened agreement/>
            <Button label look=Look::Quiet on_press=move || is_open.turn()/>
            {move || is_open.get().then(|| view! { <More opened agreement doers/> })}
        </Card>
    }
}

/// Says that an agreement is a trial; nothing of one that is none.
#[component]
pub(crate) fn TrialChip(agreement: Live<AgreementRow>) -> impl IntoView {
    let is_trial = agreement.part(|row| row.is_trial);
    let state = Live::derive(|| (t().trial_chip(), Tone::Calm, Shape::Sprout));
    view! { {move || is_trial.get().then(|| view! { <StateChip state/> })} }
}

/// What was learnt from a trial: asked for when it has come to an end.
#[component]
fn Learnt(opened: Opened, agreement: Live<AgreementRow>) -> impl IntoView {
    let asks = agreement.part(|row| row.asks_learnt);
    let text = agreement.map(|row| row.learnt.clone());
    let draw = move || {
        if asks.get() {
            view! { <Together opened text label=t().trial_learn()/> }.into_any()
        } else {
            view! { <LearntWords agreement/> }.into_any()
        }
    };
    view! { {move || draw()} }
}

/// What was learnt, to read; nothing where nothing is written.
#[component]
pub(crate) fn LearntWords(agreement: Live<AgreementRow>) -> impl IntoView {
    let has_any = agreement.part(|row| !row.learnt.text.is_empty());
    let draw = move || {
        view! {
            <span class="learnt">
                <span class="soft small">{t().trial_learnt()}</span>
                <span class="own-words">{move || agreement.with(|row| row.learnt.text.clone())}</span>
            </span>
        }
    };
    view! { {move || has_any.get().then(draw)} }
}

#[component]
fn More(opened: Opened, agreement: Live<AgreementRow>, doers: Live<Vec<Named>>) -> impl IntoView {
    let (commands, notices) = (use_commands(), use_notices());
    let id = agreement.with_untracked(|row| row.id);
    let tell = move |command| drop(commands.run(Command::Plan(opened.document, command)));
    let states: Vec<_> =
        AgreementState::ALL.map(|state| (state, words::state(state).0.to_owned())).into();
    let chosen = agreement.map(|row| Some(row.state));
    let doer = agreement.map(|row| Some(row.promised_by.clone()));
    let day = agreement.map(|row| row.by_day.map(|day| day.to_string()).unwrap_or_default());
    // Emptied is no day; half typed never comes here.
    let set_day = move |typed: String| match typed.parse() {
        Ok(day) => tell(PlanCommand::SetByDay(id, Some(day))),
        Err(_) => tell(PlanCommand::SetByDay(id, None)),
    };
    let is_trial = agreement.part(|row| row.is_trial);
    let goal = agreement.with_untracked(|row| row.goal);
    let place = Place::SaidBy(opened.document, Statement::Agreement(id), goal);
    let thing = Thing::Area(AreaList::Agreements, id);
    let out = move || throw_out(commands, notices, (opened.document, thing));
    let history =
        move || agreement.with(|row| row.history.iter().map(history_row).collect_view().into_any());
    view! {
        <Choice
            title=t().agreement_state()
            options=states
            chosen
            on_choose=move |state| tell(PlanCommand::SetState(id, state))
        />
        <SaidLine said=agreement.map(|row| row.said.clone()) place/>
        <ul class="history">{move || history()}</ul>
        <Together opened text=agreement.map(|row| row.follow_up.clone()) label=t().agreement_follow_up()/>
        <Choice title=t().agreement_who() options=options(doers) chosen=doer on_choose=move |doer| tell(PlanCommand::SetDoer(id, doer))/>
        <Field label=t().agreement_day() kind=FieldKind::Date value=day on_input=set_day/>
        <Switch label=t().trial() on=is_trial on_change=move |is_so| tell(PlanCommand::SetTrial(id, is_so))/>
        <ButtonLink href=Place::Slip(opened.document, id).href() label=t().consent_print() look=Look::Quiet icon=Shape::Print/>
        <IconButton icon=Shape::Bin label=t().throw_out() on_press=out/>
    }
}

fn history_row(row: &HistoryRow) -> impl IntoView + use<> {
    let by = row.by.as_ref().map_or_else(|| t().somebody().to_owned(), words::name_or_role);
    let day = full_day_in_words(row.day);
    let values = [("state", words::state(row.state).0), ("who", &by), ("day", &day)];
    view! { <li>{fill(t().agreement_history(), &values)}</li> }
}

/// Who has promised it, and by when.
pub(crate) fn who_and_when(row: &AgreementRow) -> String {
    let doer = if row.is_mine { t().you_first().to_owned() } else { row.doer.clone() };
    let Some(day) = row.by_day else { return doer };
    let sentence = if row.is_overdue { t().agreement_was_due() } else { t().agreement_due() };
    fill(sentence, &[("who", &doer), ("day", &full_day_in_words(day))])
}

/// The name of the box for what is to be done.
const AGREEMENT: &str = "agreement";
const DOER: &str = "doer";
const DAY: &str = "day";

/// What, who and by when.
#[component]
pub(crate) fn NewAgreement(opened: Opened, goal: ItemId, doers: Live<Vec<Named>>) -> impl IntoView {
    // Words that stand in it from before must not be out of sight.
    let kept = [use_unsent(AGREEMENT), use_answer(DOER), use_answer(DAY)];
    let is_open = Local::new(kept.iter().any(|kept| !kept.get().is_empty()));
    let draw = move || {
        if is_open.get() {
            view! { <AgreementForm opened goal doers is_open/> }.into_any()
        } else {
            view! { <Button label=t().agreement_new() on_press=move || is_open.set(true)/> }
                .into_any()
        }
    };
    view! { {move || draw()} }
}

#[component]
fn AgreementForm(
    opened: Opened,
    goal: ItemId,
    doers: Live<Vec<Named>>,
    is_open: Local<bool>,
) -> impl IntoView {
    let commands = use_commands();
    let what = use_unsent(AGREEMENT);
    let (who, day, trial) = (use_answer(DOER), use_answer(DAY), use_answer("trial"));
    let (mistake, nobody) = (Local::new(None), Local::new(None));
    let part = use_part().get_untracked();
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(doer) = doer_of(&who.get()) else {
            nobody.set(Some(t().agreement_choose().to_owned()));
            return focus::go_to_mistake();
        };
        nobody.set(None);
        let by_day: Option<Day> = day.get().parse().ok();
        let (what_to_do, is_trial) = (what.get(), !trial.get().is_empty());
        let add = PlanCommand::AddAgreement {
            goal: Some(goal),
            what: what_to_do,
            doer,
            by_day,
            is_trial,
        };
        let add = Command::Plan(opened.document, add);
        if say(commands.under(mistake), part, add, Statement::Agreement).is_ok() {
            [what, who, day, trial].iter().for_each(|kept| kept.sent());
            is_open.set(false);
        }
    };
    let is_trial = trial.live().part(|kept| !kept.is_empty());
    let set_trial = move |is_so: bool| trial.set(if is_so { "yes" } else { "" }.to_owned());
    view! {
        <form class="form" on:submit=send>
            <Field label=t().agreement_what() value=what.live() error=mistake on_input=move |v| what.set(v)/>
            <Choice title=t().agreement_who() options=options(doers) chosen=who.chosen(doer_of) error=nobody on_choose=move |doer| who.set(key_of(&doer))/>
            <Field label=t().agreement_day() kind=FieldKind::Date value=day.live() on_input=move |v| day.set(v)/>
            <Check label=t().trial() hint=t().trial_hint() checked=is_trial on_change=set_trial/>
            <SubmitButton label=t().agreement_save()/>
        </form>
    }
}

/// How the one who does it is kept until it is saved.
fn key_of(doer: &Doer) -> String {
    match doer {
        Doer::Member(who) => who.to_string(),
        Doer::Named(name) => name.clone(),
    }
}

fn doer_of(key: &str) -> Option<Doer> {
    key.parse().ok().map(Doer::Member)
}

/// Who can be the one who does it.
fn options(doers: Live<Vec<Named>>) -> Live<Vec<(Doer, String)>> {
    doers.part(|doers| doers.iter().map(option).collect())
}

fn option(named: &Named) -> (Doer, String) {
    (Doer::Member(named.who), words::subject(named))
}
