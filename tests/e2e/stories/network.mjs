// Mit netværk: put together on a phone with no network, and seen by the coordinator afterwards.
import assert from 'node:assert/strict';
import { addPerson } from '../lib/deeds.mjs';
import { choose, expectHeading, expectSafe, expectText, follow, go, press, write } from '../lib/hands.mjs';
import { CITIZEN, course } from '../lib/people.mjs';
import { story } from '../lib/story.mjs';

const dot = (page, name) => page.getByRole('button', { name: new RegExp(`^${name}\\.`) });
const row = (page, name) => page.getByRole('main').locator('.card-link', { hasText: name });

/** Where a dot stands, as the picture has it. */
const placeOf = (page, name) => dot(page, name).getAttribute('transform');

/** Takes a dot and lets it go so far to the right and down, in pixels. */
async function drag(page, name, [right, down]) {
  const face = dot(page, name).locator('.ring-face');
  await face.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await face.boundingBox();
  const [startX, startY] = [x + width / 2, y + height / 2];
  await page.mouse.move(startX, startY);
  await page.mouse.down();
  for (const part of [0.3, 0.7, 1]) await page.mouse.move(startX + right * part, startY + down * part);
  await page.mouse.up();
}

story('People are put on the map with no network, and the coordinator sees the same', async (world) => {
  const { mette, karin } = await course(world);
  await expectSafe(karin);
  await world.server.stop();
  await go(karin, 'Netværk');
  await expectText(karin, 'Hvem er der omkring dig?');
  await addPerson(karin, 'Jonas', 'En af mine egne');
  await write(karin, 'Hvem er det for dig?', 'Min nabo');
  await write(karin, 'Hvad hjælper I hinanden med?', 'Post og indkøb');
  await choose(karin, 'Tæt på');
  await press(karin, 'Skriv mere');
  await karin.getByRole('switch', { name: 'Min støtteperson' }).click();
  await choose(karin, 'Det er godt');
  await write(karin, 'Telefon', '12 34 56 78');
  await press(karin, 'Gem nummeret');
  await karin.getByRole('link', { name: 'Ring til Jonas' }).waitFor();
  await go(karin, 'Netværk');
  await addPerson(karin, 'En at gå tur med', 'En, jeg mangler');
  await go(karin, 'Netværk');
  await expectText(karin, 'Min nabo. Tæt på. Min støtteperson.');
  await row(karin, 'Mette').waitFor();

  // By finger, and by keyboard.
  const before = await placeOf(karin, 'Jonas');
  await drag(karin, 'Jonas', [50, -20]);
  const dragged = await placeOf(karin, 'Jonas');
  assert.notEqual(dragged, before);
  await dot(karin, 'Jonas').focus();
  await karin.keyboard.press('ArrowLeft');
  const stands = await placeOf(karin, 'Jonas');
  assert.notEqual(stands, dragged);
  await karin.keyboard.press('Enter');
  await expectHeading(karin, 'Jonas');
  await karin.reload();
  await expectHeading(karin, 'Jonas');

  await world.server.start();
  await expectSafe(karin);
  await go(mette, 'Borgere');
  await follow(mette, CITIZEN);
  await follow(mette, 'Se netværket');
  await expectHeading(mette, `${CITIZEN}s netværk`);
  await row(mette, 'Min nabo').waitFor();
  await row(mette, 'En at gå tur med').waitFor();
  // Where he was moved to comes after who there is, in a record of its own.
  await mette.waitForFunction(
    (place) => [...document.querySelectorAll('[role=button][transform]')].some((dot) => dot.getAttribute('transform') === place),
    stands,
  );
  assert.equal(await placeOf(mette, 'Jonas'), stands);
  await row(mette, 'Jonas').click();
  await expectHeading(mette, 'Jonas');
  await mette.getByRole('link', { name: 'Ring til Jonas' }).waitFor();
});

story('Whoever is taken off the map comes back with one tap', async (world) => {
  const { karin } = await course(world);
  await go(karin, 'Netværk');
  await addPerson(karin, 'Jonas', 'En af mine egne');
  await press(karin, 'Tag af kortet');
  await expectHeading(karin, 'Mit netværk');
  await row(karin, 'Jonas').waitFor({ state: 'detached' });
  await press(karin, 'Fortryd');
  await row(karin, 'Jonas').waitFor();
});
