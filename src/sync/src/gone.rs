//! What is not this device's to have any longer.

use trust::DocumentId;

use crate::replica::Replica;
use crate::step::Step;

impl Replica {
    /// Lets go of every document but these, which are sorted, and what was founded here and has not been pushed yet:
    /// that is not the server's to know.
    pub(crate) fn all_gone_but(&mut self, held: &[DocumentId]) -> Vec<Step> {
        let founded = |document: &DocumentId| {
            let unsent = self.outbox.iter().any(|out| out.document == *document && !out.again);
            unsent || self.has_unsent(*document)
        };
        let gone =
            |document: &&DocumentId| held.binary_search(document).is_err() && !founded(document);
        let gone: Vec<DocumentId> = self.positions.keys().filter(gone).copied().collect();
        for document in &gone {
            self.positions.remove(document);
        }
        gone.into_iter().map(Step::Gone).collect()
    }
}
