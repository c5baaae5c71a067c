//! Who is in which document, in SQLite.

use sync::Ancestor;
use sync::message::Held;
use trust::{DocumentId, Members, Membership, PersonId};

use super::numbers::{from_number, member, to_number, unsigned};
use super::sqlite_rows::{ancestor, bytes, person};
use super::sqlite_shelf::SqliteTransaction;
use crate::trouble::Trouble;

impl SqliteTransaction<'_> {
    pub(super) fn members(&self, document: DocumentId) -> Result<Members, Trouble> {
        let members = "SELECT person, role, until FROM members WHERE document = ? ORDER BY person";
        let members = self.all(members, [document.0], |row| {
            Ok((person(row, 0, "members.person")?, member(row.get(1)?, row.get(2)?)?))
        })?;
        Ok(members.into_iter().collect())
    }

    pub(super) fn write_membership(
        &self,
        document: DocumentId,
        membership: &Membership,
    ) -> Result<(), Trouble> {
        let kind = to_number(membership.kind);
        let parent = membership.parent.map(|parent| parent.0);
        self.run(
            "INSERT INTO documents (document, kind, parent, chain) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (document) DO UPDATE SET kind = ?2, parent = ?3, chain = ?4",
            (document.0, kind, parent, membership.head.0),
        )?;
        // Only what is other: a document may have thousands of members.
        let held = self.members(document)?;
        for (person, _) in held.iter().filter(|(who, _)| !membership.members.contains_key(who)) {
            let out = "DELETE FROM members WHERE document = ? AND person = ?";
            self.run(out, (document.0, person.0))?;
        }
        for (person, member) in &membership.members {
            if held.get(person) != Some(member) {
                self.run(
                    "INSERT OR REPLACE INTO members (document, person, role, until)
                     VALUES (?, ?, ?, ?)",
                    (document.0, person.0, to_number(member.role), member.until),
                )?;
            }
        }
        Ok(())
    }

    pub(super) fn read_held(&self, person: PersonId) -> Result<Vec<Held>, Trouble> {
        self.all(
            "SELECT document, kind, head, role, until FROM members
             JOIN documents USING (document) WHERE person = ? ORDER BY document",
            [person.0],
            |row| {
                Ok(Held {
                    document: DocumentId(bytes(row, 0, "members.document")?),
                    kind: from_number(row.get(1)?, "documents.kind")?,
                    head: unsigned(row.get(2)?),
                    member: member(row.get(3)?, row.get(4)?)?,
                })
            },
        )
    }

    pub(super) fn read_ancestors(
        &self,
        person: PersonId,
        other: PersonId,
    ) -> Result<Vec<Ancestor>, Trouble> {
        self.all(
            "WITH RECURSIVE
             own AS MATERIALIZED (
               SELECT min(m.document) AS document, kind, parent,
                 m.role AS role, m.until AS until, two.role AS role2, two.until AS until2
               FROM members m JOIN documents d ON d.document = m.document
               LEFT JOIN members two ON two.document = m.document AND two.person = ?2
               WHERE m.person = ?1
               GROUP BY kind, parent, m.role, m.until, two.role, two.until),
             above (document) AS (
               SELECT parent FROM own WHERE parent IS NOT NULL
               UNION SELECT parent FROM above JOIN documents USING (document)
               WHERE parent IS NOT NULL)
             SELECT document, kind, parent, role, until, role2, until2 FROM own
             UNION ALL
             SELECT d.document, d.kind, d.parent, one.role, one.until, two.role, two.until
             FROM above JOIN documents d ON d.document = above.document
             LEFT JOIN members one ON one.document = d.document AND one.person = ?1
             LEFT JOIN members two ON two.document = d.document AND two.person = ?2",
            (person.0, other.0),
            ancestor,
        )
    }
}
