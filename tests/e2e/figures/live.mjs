// From a key on the laptop to the letter on the phone's screen, with the server on this machine.
import { shareAgenda } from '../lib/deeds.mjs';
import { figure, ms, percentile } from '../lib/figure.mjs';
import { box, expectText } from '../lib/hands.mjs';
import { pause } from '../lib/patience.mjs';
import { course } from '../lib/people.mjs';
import { volume } from '../lib/surroundings.mjs';

const KEYS = volume(120, 30);
const BOUND_MS = 250;
const LABEL = 'Hvorfor mødes vi?';

/** The moment of every key, by the clock of the machine. */
const noteKeys = (element) => {
  window.keys = [];
  element.addEventListener('keydown', (event) => {
    window.keys.push(performance.timeOrigin + event.timeStamp);
  });
};

/** The moment each further letter stood on the screen, looked for at every frame. */
const noteLetters = (element) => {
  const first = element.value.length;
  window.letters = [];
  const look = () => {
    while (window.letters.length < element.value.length - first) {
      window.letters.push(performance.timeOrigin + performance.now());
    }
    requestAnimationFrame(look);
  };
  look();
};

await figure('live', 'p95 ≤ 250 ms', async (world) => {
  const people = await course(world);
  const { mette, karin } = people;
  await shareAgenda(people);
  await box(mette, LABEL).pressSequentially('Om ');
  await expectText(karin, 'Mette skriver');
  await karin.waitForFunction(() => document.querySelector('textarea').value === 'Om ');

  await box(mette, LABEL).evaluate(noteKeys);
  await box(karin, LABEL).evaluate(noteLetters);
  for (let key = 0; key < KEYS; key++) {
    await mette.keyboard.press('abcdefghij'[key % 10]);
    await pause(60 + Math.random() * 120);
  }
  await karin.waitForFunction((count) => window.letters.length >= count, KEYS);
  const keys = await mette.evaluate(() => window.keys);
  const letters = await karin.evaluate(() => window.letters);
  const waits = letters.map((moment, index) => moment - keys[index]);
  const p95 = percentile(waits, 0.95);
  const value = `p95 ${ms(p95)}, median ${ms(percentile(waits, 0.5))} of ${KEYS} keys`;
  return { value, held: p95 <= BOUND_MS };
});
