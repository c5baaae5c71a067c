// Milestones and sources: made on a phone with no network, and seen by the coordinator, who writes what is said.
import assert from 'node:assert/strict';
import { addGoal, goalStep } from '../lib/deeds.mjs';
import { box, choose, expectHeading, expectSafe, expectText, follow, go, press, write } from '../lib/hands.mjs';
import { CITIZEN, course } from '../lib/people.mjs';
import { until } from '../lib/patience.mjs';
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

story('The words of a step and of a milestone are corrected where they stand, with no network, and never become none', async (world) => {
  const { mette, karin } = await course(world);
  await go(karin, 'Min plan');
  await addGoal(karin, GOAL);
  await expectSafe(karin);
  await world.server.stop();
  await goalStep(karin, 'Ring til boligforenigen');
  await press(karin, 'Del målet op');
  await milestone(karin, 'Jeg har en nøgel');
  const step = karin.getByRole('region', { name: 'Små skridt' });
  for (const [place, right] of [[step, 'Ring til boligforeningen'], [karin.getByRole('region', { name: 'Delmål' }), 'Jeg har en nøgle']]) {
    await press(place, 'Ret ordene');
    await until('The box has the focus', () => karin.evaluate(() => document.activeElement.matches('textarea, input[type=text]')));
    await write(place, 'Ordene', ' ');
    await press(place, 'Færdig med at rette');
    await expectText(karin, 'Skriv noget først.');
    await write(place, 'Ordene', right);
    await press(place, 'Færdig med at rette');
    await place.getByRole('checkbox', { name: right, exact: true }).waitFor();
    await until('The tick has the focus', () => karin.evaluate(() => document.activeElement.matches('input[type=checkbox]')));
  }
  await world.server.start();
  await expectSafe(karin);
  await openGoal(mette);
  for (const right of ['Ring til boligforeningen', 'Jeg har en nøgle']) await mette.getByRole('checkbox', { name: right, exact: true }).waitFor();
});

story('Somebody else\'s name is not lost when the page dies before it was said whose words it is', async (world) => {
  const { karin } = await course(world);
  await go(karin, 'Min plan');
  await addGoal(karin, GOAL);
  await follow(karin, 'Sagt af dig');
  await choose(karin, 'En pårørende');
  await write(karin, 'Hvad hedder den anden?', 'Jonas Holm');
  await expectText(karin, /er ikke tilføjet endnu/);
  await karin.reload();
  await until('The name stands there', async () => (await box(karin, 'Hvad hedder den anden?').inputValue()) === 'Jonas Holm');
  await choose(karin, 'En pårørende');
  await press(karin, 'Gem, hvem det er');
  await expectText(karin, 'Sagt af Jonas, pårørende');
  await expectSafe(karin);
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
