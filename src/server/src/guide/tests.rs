use domain::guide::{Guide, Openness};
use domain::{LocalTime, Programme};

use super::*;

/// One file of a municipality, the rest as it comes.
fn read_with(name: &'static str, text: &str) -> Result<Guide, Complaint> {
    let own = |(known, built_in): (&'static str, &str)| {
        (known, if known == name { text } else { built_in }.to_owned())
    };
    understood(&BUILT_IN.map(own))
}

fn built_in(name: &str) -> &'static str {
    BUILT_IN.into_iter().find(|(known, _)| *known == name).expect("a file").1
}

/// The programme of elders with something else in place of a line, or of what stands in it.
fn elders_with(these: &str, others: &str) -> String {
    let text = built_in("elders.toml");
    assert!(text.contains(these), "{these}");
    let told = read_with("elders.toml", &text.replacen(these, others, 1));
    told.expect_err("this cannot be used").to_string()
}

fn line_of(name: &str, words: &str) -> usize {
    let text = built_in(name);
    text[..text.find(words).expect("these words")].matches('\n').count() + 1
}

/// It names the file, the line, and what may stand there.
fn names(told: &str, line: usize, what: &str, allowed: &str) {
    let begins = format!("elders.toml, line {line}: ");
    assert!(told.starts_with(&begins), "{begins}… is not the beginning of {told}");
    assert!(told.contains(what), "{what} is not in {told}");
    let (_, after) = told.split_once("Allowed: ").unwrap_or_else(|| panic!("{told}"));
    assert!(after.contains(allowed), "{allowed} is not allowed in {told}");
}

#[test]
fn what_comes_with_the_program_can_be_used() {
    let guide = understood(&BUILT_IN.map(|(name, text)| (name, text.to_owned()))).expect("a guide");
    let phases = |programme| guide.programme(programme).expect("a programme").phases.len();
    assert_eq!(Programme::ALL.map(phases), [4, 7, 4]);
    for programme in Programme::ALL {
        let areas = guide.programme(programme).expect("a programme").areas.len();
        assert_eq!(areas, programme.life_areas().count());
    }
    let young = &guide.programme(Programme::LeavingCare).expect("a programme").rhythm;
    assert_eq!(
        (young.meeting_half_years.as_slice(), young.ends_before_age),
        (&[32, 35, 37][..], Some(23))
    );
    assert!(read(None).expect("a guide").size() < 16 * 1024, "a phone waits for it");
    let numbers: Vec<&str> = guide.places.iter().map(|place| place.phone.as_str()).collect();
    assert_eq!(numbers, ["80 200 500", "70 22 28 25", "116 006"]);
}

#[test]
fn what_comes_with_the_program_is_easy_to_read() {
    let guide = understood(&BUILT_IN.map(|(name, text)| (name, text.to_owned()))).expect("a guide");
    let phases = guide.programmes.iter().flat_map(|one| &one.phases);
    let phases = phases.flat_map(|phase| [&phase.name, &phase.happens, &phase.decides]);
    let questions = guide.programmes.iter().flat_map(|one| &one.areas).map(|one| &one.question);
    for words in phases.chain(questions) {
        assert_ne!(words.spoken("en"), words.danish, "this is not in English");
        for sentence in words.danish.split_inclusive(['.', '?']) {
            assert!(sentence.split_whitespace().count() <= 12, "a long sentence: {sentence}");
        }
        for word in words.danish.split(|letter: char| !letter.is_alphanumeric()) {
            let fits = word.chars().count() <= 12 || word == "koordinator";
            assert!(fits, "a long word: {word}");
        }
    }
}

#[test]
fn a_way_that_goes_round_is_refused_and_so_is_one_that_is_none() {
    let next = |name: &str| format!("next = \"{name}\"");
    let one_way = "the last names none";
    let told = elders_with("id = \"ending\"", "id = \"ending\"\nnext = \"beginning\"");
    names(&told, line_of("elders.toml", "id = \"ending\"") + 1, "and so on for ever", one_way);
    let told = elders_with(&next("meetings"), &next("ending"));
    let second = line_of("elders.toml", &next("ending"));
    names(&told, second, "another phase leads to `ending` already", one_way);
    let told = elders_with(&next("ending"), &next("endnig"));
    names(&told, second, "there is no phase `endnig`", "finding, beginning, meetings, ending");
    let told = elders_with("next = \"meetings\"\n", "");
    let apart = line_of("elders.toml", "id = \"meetings\"") - 1;
    names(&told, apart, "no phase leads to `meetings`", one_way);
    let told = elders_with("id = \"ending\"", "id = \"finding\"");
    names(
        &told,
        line_of("elders.toml", "id = \"ending\""),
        "`finding` is there already",
        "no other phase",
    );
    let told = elders_with("id = \"ending\"", "id = \"Ending!\"");
    names(
        &told,
        line_of("elders.toml", "id = \"ending\""),
        "`Ending!` is no name",
        "small letters",
    );
}

#[test]
fn every_part_of_life_is_there_once() {
    let area = "[[area]]\nkey = \"law\"\nquestion = { da = \"Er der breve eller sager, der trykker?\", en = \"Are there letters or cases that weigh on you?\" }\n";
    let told = elders_with(area, "");
    names(
        &told,
        built_in("elders.toml").trim_end().lines().count() - 3,
        "`law` is missing",
        "work, housing, money",
    );
    let line = line_of("elders.toml", "key = \"law\"");
    let told = elders_with("key = \"law\"", "key = \"lawn\"");
    names(&told, line, "`lawn` is no part of life", "substances, law, care");
    let told = elders_with("key = \"law\"", "key = \"mind\"");
    names(&told, line, "`mind` is there already", "once");
    // A programme without them has no use for those of elders.
    let more = format!(
        "{}\n[[area]]\nkey = \"medicine\"\nquestion = {{ da = \"?\" }}\n",
        built_in("leaving_care.toml")
    );
    let told = read_with("leaving_care.toml", &more).expect_err("too many").to_string();
    assert!(told.starts_with("leaving_care.toml, line ") && told.contains("`medicine`"), "{told}");
}

#[test]
fn what_is_unknown_missing_or_of_another_kind_is_named() {
    let line = line_of("elders.toml", "next = \"beginning\"");
    let told = elders_with("next = \"beginning\"", "nxt = \"beginning\"");
    names(&told, line, "unknown field `nxt`", "`id`, `next`, `name`");
    let told = elders_with("\n[rhythm]\n", "\n[rythm]\n");
    names(&told, line_of("elders.toml", "\n[rhythm]\n") + 1, "unknown field `rythm`", "`rhythm`");
    let told = elders_with("months_between_meetings = 3", "months_between_meetings = \"3\"");
    let rhythm = line_of("elders.toml", "months_between_meetings = 3");
    names(&told, rhythm, "invalid type: string", "i64");
    let told = elders_with("months_between_meetings = 3", "months_between_meetings = 40");
    names(&told, rhythm, "40 is not a number that fits", "1 to 12");
    let told = elders_with("months_between_meetings = 3", "meeting_ages = [16, 17.2]");
    names(&told, rhythm, "17.2 is no age", "half years");
    let told = elders_with("months_between_meetings = 3", "months_between_assessments = 3");
    names(&told, rhythm - 1, "nothing says when there is a meeting", "meeting_ages");
    let told = elders_with("months_between_meetings = 3", "months_between_meetings = ");
    names(&told, rhythm, "", "");
    let told = elders_with(
        "decides = { da = \"Du bestemmer, om du vil være med.\", en = \"You decide whether you want to take part.\" }\n",
        "",
    );
    names(
        &told,
        line_of("elders.toml", "[[phase]]\nid = \"finding\""),
        "missing field `decides`",
        "src/server/guide",
    );
}

#[test]
fn words_that_are_empty_or_too_long_are_refused() {
    let line = line_of("elders.toml", "name = { da = \"Vi mødes\"");
    let long = "a".repeat(61);
    let told = elders_with("da = \"Vi mødes\"", &format!("da = \"{long}\""));
    names(&told, line, "61 letters long", "1 to 60 letters");
    let told = elders_with("da = \"Vi mødes\"", "da = \"  \"");
    names(&told, line, "nothing is written here", "1 to 60 letters");
    let told = elders_with("da = \"Vi mødes\"", "da = \"Vi\\nmødes\"");
    names(&told, line, "a line break", "on one line");
    let long = "å".repeat(241);
    let told =
        elders_with("da = \"Du bestemmer, om du vil være med.\"", &format!("da = \"{long}\""));
    names(&told, line_of("elders.toml", "da = \"Du bestemmer, om"), "241 letters", "1 to 240");
}

#[test]
fn words_may_be_in_any_language_beside_danish() {
    let named = |words: &str| elders_with_words(words).map_err(|complaint| complaint.to_string());
    let guide =
        named("{ da = \"Vi mødes\", pl = \"Spotykamy się\", en = \"We meet\" }").expect("a guide");
    let name = &guide.programme(Programme::Elders).expect("a programme").phases[2].name;
    assert_eq!(
        ["da", "en", "pl", "ar"].map(|one| name.spoken(one)),
        ["Vi mødes", "We meet", "Spotykamy się", "Vi mødes"]
    );
    let arrived = sync::guide::GuideRow::read(&travels::row(&guide).bytes()).expect("a guide");
    let others = arrived.programmes[0].phases[2].name.others.as_ref().expect("others");
    assert_eq!((others[0].language.as_str(), others[0].words.as_str()), ("pl", "Spotykamy się"));
    let line = line_of("elders.toml", "name = { da = \"Vi mødes\"");
    let refused = |words: &str| named(words).expect_err("this cannot be used");
    names(&refused("{ en = \"We meet\" }"), line, "the Danish words are missing", "da, and other");
    names(&refused("{ da = \"Vi\", polsk = \"My\" }"), line, "`polsk` is no language", "en, pl");
    names(&refused("{ da = \"Vi\", pl = \"\" }"), line, "nothing is written here", "1 to 60");
    assert!(refused("{ da = 7 }").starts_with(&format!("elders.toml, line {line}: ")));
}

fn elders_with_words(words: &str) -> Result<Guide, Complaint> {
    let name = "{ da = \"Vi mødes\", en = \"We meet\" }";
    read_with("elders.toml", &built_in("elders.toml").replacen(name, words, 1))
}

fn places(text: &str) -> Result<Guide, String> {
    read_with(PLACES, text).map_err(|complaint| complaint.to_string())
}

#[test]
fn a_place_has_hours_by_day_and_can_be_found() {
    let guide = places(
        r#"
[[place]]
id = "broen"
name = " Værestedet Broen "
what_for = { da = "Kaffe og snak" }
address = "Havnegade 1"
phone = "12 34 56 78"
hours = { friday = ["9.00-12.00", "21:00-8:00"], sunday = [], every_day = ["0:00-24:00"] }
"#,
    );
    let guide = guide.expect("a place");
    let place = &guide.places[0];
    assert_eq!((place.name.as_str(), place.phone.as_str()), ("Værestedet Broen", "12 34 56 78"));
    let at = |now: &str| {
        let now: LocalTime = now.parse().expect("a moment");
        place.hours.as_ref().expect("hours").at(now)
    };
    let moment = |text: &str| text.parse().expect("a moment");
    assert_eq!(at("2026-11-27T10:00"), Openness::Open(moment("2026-11-27T12:00")));
    // Saturday begins where Friday's night ends, and Sunday is closed.
    assert_eq!(at("2026-11-27T23:00"), Openness::Open(moment("2026-11-29T00:00")));
    assert_eq!(at("2026-11-29T12:00"), Openness::Closed(Some(moment("2026-11-30T00:00"))));
    assert_eq!(places("").map(|guide| guide.places.len()), Ok(0), "there may be none");
}

#[test]
fn a_place_that_is_wrong_is_refused_by_its_line() {
    let place = |more: &str| {
        places(&format!(
            "[[place]]\nid = \"x\"\nname = \"X\"\nwhat_for = {{ da = \"Y\" }}\n{more}\n"
        ))
        .expect_err("this cannot be used")
    };
    let is = |told: String, line: usize, what: &str, allowed: &str| {
        assert!(told.starts_with(&format!("places.toml, line {line}: ")), "{told}");
        let (before, after) = told.split_once("Allowed: ").expect("what is allowed");
        assert!(before.contains(what) && after.contains(allowed), "{told}");
    };
    is(place(""), 2, "nobody can find `x`", "`address`, `phone` or both");
    is(place("phone = \"ring!\""), 5, "`ring!` is no telephone number", "3 to 15 digits");
    is(place("phone = \"12\""), 5, "`12` is no telephone number", "3 to 15 digits");
    is(place("fone = \"112\""), 5, "unknown field `fone`", "`phone`");
    for time in ["9-15", "9:00", "9:60-10:00", "25:00-26:00", "9:00-9:00", "-9:00-10:00", "åbent"]
    {
        let hours = format!("phone = \"112\"\nhours = {{ monday = [\"{time}\"] }}");
        is(place(&hours), 6, "is no time from and until", "9:00-15:00");
    }
    let many = "phone = \"112\"\nhours = { monday = [\"1:00-2:00\", \"3:00-4:00\", \"5:00-6:00\", \"7:00-8:00\", \"9:00-10:00\"] }";
    is(place(many), 6, "one time too many", "at most 4");
    is(place("phone = \"112\"\nhours = { mandag = [] }"), 6, "unknown field `mandag`", "`monday`");
    let twice = place(
        "phone = \"112\"\n\n[[place]]\nid = \"x\"\nname = \"Z\"\nwhat_for = { da = \"Y\" }\nphone = \"113\"",
    );
    is(twice, 8, "the place `x` is there already", "no other place");
}

mod folders {
    use super::*;

    fn folder(name: &str, files: &[(&str, &[u8])]) -> std::path::PathBuf {
        let folder =
            std::env::temp_dir().join(format!("medspil-guide-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder");
        for (name, bytes) in files {
            fs::write(folder.join(name), bytes).expect("a file");
        }
        folder
    }

    fn told(folder: &Path) -> String {
        let told = read(Some(folder)).expect_err("this cannot be used").to_string();
        let _ = fs::remove_dir_all(folder);
        told
    }

    #[test]
    fn a_municipality_adapts_the_files_it_wants_to() {
        let own = built_in("elders.toml").replace("Vi mødes", "Vi ses");
        let folder = folder("own", &[("elders.toml", own.as_bytes()), ("README.md", b"ours")]);
        let (adapted, as_it_comes) =
            (read(Some(&folder)).expect("a guide"), read(None).expect("a guide"));
        let _ = fs::remove_dir_all(folder);
        assert_ne!(adapted, as_it_comes);
    }

    #[test]
    fn a_file_nobody_knows_and_one_that_is_no_text_are_refused() {
        let misspelt = folder("misspelt", &[("elder.toml", b"")]);
        let said = told(&misspelt);
        assert!(
            said.starts_with("elder.toml: ") && said.contains("elders.toml, homeless_youth.toml"),
            "{said}"
        );
        let said = told(&folder("bytes", &[("places.toml", &[0xff, 0xfe])]));
        assert!(said.starts_with("places.toml: ") && said.contains("UTF-8"), "{said}");
        let large = vec![b'#'; 300 * 1024];
        let said = told(&folder("large", &[("places.toml", &large)]));
        assert!(said.contains("too large") && said.contains("at most 262144 bytes"), "{said}");
        let said = told(Path::new("/nowhere/at/all"));
        assert!(said.starts_with("/nowhere/at/all: the folder cannot be read"), "{said}");
    }
}
