use super::*;
use crate::paper::Paper;
use domain::Splice;

fn write(paper: &mut Paper, at: u32, text: &str) {
    paper.splice("t/1/w", &Splice { at, delete: 0, insert: text.to_owned() });
}

fn text(paper: &Paper) -> String {
    paper.read(|look| look.text("t/1/w"))
}

/// A document by session 7, and what it holds.
fn with_words() -> (Paper, Vec<u8>) {
    let mut paper = Paper::new(7);
    write(&mut paper, 0, "min bolig");
    let update = paper.take_fresh().unwrap();
    (paper, update)
}

#[test]
fn an_update_is_read_as_it_was_written() {
    let (mut paper, update) = with_words();
    write(&mut paper, 3, " egen");
    paper.set("goals", vec![("1/by".to_owned(), "x".into())]);
    paper.splice("t/1/w", &Splice { at: 0, delete: 2, insert: String::new() });
    let first = Update::read(&update).unwrap();
    let place = Some(Place { root: "t/1/w", field: None });
    let (id, content) = (Id { session: 7, clock: 0 }, Content::Text("min bolig"));
    let block = Block { id, length: 9, origin: None, right: None, place, content };
    assert_eq!((first.blocks.as_slice(), first.length), (&[block][..], update.len()));
    let more = paper.take_fresh().unwrap();
    let second = Update::read(&more).unwrap();
    assert_eq!(second.blocks[0].origin, Some(Id { session: 7, clock: 2 }));
    assert_eq!(second.blocks[1].place, Some(Place { root: "goals", field: Some("1/by") }));
    assert_eq!(second.taken_away, [(7, 0..2)]);
    let fits = |update: &Update<'_>, known| update.in_order(|_| known).lacks.is_none();
    assert!(fits(&first, 0) && !fits(&second, 0) && fits(&second, 9));
}

#[test]
fn what_ended_the_app_is_refused_and_changes_nothing() {
    let deep = |kind: u8| {
        let mut update = vec![1, 1, 9, 0, 0x28, 1, 1, b'g', 3, b'1', b'/', b'x', 1];
        update.extend([kind, 1].repeat(120_000));
        update.extend([126, 0]);
        update
    };
    let poison: [(&str, Vec<u8>); 8] = [
        ("a clock near 2^32", vec![1, 1, 7, 255, 255, 255, 255, 15, 0, 1, 0]),
        ("a clock beyond any", vec![1, 1, 7, 255, 255, 255, 255, 7, 0, 1, 0]),
        ("120,000 nested lists", deep(117)),
        ("a text longer than there is", vec![1, 1, 9, 0, 4, 1, 1, b't', 255, 255, 255, 255, 15]),
        ("one session twice", vec![2, 1, 9, 0, 0, 1, 1, 9, 0, 0, 1, 0]),
        ("an empty block", vec![1, 1, 9, 0, 0, 0, 0]),
        ("a type within a type", vec![1, 1, 9, 0, 7, 1, 1, b't', 0, 0]),
        ("what is taken away out of order", vec![0, 1, 7, 2, 5, 1, 3, 1]),
    ];
    for (what, bytes) in poison {
        let (mut paper, _) = with_words();
        assert!(paper.apply(&bytes).is_err(), "{what}");
        assert_eq!(text(&paper), "min bolig", "{what}");
        assert!(paper.is_whole(), "{what}");
        write(&mut paper, 9, ".");
        assert_eq!(text(&paper), "min bolig.", "{what}");
    }
}

#[test]
fn blocks_that_wait_for_one_another_are_put_in_order_and_those_in_a_circle_fit_nowhere() {
    let block = |session, clock, after: Option<(u64, u32)>| Block {
        id: Id { session, clock },
        length: 1,
        origin: after.map(|(session, clock)| Id { session, clock }),
        right: None,
        place: None,
        content: Content::Nothing,
    };
    let update = |blocks: Vec<Block<'static>>| Update { blocks, taken_away: vec![], length: 0 };
    let knots = vec![
        block(1, 0, None),
        block(1, 1, Some((2, 0))),
        block(1, 2, None),
        block(2, 0, None),
        block(2, 1, Some((1, 2))),
    ];
    let knots = update(knots);
    let order: Vec<u64> =
        knots.in_order(|_| 0).blocks.iter().map(|block| block.id.session).collect();
    assert_eq!(order, [1, 2, 1, 1, 2]);
    let circle = vec![block(1, 0, Some((2, 0))), block(2, 0, Some((1, 0)))];
    assert!(update(circle).in_order(|_| 0).lacks.is_some());
    let itself = vec![block(1, 0, Some((1, 0)))];
    assert!(update(itself).in_order(|_| 0).lacks.is_some());
    assert!(
        update(vec![block(1, 3, None)]).in_order(|_| 2).lacks.is_some(),
        "something between is missing"
    );
}
