//! The keys under which daily use is counted.

use sync::Account;

/// The account as a column holds it: a byte for what is counted, then whose it is.
pub(super) fn key(account: Account) -> Vec<u8> {
    match account {
        Account::DeviceBytes(device) => [&[1], &device.0[..]].concat(),
        Account::DocumentBytes(document) => [&[2], &document.0[..]].concat(),
        Account::DeviceGuesses(device) => [&[3], &device.0[..]].concat(),
        Account::AllGuesses => vec![4],
    }
}
