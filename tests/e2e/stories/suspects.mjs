// Something that came from somebody else seems to end the app.
import assert from 'node:assert/strict';
import { addTopic, shareAgenda, topics } from '../lib/deeds.mjs';
import { expectHeading, expectSafe, expectText, follow } from '../lib/hands.mjs';
import { pause, until } from '../lib/patience.mjs';
import { course } from '../lib/people.mjs';
import { story } from '../lib/story.mjs';

/** After so long with nothing amiss, what was read is trusted (`client/src/suspects.rs`). */
const TRUSTED_MS = 5_000;

const sees = (page, ...titles) =>
  until(`The agenda says ${titles}`, async () => (await topics(page)).join() === titles.join());

/** All that the page hears of a panic in the module. */
const trap = (page) =>
  page.evaluate(() => { setTimeout(() => { throw new WebAssembly.RuntimeError('unreachable'); }); });

story('What was read when the app ended is left out and named at the next start, and the rest works', async (world) => {
  const people = await course(world);
  const { mette, karin } = people;
  await shareAgenda(people);
  await addTopic(karin, 'Min bolig');
  await sees(mette, 'Min bolig');
  await expectSafe(mette);
  await pause(TRUSTED_MS + 1_000);
  await addTopic(karin, 'Min hund');
  await sees(mette, 'Min bolig', 'Min hund');
  // What was seen while it was typed is a record by now.
  await expectSafe(karin);
  await pause(500);
  const started = mette.waitForEvent('load');
  await trap(mette);
  await started;
  await sees(mette, 'Min bolig');
  await addTopic(mette, 'Min plan');
  // She goes on, and so does whoever wrote it.
  await until('It arrives', async () => (await topics(karin)).includes('Min plan'));
  assert.equal((await topics(karin)).length, 3);
  await expectText(mette, 'Noget kom ikke med.');
  await follow(mette, 'Se hvad');
  await expectHeading(mette, 'Det kom ikke med');
  await expectText(mette, 'Noget fra Karin kan ikke læses her.');
  world.forgive(/unreachable/);
});
