// Another build of the app, as the server would get it: the same files, one of them changed.
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
  return folder;
}

/** The same folder while its server is being renewed: the page asks for files that are not there. */
export async function halfOfNextVersion() {
  const folder = await nextVersion();
  await change(folder, 'index.html', /-[0-9a-f]{16}\.js/, '', '-0123456789abcdef.js');
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
