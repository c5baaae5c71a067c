//! Bytes that are read where they come in: frames, records, links, the guide.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sync::message::{Ask, Frame, Tell, split_frames};
use trust::{Change, Code, Header, Kind, Membership, Record};

fuzz_target!(|data: &[u8]| {
    let Some((&what, bytes)) = data.split_first() else { return };
    match what % 6 {
        0 => {
            if let Ok(mut tell) = Tell::from_frame(bytes) {
                // What only a newer version knows is counted where it is read, and is not written.
                if let Tell::Welcome { later, .. } = &mut tell {
                    *later = 0;
                }
                assert_eq!(Tell::from_frame(&tell.to_frame()), Ok(tell));
            }
        }
        1 => {
            if let Ok(ask) = Ask::from_frame(bytes) {
                assert_eq!(Ask::from_frame(&ask.to_frame()), Ok(ask));
            }
        }
        2 => drop(split_frames(bytes)),
        3 => {
            let _ = Header::read(bytes);
            if let Ok(record) = Record::trust_own_disk(bytes.to_vec()) {
                let _ = (record.covers(), Change::read(&record), Change::previous(&record));
                let mut chain = Membership::unread(Kind::Meeting, None);
                let _ = chain.follow(&record);
            }
        }
        4 => drop(minicbor::decode::<sync::guide::GuideRow>(bytes)),
        _ => drop(std::str::from_utf8(bytes).map(Code::read)),
    }
});
