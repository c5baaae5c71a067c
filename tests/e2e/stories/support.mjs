// Min hjælp lige nu: what the citizen gets help with, written and judged with no network, seen by the coordinator.
import assert from 'node:assert/strict';
import { addSupport, openSupport } from '../lib/deeds.mjs';
import { box, choose, expectHeading, expectSafe, expectText, follow, go, press, write } from '../lib/hands.mjs';
import { course, inviteCitizen } from '../lib/people.mjs';
import { until } from '../lib/patience.mjs';
import { story } from '../lib/story.mjs';

/** These stand under a heading, by what they are. */
const expectUnder = (page, heading, whats) =>
  until(`${heading}: ${whats.join(', ')}`, async () => {
    const group = page.getByRole('region', { name: heading, exact: true });
    return (await group.getByRole('heading', { level: 3 }).allInnerTexts()).join('|') === whats.join('|');
  });

const card = (page, what) => page.getByRole('main').locator('.card', { hasText: what });

const answer = (page, what, word) => card(page, what).getByRole('button', { name: word, exact: true });

const expectAnswer = (page, what, word, pressed) =>
  until(`${what}: ${word} is ${pressed}`, async () =>
    (await answer(page, what, word).getAttribute('aria-pressed')) === String(pressed));

const reads = (page, label, words) =>
  until(`${label} says ${words}`, async () => (await box(page, label).inputValue()) === words);

/** The coordinator opens the help of the citizen. */
async function openAsStaff(mette) {
  await go(mette, 'Borgere');
  await follow(mette, 'Karin');
  await follow(mette, 'Se planen');
  await follow(mette, 'Se hjælpen lige nu');
  await expectHeading(mette, 'Hjælp til Karin');
}

story('Help is written, judged and ended with no server from start to end, and then seen by the coordinator', async (world) => {
  const { mette, karin } = await course(world);
  await world.server.stop();
  await openSupport(karin);
  await expectText(karin, 'Her er ikke noget endnu. Skriv, hvem der hjælper dig.');
  await addSupport(karin, { what: 'Medicin', from: 'Lene', often: 'Hver tirsdag', since: '2025-03-01', area: 'Krop og helbred' });
  await addSupport(karin, { what: 'Bostøtte', area: 'Bolig' });
  await addSupport(karin, { what: 'Træning', area: 'Krop og helbred' });
  await expectUnder(karin, 'Krop og helbred', ['Medicin', 'Træning']);
  await expectUnder(karin, 'Bolig', ['Bostøtte']);
  await expectText(karin, 'Siden 1. marts 2025');
  await expectAnswer(karin, 'Medicin', 'Ja', false);
  await answer(karin, 'Medicin', 'Lidt').click();
  await expectAnswer(karin, 'Medicin', 'Lidt', true);
  await answer(karin, 'Bostøtte', 'Nej').click();
  await answer(karin, 'Bostøtte', 'Nej').click();
  await expectAnswer(karin, 'Bostøtte', 'Nej', false);

  await card(karin, 'Træning').getByRole('link', { name: 'Ret hjælpen' }).click();
  await expectHeading(karin, 'Ret hjælpen');
  await karin.getByRole('switch', { name: 'Det er slut' }).click();
  await write(karin, 'Sidste dag', '2026-02-01');
  await box(karin, 'Hjælp fra hvem?').fill('Centret');
  await karin.goBack();
  await expectUnder(karin, 'Før', ['Træning']);
  await expectText(karin, 'Til 1. februar');
  await karin.reload();
  await expectUnder(karin, 'Krop og helbred', ['Medicin']);
  await expectAnswer(karin, 'Medicin', 'Lidt', true);
  assert.equal(await answer(karin, 'Træning', 'Ja').count(), 0, 'what is over is not asked about');

  await world.server.start();
  await expectSafe(karin);
  await openAsStaff(mette);
  await expectUnder(mette, 'Krop og helbred', ['Medicin']);
  await expectUnder(mette, 'Bolig', ['Bostøtte']);
  await expectUnder(mette, 'Før', ['Træning']);
  await expectText(card(mette, 'Medicin'), 'Det hjælper lidt');
  await expectText(card(mette, 'Medicin'), 'Lene');
  await expectText(card(mette, 'Træning'), 'Centret');
  assert.equal(await answer(mette, 'Medicin', 'Lidt').count(), 0, 'the coordinator does not judge');
  assert.equal(await card(mette, 'Bostøtte').getByText(/hjælper/).count(), 0, 'nothing is said of what is unsaid');
});

story('Both write in the same help, it is thrown out and comes back, and sitting together the citizen judges it', async (world) => {
  const { mette, karin } = await course(world);
  await openAsStaff(mette);
  await addSupport(mette, { what: 'Medicin', area: 'Krop og helbred' });
  await expectHeading(mette, 'Hjælp til Karin');
  await expectText(karin, 'Mette skrev om hjælp: «Medicin»');
  await openSupport(karin);
  for (const page of [karin, mette]) {
    await follow(page, 'Ret hjælpen');
    await expectHeading(page, 'Ret hjælpen');
  }
  await box(karin, 'Hjælp fra hvem?').fill('Lene');
  await reads(mette, 'Hjælp fra hvem?', 'Lene');
  await box(mette, 'Hvor tit?').fill('Hver tirsdag');
  await reads(karin, 'Hvor tit?', 'Hver tirsdag');
  await expectText(mette, 'Skrevet af dig og Karin');
  await follow(mette, 'Tilbage');
  await expectHeading(mette, 'Hjælp til Karin');
  await expectText(card(mette, 'Medicin'), 'Hver tirsdag');
  await follow(mette, 'Ret hjælpen');

  await press(karin, 'Smid hjælpen ud');
  await expectHeading(karin, 'Min hjælp lige nu');
  await expectText(mette, 'Måske er den smidt ud.');
  await go(karin, 'Min plan');
  await follow(karin, 'Smidt ud');
  await expectText(karin, /^Hjælp\. Smidt ud af dig/);
  await press(karin, 'Hent tilbage');
  await openSupport(karin);
  await expectUnder(karin, 'Krop og helbred', ['Medicin']);
  await expectSafe(karin);

  await go(mette, 'Borgere');
  await follow(mette, 'Karin');
  await press(mette, 'Sid sammen');
  await go(mette, 'Min plan');
  await follow(mette, 'Se hjælpen lige nu');
  await answer(mette, 'Medicin', 'Ja').click();
  await expectAnswer(karin, 'Medicin', 'Ja', true);
});

story('A day that is no day of ours is said, and words that were not saved are still there', async (world) => {
  const { karin } = await course(world);
  await openSupport(karin);
  await follow(karin, 'Tilføj hjælp');
  await write(karin, 'Hjælp til hvad?', 'Medicin');
  await write(karin, 'Første dag', '1998-03-01');
  await expectText(karin, 'Tjek årstallet.');
  await press(karin, 'Gem hjælpen');
  await expectText(karin, 'Vælg, hvad det handler om.');
  await choose(karin, 'Bolig');
  await press(karin, 'Gem hjælpen');
  await expectHeading(karin, 'Ny hjælp');
  await karin.reload();
  await reads(karin, 'Hjælp til hvad?', 'Medicin');
  await choose(karin, 'Bolig');
  await press(karin, 'Gem hjælpen');
  await expectHeading(karin, 'Min hjælp lige nu');
  await expectUnder(karin, 'Bolig', ['Medicin']);
  await follow(karin, 'Tilføj hjælp');
  await reads(karin, 'Hjælp til hvad?', '');
});

story('While two sit together no help of anybody else is shown, whichever way leads there', async (world) => {
  const { mette } = await course(world);
  await inviteCitizen(mette, 'Jens');
  const his = new URL(mette.url()).pathname.split('/').at(-1);
  await follow(mette, 'Se planen');
  await follow(mette, 'Se hjælpen lige nu');
  await addSupport(mette, { what: 'Kun for Jens', area: 'Bolig' });
  await follow(mette, 'Ret hjælpen');
  await expectHeading(mette, 'Ret hjælpen');
  const one = new URL(mette.url()).pathname;
  await go(mette, 'Borgere');
  await follow(mette, 'Karin');
  await press(mette, 'Sid sammen');
  await expectHeading(mette, 'Hej Karin');
  for (const path of [`/hjaelp-nu/${his}`, `/hjaelp-nu/${his}/ny`, one, one.replace(`/${his}`, '')]) {
    await mette.goto(world.server.address + path);
    await expectHeading(mette, 'Siden findes ikke');
    assert.equal(await mette.getByText('Kun for Jens').count(), 0);
  }
});
