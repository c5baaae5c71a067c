//! A square code for a camera, drawn from its bits. Making the bits is somebody else's work.
use leptos::prelude::*;
use std::fmt::Write;

/// The quiet edge a camera needs, in modules.
const QUIET_EDGE: usize = 2;

/// Draws a square code, always dark on white.
#[component]
pub fn QrPicture(
    /// How many modules the code has on each side.
    side: usize,
    /// `side * side` modules, row by row from the top; `true` is dark. Missing ones count as light.
    bits: Vec<bool>,
    /// What the code is for, in words.
    #[prop(into)]
    says: String,
) -> impl IntoView {
    let whole = side + 2 * QUIET_EDGE;
    view! {
        <svg
            class="qr-picture"
            viewBox=format!("-{QUIET_EDGE} -{QUIET_EDGE} {whole} {whole}")
            shape-rendering="crispEdges"
            role="img"
            aria-label=says
        >
            <path d=dark_runs(side, &bits)></path>
        </svg>
    }
}

/// Every run of dark modules in a row is one rectangle.
fn dark_runs(side: usize, bits: &[bool]) -> String {
    let mut path = String::new();
    for (y, row) in bits.chunks(side.max(1)).take(side).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|one, next| one == next) {
            if run.first() == Some(&true) {
                let length = run.len();
                // Writing to a String does not fail.
                let _ = write!(path, "M{x} {y}h{length}v1h-{length}z");
            }
            x += run.len();
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::dark_runs;

    #[test]
    fn dark_neighbours_are_one_rectangle() {
        let bits = [true, true, false, false, true, true, true, false, true];
        assert_eq!(dark_runs(3, &bits), "M0 0h2v1h-2zM1 1h2v1h-2zM0 2h1v1h-1zM2 2h1v1h-1z");
    }

    #[test]
    fn too_few_or_too_many_bits_draw_what_there_is() {
        assert_eq!(dark_runs(2, &[true]), "M0 0h1v1h-1z");
        assert_eq!(dark_runs(0, &[true]), "");
        assert_eq!(dark_runs(1, &[false, true]), "");
    }
}
