// The later half of the citizens' app: what the first half calls to have it, and how the two are tied together.
// The names that begin with two lines are given by the library that splits them (src/xtask/src/build/split.rs).
let isGone = false;
let ready;
const first = new Promise((tell) => { ready = tell; });

/** `exports` of the first half, and a way to the compiled module of the later one. */
export function isHalf(exports, later) {
  ready({ exports, later });
}

/** Called by the first half: `callback` is a place in its table, and is told whether the later half is here. */
export async function __wasm_split_load_later(callback, data) {
  // The server has another version by now, and the page of this one can only be left. Somebody has asked twice.
  if (isGone) return location.reload();
  const { exports, later } = await first;
  let isHere = true;
  try {
    await WebAssembly.instantiate(await later(), { __wasm_split: exports });
  } catch (missing) {
    console.warn(missing);
    isGone = Boolean(missing.isGone);
    isHere = false;
  }
  exports.__indirect_function_table.get(callback)(data, isHere);
}
