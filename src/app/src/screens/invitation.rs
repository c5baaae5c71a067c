//! An invitation on the coordinator's screen: a picture for the phone's camera, and 8 letters.

use client::view::{InvitationOf, InvitationView};
use client::{DocumentId, PersonId, Standing, ToolCommand};
use kit::{Button, CardSection, Live, Look, QrPicture};
use leptos::prelude::*;
use qrcodegen::{QrCode, QrCodeEcc};

use crate::hooks::{use_commands, use_view};
use crate::text::{fill, t};

/// The newest invitation for a person, or the button that makes one.
#[component]
pub(crate) fn Invitation(
    person: PersonId,
    /// What they are called.
    name: String,
    document: DocumentId,
) -> impl IntoView {
    let title = fill(t().invitation_title(), &[("who", &name)]);
    let second = fill(t().invitation_second(), &[("who", &name)]);
    let commands = use_commands();
    let found = use_view(move || InvitationOf(person));
    let make = move || drop(commands.run(ToolCommand::Invite { person, document }));
    let open = Live::memo(move || found.get().filter(|view| is_open(view.standing)));
    let standing = found.map(|view| view.as_ref().map_or("", standing_in_words).to_owned());
    let standing = move || fill(&standing.get(), &[("who", &name)]);
    let draw = move || match open.get() {
        Some(view) if !view.is_stopping => {
            view! { <Open view/><p class="soft">{second.clone()}</p> }.into_any()
        }
        _ => view! { <Button label=t().invitation_make() look=Look::Second on_press=make/> }
            .into_any(),
    };
    view! {
        <CardSection title class="invitation">
            <p>{standing}</p>
            {move || draw()}
        </CardSection>
    }
}

#[component]
fn Open(view: InvitationView) -> impl IntoView {
    let commands = use_commands();
    let InvitationView { invitation, code, standing, .. } = view;
    let cancel = move || drop(commands.run(ToolCommand::CancelInvitation(invitation)));
    let confirm = move || drop(commands.run(ToolCommand::ConfirmInvitation(invitation)));
    let in_for_now = standing == Some(Standing::UsedForNow);
    let confirm = move || view! { <Button label=t().invitation_confirm() on_press=confirm/> };
    view! {
        {picture(&code)}
        <p class="invitation-code">{code}</p>
        <p class="soft">{t().invitation_how()}</p>
        {in_for_now.then(confirm)}
        <Button label=t().invitation_cancel() look=Look::Second on_press=cancel/>
    }
}

fn is_open(standing: Option<Standing>) -> bool {
    matches!(standing, None | Some(Standing::Waiting | Standing::UsedForNow))
}

/// The link as a picture. The code stands behind #, so that no server ever sees it in an address.
fn picture(code: &str) -> Option<impl IntoView + use<>> {
    let origin = location().origin().ok()?;
    let link = format!("{origin}/i#{}", code.replace(' ', ""));
    let qr = QrCode::encode_text(&link, QrCodeEcc::Medium).ok()?;
    let side = qr.size();
    let places = (0..side).flat_map(|y| (0..side).map(move |x| (x, y)));
    let bits: Vec<bool> = places.map(|(x, y)| qr.get_module(x, y)).collect();
    let side = usize::try_from(side).ok()?;
    Some(view! { <QrPicture side bits says=t().invitation_picture()/> })
}

/// How an invitation stands.
fn standing_in_words(view: &InvitationView) -> &'static str {
    let t = t();
    if view.is_stopping && is_open(view.standing) {
        return t.standing_stopping();
    }
    match view.standing {
        None => t.standing_not_sent(),
        Some(Standing::Waiting) => t.standing_waiting(),
        Some(Standing::UsedForNow) => t.standing_used_for_now(),
        Some(Standing::Used) => t.standing_used(),
        Some(Standing::Cancelled) => t.standing_cancelled(),
        Some(Standing::Expired) => t.standing_expired(),
    }
}
