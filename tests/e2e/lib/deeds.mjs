// What people do in a course, in their words.
import { box, choose, expectHeading, follow, go, press, write } from './hands.mjs';
import { until } from './patience.mjs';
import { CITIZEN } from './people.mjs';

const DAY_MS = 24 * 60 * 60 * 1000;

/** The day a week from now, as a date field has it. */
export const nextWeek = () => new Date(Date.now() + 7 * DAY_MS).toISOString().slice(0, 10);

/** The coordinator finds a time, and stands on the agenda afterwards. */
export async function makeMeeting(mette, meeting = {}) {
  const { citizen = CITIZEN, day = nextWeek(), time = '10:30', place = 'Biblioteket' } = meeting;
  await go(mette, 'Borgere');
  await follow(mette, citizen);
  await follow(mette, 'Find en tid');
  await write(mette, 'Dag', day);
  await write(mette, 'Klokken', time);
  await write(mette, 'Sted', place);
  await press(mette, 'Gem mødet');
  await expectHeading(mette, 'Hvad skal vi tale om?');
}

/** The citizen opens the agenda of the next meeting. */
export async function openAgenda(karin) {
  await go(karin, 'I dag');
  await follow(karin, 'Se dagsordenen');
  await expectHeading(karin, 'Hvad skal vi tale om?');
}

/** Both with the agenda of one meeting before them. */
export async function shareAgenda({ mette, karin }) {
  await makeMeeting(mette);
  await openAgenda(karin);
}

/** Opens what stands beside one's name: one's phones, one's files. */
export async function openBesideMyName(page, place) {
  await follow(page, 'Hjælp');
  await follow(page, 'Ret mit navn');
  await follow(page, place);
  await expectHeading(page, place);
}

/** Writes a topic, on the agenda. */
export async function addTopic(page, title) {
  await write(page, 'Nyt punkt', title);
  await press(page, 'Skriv et punkt');
}

/** The titles of the topics, in their order on the screen. */
export const topics = (page) =>
  page.getByLabel(/^Punkt \d+$/).evaluateAll((boxes) => boxes.map((box) => box.value));

/** Writes a goal, and stands on its page afterwards. */
export async function addGoal(page, title, area = 'Bolig') {
  await follow(page, 'Skriv et mål');
  await write(page, 'Hvad vil du gerne?', title);
  await choose(page, area);
  await press(page, 'Gem målet');
  await expectHeading(page, area);
  await box(page, 'Målet').waitFor();
}

/** Makes an agreement on the page of a goal. */
export async function addAgreement(page, what, who, day = nextWeek()) {
  await press(page, 'Lav en aftale');
  await write(page, 'Hvad skal gøres?', what);
  await choose(page, who);
  await write(page, 'Senest hvornår?', day);
  await press(page, 'Gem aftalen');
  await page.getByRole('button', { name: 'Lav en aftale' }).waitFor();
}

/** Writes a small step, on the page of a goal. */
export async function goalStep(page, step) {
  await write(page, 'Et lille skridt', step);
  await press(page, 'Gem skridtet');
}

/** One of the five faces. A notice may lie over it for a moment. */
export const pick = (page, words) => page.locator('.choice-option', { hasText: words }).first().click();

/** Says how it goes in a part of life, from the list of them, and stands on the list again. */
export async function sayHowItGoes(page, area, { score, words = '' }) {
  await follow(page, area);
  await expectHeading(page, area);
  if (score) await pick(page, score);
  await write(page, 'Med dine egne ord', words);
  await press(page, 'Gem det, du siger');
  await page.getByText('Det er gemt.').first().waitFor();
  await follow(page, 'Tilbage');
  await expectHeading(page, /^Sådan går det/);
}

/** The citizen opens the list of the help they get. */
export async function openSupport(page) {
  await go(page, 'Min plan');
  await follow(page, 'Se hjælpen lige nu');
  await expectHeading(page, 'Min hjælp lige nu');
}

/** Writes a help down, and stands on the list afterwards. */
export async function addSupport(page, { what, from = '', often = '', since = '', area }) {
  await follow(page, 'Tilføj hjælp');
  await write(page, 'Hjælp til hvad?', what);
  await write(page, 'Hjælp fra hvem?', from);
  await write(page, 'Hvor tit?', often);
  if (since) await write(page, 'Første dag', since);
  await choose(page, area);
  await press(page, 'Gem hjælpen');
  await page.getByRole('heading', { level: 3, name: what, exact: true }).waitFor();
}

/** What has not been sent yet is damaged on the phone's disk: its signatures no longer hold. The app
    notices when it is opened again. */
export async function spoilUnsent(page) {
  const spoil = () => page.evaluate(async () => {
    const done = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await done(indexedDB.open('medspil'));
    const outbox = database.transaction('outbox', 'readwrite').objectStore('outbox');
    const keys = await done(outbox.getAllKeys());
    for (const key of keys) {
      const record = await done(outbox.get(key));
      record[record.length - 1] ^= 1;
      await done(outbox.put(record, key));
    }
    database.close();
    return keys.length;
  });
  await until('There is something unsent to damage', spoil);
  await page.reload();
}

/** From the map: somebody new, whose page then stands. */
export async function addPerson(page, name, who) {
  await follow(page, 'Tilføj et menneske');
  await write(page, 'Navn', name);
  await choose(page, who);
  await press(page, 'Sæt på kortet');
  await expectHeading(page, name);
}
