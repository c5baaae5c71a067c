//! The network map: the people in a citizen's life, how near they are, and what each helps with.

use core::fmt;
use core::str::FromStr;

use crate::{Day, ItemId, LifeArea, Removed, Who, Written};

/// More people than a map can show; a list of them still has room.
pub const PEOPLE_MAX: usize = 200;
/// How far the edge of the map is from the citizen in the middle.
pub const EDGE: i16 = 100;
/// So far apart two people can be told from each other.
const APART: i32 = 20;
/// So near nobody stands: there the citizen is.
const INNERMOST: i16 = 20;
/// Where the three rings end, from the middle: close, near, and far, which is the edge.
pub const RINGS: [i16; 3] = [41, 70, EDGE];

/// What stands in the document of a network.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NetworkMap {
    /// Everybody on it, in the order they came.
    pub people: Vec<ResourcePerson>,
    /// The one the citizen leans on.
    pub trusted: Option<ItemId>,
    /// People who were thrown out.
    pub removed: Vec<ResourcePerson>,
}

/// Somebody in the network, or somebody who is missing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ResourcePerson {
    /// Their name here.
    pub id: ItemId,
    /// The same person as a member of the course.
    pub who: Option<Who>,
    /// What they are called.
    pub name: Written,
    /// What they are to the citizen: "min nabo", "hjemmesygeplejerske".
    pub role: Written,
    /// What they help with.
    pub helps: Written,
    /// Where they work.
    pub workplace: Written,
    /// A telephone number; empty for none.
    pub phone: String,
    /// The part of life they belong to most.
    pub area: Option<LifeArea>,
    /// How it is between the two.
    pub tie: Option<Tie>,
    /// Whether it is a place for somebody who is not there.
    pub is_missing: bool,
    /// Where they stand.
    pub spot: Spot,
    /// Where they stood when they came.
    pub first: Spot,
    /// Every place they were put at since, the oldest first.
    pub moves: Vec<Move>,
    /// When they came, in milliseconds since 1970-01-01 UTC.
    pub at_ms: i64,
    /// Who wrote them down.
    pub by: Option<Who>,
    /// Thrown out.
    pub removed: Option<Removed>,
}

/// How it is between the citizen and somebody.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Tie {
    /// It is good.
    Good,
    /// It is hard.
    Strained,
    /// The citizen misses them.
    Missed,
}

/// The two halves of a map.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Half {
    /// Family, friends, neighbours, volunteers.
    Private,
    /// People who are there because of their work.
    Professional,
}

/// How near somebody stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Nearness {
    /// In the innermost ring.
    Close,
    /// In the middle.
    Near,
    /// In the outermost.
    Far,
}

/// A place on the map, from the middle: `right` and `down` to [`EDGE`] at most, within the circle. The
/// private half is the upper one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Spot {
    right: i16,
    down: i16,
}

/// A place that somebody was put at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Move {
    /// The name of the move.
    pub id: ItemId,
    /// Where.
    pub spot: Spot,
    /// Milliseconds since 1970-01-01 UTC, by the clock of whoever moved them.
    pub at_ms: i64,
}

impl Tie {
    /// Every tie, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Good, Self::Strained, Self::Missed];

    /// How it is stored.
    pub fn key(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Strained => "strained",
            Self::Missed => "missed",
        }
    }

    /// Reads what [`Tie::key`] wrote.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tie| tie.key() == key)
    }
}

impl Nearness {
    /// Every ring, the innermost first.
    pub const ALL: [Self; 3] = [Self::Close, Self::Near, Self::Far];

    /// Where people are seated in half a ring: how far from the middle, and how far to the right, in the
    /// order in which people fill a table. No two seats of a map are nearer than [`APART`].
    fn seats(self) -> (i32, &'static [i32]) {
        match self {
            Self::Close => (34, &[0, 30, -30]),
            Self::Near => (57, &[26, -26, 50, -50]),
            Self::Far => (90, &[0, 30, -30, 57, -57, 78, -78]),
        }
    }
}

impl Spot {
    /// The place nearest to this one that is on the map: beyond the citizen, within the edge, and not on
    /// the line between the halves.
    pub fn at(right: i32, down: i32) -> Self {
        let within = |side: i32| i16::try_from(side.clamp(-1000, 1000)).unwrap_or_default();
        let spot = Self { right: within(right), down: within(if down == 0 { -1 } else { down }) };
        spot.at_distance(spot.distance().clamp(INNERMOST, EDGE))
    }

    /// Where a step leads: to the place nearest to where it ends, or past the citizen when that would be here again.
    pub fn stepped_to(self, right: i32, down: i32) -> Self {
        let next = Self::at(right, down);
        if next == self && right * right + down * down < i32::from(INNERMOST).pow(2) {
            Self::at(-i32::from(self.right), -i32::from(self.down))
        } else {
            next
        }
    }

    /// How far to the right of the middle.
    pub fn right(self) -> i16 {
        self.right
    }

    /// How far below the middle.
    pub fn down(self) -> i16 {
        self.down
    }

    /// Which half it is in.
    pub fn half(self) -> Half {
        if self.down < 0 { Half::Private } else { Half::Professional }
    }

    /// Which ring it is in.
    pub fn nearness(self) -> Nearness {
        let distance = self.distance();
        let ring = RINGS.iter().position(|end| distance <= *end);
        ring.map_or(Nearness::Far, |ring| Nearness::ALL[ring])
    }

    /// This place when it is there, or a free one.
    pub fn or_free(self, half: Half, nearness: Nearness, taken: &[Self]) -> Self {
        let is_there = (self.half(), self.nearness()) == (half, nearness);
        if is_there { self } else { Self::free(half, nearness, taken) }
    }

    /// A free place in a ring of a half, as far as there is one from those that are taken.
    pub fn free(half: Half, nearness: Nearness, taken: &[Self]) -> Self {
        let (distance, sides) = nearness.seats();
        let mut seats = sides.iter().map(|right| {
            let down = whole_root(distance * distance - right * right);
            Self::at(*right, if half == Half::Private { -down } else { down })
        });
        let room = |spot: &Self| taken.iter().map(|other| spot.apart(*other)).min();
        let free = |spot: &Self| room(spot).is_none_or(|room| room >= APART * APART);
        // Where all seats are taken people stand between them.
        let between = || {
            let sides = || (-EDGE..=EDGE).step_by(6).map(i32::from);
            let places = sides().flat_map(|right| sides().map(move |down| Self::at(right, down)));
            let here = |spot: &Self| (spot.half(), spot.nearness()) == (half, nearness);
            places.filter(here).max_by_key(room)
        };
        seats.find(free).or_else(between).unwrap_or_else(|| Self::at(0, distance))
    }

    /// How far from the middle.
    pub fn distance(self) -> i16 {
        let (right, down) = (i32::from(self.right), i32::from(self.down));
        i16::try_from(whole_root(right * right + down * down)).unwrap_or(EDGE)
    }

    /// The square of the way between two places.
    fn apart(self, other: Self) -> i32 {
        let (right, down) = (self.right - other.right, self.down - other.down);
        i32::from(right) * i32::from(right) + i32::from(down) * i32::from(down)
    }

    fn at_distance(self, wanted: i16) -> Self {
        let distance = i32::from(self.distance().max(1));
        let scaled = |side: i16| {
            let scaled = i32::from(side) * i32::from(wanted) / distance;
            i16::try_from(scaled).unwrap_or_default()
        };
        let down = match scaled(self.down) {
            // It must not slip over the line.
            0 => self.down.signum(),
            down => down,
        };
        Self { right: scaled(self.right), down }
    }
}

impl ResourcePerson {
    /// Where they stood at the end of a day; `None` when they were not on the map then. `day_of` is the
    /// day of a moment where the map is looked at.
    pub fn spot_on(&self, day: Day, day_of: impl Fn(i64) -> Day) -> Option<Spot> {
        let came = day_of(self.at_ms) <= day;
        let left = self.removed.is_some_and(|removed| day_of(removed.at_ms) <= day);
        if !came || left {
            return None;
        }
        let before = self.moves.iter().take_while(|moved| day_of(moved.at_ms) <= day);
        Some(before.last().map_or(self.first, |moved| moved.spot))
    }
}

/// The whole part of a square root; 0 for what has none.
fn whole_root(square: i32) -> i32 {
    u32::try_from(square).map_or(0, |square| i32::try_from(square.isqrt()).unwrap_or_default())
}

/// `12,-40`.
impl fmt::Display for Spot {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{},{}", self.right, self.down)
    }
}

/// What was read is no place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NoSuchSpot;

impl FromStr for Spot {
    type Err = NoSuchSpot;

    /// A place off the map is one at its edge.
    fn from_str(text: &str) -> Result<Self, NoSuchSpot> {
        let (right, down) = text.split_once(',').ok_or(NoSuchSpot)?;
        let side = |text: &str| text.parse::<i16>().map(i32::from).map_err(|_| NoSuchSpot);
        Ok(Self::at(side(right)?, side(down)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_on_the_map_and_in_one_half() {
        for right in (-300..300).step_by(7) {
            for down in (-300..300).step_by(7) {
                let spot = Spot::at(right, down);
                assert!((INNERMOST - 2..=EDGE).contains(&spot.distance()), "{spot}");
                assert_eq!(spot.half() == Half::Private, down <= 0, "{right} {down}: {spot}");
                assert_eq!(spot.to_string().parse(), Ok(spot));
            }
        }
    }

    #[test]
    fn with_steps_alone_one_comes_from_each_side_to_the_other() {
        for aside in [-70, -9, 0, 4, 33] {
            let (above, left) = (Spot::at(aside, -70), Spot::at(-70, aside));
            let far = |start: Spot, right: i32, down: i32| {
                let step = |spot: Spot, _| {
                    spot.stepped_to(i32::from(spot.right) + right, i32::from(spot.down) + down)
                };
                (0..60).fold(start, step)
            };
            let (below, right) = (far(above, 0, 8), far(left, 8, 0));
            assert!(below.down > 0 && right.right > 0, "{above} to {below}, {left} to {right}");
            assert!(far(below, 0, -8).down < 0 && far(right, -8, 0).right < 0, "and back");
        }
    }

    #[test]
    fn a_ring_and_a_half_can_be_chosen_without_a_finger() {
        let spot = Spot::at(10, -50);
        for nearness in Nearness::ALL {
            let there = spot.or_free(Half::Professional, nearness, &[]);
            assert_eq!((there.nearness(), there.half()), (nearness, Half::Professional));
        }
        assert_eq!(spot.or_free(Half::Private, Nearness::Near, &[]), spot, "who is there stays");
    }

    #[test]
    fn those_who_are_seated_do_not_stand_on_each_other() {
        let mut taken: Vec<Spot> = Vec::new();
        for half in [Half::Private, Half::Professional] {
            for (nearness, seats) in Nearness::ALL.into_iter().zip([3, 4, 7]) {
                for _ in 0..seats {
                    let next = Spot::free(half, nearness, &taken);
                    assert_eq!((next.half(), next.nearness()), (half, nearness));
                    let room = taken.iter().map(|other| next.apart(*other)).min();
                    assert!(room.is_none_or(|room| room >= APART * APART), "{next} in {taken:?}");
                    taken.push(next);
                }
            }
        }
        for _ in 0..4 {
            let one_more = Spot::free(Half::Private, Nearness::Near, &taken);
            assert_eq!((one_more.half(), one_more.nearness()), (Half::Private, Nearness::Near));
            assert!(taken.iter().all(|other| one_more.apart(*other) > 80), "{one_more}");
            taken.push(one_more);
        }
    }

    #[test]
    fn what_is_no_place_is_not_read_as_one() {
        for text in ["", "1", "1,", "a,b", "1,2,3", "99999,1"] {
            assert_eq!(text.parse::<Spot>(), Err(NoSuchSpot), "{text}");
        }
        assert_eq!("500,-3".parse::<Spot>().map(|spot| spot.half()), Ok(Half::Private));
    }
}
