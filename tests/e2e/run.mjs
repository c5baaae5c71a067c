// Every story; a word in the command line picks the programs whose name has it. With `--turned` the citizen sits at
// a laptop and the coordinator has the phone. Two at a time, which keeps two cores busy, each in a world of its
// own; what a program says is printed when it has ended.
// The figures beside them (`figures/*.mjs`) are the ledger's: `cargo xtask figures`.
import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const AT_A_TIME = 2;

const folder = fileURLToPath(new URL('stories/', import.meta.url));
const words = process.argv.slice(2);
const env = { ...process.env, MEDSPIL_TURNED: words.includes('--turned') ? '1' : '' };
const wanted = words.find((word) => !word.startsWith('--')) ?? '';
const names = (await readdir(folder)).filter((name) => name.endsWith('.mjs') && name.includes(wanted)).sort();
let status = 0;

async function tell(name) {
  const program = spawn(process.execPath, [folder + name], { stdio: ['ignore', 'pipe', 'pipe'], env });
  const ended = new Promise((resolve) => program.once('exit', resolve));
  const [said, complained, code] = await Promise.all([text(program.stdout), text(program.stderr), ended]);
  console.log(`\n${name}\n${said}${complained}`.trimEnd());
  status ||= code ?? 1;
}

async function tellUntilNoneIsLeft() {
  for (let name = names.shift(); name; name = names.shift()) await tell(name);
}

await Promise.all(Array.from({ length: AT_A_TIME }, tellUntilNoneIsLeft));
process.exit(status);
