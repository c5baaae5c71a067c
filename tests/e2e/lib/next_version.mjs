// Another build of the app, as the server would get it: the same files, one of them changed.
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SITE } from './surroundings.mjs';

/** A folder with the next version; its page says so in a meta tag. */
export async function nextVersion() {
  const folder = await mkdtemp(join(tmpdir(), 'medspil-site-'));
  await cp(SITE, folder, { recursive: true });
  await change(folder, 'sw.js', /(const VERSION = ['"])[^'"]*|(VERSION=['"])[^'"]*/, 'the-next-version');
  await change(folder, 'index.html', /(<title>)/, '', '<meta name="version" content="next"><title>');
  const page = createHash('sha256').update(await readFile(join(folder, 'index.html'))).digest('base64');
  await change(folder, 'sw.js', /(const PAGE = ['"])[^'"]*|(PAGE=['"])[^'"]*/, page);
  return folder;
}

/** The same folder while servers are being renewed: the page is another's, if only by one rule of style. */
export async function halfOfNextVersion() {
  const folder = await nextVersion();
  await change(folder, 'index.html', /body\{margin:0\}/, '', 'body{margin:1px}');
  return folder;
}

/** Which version a page is. */
export const versionOf = (page) =>
  page.evaluate(() => document.querySelector('meta[name=version]')?.content ?? 'first');

async function change(folder, name, place, words, whole) {
  const path = join(folder, name);
  const before = await readFile(path, 'utf8');
  const after = before.replace(place, whole ?? ((_, one, two) => (one ?? two) + words));
  if (after === before) throw new Error(`${name} could not be changed.`);
  await writeFile(path, after);
  // The compressed ones beside it would be served instead.
  for (const end of ['.br', '.gz']) await rm(path + end, { force: true });
}
