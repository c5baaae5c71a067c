// Samtykke: given with no network, read on the phone of the one who was let in, and taken back.
import assert from 'node:assert/strict';
import { addGoal, addPerson } from '../lib/deeds.mjs';
import { choose, expectHeading, expectSafe, expectText, follow, go, press, write } from '../lib/hands.mjs';
import { CITIZEN, codeOn, course, linkOf } from '../lib/people.mjs';
import { isLetIn, letSee } from '../lib/consents.mjs';
import { story } from '../lib/story.mjs';

const SECRET = 'Betale min gæld';
const NOTHING = 'Der er ikke noget at se';

/** Two goals in two parts of life, and Jonas on the map. */
async function goalsAndJonas(karin) {
  await go(karin, 'Min plan');
  await addGoal(karin, 'Min egen bolig', 'Bolig');
  await go(karin, 'Min plan');
  await addGoal(karin, SECRET, 'Penge');
  await go(karin, 'Netværk');
  await addPerson(karin, 'Jonas', 'En fagperson');
}

/** The path of a goal's page. */
async function addressOfGoal(karin, title) {
  await go(karin, 'Min plan');
  return karin.getByRole('link', { name: title }).first().getAttribute('href');
}

/** Jonas on a phone of his own, let in by the code on this page. */
async function jonas(world, page) {
  await press(page, 'Lav en invitation');
  const code = await codeOn(page);
  const guest = await world.phone();
  await guest.goto(linkOf(world, code));
  await expectHeading(guest, 'Delt med dig');
  return guest;
}

/** Everything that the disk of this page's app holds, as text. */
const disk = (page) => page.evaluate(async () => {
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const database = await done(indexedDB.open('medspil'));
  const text = new TextDecoder();
  const all = [];
  for (const store of database.objectStoreNames) {
    const rows = await done(database.transaction(store).objectStore(store).getAll());
    all.push(...rows.map((row) => text.decode(row)));
  }
  database.close();
  return all.join('\n');
});

story('With no network she lets Jonas see one part of life; he reads that and nothing else, and is out again', async (world) => {
  const { mette, karin } = await course(world);
  await expectSafe(karin);
  await world.server.stop();
  await goalsAndJonas(karin);
  await follow(karin, 'Lad Jonas se noget');
  await expectHeading(karin, 'Hvad må Jonas se?');
  await press(karin, 'Gå videre');
  await expectText(karin, 'Vælg mindst én ting.');
  await choose(karin, 'Bolig');
  await press(karin, 'Gå videre');
  await choose(karin, 'Noget andet');
  await write(karin, 'Skriv hvorfor', 'Så du kan ringe til kommunen');
  await press(karin, 'Gå videre');
  await expectHeading(karin, 'Det her kan Jonas læse');
  await expectText(karin, 'Min egen bolig');
  assert.equal(await karin.getByText(SECRET).count(), 0, 'and not the other part of life');
  await press(karin, 'Lad Jonas se det');
  await expectText(karin, 'Om lidt kan Jonas se det, du valgte.');
  await isLetIn(karin, 'Jonas');
  await expectText(karin, 'Så du kan ringe til kommunen');
  await expectText(karin, 'Hos Jonas gælder det først, når du har net.');
  await karin.reload();
  await expectHeading(karin, 'Det må Jonas se');

  await world.server.start();
  await expectSafe(karin);
  const guest = await jonas(world, karin);
  await expectText(guest, CITIZEN);
  await follow(guest, /^Bolig, til/);
  await expectText(guest, 'Min egen bolig');
  const read = await disk(guest);
  assert.ok(read.includes('Min egen bolig') && !read.includes(SECRET), 'not a byte of the other part');

  await go(mette, 'Borgere');
  await follow(mette, CITIZEN);
  await follow(mette, 'Se planen');
  await follow(mette, 'Hvem ser hvad?');
  await follow(mette, /Jonas/);
  await expectHeading(mette, 'Det må Jonas se');
  assert.equal(await mette.getByRole('button', { name: /^Luk for/ }).count(), 0, 'it is not hers to close');

  await press(karin, 'Luk for Bolig');
  await expectText(karin, 'Jonas kan ikke se noget mere.');
  await expectHeading(guest, NOTHING);
  await expectText(mette, 'Jonas kan ikke se noget mere.');
  assert.ok(!(await disk(guest)).includes('Min egen bolig'), 'and it is gone from his phone');
});

story('Taken back with no network it is closed here at once, and there when there is one', async (world) => {
  const { karin } = await course(world);
  await goalsAndJonas(karin);
  await letSee(karin, 'Jonas', ['Bolig', 'Penge']);
  const guest = await jonas(world, karin);
  await expectText(guest, /^Penge, til/);
  await world.server.stop();
  await press(karin, 'Luk for Penge');
  await karin.getByRole('button', { name: 'Luk for Penge' }).waitFor({ state: 'detached' });
  await expectText(karin, 'Hos Jonas gælder det først, når du har net.');
  await go(karin, 'Min plan');
  await follow(karin, 'Hvem ser hvad?');
  await karin.reload();
  await follow(karin, /Jonas/);
  await karin.getByRole('heading', { level: 2, name: 'Bolig' }).waitFor();
  assert.equal(await karin.getByRole('heading', { level: 2, name: 'Penge' }).count(), 0);
  await follow(guest, /^Penge, til/);
  await expectText(guest, SECRET);
  await world.server.start();
  await guest.getByText(SECRET).waitFor({ state: 'detached' });
  await follow(guest, 'Tilbage');
  await expectText(guest, /^Bolig, til/);
});

story('Who was let in writes nothing, finds help, and leaves with one tap', async (world) => {
  const { mette, karin } = await course(world);
  await mette.goto(`${world.server.address}/mig`);
  await write(mette, 'Telefon', '12 34 56 78');
  await press(mette, 'Gem mit navn');
  await goalsAndJonas(karin);
  await letSee(karin, 'Jonas', ['Bolig']);
  const guest = await jonas(world, karin);
  for (const path of ['/plan', '/netvaerk', '/moeder', '/kun-mig', '/soeg', '/hvem-ser-hvad']) {
    await guest.goto(world.server.address + path);
    await expectHeading(guest, /findes ikke/);
  }
  const goal = await addressOfGoal(karin, 'Min egen bolig');
  await guest.goto(world.server.address + goal);
  await expectText(guest, 'Min egen bolig');
  assert.equal(await guest.locator('textarea, input, main button').count(), 0, 'there is nothing to write in');
  await guest.goto(world.server.address);
  await follow(guest, 'Hjælp');
  await guest.getByRole('link', { name: /Mette/ }).first().waitFor();
  await follow(guest, 'Tilbage');
  await follow(guest, `Se, hvad ${CITIZEN} har sagt ja til`);
  await expectHeading(guest, `Det må du se hos ${CITIZEN}`);
  await press(guest, 'Jeg vil ikke se det mere');
  await expectHeading(guest, NOTHING);
  await go(karin, 'Netværk');
  await follow(karin, /Jonas/);
  await follow(karin, 'Se, hvad Jonas må se');
  await expectText(karin, 'Jonas kan ikke se noget mere.');
});
