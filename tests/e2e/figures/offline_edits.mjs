// Phone and laptop each write 50 times while the server is stopped. It comes back: both screens show all
// of it, in one order, soon.
import assert from 'node:assert/strict';
import { addTopic, shareAgenda, topics } from '../lib/deeds.mjs';
import { figure, seconds } from '../lib/figure.mjs';
import { expectSafe } from '../lib/hands.mjs';
import { until } from '../lib/patience.mjs';
import { course } from '../lib/people.mjs';
import { volume } from '../lib/surroundings.mjs';

const EDITS = volume(50, 20);
const BOUND_MS = 5_000;

async function writeAll(page, who) {
  for (let edit = 1; edit <= EDITS; edit++) await addTopic(page, `${who} ${edit}`);
}

await figure('offline-edits', 'all, same order, ≤ 5 s', async (world) => {
  const { mette, karin } = await course(world);
  await shareAgenda({ mette, karin });
  await expectSafe(mette);
  await expectSafe(karin);

  await world.server.stop();
  await Promise.all([writeAll(karin, 'Karin'), writeAll(mette, 'Mette')]);
  await karin.getByText(/Det sendes, når der er net/).waitFor();
  await world.server.start();

  const start = Date.now();
  const all = await until('Both show all of it in one order', async () => {
    const [phone, laptop] = await Promise.all([topics(karin), topics(mette)]);
    return phone.length === 2 * EDITS && phone.join('|') === laptop.join('|') && phone;
  }, { within: 60_000 });
  const took = Date.now() - start;
  for (const who of ['Karin', 'Mette']) {
    const own = all.filter((title) => title.startsWith(who));
    assert.deepEqual(own, Array.from({ length: EDITS }, (_, edit) => `${who} ${edit + 1}`));
  }
  return { value: `${2 * EDITS} of ${2 * EDITS} in ${seconds(took)}`, held: took <= BOUND_MS };
});
