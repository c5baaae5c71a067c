// Mit forløb and Hjælp tæt på mig: read with no network from start to end, and where the coordinator sees the course.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { makeMeeting } from '../lib/deeds.mjs';
import { expectHeading, expectSafe, expectText, follow, go, press } from '../lib/hands.mjs';
import { until } from '../lib/patience.mjs';
import { course } from '../lib/people.mjs';
import { story } from '../lib/story.mjs';
import { ROOT } from '../lib/surroundings.mjs';

const MUNICIPALITY = join(ROOT, 'tests/demo/guide');

/** The steps as somebody hears them, the present one marked. */
const expectSteps = (page, steps) =>
  until(steps.join(', '), async () => {
    const list = page.getByRole('list', { name: 'Trin i forløbet' });
    const shown = await list.getByRole('listitem').evaluateAll((items) =>
      items.map((item) => (item.getAttribute('aria-current') === 'step' ? `> ${item.innerText}` : item.innerText)));
    return shown.join('|') === steps.join('|');
  });

const card = (page, heading) => page.getByRole('region', { name: heading, exact: true });

async function openCourse(karin) {
  await go(karin, 'Min plan');
  await follow(karin, 'Se forløbet');
  await expectHeading(karin, 'Mit forløb');
}

async function openAsStaff(mette) {
  await go(mette, 'Borgere');
  await follow(mette, 'Karin');
  await follow(mette, 'Se planen');
  await follow(mette, 'Se forløbet');
  await expectHeading(mette, 'Forløbet for Karin');
}

story('Where the course is, is read with no server from start to end; what the coordinator did meanwhile comes after', async (world) => {
  const { mette, karin } = await course(world);
  await expectSafe(karin);
  await world.server.stop();
  await openCourse(karin);
  await expectSteps(karin, ['> Vi finder hinanden', 'Vi begynder', 'Vi mødes', 'Vi slutter godt']);
  await expectText(card(karin, 'Det kommer nu'), 'Der er ikke aftalt et møde.');
  await expectText(card(karin, 'Det kommer nu'), 'Næste trin: Vi begynder');
  await expectText(card(karin, 'Det kommer nu'), 'Der går højst 3 måneder mellem 2 møder.');
  await expectText(card(karin, 'Det bestemmer du'), 'Du bestemmer, om du vil være med.');
  await expectText(card(karin, 'Vil du stoppe?'), 'Sig det til Mette. Så holder vi op.');
  assert.equal(await karin.getByRole('button', { name: /Gå videre/ }).count(), 0, 'the citizen does not move it');
  // The coordinator has no server either.
  await openAsStaff(mette);
  await press(mette, 'Gå videre til «Vi begynder»');
  await expectSteps(mette, ['Vi finder hinanden', '> Vi begynder', 'Vi mødes', 'Vi slutter godt']);
  await expectText(mette, /^Du flyttede forløbet hertil/);
  await karin.reload();
  await expectSteps(karin, ['> Vi finder hinanden', 'Vi begynder', 'Vi mødes', 'Vi slutter godt']);

  await world.server.start();
  await expectSafe(mette);
  await expectSteps(karin, ['Vi finder hinanden', '> Vi begynder', 'Vi mødes', 'Vi slutter godt']);
  await expectText(card(karin, 'Her er du'), /^Mette flyttede forløbet hertil/);
  await expectText(card(karin, 'Det bestemmer du'), /^Du vælger, hvad planen handler om/);
  await press(mette, 'Fortryd');
  await expectSteps(karin, ['> Vi finder hinanden', 'Vi begynder', 'Vi mødes', 'Vi slutter godt']);
  await makeMeeting(mette);
  await expectText(card(karin, 'Det kommer nu'), /^Næste møde er .* kl\. 10\.30\.$/);
  await follow(card(karin, 'Det kommer nu'), 'Se mødet');
  await expectHeading(karin, 'Hvad skal vi tale om?');
});

story('Open places and numbers stand there with no server, also after the phone was switched off and on', async (world) => {
  await world.server.adapt(MUNICIPALITY);
  const { karin } = await course(world);
  await expectSafe(karin);
  await world.server.stop();
  await karin.reload();
  await expectHeading(karin, 'Hej Karin');
  await follow(karin, 'Hjælp');
  await expectHeading(karin, 'Hjælp');
  await follow(karin, 'Se hjælp tæt på dig');
  await expectHeading(karin, 'Hjælp tæt på mig');
  const place = (name) => karin.getByRole('main').locator('.card', { hasText: name });
  await expectText(place('Værestedet Broen'), /^(Åbent|Lukket) nu\. /);
  await expectText(place('Værestedet Broen'), 'Onsdag: 9.00-12.00, 16.00-20.00');
  await expectText(place('Værestedet Broen'), 'Lørdag til søndag: lukket');
  await expectText(place('Natlyset'), 'Mandag til søndag: 21.00-8.00');
  await expectText(place('Offerrådgivningen'), 'Åbent hele døgnet');
  const numbers = await karin.getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  for (const number of ['tel:12345678', 'tel:80200500', 'tel:112', 'tel:70201201']) {
    assert(numbers.includes(number), `${number} can be called`);
  }
  assert.equal(await place('Gældscaféen').getByRole('link').count(), 0, 'who has no number is not called');
  await follow(karin, 'Tilbage');
  await expectHeading(karin, 'Hjælp');
});

story('Another guide comes when the municipality has one, and an open screen is told', async (world) => {
  const { karin } = await course(world);
  await expectSafe(karin);
  await karin.goto(`${world.server.address}/hjaelp/steder`);
  await expectText(karin, 'Alkolinjen');
  assert.equal(await karin.getByText('Værestedet Broen').count(), 0);
  await world.server.adapt(MUNICIPALITY);
  await expectText(karin, 'Værestedet Broen');
});

story('Sitting together, the course is the citizen\'s own to read, and nobody else\'s is there', async (world) => {
  const { mette } = await course(world);
  await go(mette, 'Borgere');
  await follow(mette, 'Karin');
  await press(mette, 'Sid sammen');
  await go(mette, 'Min plan');
  await follow(mette, 'Se forløbet');
  await expectHeading(mette, 'Forløbet for Karin');
  assert.equal(await mette.getByRole('button', { name: /Gå videre/ }).count(), 0, 'the citizen\'s view moves nothing');
  await mette.goto(`${world.server.address}/forloeb/${'0'.repeat(32)}`);
  await expectHeading(mette, 'Siden findes ikke');
});
