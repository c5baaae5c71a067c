use super::{Splice, byte_at, carried, changes, units};

fn splice(at: u32, delete: u32, insert: &str) -> Splice {
    Splice { at, delete, insert: insert.to_owned() }
}

/// Makes the changes from the back, so that positions in the old text stay right.
fn all_applied(old: &str, changes: &[Splice]) -> String {
    changes.iter().rev().fold(old.to_owned(), |text, change| change.applied_to(&text))
}

#[test]
fn a_letter_typed_among_equal_letters_is_the_one_before_the_caret() {
    assert_eq!(Splice::between("aaa", "aaaa", 2), Some(splice(1, 0, "a")));
    assert_eq!(Splice::between("aaa", "aaaa", 4), Some(splice(3, 0, "a")));
    assert_eq!(Splice::between("aaaa", "aaa", 1), Some(splice(1, 1, "")));
}

#[test]
fn a_caret_that_stands_somewhere_else_does_not_make_the_change_larger() {
    assert_eq!(Splice::between("hus", "huset", 0), Some(splice(3, 0, "et")));
    assert_eq!(Splice::between("huset er stort", "hus er stort", 14), Some(splice(3, 2, "")));
}

#[test]
fn nothing_changed_is_nothing_to_say() {
    assert_eq!(Splice::between("det samme", "det samme", 3), None);
    assert!(changes("det samme", "det samme").is_empty());
}

#[test]
fn an_emoji_is_never_cut_in_two() {
    // 😀 and 😁 share their first half in UTF-16.
    assert_eq!(Splice::between("a😀b", "a😁b", 3), Some(splice(1, 2, "😁")));
    assert_eq!(changes("a😀b", "a😁b"), [splice(1, 2, "😁")]);
    assert_eq!(byte_at("a😀b", 2), 1);
    let family = "👨‍👩‍👧";
    assert_eq!(Splice::between("", family, units(family)), Some(splice(0, 0, family)));
}

#[test]
fn danish_arabic_and_combining_letters_are_counted_as_browsers_count_them() {
    assert_eq!(Splice::between("blå", "blåbærgrød", 10), Some(splice(3, 0, "bærgrød")));
    assert_eq!(Splice::between("مرحبا", "مرحبا بك", 8), Some(splice(5, 0, " بك")));
    assert_eq!(Splice::between("e", "e\u{301}", 2), Some(splice(1, 0, "\u{301}")));
    assert_eq!(Splice::between("å", "a\u{30a}", 2), Some(splice(0, 1, "a\u{30a}")));
}

#[test]
fn a_paste_over_a_selection_and_a_replaced_whole_are_one_change() {
    assert_eq!(
        Splice::between("Jeg vil bo i byen", "Jeg vil bo på landet", 20),
        Some(splice(11, 6, "på landet"))
    );
    assert_eq!(Splice::between("gammelt", "NYT!", 4), Some(splice(0, 7, "NYT!")));
    assert_eq!(Splice::between("alt", "", 0), Some(splice(0, 3, "")));
}

#[test]
fn several_changes_are_found_one_by_one() {
    assert_eq!(
        changes("en hund og en kat", "en stor hund og kat"),
        [splice(3, 0, "stor "), splice(10, 3, "")]
    );
}

#[test]
fn a_caret_stands_by_its_word_when_others_write_on_both_sides() {
    let old = "Min bolig og min hund";
    let new = "Først: Min bolig og min gamle hund, Rex";
    // The caret is behind "og".
    let moved = carried(12, &changes(old, new));
    assert_eq!(&new[..byte_at(new, moved)], "Først: Min bolig og");
}

#[test]
fn a_caret_stands_still_when_another_writes_at_the_same_place() {
    assert_eq!(carried(3, &[splice(3, 0, "abc")]), 3);
    assert_eq!(carried(0, &changes("", "hej")), 0);
    assert_eq!(carried(5, &[splice(3, 4, "x")]), 4);
    assert_eq!(carried(7, &[splice(3, 4, "x")]), 4);
}

#[test]
fn what_is_written_during_another_change_goes_where_it_was_meant() {
    let (mine, theirs) = (splice(4, 0, "god "), changes("Min bolig", "Kære alle. Min bolig"));
    let [rebased] = &mine.rebased(&theirs)[..] else { panic!("one splice") };
    assert_eq!(rebased.applied_to("Kære alle. Min bolig"), "Kære alle. Min god bolig");
}

#[test]
fn taking_a_text_away_never_takes_what_another_wrote_in_it() {
    let theirs = changes("abcdef", "abcXYdef");
    let all = splice(0, 6, "");
    let left =
        all.rebased(&theirs).iter().fold("abcXYdef".to_owned(), |text, s| s.applied_to(&text));
    assert_eq!(left, "XY");
    let theirs_at_the_start = [splice(2, 0, "ZZ")];
    let from_there = splice(2, 2, "q").rebased(&theirs_at_the_start);
    let left = from_there.iter().fold("abZZcdef".to_owned(), |text, s| s.applied_to(&text));
    assert_eq!(left, "abZZqef");
}

#[test]
fn a_text_too_different_to_follow_is_one_change() {
    let (old, new) = ("a".repeat(900), "b".repeat(900));
    assert_eq!(changes(&old, &new), [splice(0, 900, &new)]);
}

#[test]
fn any_two_texts_are_led_from_one_to_the_other() {
    let letters: Vec<char> = "aab æø\u{301}😀😁م\n".chars().collect();
    let mut seed = 7_u32;
    let mut next = |limit: usize| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 16) as usize % limit
    };
    for _ in 0..3_000 {
        let old: String = (0..next(14)).map(|_| letters[next(letters.len())]).collect();
        let new: String = (0..next(14)).map(|_| letters[next(letters.len())]).collect();
        let many = changes(&old, &new);
        assert_eq!(all_applied(&old, &many), new, "{old:?} {new:?} {many:?}");
        let caret = next(15) as u32;
        let one = Splice::between(&old, &new, caret);
        assert_eq!(
            one.map_or(old.clone(), |one| one.applied_to(&old)),
            new,
            "{old:?} {new:?} {caret}"
        );
        for position in 0..=units(&old) {
            assert!(carried(position, &many) <= units(&new));
        }
    }
}

#[test]
fn what_is_too_long_waits_and_is_put_beside_what_others_wrote_when_it_is_shorter() {
    let long = format!("Bolig {}", "x".repeat(400));
    let over = |mine: &str, value| Splice::onto(("Bolig", mine, units(mine)), value, 300).1;
    assert_eq!(over(&long, "Bolig"), 106);
    // One more key, and the other has written something meanwhile.
    assert_eq!(over(&format!("{long}y"), "Min Bolig"), 111);
    let (splices, over) = Splice::onto(("Bolig", "Bolig nu", 8), "Min Bolig", 300);
    assert_eq!(over, 0);
    let becomes = splices.iter().fold("Min Bolig".to_owned(), |text, one| one.applied_to(&text));
    assert_eq!(becomes, "Min Bolig nu");
}

#[test]
fn a_text_that_two_have_made_too_long_together_can_be_shortened() {
    let (full, less) = ("x".repeat(310), "x".repeat(309));
    assert_eq!(Splice::onto((&full, &less, 309), &full, 300), (vec![splice(309, 1, "")], 0));
    let other = format!("{}y", "x".repeat(308));
    assert_eq!(Splice::onto((&full, &other, 309), &full, 300).1, 9);
}
