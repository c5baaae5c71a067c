//! When things were made.

use domain::ItemId;
use litemap::LiteMap;

use crate::paper::Paper;
use crate::row::number;
use crate::table::Table;
use crate::{area, assessment, course, meeting, support};

/// When each row of a document was made, or a meeting last changed: milliseconds since 1970-01-01 UTC, by the clock
/// of whoever did it. Shown to people; orders nothing that must be right.
pub fn made(paper: &Paper) -> LiteMap<ItemId, i64> {
    let tables: [Table; 7] = [
        meeting::MEETING,
        meeting::TOPICS,
        area::GOALS,
        area::AGREEMENTS,
        assessment::ASSESSMENTS,
        support::SUPPORT,
        course::DREAMS,
    ];
    paper.read(|look| {
        let fields = tables.into_iter().flat_map(|table| look.fields(table.0));
        let made = |(key, value): (String, _)| {
            let id = key.strip_suffix("/at")?.parse().ok()?;
            Some((id, number(&value)?))
        };
        fields.into_iter().filter_map(made).collect()
    })
}
