// The way in: a code typed or scanned, and what is said when it does not work.
import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { expectHeading, expectText, press } from '../lib/hands.mjs';
import { CITIZEN, codeOn, coordinator, enter, inviteCitizen, lead, linkOf } from '../lib/people.mjs';
import { story } from '../lib/story.mjs';
import { SITE } from '../lib/surroundings.mjs';
import { Wire } from '../lib/wire.mjs';

// Files, with what stands around each of them on the way.
const FIRST_VISIT_BYTES = 290_000;
// What the app hears when it is let in: her course, and the guide, which is asked for once.
const SAID_BYTES = 12_000;

story('A typed code lets a citizen in, and nothing else is asked', async (world) => {
  const code = await inviteCitizen(await coordinator(world));
  const karin = await world.phone();
  await enter(karin, world.server.address, code.toLowerCase().replace(' ', '-'));
  await expectHeading(karin, `Hej ${CITIZEN}`);
  await karin.getByLabel(/adgangskode|e-mail|nummer/i).waitFor({ state: 'detached' });
});

story('A scanned link lets a citizen in, and the code leaves the address', async (world) => {
  const code = await inviteCitizen(await coordinator(world));
  const karin = await world.phone();
  await karin.goto(linkOf(world, code));
  await expectHeading(karin, `Hej ${CITIZEN}`);
  await karin.waitForURL(`${world.server.address}/`);
});

story('Whoever comes by a link fetches no more than was promised', async (world) => {
  const code = await inviteCitizen(await coordinator(world));
  const wire = await Wire.to(world.server);
  const karin = await world.phone();
  await karin.goto(linkOf(world, code).replace(world.server.address, wire.address));
  await expectHeading(karin, `Hej ${CITIZEN}`);
  await karin.evaluate(() => navigator.serviceWorker.ready);
  // All that is kept has come, the later half with it.
  const halves = wire.asked.filter((path) => path.startsWith('/later-'));
  assert.equal(halves.length, 1);
  const { size } = await stat(`${SITE}${halves[0]}.br`);
  const first = wire.bytes - wire.said - size;
  assert.ok(first <= FIRST_VISIT_BYTES, `${first} bytes: ${wire.asked.join(' ')}`);
  assert.ok(wire.said <= SAID_BYTES, `${wire.said} bytes were said`);
  wire.close();
});

story('A code that a camera opens in a second tab lets both tabs in', async (world) => {
  const code = await inviteCitizen(await coordinator(world));
  const first = await world.phone();
  await first.goto(world.server.address);
  await expectHeading(first, 'Velkommen');
  const second = await first.context().newPage();
  await second.goto(linkOf(world, code));
  await expectHeading(second, `Hej ${CITIZEN}`);
  await expectHeading(first, `Hej ${CITIZEN}`);
});

story('The link that the server prints lets the daily lead in', async (world) => {
  const page = await world.laptop();
  await page.goto(`${world.server.address}/#kode=${world.server.code.replace(' ', '')}`);
  await expectHeading(page, /^Hej/);
});

story('A wrong code says what to do, and the right one still works', async (world) => {
  const page = await world.phone();
  await enter(page, world.server.address, '2222 2222');
  await expectText(page, 'Koden passer ikke. Se efter, og skriv den igen.');
  await enter(page, world.server.address, '12');
  await expectText(page, 'Koden er på 8 tegn. Se efter igen.');
  await enter(page, world.server.address, world.server.code);
  await expectHeading(page, /^Hej/);
});

story('A code is used once', async (world) => {
  const { code } = world.server;
  await lead(world);
  const another = await world.phone();
  await enter(another, world.server.address, code);
  await expectText(another, 'Koden er brugt. Bed din koordinator om en ny.');
});

story('A cancelled code lets nobody in, and a new one does', async (world) => {
  const mette = await coordinator(world);
  const cancelled = await inviteCitizen(mette);
  await press(mette, 'Annuller invitationen');
  await expectText(mette, 'Koden er annulleret.');
  const karin = await world.phone();
  await enter(karin, world.server.address, cancelled);
  await expectText(karin, 'Koden gælder ikke mere. Bed din koordinator om en ny.');
  await press(mette, 'Lav en invitation');
  await enter(karin, world.server.address, await codeOn(mette));
  await expectHeading(karin, `Hej ${CITIZEN}`);
});
