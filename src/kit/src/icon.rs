//! The signs, drawn here as lines on a 24 × 24 grid. A sign never stands without a word.
use leptos::prelude::*;

/// A sign and its lines (the words of an SVG path), side by side.
macro_rules! shapes {
    ($($name:ident = $lines:literal)*) => {
        /// What a sign shows.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[expect(missing_docs, reason = "each name says what is drawn")]
        pub enum Shape { $($name),* }

        impl Shape {
            fn lines(self) -> &'static str {
                match self { $(Self::$name => $lines),* }
            }
        }
    };
}

shapes! {
    Add = "M12 5v14M5 12h14"
    Agreement = "M9 4h6v3H9zM9 5.5H6a1 1 0 0 0-1 1V20a1 1 0 0 0 1 1h12a1 1 0 0 0 1-1V6.5a1 1 0 0 0-1-1h-3M9 14l2 2 4-4"
    Arrow = "M5 12h14m-6-6 6 6-6 6"
    Back = "m14 6-6 6 6 6"
    Bin = "M4 7h16M9 7V4h6v3M6.5 7l1 13h9l1-13M10.5 11v5.5m3-5.5v5.5"
    Break = "M5 9h11v6a4 4 0 0 1-4 4H9a4 4 0 0 1-4-4zM16 10h1.5a2.5 2.5 0 0 1 0 5H16M8.5 3v2.5m4-2.5v2.5"
    Calendar = "M6 5h12a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2zM8 3v4m8-4v4M4 10h16"
    Check = "m5 12.5 4.5 4.5L19 7"
    Clock = "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM12 8v4.5l3 2"
    Close = "M6 6l12 12M18 6 6 18"
    Down = "m6 10 6 6 6-6"
    Drag = "M5 9h14M5 15h14"
    Dream = "m12 4 2.3 5 5.4.6-4 3.7 1.1 5.4L12 16l-4.8 2.7 1.1-5.4-4-3.7 5.4-.6z"
    Even = "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM9 10h.01M15 10h.01M9 15h6"
    Eye = "M2 12s3.6-6.5 10-6.5S22 12 22 12s-3.6 6.5-10 6.5S2 12 2 12zM12 9.4a2.6 2.6 0 1 1 0 5.2 2.6 2.6 0 0 1 0-5.2z"
    Flag = "M5 21V4m0 1h12l-2.5 4L17 13H5"
    Forward = "m10 6 6 6-6 6"
    Glad = "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM9 10h.01M15 10h.01M8.5 14a4.2 4.2 0 0 0 7 0"
    Hide = "M4 4l16 16M10 6a10 10 0 0 1 2-.2C18.4 5.8 22 12 22 12a17 17 0 0 1-3.2 3.9M6.5 7.7A16 16 0 0 0 2 12s3.6 6.2 10 6.2a9.7 9.7 0 0 0 4-.9"
    Home = "M4 11l8-7 8 7v8a1 1 0 0 1-1 1h-4v-6H9v6H5a1 1 0 0 1-1-1z"
    List = "M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01"
    Lock = "M7 11h10a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2v-5a2 2 0 0 1 2-2zM8 11V8a4 4 0 0 1 8 0v3"
    Mend = "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM12 8v4.5M12 16h.01"
    Message = "M5 5h14a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-8l-4.5 4v-4H5a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1z"
    Network = "M12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM5 4a2 2 0 1 1 0 4 2 2 0 0 1 0-4zM19 4a2 2 0 1 1 0 4 2 2 0 0 1 0-4zM6 17a2 2 0 1 1 0 4 2 2 0 0 1 0-4zM18 16a2 2 0 1 1 0 4 2 2 0 0 1 0-4zM6.5 7.3l3 2.6m8-2.6-3 2.6M7.4 17.5l2.6-3.2m6.5 2.2-2.3-2.2"
    NoNetwork = "M4 4l16 16M9.5 6.2A6 6 0 0 1 18 9.5a4.3 4.3 0 0 1 2.8 7M16 18H7a4 4 0 0 1-.5-8"
    Pen = "M5 19l1-4L16.5 4.5a1.7 1.7 0 0 1 2.5 0l.5.5a1.7 1.7 0 0 1 0 2.5L9 18zM14.5 6.5l3 3"
    People = "M9 5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM2.5 20a6.5 6.5 0 0 1 13 0M16 5.5a3 3 0 0 1 0 6M18 14a6 6 0 0 1 3.5 6"
    Person = "M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4.5 20.5a7.5 7.5 0 0 1 15 0"
    Phone = "M9 3h6a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H9a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2zM11 18h2"
    Place = "M12 21s7-6.3 7-11a7 7 0 0 0-14 0c0 4.7 7 11 7 11zM12 7.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z"
    Print = "M7 9V4h10v5M7 17H5a1 1 0 0 1-1-1v-6a1 1 0 0 1 1-1h14a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1h-2M7 14h10v6H7z"
    Quiet = "M5 5h14a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-8l-4.5 4v-4H5a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1zM9 10.5h6"
    Ring = "M5 4h4l2 5-2.5 1.5a11 11 0 0 0 5 5L15 13l5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 3 6a2 2 0 0 1 2-2z"
    Sad = "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM9 10h.01M15 10h.01M8.5 16a4.2 4.2 0 0 1 7 0"
    Safe = "M7 18a4 4 0 0 1-.5-8A6 6 0 0 1 18 9.5 4.3 4.3 0 0 1 17.5 18zM9.5 13.5l2 2 3.5-3.5"
    Search = "M11 5a6 6 0 1 1 0 12 6 6 0 0 1 0-12zM15.5 15.5 20 20"
    Seat = "M7 4v9h10M7 13v7m10-7v7M11 13V8h6"
    Sound = "M4 10v4h3.5L12 18V6l-4.5 4zM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a7.8 7.8 0 0 1 0 11"
    Sprout = "M12 21v-9M12 12c0-4 3-6.5 7.5-6.5 0 4.5-3 6.5-7.5 6.5zM12 16c0-3.2-2.6-5.3-6.5-5.3 0 3.6 2.6 5.3 6.5 5.3z"
    Undo = "M9 7 4.5 11.5 9 16M5 11.5h9a5 5 0 0 1 0 10h-2"
    Up = "m6 14 6-6 6 6"
}

/// Draws a sign. Nobody hears it: the word beside it speaks.
#[component]
pub fn Icon(
    /// What it shows.
    shape: Shape,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
            <path d=shape.lines()></path>
        </svg>
    }
}
