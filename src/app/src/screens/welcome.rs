//! The way in: a code, and nothing else asked.

use client::FirstCommand;
use client::view::{Me, MeStage};
use kit::{Field, FieldKind, Live, Local, Notice, Page, PageHead, Shape, SubmitButton};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::fetched::{Piece, addition};
use crate::address;
use crate::around::use_around;
use crate::hooks::{Commands, use_commands, use_view};
use crate::text::t;
use crate::words;

/// The screen.
#[component]
pub(crate) fn Welcome() -> impl IntoView {
    let me = use_view(|| Me);
    let stage = me.part(|me| me.stage);
    let commands = use_commands();
    let page = use_around().page();
    let (tentative, is_inside) = (page.is_browser_tab_on_iphone, page.is_inside_other_app);
    let typed = Local::new(scanned());

    let redeem = move || redeem(commands, typed.get_untracked(), tentative);
    // A scanned code is enough; it is tried once. Inside another app it would be used up there: that is said first.
    if !is_inside
        && stage.get_untracked() == MeStage::Stranger
        && !typed.with_untracked(String::is_empty)
    {
        redeem();
    }
    view! {
        <Page>
            <div class="stack welcome">
                <PageHead title=stage.map(|&stage| title(stage).to_owned())>
                    <p>{move || lead(stage.get()).to_owned()}</p>
                    {move || (stage.get() == MeStage::PutOut).then(|| addition(None, Piece::PutOut))}
                </PageHead>
                {move || (is_inside && asks_for_code(stage.get())).then(inside_other_app)}
                {move || asks_for_code(stage.get()).then(|| view! { <CodeForm typed stage redeem/> })}
            </div>
        </Page>
    }
}

#[component]
fn CodeForm(
    typed: Local<String>,
    stage: Live<MeStage>,
    redeem: impl Fn() + Copy + 'static,
) -> impl IntoView {
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        redeem();
    };
    view! {
        <form class="form" on:submit=send>
            <Field
                label=t().code_label()
                hint=t().code_hint()
                kind=FieldKind::Code
                value=typed
                error=Live::derive(move || mistake(stage.get()))
                on_input=move |code| typed.set(code)
            />
            <SubmitButton label=t().code_send()/>
        </form>
    }
}

fn inside_other_app() -> AnyView {
    view! {
        <Notice icon=Shape::Mend>
            <p class="strong">{t().welcome_inside()}</p>
            <p>{t().welcome_inside_how()}</p>
            <p>{t().welcome_inside_here()}</p>
        </Notice>
    }
    .into_any()
}

fn redeem(commands: Commands, typed: String, tentative: bool) {
    // What is wrong with it has been said when this returns.
    let _ = commands.run(FirstCommand::Redeem { typed, tentative });
}

/// The code behind # in the link, if that is how this page was opened: `#CODE` or `#kode=CODE`.
fn scanned() -> String {
    address::hash().rsplit(['#', '=']).next().unwrap_or_default().to_owned()
}

fn asks_for_code(stage: MeStage) -> bool {
    use MeStage::{NotRedeemed, Nothing, PutOut, Stranger};
    matches!(stage, Stranger | NotRedeemed(_) | Nothing | PutOut)
}

fn title(stage: MeStage) -> &'static str {
    let t = t();
    match stage {
        MeStage::Stranger | MeStage::NotRedeemed(_) | MeStage::Opening => t.welcome_title(),
        MeStage::Redeeming => t.welcome_redeeming(),
        MeStage::NoNetwork => t.welcome_no_network(),
        MeStage::Nothing => t.welcome_nothing(),
        MeStage::PutOut => words::here(t.put_out_title(), t.put_out_title_computer()),
        MeStage::Fetching | MeStage::In => t.welcome_fetching(),
    }
}

fn lead(stage: MeStage) -> &'static str {
    let t = t();
    match stage {
        MeStage::Stranger | MeStage::NotRedeemed(_) | MeStage::Opening => t.welcome_lead(),
        MeStage::NoNetwork => t.welcome_no_network_lead(),
        MeStage::Nothing => t.welcome_nothing_lead(),
        MeStage::PutOut => t.put_out_lead(),
        MeStage::Redeeming | MeStage::Fetching | MeStage::In => t.welcome_wait(),
    }
}

fn mistake(stage: MeStage) -> Option<String> {
    match stage {
        MeStage::NotRedeemed(why) => Some(words::not_redeemed(why).to_owned()),
        _ => None,
    }
}
