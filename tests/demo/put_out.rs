//! A citizen puts her coordinators out of the parts of her life, with a device of hers that no app runs on: the app
//! has no button for it yet, and what the server then keeps aside is shown by tests in the browser.

use std::net::ToSocketAddrs;

use tests::Stuck;
use tests::hosted::Visitor;
use tests::pen::Pen;
use trust::{
    Change, Code, DeviceKey, DocumentId, Hash, Kind, Membership, PersonId, Record, RecordKind, Role,
};

/// Does it with this code, which lets her device in.
pub(crate) fn put_out(host: &str, (code, seed): (&str, [u8; 32])) -> Result<(), Stuck> {
    let address = host.to_socket_addrs()?.next().ok_or(Stuck::Patience("an address"))?;
    let code = Code::read(code).map_err(|_| Stuck::Patience("a code"))?;
    let mut visitor = Visitor::come(address, Pen { key: DeviceKey::from_seed(&seed), counter: 0 });
    let me = visitor.redeem(code);
    let sync::message::Tell::Welcome { documents, .. } = visitor.welcome.clone() else {
        return Err(Stuck::Patience("a welcome"));
    };
    for held in documents.into_iter().filter(|held| held.kind == Kind::LifeArea) {
        put_out_of(&mut visitor, held.document, me);
    }
    Ok(())
}

fn put_out_of(visitor: &mut Visitor, document: DocumentId, me: PersonId) {
    let records = visitor.log(document).into_iter();
    let records = records.filter_map(|(_, bytes)| Record::read(bytes).ok());
    let mut links = records.filter(|record| record.header().kind == RecordKind::Membership);
    let Some(mut chain) = links.next().and_then(|first| Membership::found(&first).ok()) else {
        return;
    };
    for link in links {
        // One that does not follow was never taken in.
        let _ = chain.follow(&link);
    }
    let is_other = |(person, member): &(&PersonId, &trust::Member)| {
        **person != me && member.role == Role::Coordinator
    };
    let others: Vec<PersonId> =
        chain.members.iter().filter(is_other).map(|(who, _)| *who).collect();
    let mut head = chain.head;
    for person in others {
        let link = visitor.pen.link(document, head, &Change::Remove { person });
        head = Hash::of(&link);
        visitor.keep(&link);
    }
}
