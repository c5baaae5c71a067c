// Kun mig: notes that only the citizen's own app has, and copies of them that others may read.
import assert from 'node:assert/strict';
import { makeMeeting } from '../lib/deeds.mjs';
import { box, choose, expectHeading, expectSafe, expectText, follow, go, press, write } from '../lib/hands.mjs';
import { course } from '../lib/people.mjs';
import { until } from '../lib/patience.mjs';
import { story } from '../lib/story.mjs';

const SECRET = 'Jeg er bange for dem alle';

async function openNotebook(karin) {
  await go(karin, 'Min plan');
  await follow(karin, 'Kun mig');
  await expectHeading(karin, 'Kun mig');
}

async function addNote(karin, words) {
  await write(karin, 'Hvad tænker du på?', words);
  await press(karin, 'Gem noten');
  await karin.getByRole('link', { name: words }).waitFor();
}

/** Whether these words stand anywhere on this browser's disk. */
const isOnDisk = (page, words) =>
  page.evaluate(async (words) => {
    const done = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await done(indexedDB.open('medspil'));
    const names = [...database.objectStoreNames];
    const text = (value) => (value?.buffer || value instanceof ArrayBuffer ? new TextDecoder().decode(value) : '');
    const rows = await Promise.all(
      names.map((name) => done(database.transaction(name).objectStore(name).getAll())));
    database.close();
    if (!rows.flat().some((value) => text(value))) throw new Error('nothing on the disk could be read');
    return rows.flat().some((value) => text(value).includes(words));
  }, words);

story('Notes are written and shared without a network; the coordinator gets the copy and nothing else', async (world) => {
  const people = await course(world);
  const { mette, karin } = people;
  await makeMeeting(mette);
  await go(karin, 'Møder');
  await expectText(karin, 'Biblioteket');
  await world.server.stop();

  await openNotebook(karin);
  await expectText(karin, 'Kun dig');
  await addNote(karin, SECRET);
  await addNote(karin, 'Jeg vil have hund');
  await follow(karin, 'Jeg vil have hund');
  await expectHeading(karin, 'Min note');
  const note = new URL(karin.url()).pathname;
  await box(karin, 'Noten').press('End');
  await karin.keyboard.type(' nu');
  await follow(karin, 'Del dette');
  await choose(karin, 'Et mål i planen');
  await choose(karin, 'Bolig');
  await expectText(karin, 'Mette kan så læse det.');
  await press(karin, 'Del en kopi');
  await expectHeading(karin, 'Min note');
  await expectText(karin, 'Om lidt deler du en kopi.');
  await karin.getByText(/En kopi er nu et mål under «Bolig»\./).waitFor({ timeout: 20_000 });
  await expectText(karin, 'Når du har net, kan Mette læse kopien.');
  assert.equal(await box(karin, 'Noten').inputValue(), 'Jeg vil have hund nu');
  await press(karin, 'Luk');

  await follow(karin, 'Del dette');
  await choose(karin, 'Et punkt til et møde');
  await karin.getByLabel(/kl\. 10\.30$/).check({ force: true });
  await expectText(karin, 'Mette kan så læse det.');
  await press(karin, 'Del en kopi');
  await expectText(karin, 'Om lidt deler du en kopi.');
  await press(karin, 'Fortryd');
  await karin.getByText('Om lidt deler du en kopi.').waitFor({ state: 'detached' });
  assert.equal(await karin.getByText(/En kopi er nu et punkt til mødet/).count(), 0, 'it was never one');

  await openNotebook(karin);
  await follow(karin, SECRET);
  await press(karin, 'Smid noten ud');
  await expectHeading(karin, 'Kun mig');
  await karin.getByRole('link', { name: SECRET }).waitFor({ state: 'detached' });
  await press(karin, 'Luk');
  await go(karin, 'Min plan');
  await follow(karin, 'Smidt ud');
  await expectText(karin, /^Note\. Smidt ud af dig/);
  await press(karin, 'Hent tilbage');
  await karin.reload();
  await openNotebook(karin);
  await expectText(karin, SECRET);

  await world.server.start();
  await expectSafe(karin);
  await go(mette, 'Borgere');
  await follow(mette, 'Karin');
  await follow(mette, 'Se planen');
  await expectText(mette, 'Jeg vil have hund nu');
  assert.equal(await mette.getByRole('link', { name: 'Kun mig' }).count(), 0);
  await follow(mette, 'Smidt ud');
  await expectText(mette, 'Her er ikke noget.');
  for (const path of ['/kun-mig', note, `${note}/del`]) {
    await mette.goto(world.server.address + path);
    await expectHeading(mette, 'Siden findes ikke');
  }
  await until('What was written is on its writer’s disk', () => isOnDisk(karin, SECRET));
  assert.equal(await isOnDisk(mette, SECRET), false);
});

story('While they sit together, the notebook is not on the coordinator’s computer', async (world) => {
  const { mette, karin } = await course(world);
  await openNotebook(karin);
  await addNote(karin, SECRET);
  await follow(karin, SECRET);
  const note = new URL(karin.url()).pathname;
  await expectSafe(karin);
  await go(mette, 'Borgere');
  await follow(mette, 'Karin');
  await press(mette, 'Sid sammen');
  await go(mette, 'Min plan');
  await expectHeading(mette, 'Planen for Karin');
  await mette.getByRole('link', { name: 'Smidt ud' }).waitFor();
  assert.equal(await mette.getByRole('link', { name: 'Kun mig' }).count(), 0);
  for (const path of ['/kun-mig', note, `${note}/del`]) {
    await mette.goto(world.server.address + path);
    await expectHeading(mette, 'Siden findes ikke');
  }
  assert.equal(await isOnDisk(mette, SECRET), false);
});

story('A note half written is there again after the page is gone', async (world) => {
  const { karin } = await course(world);
  await openNotebook(karin);
  await box(karin, 'Hvad tænker du på?').pressSequentially('Jeg vil gerne sige');
  await expectText(karin, 'Noget, du skrev, er ikke tilføjet endnu.');
  await go(karin, 'I dag');
  await karin.reload();
  await follow(karin, 'Se hvad');
  await expectHeading(karin, 'Kun mig');
  await until('The words are there', async () =>
    (await box(karin, 'Hvad tænker du på?').inputValue()) === 'Jeg vil gerne sige');
});
