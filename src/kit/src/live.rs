//! Values that change, whatever they are made of.
//!
//! leptos compiles its signals and memos once for every type they hold, which is a third of a
//! download. Here they are compiled once: what is held lies behind a pointer, and [`Live`] and
//! [`Local`] know its type.
use leptos::prelude::*;
use std::any::Any;
use std::marker::PhantomData;
use std::sync::Arc;

/// A value that may change. Reading it in a view draws that piece again when it does.
pub struct Live<T> {
    held: Signal<Held>,
    of: PhantomData<fn() -> T>,
}

/// A value of one screen's own: what is open, what is half written. It is gone with the screen.
pub struct Local<T> {
    held: RwSignal<Held>,
    of: PhantomData<fn() -> T>,
}

/// What can be held: anything that can be compared.
pub trait Value: PartialEq + Send + Sync + 'static {}

impl<T: PartialEq + Send + Sync + 'static> Value for T {}

impl<T: Value> Live<T> {
    /// Worked out each time it is read.
    pub fn derive(value: impl Fn() -> T + Send + Sync + 'static) -> Self {
        Self::of(derived(Box::new(move || Held::new(value()))))
    }

    /// Worked out once for each change of what it reads, and told on only when it became another.
    pub fn memo(value: impl Fn() -> T + Send + Sync + 'static) -> Self {
        Self::of(remembered(Box::new(move || Held::new(value()))))
    }

    /// Something made of this value.
    pub fn map<U: Value>(self, part: impl Fn(&T) -> U + Send + Sync + 'static) -> Live<U> {
        Live::derive(move || self.with(&part))
    }

    /// Something made of this value, told on only when it became another.
    pub fn part<U: Value>(self, part: impl Fn(&T) -> U + Send + Sync + 'static) -> Live<U> {
        Live::memo(move || self.with(&part))
    }

    /// Reads it in place.
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(self.held.get().value())
    }

    /// Reads it without hearing of changes.
    pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(self.held.get_untracked().value())
    }

    /// Reads it without hearing of changes; `None` when the screen it belongs to is gone.
    pub fn try_get_untracked(self) -> Option<T>
    where
        T: Clone,
    {
        self.held.try_get_untracked().map(|held| held.value::<T>().clone())
    }

    /// Hears of changes without reading.
    pub fn track(self) {
        self.held.track();
    }

    pub(crate) fn of(held: Signal<Held>) -> Self {
        Self { held, of: PhantomData }
    }
}

impl<T: Value + Clone> Live<T> {
    /// A copy of it.
    pub fn get(self) -> T {
        self.with(T::clone)
    }

    /// A copy of it, without hearing of changes.
    pub fn get_untracked(self) -> T {
        self.with_untracked(T::clone)
    }
}

impl<T: Value> Local<T> {
    /// Begins as this.
    pub fn new(value: T) -> Self {
        Self { held: RwSignal::new(Held::new(value)), of: PhantomData }
    }

    /// It is this from now on.
    pub fn set(self, value: T) {
        // Gone with its screen: then nobody sees it.
        let _ = self.held.try_set(Held::new(value));
    }

    /// As a value to read.
    pub fn live(self) -> Live<T> {
        Live::of(self.held.into())
    }

    /// Reads it in place.
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        self.live().with(read)
    }

    /// Reads it without hearing of changes.
    pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(self.held.get_untracked().value())
    }
}

impl<T: Value + Clone> Local<T> {
    /// A copy of it.
    pub fn get(self) -> T {
        self.live().get()
    }

    /// A copy of it, without hearing of changes.
    pub fn get_untracked(self) -> T {
        self.with_untracked(T::clone)
    }
}

impl Local<bool> {
    /// Yes becomes no, and no yes.
    pub fn turn(self) {
        self.set(!self.get_untracked());
    }
}

/// Something compared, cloned and passed on without its type.
#[derive(Clone)]
pub(crate) struct Held(Arc<dyn Anything>);

trait Anything: Any + Send + Sync {
    fn is(&self, other: &Held) -> bool;
}

impl<T: Value> Anything for T {
    fn is(&self, other: &Held) -> bool {
        other.as_any().downcast_ref::<T>().is_some_and(|other| self == other)
    }
}

impl Held {
    pub(crate) fn new<T: Value>(value: T) -> Self {
        Self(Arc::new(value))
    }

    fn as_any(&self) -> &dyn Any {
        &*self.0
    }

    /// # Panics
    /// When something else is held; only [`Live`] and [`Local`] ask, which know what is.
    pub(crate) fn value<T: Value>(&self) -> &T {
        let Some(value) = self.as_any().downcast_ref() else {
            unreachable!("what is held has the type it was put in with")
        };
        value
    }
}

impl PartialEq for Held {
    fn eq(&self, other: &Self) -> bool {
        self.0.is(other)
    }
}

// The few places where leptos' generic signals are made: compiled once, for all types.

fn derived(value: Box<dyn Fn() -> Held + Send + Sync>) -> Signal<Held> {
    Signal::derive(value)
}

fn remembered(value: Box<dyn Fn() -> Held + Send + Sync>) -> Signal<Held> {
    Memo::new(move |_| value()).into()
}

fn fixed(value: Held) -> Signal<Held> {
    Signal::stored(value)
}

impl<T> Clone for Live<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Live<T> {}

impl<T> Clone for Local<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Local<T> {}

impl<T: Value> From<T> for Live<T> {
    fn from(value: T) -> Self {
        Self::of(fixed(Held::new(value)))
    }
}

impl From<&str> for Live<String> {
    fn from(words: &str) -> Self {
        Self::from(words.to_owned())
    }
}

impl<T: Value> From<Local<T>> for Live<T> {
    fn from(local: Local<T>) -> Self {
        local.live()
    }
}

impl<T: Value + Default> Default for Live<T> {
    fn default() -> Self {
        Self::from(T::default())
    }
}

#[cfg(test)]
mod tests {
    use super::{Held, Live, Local};
    use leptos::prelude::Owner;

    #[test]
    fn what_is_held_is_compared_by_what_it_is() {
        assert!(Held::new(vec![1, 2]) == Held::new(vec![1, 2]));
        assert!(Held::new(1_u8) != Held::new(2_u8));
        assert!(Held::new(1_u8) != Held::new(1_u16));
    }

    #[test]
    fn a_value_follows_what_it_is_made_of() {
        Owner::new().with(|| {
            let name = Local::new("Karin".to_owned());
            let greeting = name.live().map(|name| format!("Hej {name}"));
            let length = greeting.part(String::len);
            name.set("Bo".to_owned());
            assert_eq!(greeting.get_untracked(), "Hej Bo");
            assert_eq!(length.get_untracked(), 6);
            assert!(Live::<Option<String>>::default().get_untracked().is_none());
        });
    }
}
