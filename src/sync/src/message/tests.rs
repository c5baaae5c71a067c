//! The wire's bytes are a promise.

use super::*;

#[test]
fn the_bytes_of_version_1_stay_as_they_are() {
    let pull = Ask::Pull { document: DocumentId([7; 16]), after: 300, whole: false };
    let mut bytes = vec![1, 0x82, 2, 0x83, 0x50];
    bytes.extend([7; 16]);
    bytes.extend([0x19, 1, 44, 0xf4]);
    assert_eq!(pull.to_frame(), bytes);
    assert_eq!(Ask::from_frame(&bytes), Ok(pull));

    let wait = Tell::Wait { seconds: 5, why: WaitFor::NoRoom };
    assert_eq!(wait.to_frame(), [1, 0x82, 11, 0x82, 5, 1]);

    let guide = Ask::Guide { have: Some(Hash([9; 32])) };
    let mut bytes = vec![1, 0x82, 9, 0x81, 0x58, 32];
    bytes.extend([9; 32]);
    assert_eq!(guide.to_frame(), bytes);
    assert_eq!(Ask::from_frame(&bytes), Ok(guide));
    let none = Ask::Guide { have: None };
    assert_eq!(Ask::from_frame(&none.to_frame()), Ok(none));
    assert_eq!(Tell::Guide(vec![7].into()).to_frame(), [1, 0x82, 12, 0x81, 0x41, 7]);
}

#[test]
fn a_field_from_a_newer_version_is_skipped() {
    let newer = [1, 0x82, 11, 0x83, 5, 1, 0x63, b'n', b'e', b'w'];
    let read = Tell::from_frame(&newer);
    assert_eq!(read, Ok(Tell::Wait { seconds: 5, why: WaitFor::NoRoom }));
}

#[test]
fn garbage_is_unreadable_and_nothing_worse() {
    for bytes in [&[][..], &[1], &[2, 0x82], &[1, 0xff, 0xff], &[1, 0x82, 200, 0x80]] {
        assert_eq!(Ask::from_frame(bytes), Err(Unreadable), "{bytes:?}");
    }
    assert_eq!(Ask::from_frame(&vec![1; FRAME_BYTES_MAX + 1]), Err(Unreadable));
}
