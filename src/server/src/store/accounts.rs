//! The keys under which daily use is counted.

use sync::Account;

/// The account as a column holds it: a byte for what is counted, then whose it is.
pub(super) fn key(account: Account) -> Vec<u8> {
    match account {
        Account::DeviceBytes(device) => [&[1], &device.0[..]].concat(),
        // 2 were the bytes of a document, which one member could use up for the others; 3 and 4 wrong codes from a
        // device, which costs nothing, and from everybody.
        Account::DeviceFoundings(device) => [&[5], &device.0[..]].concat(),
        Account::PersonFoundings(person) => [&[6], &person.0[..]].concat(),
        Account::DeviceLinks(device) => [&[7], &device.0[..]].concat(),
        Account::PersonLinks(person) => [&[8], &person.0[..]].concat(),
        Account::PersonInvitations(person) => [&[9], &person.0[..]].concat(),
        Account::PersonBytes(person) => [&[10], &person.0[..]].concat(),
    }
}
