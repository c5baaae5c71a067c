// The browser is killed at random moments while somebody types, with the server stopped all the while, so
// that everything rests on the disk. Opened again it has every letter that was older than 300 ms.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeMeeting } from '../lib/deeds.mjs';
import { figure, ms } from '../lib/figure.mjs';
import { box, expectHeading, expectSafe, follow } from '../lib/hands.mjs';
import { MortalBrowser } from '../lib/mortal_browser.mjs';
import { pause, until } from '../lib/patience.mjs';
import { coordinator, inviteCitizen, linkOf } from '../lib/people.mjs';
import { volume } from '../lib/surroundings.mjs';

const KILLS = volume(20, 4);
const AGE_MS = 300;
const LABEL = 'Hvorfor mødes vi?';
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** Types until the keyboard is gone; answers each letter with the moment the app had been given it. */
async function typeUntilKilled(page, from) {
  const typed = [];
  try {
    for (let at = from; ; at++) {
      const letter = LETTERS[at % LETTERS.length];
      await page.keyboard.press(letter);
      typed.push({ letter, moment: Date.now() });
      await pause(15 + Math.random() * 60);
    }
  } catch {
    return typed;
  }
}

/** Kills the browser while somebody types; answers the letters with their age at that moment. */
async function killWhileTyping(browser, page, from) {
  const typing = typeUntilKilled(page, from);
  await pause(600 + Math.random() * 2_400);
  const moment = Date.now();
  await browser.kill();
  return (await typing).map((typed) => ({ letter: typed.letter, age: moment - typed.moment }));
}

const textOf = (page) => box(page, LABEL).inputValue();

await figure('browser-kill', 'no character older than 300 ms lost', async (world) => {
  const folder = await mkdtemp(join(tmpdir(), 'medspil-phone-'));
  const mette = await coordinator(world);
  const code = await inviteCitizen(mette);
  await makeMeeting(mette);
  let browser = await MortalBrowser.open(folder);
  let page = await browser.context.newPage();
  await page.goto(linkOf(world, code));
  await expectHeading(page, /^Hej/);
  await follow(page, 'Se dagsordenen');
  await expectSafe(page);
  await page.evaluate(() => navigator.serviceWorker.ready);
  const agenda = page.url();
  await world.server.stop();

  let stands = await textOf(page);
  let [letters, lost, oldest] = [0, 0, 0];
  for (let kill = 0; kill < KILLS; kill++) {
    await box(page, LABEL).press('Control+End');
    const typed = await killWhileTyping(browser, page, stands.length);
    browser = await MortalBrowser.open(folder);
    page = await browser.context.newPage();
    await page.goto(agenda);
    const owed = stands + typed.filter(({ age }) => age > AGE_MS).map(({ letter }) => letter).join('');
    const whole = stands + typed.map(({ letter }) => letter).join('');
    await expectHeading(page, 'Hvad skal vi tale om?');
    await until('The text is there', async () => (await textOf(page)).length >= owed.length, { within: 5_000 })
      .catch(() => {});
    const kept = await textOf(page);
    const wrong = [...owed].filter((letter, at) => kept[at] !== letter).length;
    // A key may reach the app without an answer reaching us.
    const beyond = kept.slice(whole.length);
    if (wrong || beyond.length > 1) console.error({ kill, owed, kept });
    lost += wrong;
    letters += typed.length;
    const gone = typed[kept.length - stands.length];
    oldest = Math.max(oldest, gone?.age ?? 0);
    stands = kept;
  }
  await browser.kill();
  await rm(folder, { recursive: true, force: true });
  const value = `${lost} of ${letters} letters in ${KILLS} kills, the oldest lost ${ms(oldest)}`;
  return { value, held: lost === 0 };
});
