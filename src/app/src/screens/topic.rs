//! One topic on the agenda: its title, why, what I hope, who brings it up, how long it may take, the goal
//! it belongs to, and its place in the order.

use client::view::{AgendaView, Named, TopicRow};
use client::{AgendaCommand, MeetingList, Thing, ToolCommand, TopicField};
use domain::ItemId;
use kit::{Button, Choice, CoLines, DragHandle, IconButton, Live, Local, Look, Shape};
use leptos::prelude::*;

use super::together::{Opened, Together, is_left_open};
use crate::around::use_around;
use crate::hooks::use_commands;
use crate::notices::use_notices;
use crate::people::WrittenBy;
use crate::text::{fill, t};
use crate::thrown_out::throw_out;
use crate::words;

/// What can be chosen about a topic, and in which words.
type Options = Vec<(TopicField, String)>;

const MINUTES: [u16; 4] = [5, 10, 20, 30];

/// A topic.
#[component]
pub(crate) fn Topic(
    opened: Opened,
    agenda: Live<AgendaView>,
    topic: Live<TopicRow>,
) -> impl IntoView {
    let is_open = Local::new(topic.with_untracked(|topic| {
        !topic.why.text.is_empty() || is_left_open([topic.why.field, topic.hope.field])
    }));
    let title = topic.map(|topic| topic.title.clone());
    let number = topic.part(|topic| topic.number.to_string());
    let by = topic.map(|topic| topic.by.clone());
    let whose = move || topic.with(|topic| topic.is_mine.then_some("me"));
    let label =
        Live::derive(move || fill(t().topic_label(), &[("number", &number.get().to_string())]));
    let more = Live::derive(move || {
        if is_open.get() { t().topic_less() } else { t().topic_more() }.to_owned()
    });
    view! {
        <div class="card topic" data-tone="raised" data-by=whose>
            <span class="topic-number" aria-hidden="true">{move || number.get()}</span>
            <div class="topic-title">
                <Together opened text=title label lines=CoLines::One example=t().topic_example()/>
            </div>
            <div class="topic-body">
                <p class="topic-facts">{move || agenda.with(|agenda| topic.with(|topic| facts(topic, agenda)))}</p>
                {move || is_open.get().then(|| view! { <Body opened agenda topic/> })}
                <Button label=more look=Look::Quiet on_press=move || is_open.turn()/>
            </div>
            <div class="topic-foot">
                <WrittenBy by/>
                <Tools opened topic/>
            </div>
        </div>
    }
}

#[component]
fn Body(opened: Opened, agenda: Live<AgendaView>, topic: Live<TopicRow>) -> impl IntoView {
    let why = topic.map(|topic| topic.why.clone());
    let hope = topic.map(|topic| topic.hope.clone());
    let id = topic.with_untracked(|topic| topic.id);
    let commands = use_commands();
    let set = Callback::new(move |field| {
        let command = AgendaCommand::SetTopic(id, field);
        drop(commands.run(ToolCommand::Agenda(opened.document, command)));
    });
    let choice =
        move |title: &'static str, options: Live<Options>, chosen: fn(&TopicRow) -> TopicField| {
            let chosen = topic.map(move |topic| Some(chosen(topic)));
            view! { <Choice title options chosen on_choose=set/> }
        };
    let people = agenda.part(|agenda| agenda.readers.iter().map(person).collect());
    let goals = agenda.part(goals);
    let minutes: Options =
        MINUTES.map(|count| (TopicField::Minutes(Some(count)), length(count))).into();
    let goal = move || choice(t().topic_goal(), goals, |topic| TopicField::Goal(topic.goal));
    view! {
        <Together opened text=why label=t().topic_why()/>
        <Together opened text=hope label=t().topic_hope()/>
        {choice(t().topic_brings(), people, |topic| TopicField::Brings(topic.brings.as_ref().map(|named| named.who)))}
        {choice(t().topic_minutes(), Live::from(minutes), |topic| TopicField::Minutes(topic.minutes))}
        {move || (goals.with(Vec::len) > 1).then(goal)}
    }
}

fn person(named: &Named) -> (TopicField, String) {
    (TopicField::Brings(Some(named.who)), words::subject(named))
}

/// The goals there are, and none of them.
fn goals(agenda: &AgendaView) -> Options {
    let goal = |(id, title): &(ItemId, String)| (TopicField::Goal(Some(*id)), title.clone());
    let none = (TopicField::Goal(None), t().topic_no_goal().to_owned());
    agenda.goals.iter().map(goal).chain([none]).collect()
}

/// What is decided about a topic, in one line. Who brings it up is said when somebody else wrote it.
fn facts(topic: &TopicRow, agenda: &AgendaView) -> String {
    let goal = agenda.goals.iter().find(|(id, _)| Some(*id) == topic.goal);
    let is_other = |named: &&Named| topic.by.first().map(|by| by.who) != Some(named.who);
    let brings = topic.brings.as_ref().filter(is_other);
    let facts = [
        brings.map(|named| fill(t().topic_brought(), &[("who", &words::subject(named))])),
        topic.minutes.map(length),
        goal.map(|(_, title)| fill(t().topic_of_goal(), &[("goal", title)])),
    ];
    facts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Up, down, out. The drag handle is for hands; the buttons are for everybody.
#[component]
fn Tools(opened: Opened, topic: Live<TopicRow>) -> impl IntoView {
    let (commands, notices, around) = (use_commands(), use_notices(), use_around());
    let id = topic.with_untracked(|topic| topic.id);
    let is_first = topic.map(|topic| topic.is_first);
    let is_last = topic.map(|topic| topic.is_last);
    let number = move || topic.with_untracked(|topic| topic.number);
    let put = move |number: usize| {
        let command = AgendaCommand::MoveTopic(id, number - 1);
        if commands.run(ToolCommand::Agenda(opened.document, command)).is_ok() {
            around.say(fill(t().topic_moved(), &[("number", &number.to_string())]));
        }
    };
    let thing = Thing::Meeting(MeetingList::Topics, id);
    let out = move || throw_out(commands, notices, (opened.document, thing));
    view! {
        <div class="topic-tools">
            <DragHandle/>
            <IconButton icon=Shape::Up label=t().topic_up() idle=is_first on_press=move || put(number() - 1)/>
            <IconButton icon=Shape::Down label=t().topic_down() idle=is_last on_press=move || put(number() + 1)/>
            <IconButton icon=Shape::Bin label=t().topic_out() on_press=out/>
        </div>
    }
}

/// The topic as it is now.
pub(crate) fn find_topic(agenda: &AgendaView, id: ItemId) -> Option<TopicRow> {
    agenda.topics.iter().find(|topic| topic.id == id).cloned()
}

fn length(minutes: u16) -> String {
    fill(t().length_minutes(), &[("count", &minutes.to_string())])
}
