// A new version comes while somebody writes: nothing moves under the fingers, what they wrote is there, and
// a tap brings the new version.
import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { openAgenda, shareAgenda } from '../lib/deeds.mjs';
import { figure } from '../lib/figure.mjs';
import { box, expectHeading, expectText, press } from '../lib/hands.mjs';
import { nextVersion, versionOf } from '../lib/next_version.mjs';
import { until } from '../lib/patience.mjs';
import { course } from '../lib/people.mjs';

const LABEL = 'Hvorfor mødes vi?';
const DRAFT = 'Det her er ikke';

await figure('update', 'no reload, draft intact, new after the tap', async (world) => {
  const people = await course(world);
  const { karin } = people;
  await shareAgenda(people);
  await karin.evaluate(() => navigator.serviceWorker.ready);
  await karin.reload();
  await expectHeading(karin, 'Hvad skal vi tale om?');
  await karin.evaluate(() => {
    window.isTheSamePage = true;
  });
  const site = await nextVersion();
  await world.server.serveInstead(site);

  await box(karin, 'Nyt punkt').fill('Et halvt punkt');
  await box(karin, LABEL).focus();
  const typing = karin.keyboard.type(DRAFT, { delay: 120 });
  await karin.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
  await typing;
  await expectText(karin, 'Der er en ny udgave.');
  assert.ok(await karin.evaluate(() => window.isTheSamePage), 'The page was loaded again.');
  assert.equal(await box(karin, LABEL).inputValue(), DRAFT);
  assert.equal(await box(karin, 'Nyt punkt').inputValue(), 'Et halvt punkt');
  assert.ok(await box(karin, LABEL).evaluate((element) => element === document.activeElement));
  await karin.keyboard.type(' færdigt', { delay: 30 });
  assert.equal(await versionOf(karin), 'first');

  await press(karin, 'Hent ny udgave');
  await until('The new version is there', async () => (await versionOf(karin)) === 'next');
  await expectHeading(karin, /Hvad skal vi tale om|^Hej/);
  if ((await karin.getByRole('heading', { level: 1 }).innerText()).startsWith('Hej')) await openAgenda(karin);
  assert.equal(await box(karin, LABEL).inputValue(), `${DRAFT} færdigt`);
  await rm(site, { recursive: true, force: true });
  return { value: 'no reload, draft intact, new after the tap', held: true };
});
