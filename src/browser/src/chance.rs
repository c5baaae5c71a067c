//! Chance from the operating system.

/// Bytes nobody can guess.
///
/// # Panics
/// Where there is no `crypto.getRandomValues`: keys made without it would be no keys.
pub fn chance<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    let crypto = web_sys::window().and_then(|window| window.crypto().ok());
    let filled = crypto.map(|crypto| crypto.get_random_values_with_u8_array(&mut bytes));
    assert!(matches!(filled, Some(Ok(_))), "this browser has no chance to give");
    bytes
}
