//! Få læst højt: hear a voice, and say whether it can be understood.

use kit::{Button, CardSection, Live, Local, Look, Page, PageHead, Shape};
use leptos::prelude::*;

use crate::aloud::{Aloud, use_aloud};
use crate::focus;
use crate::text::t;

/// The screen.
#[component]
pub(crate) fn ReadAloudChoice() -> impl IntoView {
    let aloud = use_aloud();
    aloud.ask_for_voices();
    let (local, understood) = (aloud.local(), aloud.understood());
    let has_voice = local.part(|voices| !voices.is_empty());
    let is_on = understood.part(Option::is_some);
    let draw = move || match (is_on.get(), has_voice.get()) {
        (true, _) => view! { <On aloud/> }.into_any(),
        (false, true) => view! { <Trial aloud/> }.into_any(),
        (false, false) => {
            view! { <p>{t().aloud_none()}</p><p>{t().aloud_none_how()}</p> }.into_any()
        }
    };
    view! {
        <Page>
            <PageHead title=t().aloud_title()>
                {move || has_voice.get().then(|| view! { <p class="soft">{t().aloud_lead()}</p> })}
            </PageHead>
            {move || draw()}
        </Page>
    }
}

/// It reads: how, and how it is ended.
#[component]
fn On(aloud: Aloud) -> impl IntoView {
    let end = move || {
        aloud.be_silent();
        aloud.keep(None);
        focus::go_to_heading();
    };
    view! {
        <p>{t().aloud_on()}</p>
        <Button label=t().aloud_end() look=Look::Second on_press=end/>
    }
}

/// One voice after the other, until one is understood.
#[component]
fn Trial(aloud: Aloud) -> impl IntoView {
    // How many voices were not understood, and whether the next one was heard.
    let (refused, is_heard) = (Local::new(0_usize), Local::new(false));
    let voice = Live::memo(move || aloud.local().with(|all| all.get(refused.get()).cloned()));
    let hear = move || {
        if voice.with_untracked(Option::is_none) {
            refused.set(0);
        }
        is_heard.set(true);
        if let Some(voice) = voice.get_untracked() {
            aloud.try_voice(&voice, t().aloud_sample());
        }
    };
    let understood = move || {
        aloud.be_silent();
        aloud.keep(voice.get_untracked());
        focus::go_to_heading();
    };
    let not_understood = move || {
        refused.set(refused.get_untracked() + 1);
        if voice.with_untracked(Option::is_some) {
            hear();
        } else {
            aloud.be_silent();
            is_heard.set(false);
            focus::go_to_heading();
        }
    };
    let answers = move || {
        view! {
            <CardSection title=t().aloud_understood()>
                <Button label=t().aloud_yes() on_press=understood/>
                <Button label=t().aloud_no() look=Look::Second on_press=not_understood/>
            </CardSection>
        }
    };
    let is_over = voice.part(Option::is_none);
    view! {
        <p>{move || if is_over.get() { t().aloud_no_more() } else { t().aloud_try() }}</p>
        <Button label=t().aloud_hear() look=Look::Second icon=Shape::Sound on_press=hear/>
        {move || is_heard.get().then(answers)}
    }
}
