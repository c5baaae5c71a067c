// Every language there is a file of: two taps away, kept on the phone, and the same two taps back.
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expectHeading, expectSafe } from '../lib/hands.mjs';
import { course } from '../lib/people.mjs';
import { story } from '../lib/story.mjs';
import { ROOT } from '../lib/surroundings.mjs';

const FOLDER = join(ROOT, 'src/app/texts');

async function textsOf(file) {
  const lines = (await readFile(join(FOLDER, file), 'utf8')).split('\n');
  const pairs = lines.filter((line) => !line.startsWith('#')).map((line) => line.split(' = '));
  return { ...Object.fromEntries(pairs), code: file.replace('.txt', '') };
}

const files = (await readdir(FOLDER)).sort();
const [danish, ...others] = await Promise.all(['da.txt', ...files.filter((file) => file !== 'da.txt')].map(textsOf));

/** From the page's own way to help to another language: two taps. */
async function speak(page, from, to) {
  await page.getByRole('link', { name: from.help, exact: true }).first().click();
  await page.getByRole('button', { name: to.language_name, exact: true }).click();
  await expectHeading(page, to.help_title);
  const { lang, dir } = await page.evaluate(() => ({ lang: document.documentElement.lang, dir: document.documentElement.dir }));
  assert.deepEqual({ lang, dir }, { lang: to.code, dir: to.line_direction });
}

story('Each language is two taps away and two taps back, and stays when there is no server', async (world) => {
  const { karin } = await course(world);
  await expectSafe(karin);
  assert.ok(others.length > 0);
  for (const other of others) {
    await speak(karin, danish, other);
    await karin.getByText(other.saved_safe, { exact: true }).waitFor();
    await world.server.stop();
    await karin.reload();
    await expectHeading(karin, other.help_title);
    await speak(karin, other, danish);
    await world.server.start();
    await expectSafe(karin);
  }
});
