//! Work that nobody stands and waits for.

use std::pin::Pin;

use wasm_bindgen_futures::spawn_local;

/// Does this to its end, whatever becomes of the screen that asked for it.
pub fn finish(work: Pin<Box<dyn Future<Output = ()>>>) {
    spawn_local(work);
}
