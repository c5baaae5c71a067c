// Everything in one file: out of a phone without a network, read without the app, and in again on a new phone.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { addAgreement, addGoal, openBesideMyName } from '../lib/deeds.mjs';
import { expectHeading, expectSafe, expectText, follow, go, press, write } from '../lib/hands.mjs';
import { CITIZEN, codeOn, coordinator, course, inviteCitizen, linkOf } from '../lib/people.mjs';
import { story } from '../lib/story.mjs';

const GOAL = 'Jeg vil <b>bo</b> for mig selv & Rex';
const SECRET = 'Jeg er bange for dem alle';

/** Saves a file by this button; answers where it lies. */
async function save(page, button, folder) {
  const [download] = await Promise.all([page.waitForEvent('download'), press(page, button)]);
  const path = join(folder, download.suggestedFilename());
  await download.saveAs(path);
  await expectText(page, 'Filen er gemt.');
  return path;
}

const openFiles = (page) => openBesideMyName(page, 'Alt i en fil');

async function giveFile(page, path) {
  await page.getByLabel('Vælg fil').setInputFiles(path);
}

async function withFolder(use) {
  const folder = await mkdtemp(join(tmpdir(), 'medspil-files-'));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

story('What only a file has is read without the app, and comes back on a new phone', (world) => withFolder(async (folder) => {
  const mette = await coordinator(world);
  const code = await inviteCitizen(mette);
  await world.server.backUp();
  const karin = await world.phone();
  await karin.goto(linkOf(world, code));
  await expectHeading(karin, `Hej ${CITIZEN}`);
  await expectSafe(karin);

  await world.server.stop();
  await go(karin, 'Min plan');
  await addGoal(karin, GOAL);
  await addAgreement(karin, 'Finde papirerne frem', 'Du');
  await go(karin, 'Min plan');
  await follow(karin, 'Kun mig');
  await write(karin, 'Hvad tænker du på?', SECRET);
  await press(karin, 'Gem noten');
  await openFiles(karin);
  const page = await save(karin, 'Gem som en side', folder);
  assert.ok(!(await readFile(page, 'utf8')).includes(SECRET), 'she did not tick her notes');
  await karin.getByLabel(/Tag også det fra «Kun mig» med/).check({ force: true });
  const file = await save(karin, 'Gem til en ny telefon', folder);
  await karin.context().close();

  const reader = await (await world.join(await world.browser.newContext({ javaScriptEnabled: false, offline: true }))).newPage();
  await reader.goto(pathToFileURL(page).href);
  await expectHeading(reader, `Planen for ${CITIZEN}`);
  await reader.getByRole('heading', { name: GOAL, exact: true }).waitFor();
  await reader.getByRole('heading', { name: 'Finde papirerne frem' }).waitFor();
  await reader.context().close();

  await world.server.restore();
  await mette.reload();
  await go(mette, 'Borgere');
  await follow(mette, CITIZEN);
  await press(mette, 'Lav en invitation');
  const phone = await world.phone();
  await phone.goto(linkOf(world, await codeOn(mette)));
  await expectHeading(phone, `Hej ${CITIZEN}`);
  await openFiles(phone);
  await follow(phone, 'Hent fra en fil');
  await expectHeading(phone, 'Hent fra en fil');

  const broken = join(folder, 'broken.json');
  await writeFile(broken, (await readFile(file, 'utf8')).slice(0, -400));
  await giveFile(phone, broken);
  await expectText(phone, /^Filen stopper midt i linje \d+\. Find hele filen\.$/);
  await expectText(phone, 'Intet er ændret.');
  await giveFile(phone, page);
  await expectText(phone, 'Det er ikke en fil fra Medspil. Vælg en anden.');
  await giveFile(phone, file);
  await expectText(phone, 'Filen er inde. Nu er det her igen.');
  await giveFile(phone, file);
  await expectText(phone, 'Alt i filen var her før. Intet er ændret.');
  await go(phone, 'Min plan');
  await expectText(phone, GOAL);
  await follow(phone, 'Kun mig');
  await expectText(phone, SECRET);
  await go(mette, 'Borgere');
  await follow(mette, CITIZEN);
  await follow(mette, 'Se planen');
  await expectText(mette, GOAL);
}));

story('A phone that nobody has let in, and somebody else\'s phone, are told what to do', (world) => withFolder(async (folder) => {
  const { mette, karin } = await course(world);
  await openFiles(karin);
  const file = await save(karin, 'Gem til en ny telefon', folder);
  const stranger = await world.phone();
  await stranger.goto(`${world.server.address}/fil/ind`);
  await expectText(stranger, 'Få først en kode af din koordinator. Så kan filen komme ind.');
  const code = await inviteCitizen(mette, 'Jens');
  const jens = await world.phone();
  await jens.goto(linkOf(world, code));
  await expectHeading(jens, 'Hej Jens');
  await openFiles(jens);
  await follow(jens, 'Hent fra en fil');
  await giveFile(jens, file);
  await expectText(jens, 'Filen hører til en anden.');
}));
