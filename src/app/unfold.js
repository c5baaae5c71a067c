// Puts a module together again that was taken apart to be smaller on its way; src/xtask/src/build/fold.rs
// takes it apart and says how.

// What lies in each stream. LOCAL_GET is followed by one for local.set and one for local.tee; I32 is the
// first of 256, one for each instruction that can come after the constant.
const HEAD = 0, INSTRUCTIONS = 1, LOCALS = 2, LOCAL_GET = 3, BRANCHES = 6, CALLS = 7;
const I64 = 8, OFFSETS = 9, OTHERS = 10, TAIL = 11, I32 = 12;
const STREAMS = I32 + 256;

const CODE_SECTION = 10;
// Sizes are written in so many bytes, so that there is room for them before they are known.
const SIZE_BYTES = 5;
// How many numbers belong to a rare instruction, and to each of those that begin with 0xfc.
const NUMBERS = { 0x11: 2, 0x23: 1, 0x24: 1, 0x25: 1, 0x26: 1, 0x3f: 1, 0x40: 1, 0xd0: 1, 0xd2: 1 };
const NUMBERS_AFTER_FC = [0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 2, 1, 2, 1, 2, 1, 1, 1];

/** The bytes of the module, from the bytes that were sent. */
export function unfolded(folded) {
  let from = 0;
  const module = new Uint8Array(number());
  const functions = number();
  const lengths = Array.from({ length: STREAMS }, number);
  // Where each stream is read next, and where the module is written next.
  const at = [from];
  lengths.forEach((length, stream) => at.push(at[stream] + length));
  let to = 0;

  passBytes(HEAD, lengths[HEAD]);
  module[to++] = CODE_SECTION;
  const code = to;
  writeSize(code + SIZE_BYTES, functions);
  to += 2 * SIZE_BYTES;
  for (let passed = 0; passed < functions; passed++) passFunction();
  writeSize(code, to - code - SIZE_BYTES);
  passBytes(TAIL, lengths[TAIL]);
  return module;

  function number() {
    let value = 0, shift = 0, byte;
    do {
      byte = folded[from++];
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

  function passFunction() {
    const start = to;
    to += SIZE_BYTES;
    for (let kinds = passNumber(LOCALS); kinds > 0; kinds--) {
      passNumber(LOCALS);
      passBytes(LOCALS, 1);
    }
    let depth = 1;
    while (depth > 0) depth += passInstruction();
    writeSize(start, to - start - SIZE_BYTES);
  }

  // Answers how much deeper or less deep the next one lies.
  function passInstruction() {
    const instruction = module[to++] = folded[at[INSTRUCTIONS]++];
    if (instruction >= 0x20 && instruction <= 0x22) passNumber(LOCAL_GET + instruction - 0x20);
    else if (instruction >= 0x28 && instruction <= 0x3e) {
      // How well it is aligned is only a hint, and is not sent.
      module[to++] = 0;
      passNumber(OFFSETS);
    } else if (instruction === 0x41) passNumber(I32 + folded[at[INSTRUCTIONS]]);
    else if (instruction === 0x42) passNumber(I64);
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
