// The first minutes: a goal, and nothing else asked first; then one thing at a time, which can be skipped.
import assert from 'node:assert/strict';
import { addGoal, addPerson } from '../lib/deeds.mjs';
import { expectHeading, expectSafe, expectText, follow, go, press, write } from '../lib/hands.mjs';
import { CITIZEN, course } from '../lib/people.mjs';
import { story } from '../lib/story.mjs';

const offered = (page) => page.getByRole('region', { name: 'Når du har lyst' });

story('First a goal and nothing else; then a dream, somebody on the map and a meeting, one at a time', async (world) => {
  const { karin } = await course(world);
  await expectSafe(karin);
  await karin.waitForFunction(() => performance.getEntriesByType('resource').some(({ name }) => name.includes('later')));
  assert.equal(await offered(karin).count(), 0, 'nothing is offered before the first goal');
  assert.equal(await karin.getByRole('main').getByRole('link').count(), 1, 'one thing to do');
  await addGoal(karin, 'Jeg vil have min egen bolig');
  await go(karin, 'I dag');
  await expectText(karin, 'Du kan skrive en drøm ned.');
  await follow(karin, 'Skriv en drøm');
  await expectHeading(karin, 'Min plan');
  await write(karin, 'Hvad drømmer du om?', 'Et sted med en have');
  await press(karin, 'Gem drømmen');
  await go(karin, 'I dag');
  await expectText(karin, 'Hvem er der omkring dig?');
  await addPerson(karin, 'Jonas', 'En af mine egne');
  await go(karin, 'I dag');
  await expectText(karin, 'Du kan finde en tid til et møde.');
  await press(karin, 'Spring over');
  await offered(karin).waitFor({ state: 'detached' });
});

story('What is skipped stays skipped when the page is loaded again with no network, and skipping is undone', async (world) => {
  const { mette, karin } = await course(world);
  await addGoal(karin, 'Jeg vil have min egen bolig');
  await go(karin, 'I dag');
  await expectSafe(karin);
  await karin.evaluate(() => navigator.serviceWorker.ready);
  await world.server.stop();
  await expectText(karin, 'Du kan skrive en drøm ned.');
  await press(karin, 'Spring over');
  await expectText(karin, 'Hvem er der omkring dig?');
  await karin.reload();
  await expectHeading(karin, `Hej ${CITIZEN}`);
  await expectText(karin, 'Hvem er der omkring dig?');
  await press(karin, 'Spring over');
  await expectText(karin, 'Du kan finde en tid til et møde.');
  await press(karin, 'Fortryd');
  await expectText(karin, 'Hvem er der omkring dig?');
  await world.server.start();
  await expectSafe(karin);
  // While they sit together it is what is next on that computer, which was told nothing of the phone's.
  await go(mette, 'Borgere');
  await follow(mette, CITIZEN);
  await press(mette, 'Sid sammen');
  await expectText(mette, 'Du kan skrive en drøm ned.');
});
