//! The whole way between a screen and the app: [`use_view`] to read, [`use_commands`] to act.

use std::cell::RefCell;
use std::rc::Rc;

use client::{Client, Deed, Made, Query, Refusal, Topic};
use kit::{Live, Local, Value, after_each_change};
use leptos::prelude::*;
use litemap::LiteMap;

use crate::focus;
use crate::notices::Notices;
use crate::text;

/// What screens read: the client, and who wants to know when it has changed.
#[derive(Clone, Copy)]
pub(crate) struct Views {
    client: StoredValue<Rc<RefCell<Client>>, LocalStorage>,
    changes: StoredValue<LiteMap<Topic, ArcTrigger>>,
}

impl Views {
    /// Reads this client from now on.
    pub(crate) fn new(client: Rc<RefCell<Client>>) -> Self {
        Self { client: StoredValue::new_local(client), changes: StoredValue::new(LiteMap::new()) }
    }

    /// These topics have changed: whoever reads them looks again, once all of them are told.
    pub(crate) fn tell(self, changed: &[Topic]) {
        // Taken out first: whoever is told may look, and looking adds to the map.
        let told: Vec<ArcTrigger> = self.changes.with_value(|changes| {
            changed.iter().filter_map(|topic| changes.get(topic)).cloned().collect()
        });
        for trigger in told {
            trigger.notify();
        }
    }

    fn listen(self, topics: Vec<Topic>) {
        for topic in topics {
            let trigger = self.changes.try_update_value(|changes| {
                changes.entry(topic).or_insert_with(ArcTrigger::new).clone()
            });
            if let Some(trigger) = trigger {
                trigger.track();
            }
        }
    }

    fn look<Q: Query>(self, query: &Q) -> Q::View {
        self.client.with_value(|client| client.borrow().look(query))
    }
}

/// What a screen shows: looked up again when a topic of the query changes or the query itself does,
/// and redrawn only where the view then differs.
pub(crate) fn use_view<Q>(query: impl Fn() -> Q + Send + Sync + 'static) -> Live<Q::View>
where
    Q: Query,
    Q::View: Send + Sync,
{
    let views = expect_context::<Views>();
    Live::memo(move || {
        let query = query();
        views.listen(query.topics(&views.client.get_value().borrow()));
        views.look(&query)
    })
}

/// What was found last stands in for what is gone, while the screen that shows it is being taken down.
pub(crate) fn lasting<T: Value + Clone>(found: Live<Option<T>>) -> Live<Option<T>> {
    let last = StoredValue::new(found.get_untracked());
    Live::memo(move || {
        let now = found.get();
        now.inspect(|now| last.set_value(Some(now.clone()))).or_else(|| last.get_value())
    })
}

type Run = Box<dyn Fn(Box<dyn Deed>) -> Result<Option<Made>, Refusal>>;

/// What screens do.
#[derive(Clone, Copy)]
pub(crate) struct Commands {
    run: StoredValue<Run, LocalStorage>,
    notices: Notices,
    /// Where a form tells what is wrong with its words.
    mistake: Option<Local<Option<String>>>,
}

impl Commands {
    /// Hands commands to `run`, and tells refusals.
    pub(crate) fn new(
        run: impl Fn(Box<dyn Deed>) -> Result<Option<Made>, Refusal> + 'static,
        notices: Notices,
    ) -> Self {
        Self { run: StoredValue::new_local(Box::new(run)), notices, mistake: None }
    }

    /// The same for a form: what is wrong with its words is told under their box.
    pub(crate) fn under(self, mistake: Local<Option<String>>) -> Self {
        Self { mistake: Some(mistake), ..self }
    }

    /// Runs a command and answers what it made. A refusal has been shown when this answers it.
    ///
    /// # Errors
    /// The client's refusal; then nothing has happened.
    pub(crate) fn run(self, command: impl Deed + 'static) -> Result<Option<Made>, Refusal> {
        let answer = self.run.with_value(|run| run(Box::new(command)));
        let of_words = matches!(answer, Err(Refusal::Empty | Refusal::TooLong));
        let told = answer.as_ref().err().map(text::refusal);
        match (self.mistake, told) {
            (Some(mistake), Some(told)) if of_words => {
                mistake.set(Some(told.to_owned()));
                focus::go_to_mistake();
            }
            (_, Some(told)) => self.notices.tell(told),
            (Some(mistake), None) => mistake.set(None),
            (None, None) => {}
        }
        answer
    }
}

/// Does `act` with each new value of `source`, once the screen stands; not with the first one there
/// is. For what is done to the page beside drawing it: focus and title.
pub(crate) fn after_change<T: Value + Clone>(source: Live<Option<T>>, act: impl Fn(T) + 'static) {
    let last = RefCell::new(None);
    after_each_change(move || {
        let Some(now) = source.get() else { return };
        if last.replace(Some(now.clone())).is_some_and(|last| last != now) {
            act(now);
        }
    });
}

/// The way to act.
pub(crate) fn use_commands() -> Commands {
    expect_context()
}
