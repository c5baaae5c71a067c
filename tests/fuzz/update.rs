//! Updates, one after the other, in a document that two have written in: it is read, written in, undone, copied.
#![no_main]

mod dice;

use dice::Bytes;
use documents::{Author, Paper, TextField, area, contents, meeting};
use domain::{ItemId, Splice, Who};
use libfuzzer_sys::fuzz_target;
use tests::hostile::{Aim, Dice, hostile_update};

const ME: Author = Author { who: Who([1; 16]), at_ms: 0 };

/// What two people wrote, and who knows of it.
fn base() -> (Paper, Aim) {
    let (mut paper, mut other) = (Paper::new(1), Paper::new(2));
    for id in 0..3 {
        meeting::add_topic(&mut paper, ItemId(id), ME);
        area::add_goal(&mut paper, ItemId(id), ME);
        write(&mut paper, TextField::TopicTitle(ItemId(id)), 0, "Min bolig 🐕 i byen");
    }
    let _ = other.apply(&paper.take_fresh().unwrap_or_default());
    write(&mut other, TextField::TopicTitle(ItemId(1)), 5, "egen 🐕");
    meeting::throw_out(&mut other, meeting::List::Topics, ItemId(2), Some(ME));
    let more = other.take_fresh().unwrap_or_default();
    let _ = paper.apply(&more);
    let end = |session| {
        let all = contents(&paper.state()).map(|all| all.sessions).unwrap_or_default();
        all.into_iter().find(|(of, _)| *of == session).map_or(0, |(_, end)| end)
    };
    let roots = (0..3).map(|id| format!("topics/{}/title", ItemId(id))).collect();
    let keys = (0..3).map(|id| format!("{}/by", ItemId(id))).collect();
    let aim = Aim { sessions: vec![(1, end(1)), (2, end(2))], roots, keys, ..Aim::default() };
    (paper, aim)
}

fn write(paper: &mut Paper, field: TextField, at: u32, text: &str) {
    let splice = Splice { at, delete: u32::from(at > 3), insert: text.to_owned() };
    field.write(paper, &splice, ME.who);
    paper.mark_step();
}

/// All that a screen is made of.
fn read(paper: &Paper) -> String {
    format!(
        "{:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
        documents::course::read(paper).0,
        area::read(paper).0,
        documents::support::read(paper).0,
        meeting::read_agenda(paper).0,
        meeting::read_meeting(paper).0,
        documents::network::read(paper).0,
        documents::notebook::read(paper).0,
        documents::consents::read(paper).0,
    )
}

fuzz_target!(|data: &[u8]| {
    let mut dice = Bytes::new(data);
    let (mut paper, mut aim) = base();
    paper.set_writer(1, ME.who);
    for step in 0..8 {
        if dice.is_empty() {
            break;
        }
        let update = if dice.once_in(4) { dice.rest_of_some() } else { hostile_update(&mut dice, &aim) };
        let before = paper.state();
        let taken = paper.apply(&update);
        if taken.is_err() {
            assert_eq!(before, paper.state(), "what is refused changes nothing");
        }
        for (session, end) in contents(&update).map(|all| all.sessions).unwrap_or_default() {
            if paper.has(session, end) && !aim.sessions.contains(&(session, end)) {
                aim.sessions.push((session, end));
            }
        }
        read(&paper);
        let at = dice.below(30) as u32;
        write(&mut paper, TextField::TopicTitle(ItemId(step % 3)), at, "og 🐕");
        if dice.once_in(2) {
            paper.undo();
            paper.redo();
        }
        let fresh = paper.take_fresh().unwrap_or_default();
        let mut copy = Paper::new(3);
        if copy.apply(&before).is_ok() && taken.is_ok() {
            let _ = documents::merge(&[update.clone(), fresh]);
        }
        documents::words_in(&update);
    }
    // Whoever has only the merged document sees the same.
    let mut copy = Paper::new(3);
    assert!(copy.apply(&paper.state()).is_ok() && copy.is_whole());
    // No app writes between the halves of a sign that is two units long. Who does so all the same breaks the sign, and
    // where their own word stands beside it is not the same in what the library merges.
    let has_broken_sign = read(&paper).contains('\u{fffd}');
    assert!(has_broken_sign || read(&copy) == read(&with_no_names(&paper)));
    let mut summary = Paper::new(4);
    assert!(summary.apply(&paper.summary()).is_ok());
    assert!(has_broken_sign || read(&summary) == read(&copy));
});

/// Who wrote what is known of the original alone.
fn with_no_names(paper: &Paper) -> Paper {
    let mut copy = Paper::new(5);
    let _ = copy.apply(&paper.state());
    copy
}
