import { World } from './lib/world.mjs';
import { LAPTOP } from './lib/browser.mjs';
import { course } from './lib/people.mjs';
import { pick, sayHowItGoes } from './lib/deeds.mjs';
import { choose, expectHeading, follow, go, press } from './lib/hands.mjs';
const site = process.argv[2];
const world = await World.open(site);
const out = '/tmp/wt-b-shots';
const shot = (page, name, full = true) => page.screenshot({ path: `${out}/${name}.png`, fullPage: full });
try {
  const { mette, karin } = await course(world);
  await go(karin, 'Min plan');
  await follow(karin, 'Se, hvordan det går');
  await expectHeading(karin, 'Sådan går det');
  await shot(karin, 'empty-first', false);
  await shot(karin, 'empty');
  await follow(karin, 'Bolig');
  await expectHeading(karin, 'Bolig');
  await shot(karin, 'area-empty-first', false);
  await shot(karin, 'area-empty');
  await follow(karin, 'Tilbage');
  await sayHowItGoes(karin, 'Bolig', { score: 'En del er svært', words: 'Jeg sover hos min søster.' });
  await shot(karin, 'one');
  for (const [area, score, words] of [
    ['Bolig', 'Både let og svært', 'Jeg har fået nøgle til et værelse.'],
    ['Penge', 'Det meste går godt'],
    ['Penge', 'En del er svært', 'Nu har jeg set alle regningerne.'],
    ['Krop og helbred', 'Meget er svært'],
    ['Lov og ret', undefined, 'Det vil jeg ikke sætte tal på.'],
  ]) await sayHowItGoes(karin, area, { score, words });
  await go(mette, 'Borgere'); await follow(mette, 'Karin'); await follow(mette, 'Se planen');
  await shot(mette, 'staff-plan');
  await follow(mette, 'Se, hvordan det går');
  await sayHowItGoes(mette, 'Bolig', { score: 'Det meste går godt', words: 'Du ringede selv til kommunen.' });
  await shot(mette, 'staff-how');
  await follow(mette, 'Bolig'); await expectHeading(mette, 'Bolig');
  await shot(mette, 'staff-area');
  await shot(karin, 'full-first', false);
  await shot(karin, 'full');
  for (const area of ['Skole og arbejde','Netværk og familie','Psyke og humør','Rusmidler','Lov og ret','Pleje og hjælp','Medicin og behandling','Hverdag og mening'])
    await sayHowItGoes(karin, area, { score: 'Både let og svært' });
  await sayHowItGoes(karin, 'Psyke og humør', { score: 'Det går godt' });
  await karin.locator('.web-picture').scrollIntoViewIfNeeded();
  await shot(karin, 'eleven');
  await karin.locator('.web').screenshot({ path: `${out}/web-11.png` });
  await karin.emulateMedia({ colorScheme: 'dark' });
  await karin.locator('.web').screenshot({ path: `${out}/web-11-dark.png` });
  await karin.emulateMedia({ colorScheme: 'light' });
  await follow(karin, 'Penge'); await expectHeading(karin, 'Penge');
  await pick(karin, 'Både let og svært');
  await shot(karin, 'area-full');
  await karin.setViewportSize(LAPTOP.viewport);
  await shot(karin, 'area-full-wide');
  await karin.setViewportSize({ width: 360, height: 640 });
  if (process.argv[3]) {
    await go(karin, 'Min plan'); await follow(karin, 'Se, hvad der er nået'); await expectHeading(karin, 'Min tavle');
    await shot(karin, "board");
  }
} catch (e) { console.log(e); } finally { console.log(world.complaints); await world.close(); }
