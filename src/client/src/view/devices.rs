//! Which devices somebody has, which of my own are new, and how this one stands.

use documents::consents;
use domain::LocalTime;
use sync::message::KnownDevice;
use trust::{DeviceId, DocumentId, Kind, PersonId};

use super::people::Named;
use crate::client::{Client, Query, Topic, who};
use crate::founding::spoken;

/// Which devices does somebody have?
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Devices {
    /// I.
    Mine,
    /// The citizen of this course.
    Citizen(DocumentId),
    /// Somebody who works here.
    Colleague(PersonId),
    /// Somebody whom the citizen has let in, by the document of what was declared.
    Guest(DocumentId),
}

/// Somebody's devices.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DevicesView {
    /// Whose.
    pub person: Named,
    /// Oldest first; `None` where the server has not said.
    pub rows: Option<Vec<DeviceRow>>,
    /// Whether this device can say anything about them: one that is new itself cannot.
    pub can_decide: bool,
}

/// A device.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DeviceRow {
    /// Which.
    pub device: DeviceId,
    /// When it came; `None` for before this was noted.
    pub came: Option<LocalTime>,
    /// Who had made the code that let it in; `None` for before this was noted.
    pub by: Option<Named>,
    /// Whether it is this one.
    pub is_this: bool,
    /// Whether it is new, and none of the others has said yes to it.
    pub is_new: bool,
    /// Whether it alone has what a citizen has written for nobody else: no new device can get it then.
    pub alone_has_notes: bool,
    /// What is wanted of it here, and waits for the server.
    pub decision: Option<Decision>,
}

/// What is wanted of a device.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Decision {
    /// It is mine.
    Yes,
    /// It must not come in any longer.
    Out,
}

/// Which devices of mine are new, and must be asked about here?
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NewDevices;

/// How does this device stand?
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ThisDevice;

/// This device.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ThisDeviceView {
    /// Whether it is new and another of mine must say yes to it first.
    pub needs_yes: bool,
    /// That it was put out, where it was.
    pub put_out: Option<PutOutView>,
}

/// That this device was put out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PutOutView {
    /// When.
    pub at: LocalTime,
    /// Who put it out, by name; empty when that is not known.
    pub by: String,
    /// Whether I did it myself, from another of my devices.
    pub is_own: bool,
}

impl Query for Devices {
    type View = Option<DevicesView>;

    fn topics(&self, client: &Client) -> Vec<Topic> {
        let documents = match self {
            Self::Citizen(document) | Self::Guest(document) => Some(*document),
            Self::Mine | Self::Colleague(_) => None,
        };
        let mut topics = client.topics_of(documents);
        topics.extend([Topic::Devices, Topic::Me]);
        topics
    }

    fn look(&self, client: &Client) -> Option<DevicesView> {
        let person = self.person(client)?;
        let all = client.devices_of(person);
        let confirmed = all.map_or(0, |all| all.iter().filter(|known| known.confirmed).count());
        let is_only = matches!(self, Self::Citizen(_)) && confirmed == 1;
        let row = |known: &KnownDevice| DeviceRow {
            alone_has_notes: is_only && known.confirmed,
            ..client.device_row(known)
        };
        Some(DevicesView {
            person: client.named(who(person)),
            rows: all.map(|all| all.iter().map(row).collect()),
            can_decide: client.is_confirmed(),
        })
    }
}

impl Devices {
    fn person(&self, client: &Client) -> Option<PersonId> {
        let sheet = |document: &DocumentId| client.sheets.get(document).filter(|sheet| !sheet.gone);
        match self {
            Self::Mine => client.me.person,
            Self::Colleague(person) => Some(*person),
            Self::Citizen(course) => client.citizen_of(sheet(course)?),
            Self::Guest(document) => {
                let about = consents::read(&sheet(document)?.paper).0.person?;
                Some(PersonId(about.0))
            }
        }
    }
}

impl Query for NewDevices {
    type View = Vec<DeviceRow>;

    fn topics(&self, client: &Client) -> Vec<Topic> {
        Devices::Mine.topics(client)
    }

    fn look(&self, client: &Client) -> Vec<DeviceRow> {
        let mine = Devices::Mine.look(client).filter(|mine| mine.can_decide);
        let mut rows = mine.and_then(|mine| mine.rows).unwrap_or_default();
        rows.retain(|row| row.is_new && !row.is_this && row.decision.is_none());
        rows
    }
}

impl Query for ThisDevice {
    type View = ThisDeviceView;

    fn topics(&self, _: &Client) -> Vec<Topic> {
        vec![Topic::Devices, Topic::Me]
    }

    fn look(&self, client: &Client) -> ThisDeviceView {
        let put_out = client.devices.put_out.as_ref().filter(|_| client.is_put_out());
        let put_out = put_out.map(|row| PutOutView {
            at: client.moment_of(row.at),
            by: row.name.clone(),
            is_own: row.is_own,
        });
        ThisDeviceView { needs_yes: !client.is_confirmed(), put_out }
    }
}

impl Client {
    fn device_row(&self, known: &KnownDevice) -> DeviceRow {
        let decision =
            self.decided(known).map(|is_out| if is_out { Decision::Out } else { Decision::Yes });
        DeviceRow {
            device: known.device,
            came: (known.since > 0).then(|| self.moment_of(known.since)),
            by: known.by.map(|by| self.named_by_role(by)),
            is_this: self.own_device() == Some(known.device),
            is_new: !known.confirmed,
            alone_has_notes: false,
            decision,
        }
    }

    /// Somebody whose name nobody may have said: what they are stands in the chains all the same.
    fn named_by_role(&self, person: PersonId) -> Named {
        let named = self.named(who(person));
        let mut chains = self.of_kind(Kind::House).chain(self.courses());
        let member = chains.find_map(|(_, sheet)| sheet.membership.members.get(&person));
        Named { role: named.role.or(member.map(|member| spoken(member.role))), ..named }
    }

    /// When the server noted something, as a clock on the wall shows it here.
    fn moment_of(&self, seconds: u64) -> LocalTime {
        let ms = i64::try_from(seconds.saturating_mul(1000)).unwrap_or_default();
        LocalTime::of_moment(ms, self.now.zone_minutes)
    }
}
