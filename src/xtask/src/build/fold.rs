//! A module taken apart for the journey: all instructions in one stream, all that belongs to them in
//! others, one for each sort. A compressor that sees calls among calls and constants among constants
//! writes an eighth less than for the module as it is. `src/app/unfold.js` puts it together again.
//!
//! The form, in numbers written as wasm writes them (LEB128): the bytes of all functions, how many
//! functions there are, the length of each stream; then the streams, in the order of [`Stream`].
use anyhow::{Result, bail, ensure};
use wasmparser::{FunctionBody, Parser, Payload};

/// What lies in each stream. The numbers are known to `unfold.js`. Those of small numbers come first, since
/// they are what the page carries (`carried.rs`).
#[derive(Clone, Copy, PartialEq)]
enum Stream {
    /// What kinds of local variables each function has.
    Locals = 0,
    /// Which local variable is set; the next one is set and kept.
    LocalSet,
    LocalTee,
    /// How far out a branch goes.
    Branches,
    /// Which local variable is read, in a stream for each instruction that can come next: what is called
    /// with is alike, and so is what is added. It is the same for constants.
    LocalGet,
    /// Where in memory. How well it is aligned is only a hint, and is not sent.
    Offsets = Self::LocalGet as isize + INSTRUCTIONS,
    /// The sections before the code, as they are.
    Head,
    /// Which function is called.
    Calls,
    /// What belongs to all other instructions, in their order.
    Others,
    /// The sections after the code, as they are.
    Tail,
    I32,
    I64 = Self::I32 as isize + INSTRUCTIONS,
    /// The instructions, without what belongs to them. They come last: while they come, the module is
    /// put together, and the browser compiles it.
    Instructions = Self::I64 as isize + INSTRUCTIONS,
}

/// How many there can be.
const INSTRUCTIONS: isize = 256;
const STREAMS: usize = Stream::Instructions as usize + 1;
/// Sizes are written in so many bytes, so that there is room for them before they are known.
const SIZE_BYTES: usize = 5;

/// The module, taken apart.
pub(super) fn wasm(module: &[u8]) -> Result<Vec<u8>> {
    let mut folded = Folded { streams: vec![Vec::new(); STREAMS], functions: 0, code_bytes: 0 };
    folded.take_apart(module)?;
    Ok(folded.written())
}

struct Folded {
    streams: Vec<Vec<u8>>,
    functions: usize,
    /// What the functions will fill, with their sizes.
    code_bytes: usize,
}

impl Folded {
    fn take_apart(&mut self, module: &[u8]) -> Result<()> {
        let mut side = Stream::Head;
        self.add(Stream::Head, &module[..8]);
        for part in Parser::new(0).parse_all(module) {
            match part? {
                Payload::CodeSectionStart { .. } => side = Stream::Tail,
                Payload::CodeSectionEntry(body) => self.take_function(module, &body)?,
                // Notes for tools.
                Payload::CustomSection(_) => {}
                other => {
                    if let Some((id, range)) = other.as_section() {
                        self.add(side, &[id]);
                        self.add(side, &number(range.len()));
                        self.add(side, &module[range]);
                    }
                }
            }
        }
        ensure!(matches!(side, Stream::Tail), "The module has no code.");
        Ok(())
    }

    fn take_function(&mut self, module: &[u8], body: &FunctionBody<'_>) -> Result<()> {
        self.functions += 1;
        self.code_bytes += SIZE_BYTES;
        let mut operators = body.get_operators_reader()?;
        let locals = &module[body.range().start..operators.original_position()];
        self.code_bytes += locals.len();
        self.add(Stream::Locals, locals);
        while !operators.eof() {
            let start = operators.original_position();
            operators.read()?;
            let end = operators.original_position();
            // The last one is `end`, after which nothing comes.
            self.take_instruction(
                &module[start..end],
                module.get(end).copied().unwrap_or_default(),
            )?;
        }
        Ok(())
    }

    fn take_instruction(&mut self, bytes: &[u8], next: u8) -> Result<()> {
        let (instruction, mut rest) = (bytes[0], &bytes[1..]);
        let stream = match instruction {
            0x0c | 0x0d => Stream::Branches,
            0x10 => Stream::Calls,
            0x20 => Stream::LocalGet,
            0x21 => Stream::LocalSet,
            0x22 => Stream::LocalTee,
            0x28..=0x3e => {
                ensure!(rest[0] < 0x40, "The module has more than one memory.");
                rest = &rest[1..];
                self.code_bytes += 1;
                Stream::Offsets
            }
            0x41 => Stream::I32,
            0x42 => Stream::I64,
            0x00..=0x05 | 0x0b | 0x0e | 0x0f | 0x11 | 0x1a..=0x1c => Stream::Others,
            0x23..=0x26 | 0x3f | 0x40 | 0x43..=0xc4 | 0xd0..=0xd2 | 0xfc => Stream::Others,
            unknown => bail!("unfold.js does not know the instruction {unknown:#04x}."),
        };
        self.code_bytes += 1 + rest.len();
        self.add(Stream::Instructions, &[instruction]);
        let depends = [Stream::LocalGet, Stream::I32, Stream::I64].contains(&stream);
        let stream = stream as usize + if depends { usize::from(next) } else { 0 };
        self.streams[stream].extend_from_slice(rest);
        Ok(())
    }

    fn add(&mut self, stream: Stream, bytes: &[u8]) {
        self.streams[stream as usize].extend_from_slice(bytes);
    }

    fn written(&self) -> Vec<u8> {
        let mut written = [number(self.code_bytes), number(self.functions)].concat();
        for stream in &self.streams {
            written.extend(number(stream.len()));
        }
        self.streams.iter().for_each(|stream| written.extend(stream));
        written
    }
}

/// As wasm writes a number.
fn number(mut value: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    while value > 0x7f {
        bytes.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
    bytes
}
