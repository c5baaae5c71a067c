//! The answers about a consent as they are kept on the device until they have become a yes: a line each.

use client::NewConsent;
use domain::{CONSENT_MONTHS, CONSENT_MONTHS_SUGGESTED, LifeArea, Purpose};

/// How they are kept; nothing for what nobody has answered.
pub(super) fn write(answers: &NewConsent) -> String {
    let areas: Vec<&str> = answers.areas.iter().map(LifeArea::key).collect();
    let words = if let Purpose::Other(words) = &answers.purpose { words } else { "" };
    let parent = answers.parent.as_ref().map(|name| format!("+{name}")).unwrap_or_default();
    let lines = [
        &areas.join(" "),
        answers.purpose.key(),
        &words.replace('\n', " "),
        &answers.months.to_string(),
        &parent.replace('\n', " "),
    ];
    let kept = lines.join("\n");
    if read(&kept) == read("") { String::new() } else { kept }
}

/// What was answered; what makes no sense was not.
pub(super) fn read(kept: &str) -> NewConsent {
    let mut lines = kept.split('\n');
    let mut line = || lines.next().unwrap_or_default();
    let areas = line().split(' ').filter_map(LifeArea::from_key).collect();
    let purpose = match (line(), line()) {
        ("", _) => Purpose::default(),
        (key, words) => Purpose::read(key, words),
    };
    let months = line().parse().ok().filter(|months| CONSENT_MONTHS.contains(months));
    let months = months.unwrap_or(CONSENT_MONTHS_SUGGESTED);
    NewConsent { areas, purpose, months, parent: line().strip_prefix('+').map(str::to_owned) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read_as_they_were_given_and_nothing_is_kept_of_none() {
        let none = read("");
        assert_eq!(write(&none), "");
        assert_eq!((none.areas.len(), none.months), (0, CONSENT_MONTHS_SUGGESTED));
        let housing = LifeArea::from_key("housing").into_iter().collect::<Vec<_>>();
        for answers in [
            NewConsent { areas: housing.clone(), ..none.clone() },
            NewConsent { purpose: Purpose::Other("Så du kan ringe".to_owned()), ..none.clone() },
            NewConsent { purpose: Purpose::Follow, months: CONSENT_MONTHS[0], ..none.clone() },
            NewConsent { parent: Some(String::new()), ..none.clone() },
            NewConsent { areas: housing, parent: Some("Gitte".to_owned()), ..none.clone() },
        ] {
            assert_eq!(read(&write(&answers)), answers);
        }
        assert_eq!(read("\u{0}\nhelp\n\n999\nx"), none);
    }
}
