//! Places for connections. Whoever has shown a pass of somebody's has a place of their own, which nobody without
//! one can take. The others share a part of the house: when it is full, the newcomer comes in all the same and
//! a connection of whoever has most of them is let go, the one that has moved nothing for longest.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use sync::Block;
use tokio::sync::Notify;

use crate::block::UNKNOWN;

/// So much at once is more than somebody sends who means to hold a place: a head, a pass, a piece of a page.
const MOVE_BYTES: usize = 512;
/// Files, the database, and connections that were let go and are not gone yet.
const RESERVED_FILES: u64 = 96;
/// What a block may hold of strangers' places in the smallest house, so that a shelter's phones come in.
const OF_BLOCK_MIN: usize = 64;

/// What is read of a stranger's WebSocket in all: a pass and 200 codes.
const LIVE_STRANGER_BYTES: usize = 16 * 1024;

/// How many there are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Room {
    /// Connections in all.
    pub(crate) all: usize,
    /// Of those who have shown no pass of somebody's.
    pub(crate) strangers: usize,
    /// Of strangers from one block of addresses.
    pub(crate) of_block: usize,
}

impl Room {
    /// For so many live connections, and those beside them that only fetch a page; no more than this process may
    /// open.
    pub(crate) fn new(live: usize, files: u64) -> Self {
        let wanted = live + live / 4 + 64;
        let files = usize::try_from(files.saturating_sub(RESERVED_FILES)).unwrap_or(usize::MAX);
        let all = wanted.min(files).max(16);
        let strangers = (all / 4).max(8);
        Self { all, strangers, of_block: (strangers / 4).max(OF_BLOCK_MIN).min(strangers) }
    }
}

/// All places.
#[derive(Debug)]
pub(crate) struct Places {
    room: Room,
    start: Instant,
    table: Mutex<Table>,
}

#[derive(Default, Debug)]
struct Table {
    next: u64,
    known: usize,
    strangers: HashMap<u64, Stranger>,
    blocks: HashMap<Block, usize>,
}

#[derive(Debug)]
struct Stranger {
    block: Block,
    moved: Arc<AtomicU64>,
    leave: Arc<Notify>,
}

/// One connection's place, given back when the last who holds it lets go.
#[derive(Debug)]
pub(crate) struct Place {
    places: Arc<Places>,
    number: u64,
    /// Where whoever has it comes from, and whether it is somebody's. Changed under the table's lock alone.
    whose: Mutex<(Block, bool)>,
    /// When it last moved something, in milliseconds since the start.
    moved: Arc<AtomicU64>,
    /// How much may still be read of it while it is a stranger's.
    readable: AtomicUsize,
    leave: Arc<Notify>,
}

impl Places {
    pub(crate) fn new(room: Room) -> Arc<Self> {
        Arc::new(Self { room, start: Instant::now(), table: Mutex::default() })
    }

    /// A place for somebody of whom nothing is known yet; `None` when everything is held by those who are.
    pub(crate) fn enter(self: &Arc<Self>, block: Block) -> Option<Arc<Place>> {
        let mut table = self.table();
        table.next += 1;
        let place = Place {
            places: self.clone(),
            number: table.next,
            whose: Mutex::new((block, false)),
            moved: Arc::new(AtomicU64::new(self.now())),
            readable: AtomicUsize::new(usize::MAX),
            leave: Arc::new(Notify::new()),
        };
        let seated = self.seat(&mut table, place.number, place.stranger(block));
        drop(table);
        seated.then(|| Arc::new(place))
    }

    fn seat(&self, table: &mut Table, number: u64, stranger: Stranger) -> bool {
        let block = stranger.block;
        if block != UNKNOWN && table.of_block(block) >= self.room.of_block {
            table.let_go(Some(block));
        }
        let full = |table: &Table| {
            let strangers = table.strangers.len();
            strangers >= self.room.strangers || strangers + table.known >= self.room.all
        };
        if full(table) {
            table.let_go(None);
        }
        if full(table) {
            return false;
        }
        *table.blocks.entry(block).or_default() += 1;
        table.strangers.insert(number, stranger);
        true
    }

    fn now(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Table {
    fn of_block(&self, block: Block) -> usize {
        self.blocks.get(&block).copied().unwrap_or(0)
    }

    /// Lets go of one stranger: from this block, or from one that has most.
    fn let_go(&mut self, block: Option<Block>) {
        let most = self.blocks.values().max().copied().unwrap_or(0);
        let theirs = self.strangers.iter().filter(|(_, stranger)| match block {
            Some(block) => stranger.block == block,
            None => self.of_block(stranger.block) == most,
        });
        let stillest = theirs
            .min_by_key(|(number, stranger)| (stranger.moved.load(Ordering::Relaxed), **number));
        if let Some(number) = stillest.map(|(number, _)| *number)
            && let Some(stranger) = self.remove(number)
        {
            stranger.leave.notify_one();
        }
    }

    fn remove(&mut self, number: u64) -> Option<Stranger> {
        let stranger = self.strangers.remove(&number)?;
        if let Some(count) = self.blocks.get_mut(&stranger.block) {
            *count -= 1;
            if *count == 0 {
                self.blocks.remove(&stranger.block);
            }
        }
        Some(stranger)
    }
}

impl Place {
    /// Notes that bytes went one way or the other.
    pub(crate) fn moved(&self, bytes: usize) {
        if bytes >= MOVE_BYTES {
            self.moved.store(self.places.now(), Ordering::Relaxed);
        }
    }

    /// It is a WebSocket from now on. A frame is held until all of it has come, and a stranger has little to say.
    pub(crate) fn is_live(&self) {
        self.readable.store(LIVE_STRANGER_BYTES, Ordering::Relaxed);
    }

    /// Whether so much more may be read of it.
    pub(crate) fn reads(&self, bytes: usize) -> bool {
        let left = self.readable.load(Ordering::Relaxed);
        if left == usize::MAX {
            return true;
        }
        self.readable.store(left.saturating_sub(bytes), Ordering::Relaxed);
        bytes <= left
    }

    /// Done when somebody else has this place.
    pub(crate) async fn lost(&self) {
        self.leave.notified().await;
    }

    /// Where whoever has it comes from.
    pub(crate) fn block(&self) -> Block {
        self.whose().0
    }

    /// A proxy's connection speaks for somebody else now.
    pub(crate) fn comes_from(&self, block: Block) {
        let mut table = self.places.table();
        let mut whose = self.whose();
        if whose.0 != block {
            whose.0 = block;
            if table.remove(self.number).is_some() {
                self.seat_again(&mut table, block);
            }
        }
    }

    /// Somebody's device has it from now on. Says no when there is no such place, or it was lost a moment ago.
    pub(crate) fn take(&self) -> bool {
        let mut table = self.places.table();
        let mut whose = self.whose();
        // Strangers keep some, or nobody could come in to show who they are.
        let room = &self.places.room;
        let fits = table.known < room.all - room.strangers.div_ceil(2);
        if !whose.1 && fits && table.remove(self.number).is_some() {
            table.known += 1;
            whose.1 = true;
            self.readable.store(usize::MAX, Ordering::Relaxed);
        }
        whose.1
    }

    /// It is nobody's any longer.
    pub(crate) fn give_back(&self) {
        let mut table = self.places.table();
        let mut whose = self.whose();
        if std::mem::take(&mut whose.1) {
            table.known -= 1;
            self.seat_again(&mut table, whose.0);
        }
    }

    fn seat_again(&self, table: &mut Table, block: Block) {
        if !self.places.seat(table, self.number, self.stranger(block)) {
            self.leave.notify_one();
        }
    }

    fn stranger(&self, block: Block) -> Stranger {
        Stranger { block, moved: self.moved.clone(), leave: self.leave.clone() }
    }

    fn whose(&self) -> MutexGuard<'_, (Block, bool)> {
        self.whose.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut table = self.places.table();
        if self.whose().1 {
            table.known -= 1;
        } else {
            table.remove(self.number);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::block::block_of;

    const ROOM: Room = Room { all: 40, strangers: 10, of_block: 6 };

    fn block(number: u8) -> Block {
        block_of([192, 0, 2, number].into())
    }

    async fn is_lost(place: &Place) -> bool {
        tokio::time::timeout(Duration::ZERO, place.lost()).await.is_ok()
    }

    #[tokio::test]
    async fn whoever_has_most_makes_room_and_nobody_else() {
        let places = Places::new(ROOM);
        let honest = places.enter(block(1)).unwrap();
        let crowd: Vec<_> = (0..100).map(|_| places.enter(block(2)).unwrap()).collect();
        assert!(!is_lost(&honest).await);
        assert!(is_lost(&crowd[0]).await && !is_lost(&crowd[99]).await);
        let others: Vec<_> = (3..9).map(|number| places.enter(block(number)).unwrap()).collect();
        assert!(!is_lost(&honest).await);
        for other in &others {
            assert!(!is_lost(other).await);
        }
        assert_eq!(places.table().strangers.len(), ROOM.strangers);
    }

    #[tokio::test]
    async fn who_moves_something_stays_longest() {
        let places = Places::new(ROOM);
        let fetching = places.enter(block(1)).unwrap();
        let crowd: Vec<_> = (0..5).map(|_| places.enter(block(1)).unwrap()).collect();
        std::thread::sleep(Duration::from_millis(5));
        fetching.moved(MOVE_BYTES);
        crowd[0].moved(1);
        let more: Vec<_> = (0..5).map(|_| places.enter(block(1)).unwrap()).collect();
        assert!(!is_lost(&fetching).await);
        assert!(is_lost(&crowd[0]).await, "byte by byte is not moving");
        drop(more);
    }

    #[tokio::test]
    async fn strangers_take_no_place_of_somebodys() {
        let places = Places::new(ROOM);
        let mine: Vec<_> = (0..35)
            .map(|number| {
                let place = places.enter(block(number)).unwrap();
                assert!(place.take());
                place
            })
            .collect();
        let crowd: Vec<_> = (0..100).map(|number| places.enter(block(number)).unwrap()).collect();
        for place in &mine {
            assert!(!is_lost(place).await);
        }
        assert!(crowd.last().is_some_and(|last| !last.take()), "some are left for who comes");
        mine[0].give_back();
        assert!(crowd.last().is_some_and(|last| last.take()));
        assert!(is_lost(&crowd[0]).await && !crowd[0].take(), "what is lost is not taken");
        drop((mine, crowd));
        let table = places.table();
        assert_eq!((table.known, table.strangers.len(), table.blocks.len()), (0, 0, 0));
    }

    #[tokio::test]
    async fn a_proxys_connection_counts_where_its_request_comes_from() {
        let places = Places::new(ROOM);
        let proxied: Vec<_> = (1..=6).map(|_| places.enter(block(9)).unwrap()).collect();
        proxied.iter().zip(1..).for_each(|(place, number)| place.comes_from(block(number)));
        let more: Vec<_> = (0..4).map(|_| places.enter(block(9)).unwrap()).collect();
        for place in proxied.iter().chain(&more) {
            assert!(!is_lost(place).await);
        }
        assert_eq!(proxied[2].block(), block(3));
    }

    #[test]
    fn a_process_that_may_open_few_files_has_fewer_places() {
        let room = Room::new(5000, 1024);
        assert_eq!(room, Room { all: 928, strangers: 232, of_block: 64 });
        let room = Room::new(5000, 20_000);
        assert_eq!(room, Room { all: 6314, strangers: 1578, of_block: 394 });
        assert_eq!(Room::new(5000, 0).all, 16);
    }
}
