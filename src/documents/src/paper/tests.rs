use super::*;

fn write(paper: &mut Paper, at: u32, text: &str) {
    paper.splice("t", &Splice { at, delete: 0, insert: text.to_owned() });
    paper.mark_step();
}

fn text(paper: &Paper) -> String {
    paper.read(|look| look.text("t"))
}

#[test]
fn two_who_write_apart_end_with_the_same() {
    let (mut mine, mut yours) = (Paper::new(1), Paper::new(2));
    write(&mut mine, 0, "Jeg vil blive i byen. 🐕 ");
    write(&mut yours, 0, "Hvem ringer? ");
    let (from_me, from_you) = (mine.take_fresh().unwrap(), yours.take_fresh().unwrap());
    mine.apply(&from_you).unwrap();
    mine.apply(&from_you).unwrap();
    yours.apply(&from_me).unwrap();
    assert_eq!(text(&mine), text(&yours));
    assert!(text(&mine).contains("🐕") && text(&mine).contains("Hvem ringer?"));
    assert_eq!(mine.take_fresh(), None, "what came from you is not mine to send");
}

#[test]
fn undo_takes_back_my_step_and_leaves_yours() {
    let (mut mine, mut yours) = (Paper::new(1), Paper::new(2));
    write(&mut mine, 0, "min ");
    write(&mut mine, 4, "bolig");
    yours.apply(&mine.take_fresh().unwrap()).unwrap();
    write(&mut yours, 9, "!");
    mine.apply(&yours.take_fresh().unwrap()).unwrap();
    assert!(mine.undo());
    assert_eq!(text(&mine), "min !");
    assert!(mine.undo());
    assert_eq!(text(&mine), "!");
    assert!(!mine.undo(), "yours is not mine to undo");
    assert!(mine.redo());
    assert_eq!(text(&mine), "min !");
    yours.apply(&mine.take_fresh().unwrap()).unwrap();
    assert_eq!(text(&yours), text(&mine));
}

#[test]
fn a_sign_is_never_cut_in_two() {
    let mut paper = Paper::new(1);
    write(&mut paper, 0, "a🐕b");
    paper.splice("t", &Splice { at: 2, delete: 0, insert: "x".to_owned() });
    assert_eq!(text(&paper), "ax🐕b");
    paper.splice("t", &Splice { at: 2, delete: 1, insert: String::new() });
    assert_eq!(text(&paper), "axb");
    paper.splice("t", &Splice { at: 900, delete: 900, insert: "c".to_owned() });
    assert_eq!(text(&paper), "axbc");
}

#[test]
fn what_comes_too_early_waits_and_nothing_of_it_is_lost() {
    let (mut mine, mut yours) = (Paper::new(1), Paper::new(2));
    let mut updates = Vec::new();
    for step in 0..12 {
        let (writer, reader) =
            if step % 2 == 0 { (&mut mine, &mut yours) } else { (&mut yours, &mut mine) };
        write(writer, 0, &format!("<{step}>"));
        writer.splice("t", &Splice { at: 1, delete: 1, insert: String::new() });
        let update = writer.take_fresh().unwrap();
        reader.apply(&update).unwrap();
        updates.push(update);
    }
    let (first, rest) = updates.split_first().unwrap();
    let mut late = Paper::new(3);
    for update in rest.iter().rev() {
        late.apply(update).unwrap();
    }
    assert!(!late.is_whole());
    let mut copy = Paper::new(4);
    copy.apply(&late.state()).unwrap();
    assert!(copy.is_whole(), "what waits is not part of the state");
    late.apply(first).unwrap();
    assert!(late.is_whole());
    assert_eq!(text(&late), text(&mine));
}

#[test]
fn garbage_is_refused_and_changes_nothing() {
    let mut paper = Paper::new(1);
    write(&mut paper, 0, "min bolig");
    for garbage in [&[][..], &[1], &[255; 40], &[1, 1, 7, 0, 200, 200, 200]] {
        let _ = paper.apply(garbage);
        assert_eq!(text(&paper), "min bolig");
    }
}

#[test]
fn what_has_a_hole_waits_until_it_is_filled() {
    let mut writer = Paper::new(2);
    let parts: Vec<Vec<u8>> = (0..3)
        .map(|step| {
            write(&mut writer, step, &step.to_string());
            writer.take_fresh().unwrap()
        })
        .collect();
    let [first, second, third] = &parts[..] else { unreachable!() };
    let holed = merge(&[first.clone(), third.clone()]).unwrap();
    let mut reader = Paper::new(3);
    reader.apply(&holed).unwrap();
    let mut copy = Paper::new(4);
    copy.apply(&reader.state()).unwrap();
    assert!(copy.is_whole(), "what it writes can be read to its end");
    assert_eq!(text(&copy), text(&reader));
    reader.apply(second).unwrap();
    assert!(!reader.is_whole());
    reader.apply(first).unwrap();
    assert!(reader.is_whole());
    assert_eq!(text(&reader), "012");
    copy.apply(&reader.state()).unwrap();
    assert!(copy.is_whole());
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the test measures time")]
fn what_waits_for_ever_costs_no_more_for_each_that_comes() {
    let takes = |count: u64| {
        let early = (0..count).map(|session| {
            let mut paper = Paper::new(1_000 + session);
            write(&mut paper, 0, "a");
            let _ = paper.take_fresh();
            write(&mut paper, 1, "b");
            paper.take_fresh().unwrap()
        });
        let early: Vec<Vec<u8>> = early.collect();
        let mut paper = Paper::new(1);
        let start = std::time::Instant::now();
        early.iter().for_each(|update| drop(paper.apply(update)));
        assert!(!paper.is_whole());
        start.elapsed()
    };
    let least = |count| (0..3).map(|_| takes(count)).min().unwrap();
    let (few, many) = (least(500), least(4_000));
    // Eight times as many: by the square it would be 64.
    assert!(many < few * 24, "{few:?} and {many:?}");
}
