// What hands do: press twice, go back in the middle of a form, write without a pause, and spell a word out.
import assert from 'node:assert/strict';
import { addGoal, addPerson, makeMeeting, openAgenda, addTopic } from '../lib/deeds.mjs';
import { box, choose, expectHeading, expectSafe, expectText, follow, go, press, write } from '../lib/hands.mjs';
import { isLetIn } from '../lib/consents.mjs';
import { course } from '../lib/people.mjs';
import { until } from '../lib/patience.mjs';
import { story } from '../lib/story.mjs';

/** Presses one button and at once the one that has come in its place. */
const pressBoth = (page, first, second) => page.evaluate(async ([first, second]) => {
  const named = (name) => [...document.querySelectorAll('main button')].find((one) => one.textContent.trim() === name);
  named(first).click();
  for (let tries = 0; tries < 20 && !named(second); tries += 1) await new Promise((done) => queueMicrotask(done));
  const other = named(second) ?? await new Promise((done) => requestAnimationFrame(() => done(named(second))));
  other.click();
}, [first, second]);

story('Two quick taps on the last question are no yes, and the answers are there after going back', async (world) => {
  const { karin } = await course(world);
  await go(karin, 'Netværk');
  await addPerson(karin, 'Jonas', 'En fagperson');
  await follow(karin, 'Lad Jonas se noget');
  await choose(karin, 'Bolig');
  await press(karin, 'Gå videre');
  await choose(karin, 'I 3 måneder');
  await pressBoth(karin, 'Gå videre', 'Lad Jonas se det');
  await expectHeading(karin, 'Det her kan Jonas læse');
  await karin.goBack();
  await follow(karin, 'Lad Jonas se noget');
  await until('The answer is there', () => karin.getByLabel('Bolig', { exact: true }).isChecked());
  await press(karin, 'Gå videre');
  await until('And the other', () => karin.getByLabel('I 3 måneder', { exact: true }).isChecked());
  assert.equal(await karin.getByText('En forælder siger ja').count(), 0, 'she is over 50');
  await press(karin, 'Gå videre');
  await press(karin, 'Lad Jonas se det');
  await isLetIn(karin, 'Jonas');
});

story('What an agreement lacks is told under its question, and what was answered outlives going back', async (world) => {
  const { karin } = await course(world);
  await go(karin, 'Min plan');
  await addGoal(karin, 'Min egen bolig');
  await press(karin, 'Lav en aftale');
  await press(karin, 'Gem aftalen');
  await karin.locator('fieldset', { hasText: 'Hvem gør det?' }).getByText('Vælg, hvem der gør det.').waitFor();
  assert.equal(await karin.locator('.toast').count(), 0);
  await choose(karin, 'Du');
  await press(karin, 'Gem aftalen');
  await karin.locator('.field', { hasText: 'Hvad skal gøres?' }).getByText('Skriv noget først.').waitFor();
  await until('The box has the focus', () => box(karin, 'Hvad skal gøres?').evaluate((it) => it === document.activeElement));
  assert.equal(await karin.locator('.toast').count(), 0);
  await write(karin, 'Senest hvornår?', '2031-02-03');
  const path = new URL(karin.url()).pathname;
  await go(karin, 'Min plan');
  await karin.goBack();
  assert.equal(new URL(karin.url()).pathname, path);
  await until('Who does it', () => karin.getByLabel('Du', { exact: true }).isChecked());
  assert.equal(await box(karin, 'Senest hvornår?').inputValue(), '2031-02-03');
  await write(karin, 'Hvad skal gøres?', 'Ring til kommunen');
  await press(karin, 'Gem aftalen');
  await expectText(karin, 'Ring til kommunen');
});

story('Who writes for 20 seconds hears at most three times how it is saved', async (world) => {
  const { karin } = await course(world);
  await go(karin, 'Min plan');
  await addGoal(karin, 'Min egen bolig');
  await expectSafe(karin);
  await karin.evaluate(() => {
    window.counts = { heard: 0, seen: 0 };
    const count = (selector, name) =>
      new MutationObserver((all) => { window.counts[name] += all.length; })
        .observe(document.querySelector(selector), { characterData: true, childList: true, subtree: true });
    count('.saved [role=status]', 'heard');
    count('.saved-words', 'seen');
  });
  const ends = Date.now() + 20_000;
  await box(karin, 'Målet').focus();
  while (Date.now() < ends) await karin.keyboard.type('ord ', { delay: 70 });
  await expectSafe(karin);
  const { heard, seen } = await karin.evaluate(() => window.counts);
  assert.ok(heard <= 3 && seen <= 20, `${heard} heard, ${seen} seen`);
});

story('While a word is spelt out, others\' words wait, and that is said', async (world) => {
  const { mette, karin } = await course(world);
  await makeMeeting(mette);
  await openAgenda(karin);
  await addTopic(karin, 'Bolig');
  const mine = karin.getByLabel('Punkt 1', { exact: true });
  const others = mette.getByLabel('Punkt 1', { exact: true });
  await others.waitFor();
  await mine.press('End');
  const session = await karin.context().newCDPSession(karin);
  await session.send('Input.imeSetComposition', { text: 'ni', selectionStart: 2, selectionEnd: 2 });
  await others.press('Home');
  await mette.keyboard.type('Min ');
  await expectText(karin, 'Andre skriver også. Du ser det, når dit ord er færdigt.');
  await session.send('Input.insertText', { text: 'nu' });
  await until('Both are there', async () => (await mine.inputValue()) === 'Min Bolignu');
  assert.equal(await karin.getByText('Andre skriver også.').count(), 0);
  await until('With her too', async () => (await others.inputValue()) === 'Min Bolignu');
});
