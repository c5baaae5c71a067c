// Two people with the same form or the same title before them: nothing of either is taken back or lost, and what is
// not so is not said.
import assert from 'node:assert/strict';
import { addTopic, makeMeeting, openAgenda, shareAgenda, topics } from '../lib/deeds.mjs';
import { box, expectHeading, expectSafe, expectText, follow, press, write } from '../lib/hands.mjs';
import { course } from '../lib/people.mjs';
import { pause, until } from '../lib/patience.mjs';
import { story } from '../lib/story.mjs';
import { turnClock } from '../lib/wrong_clock.mjs';

const reads = (page, label, words) =>
  until(`${label} says ${words}`, async () => (await box(page, label).inputValue()) === words);

const openForm = async (page) => {
  await follow(page, 'Ret tid og sted');
  await expectHeading(page, 'Tid og sted');
};

story('A form follows what the other saves, and only what was touched is written', async (world) => {
  const { mette, karin } = await course(world);
  await makeMeeting(mette);
  await openAgenda(karin);
  await openForm(karin);
  await reads(karin, 'Klokken', '10:30');
  await write(karin, 'Sted', 'Caféen');
  await openForm(mette);
  await write(mette, 'Klokken', '13:00');
  await press(mette, 'Gem mødet');
  await reads(karin, 'Klokken', '13:00');
  await reads(karin, 'Sted', 'Caféen');
  await press(karin, 'Gem mødet');
  for (const page of [karin, mette]) {
    await expectText(page, /kl\. 13\.00/);
    await openForm(page);
    await reads(page, 'Sted', 'Caféen');
  }
  // Both in the same box: whoever saves second sees it before.
  await write(karin, 'Sted', 'Parken');
  await write(mette, 'Sted', 'Kirken');
  await press(mette, 'Gem mødet');
  await expectText(karin, 'Imens er det ændret til: Kirken');
  await reads(karin, 'Sted', 'Parken');
  await press(karin, 'Brug det');
  await reads(karin, 'Sted', 'Kirken');
  await karin.getByText('Imens er det ændret til').waitFor({ state: 'detached' });
});

story('Of two who change the place with no network the one who loses is told and takes it back with one tap', async (world) => {
  const { mette, karin } = await course(world);
  await makeMeeting(mette);
  await openAgenda(karin);
  await openForm(karin);
  await openForm(mette);
  await karin.context().setOffline(true);
  await world.server.stop();
  for (const [page, place] of [[karin, 'Caféen'], [mette, 'Kirken']]) {
    await write(page, 'Sted', place);
    await press(page, 'Gem mødet');
    await expectHeading(page, 'Hvad skal vi tale om?');
  }
  await world.server.start();
  await karin.context().setOffline(false);
  const told = (page) => page.getByText(/skrev noget andet\.$/).first();
  const loser = await Promise.race([karin, mette].map(async (page) => {
    await told(page).waitFor({ timeout: 40_000 });
    return page;
  }));
  const [winner, mine] = loser === karin ? [mette, 'Caféen'] : [karin, 'Kirken'];
  await expectText(loser, `Du skrev: ${mine}`);
  await expectText(loser, 'Nogen skrev noget andet end dig.');
  assert.equal(await told(winner).count(), 0);
  await loser.reload();
  await told(loser).waitFor();
  await press(loser, 'Brug mit');
  await told(loser).waitFor({ state: 'detached' });
  await openForm(winner);
  await reads(winner, 'Sted', mine);
});

story('What is too long for a title stays in its box, through a key, the other and a reload, and is not called safe', async (world) => {
  const people = await course(world);
  const { mette, karin } = people;
  await shareAgenda(people);
  await addTopic(karin, 'Min bolig');
  await until('Mette has it', async () => (await topics(mette)).includes('Min bolig'));
  const title = box(karin, 'Punkt 1');
  const long = `Min bolig ${'x'.repeat(400)}`;
  await title.fill(long);
  await expectText(karin, 'Det er ikke gemt. Slet 110 tegn, så er der plads.');
  await title.press('End');
  await title.press('y');
  await expectText(karin, 'Det er ikke gemt. Slet 111 tegn, så er der plads.');
  await addTopic(mette, 'Penge');
  await until('Karin has it', async () => (await topics(karin)).includes('Penge'));
  await box(mette, 'Punkt 1').fill('Nu: Min bolig');
  await pause(1_500);
  assert.equal(await title.inputValue(), `${long}y`);
  assert.equal(await karin.getByText('Gemt sikkert').count(), 0);
  await karin.reload();
  await expectText(karin, 'Det er ikke gemt. Slet 115 tegn, så er der plads.');
  assert.equal(await title.inputValue(), `${long}y`);
  assert.equal(await title.getAttribute('aria-invalid'), 'true');
  await title.fill('Min bolig og have');
  await reads(karin, 'Punkt 1', 'Nu: Min bolig og have');
  await until('Mette has both', async () => (await topics(mette)).includes('Nu: Min bolig og have'));
  await karin.getByText('Det er ikke gemt').waitFor({ state: 'detached' });
  await expectSafe(karin);
});

story('A meeting that is cancelled while its agenda is open says so at once, and after a reload', async (world) => {
  const people = await course(world);
  const { mette, karin } = people;
  await shareAgenda(people);
  await openForm(mette);
  await press(mette, 'Aflys mødet');
  await expectText(karin, 'Mette har aflyst mødet.');
  await expectText(karin, /^Aflyst: /);
  await karin.reload();
  await expectText(karin, 'Mette har aflyst mødet.');
  await openForm(karin);
  await expectText(karin, 'Mette har aflyst mødet.');
  await press(karin, 'Tag mødet op igen');
  await mette.getByText('Mødet er aflyst.').first().waitFor({ state: 'detached', timeout: 30_000 });
});

story('A phone whose date is wrong is told which day it is, as long as that is so', async (world) => {
  const { karin } = await course(world);
  await karin.addInitScript(turnClock, 0.2);
  await karin.reload();
  await expectText(karin, /^Telefonen siger .*\. I dag er det .*\. Ret datoen på telefonen\.$/);
  await world.server.stop();
  await karin.reload();
  await expectText(karin, /^Telefonen siger /);
});
