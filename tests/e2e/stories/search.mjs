// Søg: words in one's own things, and the way to where they stand.
import assert from 'node:assert/strict';
import { addGoal, addTopic, shareAgenda } from '../lib/deeds.mjs';
import { expectHeading, expectSafe, expectText, follow, go, press, write } from '../lib/hands.mjs';
import { course } from '../lib/people.mjs';
import { story } from '../lib/story.mjs';

async function search(page, words) {
  await write(page, 'Hvad leder du efter?', words);
  await expectText(page, /^Det står /);
}

const lines = (page) => page.getByRole('main').locator('.card .own-words').allInnerTexts();

story('What she wrote is found without a network, with the way to it; the coordinator finds what she may read', async (world) => {
  const people = await course(world);
  const { mette, karin } = people;
  await shareAgenda(people);
  await world.server.stop();
  await addTopic(karin, 'Min HUND og jeg');
  await go(karin, 'Min plan');
  await addGoal(karin, 'Et sted, hvor hunden må bo');
  await go(karin, 'Min plan');
  await follow(karin, 'Kun mig');
  await write(karin, 'Hvad tænker du på?', 'Hunden er alt for mig');
  await press(karin, 'Gem noten');
  await go(karin, 'Min plan');
  await follow(karin, 'Søg');
  await expectHeading(karin, 'Søg');
  await search(karin, 'hund');
  await expectText(karin, 'Det står 3 steder.');
  assert.deepEqual(await lines(karin), ['Et sted, hvor hunden må bo', 'Min HUND og jeg', 'Hunden er alt for mig']);
  await search(karin, 'elefant');
  await expectText(karin, 'Det står her ikke. Prøv et kortere ord.');
  await search(karin, 'må BO');
  await expectText(karin, 'Det står 1 sted.');
  await follow(karin, 'Et sted, hvor hunden må bo');
  await expectHeading(karin, 'Bolig');

  await world.server.start();
  await expectSafe(karin);
  await go(mette, 'Borgere');
  await follow(mette, 'Karin');
  await follow(mette, 'Se planen');
  await follow(mette, 'Søg');
  await search(mette, 'hund');
  await expectText(mette, 'Det står 2 steder.');
  assert.deepEqual(await lines(mette), ['Et sted, hvor hunden må bo', 'Min HUND og jeg']);
  await follow(mette, 'Min HUND og jeg');
  await expectHeading(mette, 'Hvad skal vi tale om?');
});
