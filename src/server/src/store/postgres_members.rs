//! Who is in which document, in PostgreSQL.

use std::collections::BTreeSet;

use sync::message::Held;
use sync::{Ancestor, Shelf};
use tokio_postgres::Row;
use trust::{DocumentId, Membership, PersonId};

use super::numbers::{from_number, member, to_number, unsigned};
use super::postgres_rows::{ancestor, bytes};
use super::postgres_shelf::PostgresTransaction;
use crate::trouble::Trouble;

impl PostgresTransaction<'_> {
    pub(super) fn write_membership(
        &mut self,
        document: DocumentId,
        membership: &Membership,
    ) -> Result<(), Trouble> {
        let document_bytes = &document.0[..];
        let parent = membership.parent.as_ref().map(|parent| &parent.0[..]);
        self.run(
            "INSERT INTO documents (document, kind, parent, chain) VALUES ($1, $2, $3, $4)
             ON CONFLICT (document) DO UPDATE SET kind = $2, parent = $3, chain = $4",
            &[&document_bytes, &to_number(membership.kind), &parent, &&membership.head.0[..]],
        )?;
        // Only what is other: a document may have thousands of members.
        let held = self.look(document)?.map(|shelved| shelved.membership.members);
        let held = held.unwrap_or_default();
        for (person, _) in held.iter().filter(|(who, _)| !membership.members.contains_key(who)) {
            let out = "DELETE FROM members WHERE document = $1 AND person = $2";
            self.run(out, &[&document_bytes, &&person.0[..]])?;
        }
        for (person, member) in &membership.members {
            if held.get(person) != Some(member) {
                let until = member.until.map(i64::from);
                self.run(
                    "INSERT INTO members (document, person, role, until) VALUES ($1, $2, $3, $4)
                     ON CONFLICT (document, person) DO UPDATE SET role = $3, until = $4",
                    &[&document_bytes, &&person.0[..], &to_number(member.role), &until],
                )?;
            }
        }
        Ok(())
    }

    pub(super) fn read_held(&mut self, person: PersonId) -> Result<Vec<Held>, Trouble> {
        let rows = self.all(
            "SELECT document, kind, head, role, until FROM members
             JOIN documents USING (document) WHERE person = $1 ORDER BY document",
            &[&&person.0[..]],
        )?;
        let held = |row: &Row| {
            Ok(Held {
                document: DocumentId(bytes(row, 0, "members.document")?),
                kind: from_number(row.get(1), "documents.kind")?,
                head: unsigned(row.get(2)),
                member: member(row.get(3), row.get(4))?,
            })
        };
        rows.iter().map(held).collect()
    }

    pub(super) fn read_ancestors(
        &mut self,
        person: PersonId,
        other: PersonId,
    ) -> Result<Vec<Ancestor>, Trouble> {
        let own = self.all(
            "SELECT DISTINCT ON (d.kind, d.parent, m.role, m.until, two.role, two.until)
               m.document, d.kind, d.parent, m.role, m.until, two.role, two.until
             FROM members m JOIN documents d ON d.document = m.document
             LEFT JOIN members two ON two.document = m.document AND two.person = $2
             WHERE m.person = $1",
            &[&&person.0[..], &&other.0[..]],
        )?;
        let mut all = own.iter().map(ancestor).collect::<Result<Vec<_>, _>>()?;
        let mut known = BTreeSet::new();
        loop {
            let above = all.iter().filter_map(|row| row.parent);
            let next: BTreeSet<_> = above.filter(|parent| !known.contains(parent)).collect();
            if next.is_empty() {
                return Ok(all);
            }
            let names: Vec<&[u8]> = next.iter().map(|document| &document.0[..]).collect();
            let rows = self.all(
                "SELECT d.document, d.kind, d.parent, one.role, one.until, two.role, two.until
                 FROM documents d
                 LEFT JOIN members one ON one.document = d.document AND one.person = $1
                 LEFT JOIN members two ON two.document = d.document AND two.person = $2
                 WHERE d.document = ANY ($3)",
                &[&&person.0[..], &&other.0[..], &names],
            )?;
            all.extend(rows.iter().map(ancestor).collect::<Result<Vec<_>, _>>()?);
            known.extend(next);
        }
    }
}
