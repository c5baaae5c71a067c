// Puts a module together again that was taken apart to be smaller on its way, while it comes;
// src/xtask/src/build/fold.rs takes it apart and says how.

// What lies in each stream. LOCAL_SET is followed by the one for local.tee. LOCAL_GET, I32 and I64 are the
// first of 256, one for each instruction that can come next.
const LOCALS = 0, LOCAL_SET = 1, BRANCHES = 3, LOCAL_GET = 4, OFFSETS = LOCAL_GET + 256, HEAD = OFFSETS + 1,
  CALLS = HEAD + 1, OTHERS = CALLS + 1, TAIL = OTHERS + 1, I32 = TAIL + 1, I64 = I32 + 256,
  INSTRUCTIONS = I64 + 256;
const STREAMS = INSTRUCTIONS + 1;

const CODE_SECTION = 10;
// Sizes are written in so many bytes, so that there is room for them before they are known.
const SIZE_BYTES = 5;
// The numbers at the start are no longer than this, and no module is as short.
const START_BYTES = 5 * (STREAMS + 2);
// How many numbers belong to a rare instruction, and to each of those that begin with 0xfc.
const NUMBERS = { 0x11: 2, 0x23: 1, 0x24: 1, 0x25: 1, 0x26: 1, 0x3f: 1, 0x40: 1, 0xd0: 1, 0xd2: 1 };
const NUMBERS_AFTER_FC = [0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 2, 1, 2, 1, 2, 1, 1, 1];

/** A TransformStream: the bytes that come after `first` go in, those of the module come out.
    `tell` hears of every chunk, and `end` is given the module. */
export function unfolding(first, tell, end) {
  let folded = first, filled = first.length, total;
  let module, work;
  // Where each stream is read next, where the module is written next, how much of it is finished and how
  // much has been handed on.
  let at, to = 0, finished = 0, given = 0;

  return new TransformStream({
    transform(chunk, out) {
      tell();
      keep(chunk);
      if (!work && filled >= START_BYTES) work = putTogether();
      if (work) work.next();
      if (finished > given) out.enqueue(module.subarray(given, finished));
      given = finished;
    },
    flush() {
      if (!module || finished < module.length) throw new Error('The module was cut short.');
      end(module);
    },
  });

  function keep(chunk) {
    if (filled + chunk.length > folded.length) {
      const larger = new Uint8Array(2 * (filled + chunk.length));
      larger.set(folded);
      folded = larger;
    }
    folded.set(chunk, filled);
    filled += chunk.length;
  }

  function* putTogether() {
    at = [0];
    const codeBytes = readNumber(), functions = readNumber();
    const lengths = Array.from({ length: STREAMS }, readNumber);
    lengths.forEach((length, stream) => { at[stream + 1] = at[stream] + length; });
    total = at.pop();
    const around = 1 + 2 * SIZE_BYTES + lengths[HEAD] + lengths[TAIL];
    module = new Uint8Array(codeBytes + around);

    while (filled < at[INSTRUCTIONS]) yield;
    passBytes(HEAD, lengths[HEAD]);
    module[to++] = CODE_SECTION;
    writeSize(to, codeBytes + SIZE_BYTES);
    writeSize(to + SIZE_BYTES, functions);
    to += 2 * SIZE_BYTES;
    for (let passed = 0; passed < functions; passed++) {
      finished = to;
      to += SIZE_BYTES;
      passLocals();
      for (let depth = 1; depth > 0; depth += passInstruction()) {
        // The next one is looked at too.
        while (at[INSTRUCTIONS] + 2 > filled && filled < total) yield;
      }
      writeSize(finished, to - finished - SIZE_BYTES);
    }
    passBytes(TAIL, lengths[TAIL]);
    finished = to;
  }

  function readNumber() {
    let value = 0, shift = 0, byte;
    do {
      byte = folded[at[0]++];
      value |= (byte & 127) << shift;
      shift += 7;
    } while (byte > 127);
    return value;
  }

  function passNumber(stream) {
    let value = 0, shift = 0, byte;
    do {
      byte = module[to++] = folded[at[stream]++];
      value |= (byte & 127) << shift;
      shift += 7;
    } while (byte > 127);
    return value;
  }

  function passNumbers(count) {
    while (count-- > 0) passNumber(OTHERS);
  }

  function passBytes(stream, count) {
    while (count-- > 0) module[to++] = folded[at[stream]++];
  }

  function writeSize(place, size) {
    for (let index = 0; index < SIZE_BYTES; index++) {
      module[place + index] = ((size >> (7 * index)) & 127) | (index < SIZE_BYTES - 1 ? 128 : 0);
    }
  }

  function passLocals() {
    for (let kinds = passNumber(LOCALS); kinds > 0; kinds--) {
      passNumber(LOCALS);
      passBytes(LOCALS, 1);
    }
  }

  // Answers how much deeper or less deep the next one lies.
  function passInstruction() {
    const instruction = module[to++] = folded[at[INSTRUCTIONS]++];
    const next = folded[at[INSTRUCTIONS]];
    if (instruction === 0x20) passNumber(LOCAL_GET + next);
    else if (instruction === 0x21 || instruction === 0x22) passNumber(LOCAL_SET + instruction - 0x21);
    else if (instruction >= 0x28 && instruction <= 0x3e) {
      // How well it is aligned is only a hint, and is not sent.
      module[to++] = 0;
      passNumber(OFFSETS);
    } else if (instruction === 0x41) passNumber(I32 + next);
    else if (instruction === 0x42) passNumber(I64 + next);
    else if (instruction === 0x10) passNumber(CALLS);
    else if (instruction === 0x0b) return -1;
    else if (instruction === 0x0c || instruction === 0x0d) passNumber(BRANCHES);
    else if (instruction >= 0x02 && instruction <= 0x04) {
      passNumber(OTHERS);
      return 1;
    } else passRare(instruction);
    return 0;
  }

  function passRare(instruction) {
    if (instruction === 0x0e) passNumbers(passNumber(OTHERS) + 1);
    else if (instruction === 0x1c) passBytes(OTHERS, passNumber(OTHERS));
    else if (instruction === 0x43) passBytes(OTHERS, 4);
    else if (instruction === 0x44) passBytes(OTHERS, 8);
    else if (instruction === 0xfc) passNumbers(NUMBERS_AFTER_FC[passNumber(OTHERS)]);
    else passNumbers(NUMBERS[instruction] || 0);
  }
}
