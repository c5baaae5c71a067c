// `cargo xtask run` to the first page. In full: a clone of this repository with no crate downloaded and
// nothing compiled. The smaller volume compiles here what is not compiled yet, and takes the second start: it
// must be quick, and keep what the first one made.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { PHONE, launch } from '../lib/browser.mjs';
import { figure, seconds } from '../lib/figure.mjs';
import { expectHeading } from '../lib/hands.mjs';
import { freePort } from '../lib/server.mjs';
import { IS_QUICK, ROOT, volume } from '../lib/surroundings.mjs';

const MINUTE_MS = 60_000;
const BOUND_MS = volume(15 * MINUTE_MS, MINUTE_MS);
const BOUND = volume('≤ 15 minutes', '≤ 1 minute, started again');

const started = [];

/** Starts `cargo xtask run`; answers the citizen's link, which it prints when Medspil is open. */
function start(house, data, port, environment = {}) {
  const words = ['xtask', 'run', '--data', data, '--listen', `127.0.0.1:${port}`];
  const env = { ...process.env, ...environment };
  const cargo = spawn('cargo', words, { cwd: house, env, detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
  started.push(cargo);
  const links = [];
  return new Promise((tell, refuse) => {
    cargo.on('exit', (code) => refuse(new Error(`cargo xtask run ended with ${code}.`)));
    createInterface({ input: cargo.stdout }).on('line', (line) => {
      if (line.includes('/#kode=')) links.push(line.trim());
      if (line.startsWith('Medspil is open at')) tell(links[0]);
    });
  });
}

/** Ctrl-C, which reaches everything that was started with it. */
async function end() {
  const cargo = started.pop();
  if (!cargo || cargo.exitCode !== null) return;
  const ended = once(cargo, 'exit');
  process.kill(-cargo.pid, 'SIGINT');
  await ended;
}

async function see(browser, link) {
  const context = await browser.newContext(PHONE);
  const page = await context.newPage();
  await page.goto(link);
  await expectHeading(page, /^Hej /);
  await context.close();
}

async function clone(folder) {
  const house = join(folder, 'medspil');
  const git = spawn('git', ['clone', '--quiet', ROOT, house], { stdio: 'inherit' });
  const [code] = await once(git, 'exit');
  if (code !== 0) throw new Error(`git clone ended with ${code}.`);
  return house;
}

async function measure(browser, folder) {
  const house = IS_QUICK ? ROOT : await clone(folder);
  const environment = IS_QUICK ? {} : { CARGO_HOME: join(folder, 'cargo'), CARGO_TARGET_DIR: undefined };
  const data = join(folder, 'data');
  const port = await freePort();
  const timed = async () => {
    const from = Date.now();
    await see(browser, await start(house, data, port, environment));
    const took = Date.now() - from;
    await end();
    return took;
  };
  const [first, again] = [await timed(), await timed()];
  const value = `${seconds(first)}, started again ${seconds(again)}`;
  return { value, held: volume(first, again) <= BOUND_MS };
}

await figure('new-machine', BOUND, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'medspil-new-'));
  const browser = await launch();
  try {
    return await measure(browser, folder);
  } finally {
    await end();
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
}, { world: false });
