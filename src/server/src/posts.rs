//! How many posts of one person are being answered at once: each may hold a body and an answer of megabytes.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use trust::PersonId;

/// An app posts one at a time; this is a person with many devices.
const OF_PERSON_MAX: usize = 8;

/// All of them.
#[derive(Clone, Default)]
pub(crate) struct Posts(Arc<Mutex<HashMap<PersonId, usize>>>);

/// One of them, until it is dropped.
pub(crate) struct Turn {
    posts: Posts,
    person: PersonId,
}

impl Posts {
    /// `None` when there are too many.
    pub(crate) fn begin(&self, person: PersonId) -> Option<Turn> {
        let mut posts = self.table();
        let count = posts.entry(person).or_default();
        if *count >= OF_PERSON_MAX {
            return None;
        }
        *count += 1;
        Some(Turn { posts: self.clone(), person })
    }

    fn table(&self) -> MutexGuard<'_, HashMap<PersonId, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut posts = self.posts.table();
        if let Some(count) = posts.get_mut(&self.person) {
            *count -= 1;
            if *count == 0 {
                posts.remove(&self.person);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_posts_so_many_at_once_and_holds_up_nobody() {
        let posts = Posts::default();
        let turns: Vec<Turn> = (0..20).filter_map(|_| posts.begin(PersonId([1; 16]))).collect();
        assert_eq!(turns.len(), OF_PERSON_MAX);
        assert!(posts.begin(PersonId([2; 16])).is_some());
        drop(turns);
        assert!(posts.begin(PersonId([1; 16])).is_some());
        assert!(posts.table().is_empty(), "nobody is remembered who posts nothing");
    }
}
