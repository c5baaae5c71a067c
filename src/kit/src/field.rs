//! One line to write. It cannot be made without a label.
use crate::hooks::fresh_id;
use crate::{Icon, Live, Shape};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Event, HtmlInputElement};

/// What is to be written, which decides the keyboard a phone shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FieldKind {
    /// Words.
    #[default]
    Text,
    /// A date; the value is `yyyy-mm-dd`.
    Date,
    /// A time of day; the value is `hh:mm`.
    Time,
    /// A whole number, as digits.
    Number,
    /// A telephone number.
    Phone,
    /// A code of large letters: no spelling help, no guesses.
    Code,
}

impl FieldKind {
    fn input_type(self) -> &'static str {
        match self {
            Self::Text | Self::Number | Self::Code => "text",
            Self::Date => "date",
            Self::Time => "time",
            Self::Phone => "tel",
        }
    }

    fn attribute(self) -> Option<&'static str> {
        match self {
            Self::Text | Self::Phone => None,
            Self::Date => Some("date"),
            Self::Time => Some("time"),
            Self::Number => Some("number"),
            Self::Code => Some("code"),
        }
    }

    fn keyboard(self) -> Option<&'static str> {
        (self == Self::Number).then_some("numeric")
    }

    fn capitals(self) -> &'static str {
        if self == Self::Code { "characters" } else { "sentences" }
    }

    fn guesses(self) -> &'static str {
        if self == Self::Phone { "tel" } else { "off" }
    }
}

/// A label, a line that helps, the mistake in words, and the box.
#[component]
pub fn Field(
    /// The question or the thing.
    #[prop(into)]
    label: String,
    /// What stands in the box.
    #[prop(into)]
    value: Live<String>,
    /// Given all that stands in the box after each key, but not half a date.
    #[prop(into)]
    on_input: Callback<String>,
    /// What is to be written.
    #[prop(optional)]
    kind: FieldKind,
    /// A line that helps.
    #[prop(optional, into)]
    hint: String,
    /// What is wrong and how to mend it.
    #[prop(optional, into)]
    error: Live<Option<String>>,
) -> impl IntoView {
    let around = Around::new(label, hint, error);
    let control = view! {
        <input
            class="field-box"
            id=around.id()
            type=kind.input_type()
            data-kind=kind.attribute()
            inputmode=kind.keyboard()
            autocapitalize=kind.capitals()
            autocomplete=kind.guesses()
            spellcheck=(kind == FieldKind::Code).then_some("false")
            aria-describedby=around.described_by()
            aria-invalid=move || error.with(Option::is_some).then_some("true")
            prop:value=move || value.get()
            on:input=move |event| whole(&event).into_iter().for_each(|words| on_input.run(words))
        />
    };
    around.draw(control.into_any())
}

/// What stands in the box; `None` for half a date, which the browser gives out as none at all.
fn whole(event: &Event) -> Option<String> {
    let target = event.target()?.dyn_into::<HtmlInputElement>().ok()?;
    target.check_validity().then(|| target.value())
}

/// What stands around every box: label above, help and mistake between.
pub(crate) struct Around {
    label: String,
    hint: String,
    error: Live<Option<String>>,
    id: String,
}

impl Around {
    pub(crate) fn new(label: String, hint: String, error: Live<Option<String>>) -> Self {
        Self { label, hint, error, id: fresh_id("field") }
    }

    pub(crate) fn id(&self) -> String {
        self.id.clone()
    }

    fn hint_id(&self) -> String {
        format!("{}-hint", self.id)
    }

    fn error_id(&self) -> String {
        format!("{}-error", self.id)
    }

    pub(crate) fn described_by(&self) -> String {
        format!("{} {}", self.hint_id(), self.error_id())
    }

    pub(crate) fn draw(self, control: AnyView) -> impl IntoView {
        view! {
            <div class="field">
                <label class="field-label" for=self.id()>
                    {self.label.clone()}
                </label>
                <p class="field-hint" id=self.hint_id()>
                    {self.hint.clone()}
                </p>
                <Mistake error=self.error id=self.error_id()/>
                {control}
            </div>
        }
    }
}

/// What is wrong and how to mend it, heard when it comes.
#[component]
pub fn Mistake(
    /// The words; none when nothing is wrong.
    #[prop(into)]
    error: Live<Option<String>>,
    /// What the box is described by.
    #[prop(optional, into)]
    id: Option<String>,
) -> impl IntoView {
    let words = move || error.get().map_or_else(|| ().into_any(), mistake);
    view! {
        <p class="field-error" id=id aria-live="polite">
            {move || words()}
        </p>
    }
}

pub(crate) fn mistake(words: String) -> AnyView {
    view! {
        <Icon shape=Shape::Mend/>
        <span>{words}</span>
    }
    .into_any()
}
