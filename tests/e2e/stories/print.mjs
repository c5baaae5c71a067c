// On paper: what can be printed, as a printer has it. Pictures of every sheet lie with the other pictures.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { letSee } from '../lib/consents.mjs';
import { addAgreement, addGoal, addPerson, addTopic, goalStep, shareAgenda } from '../lib/deeds.mjs';
import { box, choose, expectHeading, expectText, follow, go, press, write } from '../lib/hands.mjs';
import { course } from '../lib/people.mjs';
import { story } from '../lib/story.mjs';
import { PICTURES } from '../lib/surroundings.mjs';

/** A sheet of A4 less its margins, in CSS pixels. */
const SHEET = { width: 718, height: 1047 };
/** 12 points, in CSS pixels. */
const LETTERS = 16;

const LONG = 'Jeg vil gerne bo et sted, hvor Rex må være med, og hvor der er stille om natten, så jeg kan sove.';

/** What is wrong with the page as it would come on paper. */
async function onPaper(page, name, unsaid = []) {
  await page.emulateMedia({ media: 'print' });
  const size = page.viewportSize();
  await page.setViewportSize(SHEET);
  await mkdir(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `print-${name}.png`), fullPage: true });
  await page.pdf({ path: join(PICTURES, `print-${name}.pdf`), format: 'A4' });
  const wrong = await page.evaluate(look, LETTERS);
  const words = await page.locator('body').innerText();
  wrong.push(...unsaid.filter((one) => words.includes(one)).map((one) => `said on paper: ${one}`));
  await page.setViewportSize(size);
  await page.emulateMedia({ media: 'screen' });
  assert.deepEqual(wrong, [], name);
}

/** Runs in the page. */
function look(letters) {
  const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const name = (element) => element.outerHTML.slice(0, 120);
  const all = [...document.body.querySelectorAll('*')].filter(shown);
  const says = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const style = (element) => getComputedStyle(element);
  const words = all.filter((element) => says(element) && !element.closest('svg, .hidden') && style(element).clipPath === 'none');
  const grey = (color) => color.match(/\d+/g).slice(0, 3).every((part) => Number(part) < 40);
  const cut = (element) => element.scrollWidth > element.clientWidth + 1 && style(element).overflowX !== 'visible';
  const found = (what, elements) => elements.map((element) => `${what}: ${name(element)}`);
  return [
    ...found('to be pressed', all.filter((element) => element.matches('nav, button, .button, .tabs'))),
    ...found('small', words.filter((element) => parseFloat(style(element).fontSize) < letters - 0.01)),
    ...found('not black', words.filter((element) => !grey(style(element).color))),
    ...found('cut', [...words, ...all.filter((one) => one.matches('textarea'))].filter(cut)),
    ...found('beyond the edge', all.filter((one) => one.getBoundingClientRect().right > innerWidth + 1)),
    ...found('a box to write in', all.filter((one) => one.matches('input'))),
  ];
}

story('The plan, the map, the agenda, a consent, the board and one agreement come on paper, black and whole', async (world) => {
  const people = await course(world);
  const { karin } = people;
  await shareAgenda(people);
  await addTopic(karin, 'Min bolig');
  await press(karin, 'Skriv mere');
  await write(karin, 'Hvorfor er det vigtigt?', `${LONG}\n${LONG}\n${LONG}`);
  await write(karin, 'Hvad skal vi lade være?', 'Min bror');
  await press(karin, 'Skriv det ned');
  await expectText(karin, 'Det vil jeg ikke tale om');
  await expectText(karin, 'Biblioteket');
  await onPaper(karin, 'agenda', ['Det vil jeg ikke tale om', 'Min bror']);

  await go(karin, 'Min plan');
  await write(karin, 'Hvad drømmer du om?', LONG);
  await press(karin, 'Gem drømmen');
  await addGoal(karin, 'Jeg vil have min egen bolig');
  await goalStep(karin, 'Skrive op til en bolig');
  await choose(karin, 'Skrive op til en bolig');
  await addAgreement(karin, LONG, 'Mette');
  await press(karin, 'Se mere');
  await box(karin, 'Hvordan følger vi op?').fill('Mette ringer tirsdag.');
  await choose(karin, 'Holdt');
  await follow(karin, 'Skriv ud');
  await expectHeading(karin, 'Aftale');
  await expectText(karin, LONG);
  await onPaper(karin, 'slip');
  await go(karin, 'Min plan');
  await expectText(karin, 'Jeg vil have min egen bolig');
  await onPaper(karin, 'plan');
  await follow(karin, 'Se, hvad der er nået');
  await expectText(karin, LONG);
  await onPaper(karin, 'board');

  await go(karin, 'Netværk');
  for (const [name, who] of [['Ali', 'En fagperson'], ['Jonas', 'En af mine egne']]) {
    await addPerson(karin, name, who);
    await go(karin, 'Netværk');
  }
  await onPaper(karin, 'network');
  await karin.getByRole('main').locator('.card-link', { hasText: 'Ali' }).click();
  await expectHeading(karin, 'Ali');
  await letSee(karin, 'Ali', ['Bolig']);
  await onPaper(karin, 'consent');
});
