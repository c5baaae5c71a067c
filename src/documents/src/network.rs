//! A network's document: people, where they stand, and every place they have had.

use domain::{Half, ItemId, LifeArea, Move, Nearness, NetworkMap, ResourcePerson, Spot, Tie, Who};
use litemap::LiteMap;
use yrs::Any;

use crate::paper::Paper;
use crate::row::{Author, Oddity, Row};
use crate::table::{Table, optional, string, who};

const NETWORK: Table = Table("network");
pub(crate) const PEOPLE: Table = Table("people");
/// One row for each place somebody was put at, so that the map of another day can be drawn.
const MOVES: Table = Table("moves");
/// The one row of the table `network`.
const THE_NETWORK: ItemId = ItemId(0);

/// Adds somebody, or a place for somebody who is missing.
pub fn add_person(paper: &mut Paper, id: ItemId, (spot, is_missing): (Spot, bool), author: Author) {
    let spot = string(&spot.to_string());
    let fields = [("first", spot.clone()), ("spot", spot), ("missing", Any::Bool(is_missing))];
    PEOPLE.add(paper, id, author, fields);
}

/// Says which member of the course somebody is.
pub fn set_member(paper: &mut Paper, id: ItemId, member: Who) {
    PEOPLE.set(paper, id, "who", who(member));
}

/// Puts somebody at another place; `moved` is the name of the move.
pub fn put(paper: &mut Paper, (moved, id): (ItemId, ItemId), spot: Spot, author: Author) {
    let spot = string(&spot.to_string());
    PEOPLE.set(paper, id, "spot", spot.clone());
    MOVES.add(paper, moved, author, [("person", string(&id.to_string())), ("spot", spot)]);
}

/// Says how it is between the two.
pub fn set_tie(paper: &mut Paper, id: ItemId, tie: Option<Tie>) {
    PEOPLE.set(paper, id, "tie", optional(tie, |tie| string(tie.key())));
}

/// Says which part of life somebody belongs to most.
pub fn set_area(paper: &mut Paper, id: ItemId, area: Option<&LifeArea>) {
    PEOPLE.set(paper, id, "area", optional(area, |area| string(area.key())));
}

/// Gives somebody's telephone number.
pub fn set_phone(paper: &mut Paper, id: ItemId, phone: &str) {
    PEOPLE.set(paper, id, "phone", string(phone));
}

/// Says whom the citizen leans on.
pub fn set_trusted(paper: &mut Paper, id: Option<ItemId>) {
    NETWORK.set(paper, THE_NETWORK, "trusted", optional(id, |id| string(&id.to_string())));
}

/// Throws somebody out, or takes them back when there is no author.
pub fn throw_out(paper: &mut Paper, id: ItemId, author: Option<Author>) {
    PEOPLE.throw_out(paper, id, author);
}

/// Everything in the network.
pub fn read(paper: &Paper) -> (NetworkMap, Vec<Oddity>) {
    paper.read(|look| {
        let mut oddities = Vec::new();
        let mut moves: LiteMap<ItemId, Vec<Move>> = LiteMap::new();
        for row in MOVES.rows(look, &mut oddities) {
            if let Some((id, moved)) = moved(&row) {
                moves.entry(id).or_default().push(moved);
            }
        }
        let trusted = NETWORK.row(look, THE_NETWORK, &mut oddities);
        let rows = PEOPLE.rows(look, &mut oddities).into_iter();
        let mut all: Vec<ResourcePerson> =
            rows.map(|row| person(&row, moves.remove(&row.id))).collect();
        all.sort_by_key(|person| (person.at_ms, person.id));
        let (removed, people) = all.into_iter().partition(|person| person.removed.is_some());
        let trusted = trusted.and_then(|row| row.parsed("trusted"));
        (NetworkMap { people, trusted, removed }, oddities)
    })
}

fn moved(row: &Row<'_>) -> Option<(ItemId, Move)> {
    let at_ms = row.number("at").unwrap_or_default();
    Some((row.parsed("person")?, Move { id: row.id, spot: row.parsed("spot")?, at_ms }))
}

fn person(row: &Row<'_>, moves: Option<Vec<Move>>) -> ResourcePerson {
    let mut moves = moves.unwrap_or_default();
    moves.sort_by_key(|moved| (moved.at_ms, moved.id));
    // A place that cannot be read is one like any other.
    let spot = row.parsed("spot").unwrap_or_else(|| Spot::free(Half::Private, Nearness::Near, &[]));
    ResourcePerson {
        id: row.id,
        who: row.parsed("who"),
        name: row.written("name"),
        role: row.written("role"),
        helps: row.written("helps"),
        workplace: row.written("workplace"),
        phone: row.string("phone").unwrap_or_default().to_owned(),
        area: row.string("area").and_then(LifeArea::from_key),
        tie: row.string("tie").and_then(Tie::from_key),
        is_missing: row.is_so("missing"),
        spot,
        first: row.parsed("first").unwrap_or(spot),
        moves,
        at_ms: row.number("at").unwrap_or_default(),
        by: row.by(),
        removed: row.removed(),
    }
}
