//! One transaction each: writing a batch, reading ranges.
//!
//! A transaction takes in every store, also those it does not touch: IndexedDB then performs them
//! one after the other in the order they were begun.

use client::{Batch, Range, Row, Store, Write};
use indexed_db_futures::KeyRange;
use indexed_db_futures::database::Database;
use indexed_db_futures::error::{Error, SimpleValueError};
use indexed_db_futures::internals::SystemRepr;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::{
    Transaction, TransactionDurability, TransactionMode, TransactionOptions,
};
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

/// Why a transaction came to nothing.
pub(crate) enum Failure {
    /// No room.
    Full,
    /// A row that was to be added is there.
    Overtaken,
    /// The connection to the database is gone; a new one may do.
    Lost,
}

/// Writes all of a batch, or nothing. With `strict` it is on the disk itself afterwards.
pub(crate) async fn write(database: &Database, batch: &Batch) -> Result<(), Failure> {
    let durability =
        if batch.strict { TransactionDurability::Strict } else { TransactionDurability::Relaxed };
    let mut options = TransactionOptions::new();
    options.set_durability(durability);
    let begun = database
        .transaction(Store::ALL.map(Store::name))
        .with_mode(TransactionMode::Readwrite)
        .with_options(options)
        .build();
    let transaction = begun.map_err(|error| failure(&error))?;
    for change in &batch.writes {
        request(&transaction, change).map_err(|error| failure(&error))?;
    }
    // A disk that is full is found out only when all is written, and said only by the transaction
    // itself: the library's own error then is "aborted".
    let raw = transaction.as_sys().clone();
    let committed = transaction.commit().await;
    committed.map_err(|error| match raw.error() {
        Some(why) if is_full(&why) => Failure::Full,
        Some(why) if why.name() == "ConstraintError" => Failure::Overtaken,
        _ => failure(&error),
    })
}

/// Reads all rows of these ranges, each range sorted by key. All is asked for before anything is waited
/// for: a slow phone feels every wait when the app opens.
pub(crate) async fn read(database: &Database, ranges: &[Range]) -> Result<Vec<Row>, Failure> {
    let read = async {
        let transaction = begin_reading(database)?;
        let ask = |range: &Range| {
            let objects = transaction.object_store(range.store.name())?;
            let names = objects.get_all_keys::<JsValue>().with_query::<JsValue, _>(keys(range));
            let values = objects.get_all::<JsValue>().with_query::<JsValue, _>(keys(range));
            Ok((range.store, names.primitive()?, values.primitive()?))
        };
        let wanted = ranges.iter().filter(|range| range.first <= range.last);
        let mut rows = Vec::new();
        for (store, names, values) in wanted.map(ask).collect::<Result<Vec<_>, Error>>()? {
            for (key, value) in names.await?.zip(values.await?) {
                rows.push(Row { store, key: from_js(key?)?, value: from_js(value?)? });
            }
        }
        Ok(rows)
    };
    read.await.map_err(|error| failure(&error))
}

/// Reads what can be read of these ranges, row by row: one value whose file is damaged takes its whole
/// range with it otherwise. Who this device is must be known, or it would become another.
pub(crate) async fn read_what_can_be(
    database: &Database,
    ranges: &[Range],
) -> Result<Vec<Row>, Failure> {
    let mut rows = Vec::new();
    for range in ranges {
        let store = range.store;
        for key in keys_of(database, range).await? {
            // A transaction each: a request that fails ends its own.
            let one = [Range { store, first: key.clone(), last: key }];
            match read(database, &one).await {
                Ok(found) => rows.extend(found),
                Err(failure) if store == Store::Device => return Err(failure),
                // It is the value that cannot be read, and not the whole disk.
                Err(_) => drop(keys_of(database, &one[0]).await?),
            }
        }
    }
    Ok(rows)
}

async fn keys_of(database: &Database, range: &Range) -> Result<Vec<Vec<u8>>, Failure> {
    let read = async {
        let transaction = begin_reading(database)?;
        let objects = transaction.object_store(range.store.name())?;
        let names = objects.get_all_keys::<JsValue>().with_query::<JsValue, _>(keys(range));
        let names = names.primitive()?.await?;
        names.map(|key| Ok(from_js(key?)?)).collect::<Result<Vec<Vec<u8>>, Error>>()
    };
    read.await.map_err(|error| failure(&error))
}

fn begin_reading(database: &Database) -> Result<Transaction<'_>, Error> {
    database.transaction(Store::ALL.map(Store::name)).build()
}

fn keys(range: &Range) -> KeyRange<JsValue> {
    KeyRange::from(to_js(&range.first)..=to_js(&range.last))
}

/// Not awaited: the transaction's own end tells whether all of them went well.
fn request(transaction: &Transaction<'_>, change: &Write) -> Result<(), Error> {
    match change {
        Write::Put(row) => {
            let store = transaction.object_store(row.store.name())?;
            store
                .put(to_js(&row.value))
                .with_key(to_js(&row.key))
                .without_key_type()
                .primitive()?;
        }
        Write::Add(row) => {
            let store = transaction.object_store(row.store.name())?;
            store
                .add(to_js(&row.value))
                .with_key(to_js(&row.key))
                .without_key_type()
                .primitive()?;
        }
        Write::Delete(store, key) => {
            transaction.object_store(store.name())?.delete(to_js(key)).primitive()?;
        }
    }
    Ok(())
}

fn to_js(bytes: &[u8]) -> JsValue {
    Uint8Array::from(bytes).into()
}

/// Values come back as they were put; keys come back as the buffer alone.
fn from_js(bytes: JsValue) -> Result<Vec<u8>, SimpleValueError> {
    if bytes.is_instance_of::<Uint8Array>() || bytes.is_instance_of::<js_sys::ArrayBuffer>() {
        Ok(Uint8Array::new(&bytes).to_vec())
    } else {
        Err(SimpleValueError::DynCast(bytes))
    }
}

fn failure(error: &Error) -> Failure {
    match error {
        Error::DomException(why) if is_full(&why.clone().into()) => Failure::Full,
        _ => Failure::Lost,
    }
}

/// Chromium gives a quota that is used up its own name; of a disk that is full only the message tells,
/// and the database is gone until there is room.
fn is_full(why: &web_sys::DomException) -> bool {
    why.name() == "QuotaExceededError" || why.message().contains("NO_SPACE")
}
