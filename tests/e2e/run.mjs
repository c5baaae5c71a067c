// Every story, one program after the other; a word in the command line picks those whose name has it.
// The figures beside them (`figures/*.mjs`) are the ledger's: `cargo xtask figures`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('stories/', import.meta.url));
const wanted = process.argv[2] ?? '';
const names = (await readdir(folder)).filter((name) => name.endsWith('.mjs') && name.includes(wanted));
let status = 0;
for (const name of names.sort()) {
  console.log(`\n${name}`);
  const [code] = await once(spawn(process.execPath, [folder + name], { stdio: 'inherit' }), 'exit');
  status ||= code ?? 1;
}
process.exit(status);
