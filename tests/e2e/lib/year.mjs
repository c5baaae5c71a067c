// Kirsten, who has a year behind her: the demo, made by its own program.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expectHeading, expectSafe } from './hands.mjs';
import { DEMO } from './surroundings.mjs';

/** Kirsten on a phone, inside, with all of the year on it. */
export async function kirsten(world) {
  const { server } = world;
  const words = ['--server', new URL(server.address).host, '--keep', join(server.folder, 'demo')];
  words.push('--address', server.address, '--code', server.code);
  const { stdout } = await promisify(execFile)(DEMO, words);
  const page = await world.phone();
  await page.goto(/\S+#kode=\S+/.exec(stdout)[0]);
  await expectHeading(page, 'Hej Kirsten');
  await expectSafe(page);
  return page;
}
