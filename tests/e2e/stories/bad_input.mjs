// What nobody meant: markup and writing that turns round, a full disk, a wrong clock.
import assert from 'node:assert/strict';
import { addAgreement, addGoal, addTopic, makeMeeting, openAgenda, nextWeek, shareAgenda, spoilUnsent, topics } from '../lib/deeds.mjs';
import { box, choose, expectHeading, expectSafe, expectText, follow, go, press, write } from '../lib/hands.mjs';
import { until } from '../lib/patience.mjs';
import { CITIZEN, coordinator, course, enter, inviteCitizen, linkOf } from '../lib/people.mjs';
import { story } from '../lib/story.mjs';
import { turnClock } from '../lib/wrong_clock.mjs';

const MARKUP = '<img src=x onerror="window.wasRun=1"><script>window.wasRun=1</script><b>&amp;';
const TURNED = '\u202Eمرحبا بك\u202E <u>abc</u>';

const isWhole = (page, label, words) =>
  until(`${label} says ${words}`, async () => (await box(page, label).inputValue()) === words);

async function wasNotRun(page) {
  assert.equal(await page.evaluate(() => window.wasRun), undefined);
  assert.equal(await page.locator('main b, main u, main img').count(), 0);
}

story('Markup is words like others, in every field', (world) => everywhere(world, MARKUP));

story('Writing that turns round is words like others, in every field', (world) => everywhere(world, TURNED));

async function everywhere(world, words) {
  const typed = words.slice(0, 60);
  const name = typed.replace(/[\u202a-\u202e]/gu, '');
  const mette = await coordinator(world);
  const code = await inviteCitizen(mette, typed, name);
  const karin = await world.phone();
  await karin.goto(linkOf(world, code));
  await expectHeading(karin, /^Hej/);
  await makeMeeting(mette, { citizen: name, place: words });
  await openAgenda(karin);
  await addTopic(karin, words);
  await write(mette, 'Hvorfor mødes vi?', words);
  await write(karin, 'Hvad skal vi lade være?', words);
  await press(karin, 'Skriv det ned');
  await press(karin, 'Pause');
  await box(karin, 'Pause').fill(words);
  for (const label of ['Punkt 1', 'Hvorfor mødes vi?', 'Det skal ikke med', 'Pause']) {
    await isWhole(karin, label, words);
    await isWhole(mette, label, words);
  }
  await press(karin, 'Smid punktet ud');
  await follow(karin, 'Smidt ud');
  await karin.getByText(words, { exact: true }).waitFor();
  await go(karin, 'Min plan');
  await write(karin, 'Hvad drømmer du om?', words);
  await press(karin, 'Gem drømmen');
  await addGoal(karin, words);
  await write(karin, 'Et lille skridt', words);
  await press(karin, 'Gem skridtet');
  await addAgreement(karin, words, 'Mette');
  await go(karin, 'I dag');
  await karin.getByText(words, { exact: true }).first().waitFor();
  await go(mette, 'I dag');
  await mette.getByText(words, { exact: true }).first().waitFor();
  await go(mette, 'Borgere');
  await mette.getByText(name, { exact: true }).waitFor();
  await wasNotRun(karin);
  await wasNotRun(mette);
}

story('A wrong code may be anything at all', async (world) => {
  const page = await world.phone();
  for (const code of [MARKUP, TURNED, 'æøå'.repeat(500), '😀😀😀😀😀😀😀😀']) {
    await enter(page, world.server.address, code);
    await expectText(page, 'Koden er på 8 tegn. Se efter igen.');
  }
  await wasNotRun(page);
});

story('A meeting in a year that nobody means is refused, and what was typed stays', async (world) => {
  const { mette } = await course(world);
  await go(mette, 'Borgere');
  await follow(mette, CITIZEN);
  await follow(mette, 'Find en tid');
  await write(mette, 'Sted', 'Biblioteket');
  await write(mette, 'Klokken', '10:30');
  for (const year of ['0001', '0026', '1026', '9999']) {
    await write(mette, 'Dag', `${year}-12-02`);
    await press(mette, 'Gem mødet');
    await expectText(mette, 'Tjek årstallet.');
    await isWhole(mette, 'Sted', 'Biblioteket');
    await isWhole(mette, 'Dag', `${year}-12-02`);
  }
  await write(mette, 'Dag', nextWeek());
  await press(mette, 'Gem mødet');
  await expectHeading(mette, 'Hvad skal vi tale om?');
});

story('Half a date changes nothing', async (world) => {
  const { karin } = await course(world);
  await go(karin, 'Min plan');
  await addGoal(karin, 'Egen bolig');
  await addAgreement(karin, 'Ringe til boligforeningen', 'Mette', '2030-05-17');
  await press(karin, 'Se mere');
  const day = box(karin, 'Senest hvornår?');
  await day.focus();
  await karin.keyboard.press('Backspace');
  await day.blur();
  await expectSafe(karin);
  await karin.reload();
  await expectText(karin, /17\. maj 2030/);
});

story('10,000 lines pasted in a box are kept, and said to be too many', async (world) => {
  const people = await course(world);
  await shareAgenda(people);
  const { karin, mette } = people;
  const lines = Array.from({ length: 10_000 }, (_, number) => `Punkt nummer ${number}`).join('\n');
  const purpose = box(karin, 'Hvorfor mødes vi?');
  await karin.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await karin.evaluate((words) => navigator.clipboard.writeText(words), lines);
  await purpose.focus();
  await karin.keyboard.press('Control+V');
  await expectText(karin, /^Det er ikke gemt\. Slet \d+ tegn/);
  await isWhole(karin, 'Hvorfor mødes vi?', lines);
  await purpose.fill('Kort nu');
  await isWhole(mette, 'Hvorfor mødes vi?', 'Kort nu');
});

story('A full phone says so, and what was written is kept once there is room', async (world) => {
  const people = await course(world);
  const { karin } = people;
  await shareAgenda(people);
  await expectSafe(karin);
  await world.server.stop();
  await karin.evaluate(fillDisk);
  await addTopic(karin, 'Skrevet på en fuld telefon');
  await expectText(karin, 'Telefonen er fuld. Slet noget, så der bliver plads.');
  await box(karin, 'Hvorfor mødes vi?').pressSequentially('Mere endnu');
  await karin.evaluate(() => window.makeRoom());
  await expectText(karin, /^Gemt på din telefon\. Det sendes/);
  await karin.reload();
  await isWhole(karin, 'Hvorfor mødes vi?', 'Mere endnu');
  assert.deepEqual(await topics(karin), ['Skrevet på en fuld telefon']);
  await world.server.start();
  await until('The coordinator sees it', async () =>
    (await topics(people.mette)).join() === 'Skrevet på en fuld telefon');
});

story('What the server cannot take is shown to its author, and the rest goes on', async (world) => {
  const people = await course(world);
  const { karin, mette } = people;
  await shareAgenda(people);
  await expectSafe(karin);
  await world.server.stop();
  await addTopic(karin, 'Beskadiget på telefonen');
  await expectText(karin, /^Gemt på din telefon\. Det sendes/);
  await spoilUnsent(karin);
  await world.server.start();
  await expectText(karin, 'Noget kom ikke med.');
  await follow(karin, 'Se hvad');
  await expectText(karin, 'Beskadiget på telefonen');
  await expectText(karin, 'Det kunne ikke sendes. Skriv det igen.');
  await press(karin, 'Jeg har set det');
  await expectSafe(karin);
  await openAgenda(karin);
  await addTopic(karin, 'Skrevet igen');
  await until('The coordinator sees it', async () => (await topics(mette)).includes('Skrevet igen'));
});

/** Runs in the page: what is written is refused when it is all there, as a full disk refuses it. (The
    quota that DevTools can set is not heeded by IndexedDB.) */
function fillDisk() {
  const { commit } = IDBTransaction.prototype;
  IDBTransaction.prototype.commit = function refuse() {
    if (this.mode === 'readonly') return commit.call(this);
    const full = new DOMException('The disk is full.', 'QuotaExceededError');
    Object.defineProperty(this, 'error', { value: full });
    return this.abort();
  };
  window.makeRoom = () => {
    IDBTransaction.prototype.commit = commit;
  };
}

story('A phone whose clock is years off takes part like any other', async (world) => {
  const mette = await coordinator(world);
  const code = await inviteCitizen(mette);
  await makeMeeting(mette);
  const karin = await world.phone();
  await karin.addInitScript(turnClock, -30);
  await karin.goto(linkOf(world, code));
  await expectHeading(karin, /^Hej/);
  await openAgenda(karin);
  await addTopic(karin, 'Skrevet i fortiden');
  await until('The coordinator sees it', async () => (await topics(mette)).includes('Skrevet i fortiden'));
  await addTopic(mette, 'Skrevet nu');
  await until('The citizen sees it', async () => (await topics(karin)).includes('Skrevet nu'));
  await expectSafe(karin);
});

story('A laptop from the future makes a meeting that the phone of today can read', async (world) => {
  const mette = await coordinator(world);
  await mette.addInitScript(turnClock, 40);
  await mette.reload();
  const code = await inviteCitizen(mette);
  const karin = await world.phone();
  await karin.goto(linkOf(world, code));
  await expectHeading(karin, /^Hej/);
  await makeMeeting(mette);
  await go(karin, 'Møder');
  await follow(karin, 'Biblioteket');
  await addTopic(karin, 'Skrevet i dag');
  await until('The coordinator sees it', async () => (await topics(mette)).includes('Skrevet i dag'));
});

story('A goal of 100 KB is said to be too long, and is still in its box when the phone was switched off and on', async (world) => {
  const { karin } = await course(world);
  const words = 'Jeg vil bo et roligt sted. '.repeat(4_000).trim();
  await go(karin, 'Min plan');
  await follow(karin, 'Skriv et mål');
  await write(karin, 'Hvad vil du gerne?', words);
  await choose(karin, 'Bolig');
  await press(karin, 'Gem målet');
  await expectText(karin, 'Teksten er for lang. Del den i to.');
  await isWhole(karin, 'Hvad vil du gerne?', words);
  await karin.reload();
  await isWhole(karin, 'Hvad vil du gerne?', words);
});

story('Meetings in the hours that summer time takes away or gives twice stand at the time that was written', async (world) => {
  const { mette, karin } = await course(world);
  const days = [['2027-03-28', /28\. marts 2027 kl\. 2\.30/], ['2027-10-31', /31\. oktober 2027 kl\. 2\.30/], ['2028-02-29', /29\. februar 2028 kl\. 2\.30/]];
  for (const [day, shown] of days) {
    await makeMeeting(mette, { day, time: '02:30' });
    await expectText(mette, shown);
  }
  await expectSafe(mette);
  await go(karin, 'Møder');
  for (const [, shown] of days) await expectText(karin, shown);
});
