// Milestones and sources: made on a phone with no network, and seen by the coordinator, who writes what is said.
import assert from 'node:assert/strict';
import { addGoal } from '../lib/deeds.mjs';
import { box, choose, expectHeading, expectSafe, expectText, follow, go, press, write } from '../lib/hands.mjs';
import { CITIZEN, course } from '../lib/people.mjs';
import { story } from '../lib/story.mjs';

const GOAL = 'Jeg vil have min egen bolig';

async function milestone(page, words) {
  await write(page, 'Et delmål på vejen', words);
  await press(page, 'Gem delmålet');
  await page.getByRole('checkbox', { name: words, exact: true }).waitFor();
}

const milestones = (page) =>
  page.getByRole('region', { name: 'Delmål' }).getByRole('checkbox').evaluateAll((all) => all.map((one) => one.closest('label').innerText.trim()));

async function openGoal(mette) {
  await go(mette, 'Borgere');
  await follow(mette, CITIZEN);
  await follow(mette, 'Se planen');
  await follow(mette, GOAL);
  await expectHeading(mette, 'Bolig');
}

story('Milestones are made, moved and reached with no network, and the coordinator sees the same', async (world) => {
  const { mette, karin } = await course(world);
  await expectSafe(karin);
  await go(karin, 'Min plan');
  await addGoal(karin, GOAL);
  await expectSafe(karin);
  await world.server.stop();
  await press(karin, 'Del målet op');
  for (const words of ['Jeg har en nøgle', 'Mine papirer er i orden', 'Jeg har set 2 steder']) await milestone(karin, words);
  await press(karin, 'Flyt delmålet ned');
  assert.deepEqual(await milestones(karin), ['Mine papirer er i orden', 'Jeg har en nøgle', 'Jeg har set 2 steder']);
  await choose(karin, 'Mine papirer er i orden');
  await expectText(karin, /^Nået /);
  await press(karin, 'Smid delmålet ud');
  assert.deepEqual(await milestones(karin), ['Jeg har en nøgle', 'Jeg har set 2 steder']);
  await press(karin, 'Fortryd');
  await karin.reload();
  await karin.getByRole('checkbox', { name: 'Jeg har set 2 steder' }).waitFor();
  await world.server.start();
  await expectSafe(karin);
  await openGoal(mette);
  await mette.getByRole('checkbox', { name: 'Jeg har set 2 steder' }).waitFor();
  assert.deepEqual(await milestones(mette), await milestones(karin));
  assert.ok(await mette.getByRole('checkbox', { name: 'Mine papirer er i orden' }).isChecked());
  await go(karin, 'Min plan');
  await follow(karin, 'Søg');
  await write(karin, 'Hvad leder du efter?', 'nøgle');
  await follow(karin, 'Jeg har en nøgle');
  await expectHeading(karin, 'Bolig');
});

story('What the coordinator writes down is said to be the words of the one who said them', async (world) => {
  const { mette, karin } = await course(world);
  await go(mette, 'Borgere');
  await follow(mette, CITIZEN);
  await follow(mette, 'Se planen');
  await write(mette, 'Hvad drømmer du om?', 'Et sted med en have');
  await press(mette, 'Gem drømmen');
  await follow(mette, 'Sagt af dig');
  await expectHeading(mette, 'Hvem har sagt det?');
  await choose(mette, CITIZEN);
  await press(mette, 'Gem, hvem det er');
  await expectText(mette, `Sagt af ${CITIZEN}, skrevet af dig`);
  await go(karin, 'Min plan');
  await expectText(karin, 'Sagt af dig, skrevet af Mette');

  await addGoal(karin, GOAL);
  await follow(karin, 'Sagt af dig');
  await choose(karin, 'En pårørende');
  await press(karin, 'Gem, hvem det er');
  await expectText(karin, 'Skriv, hvad den anden hedder.');
  await write(karin, 'Hvad hedder den anden?', 'Jonas Holm');
  await press(karin, 'Gem, hvem det er');
  await expectHeading(karin, 'Bolig');
  await expectText(karin, 'Sagt af Jonas, pårørende');
  await box(karin, 'Målet').waitFor();
});

story('While they sit together it is the citizen who speaks', async (world) => {
  const { mette, karin } = await course(world);
  await go(mette, 'Borgere');
  await follow(mette, CITIZEN);
  await press(mette, 'Sid sammen');
  await expectHeading(mette, `Hej ${CITIZEN}`);
  await addGoal(mette, GOAL);
  await expectText(mette, `Sagt af ${CITIZEN}, skrevet af dig`);
  await go(karin, 'Min plan');
  await follow(karin, GOAL);
  await expectText(karin, 'Sagt af dig, skrevet af Mette');
});
