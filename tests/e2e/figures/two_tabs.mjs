// Two tabs of one person, both writing, in two texts and in one; one is closed in mid-write. Then every
// word of both stands once, on this phone and with the coordinator.
import { addTopic, openAgenda, shareAgenda, topics } from '../lib/deeds.mjs';
import { figure } from '../lib/figure.mjs';
import { box, expectHeading, expectSafe } from '../lib/hands.mjs';
import { until } from '../lib/patience.mjs';
import { course } from '../lib/people.mjs';
import { volume } from '../lib/surroundings.mjs';

const ROUNDS = volume(10, 3);
const WORDS = 12;
const SHARED = 'Hvorfor mødes vi?';

/** Types one word that stands nowhere else. */
async function typeWord(page, label, end, word) {
  await box(page, label).press(end);
  await page.keyboard.type(`${word}. `, { delay: 8 });
  return `${word}.`;
}

/** Types at the end of a text; answers the words. */
async function typeSome(page, prefix) {
  const typed = [];
  for (let word = 0; word < WORDS; word++) {
    typed.push(await typeWord(page, SHARED, 'Control+End', `${prefix}${word}`));
  }
  return typed;
}

/** Types at the beginning of a text until the page is closed under the fingers; answers whole words. */
async function typeUntilClosed(page, label, prefix) {
  const typed = [];
  try {
    for (let word = 0; ; word++) {
      typed.push(await typeWord(page, label, 'Control+Home', `${prefix}${word}`));
    }
  } catch {
    return typed;
  }
}

/** The words that do not stand exactly once. */
const wrong = (text, words) => words.filter((word) => text.split(word).length !== 2);

await figure('two-tabs', 'nothing lost, nothing doubled', async (world) => {
  const people = await course(world);
  const { mette, karin } = people;
  await shareAgenda(people);
  // One title for every other round: a title holds 300 letters and no more.
  for (let round = 0; round < ROUNDS; round += 2) await addTopic(karin, 'Min bolig');
  await expectSafe(karin);
  const all = [];
  let [first, second] = [karin, null];
  for (let round = 0; round < ROUNDS; round++) {
    second = await first.context().newPage();
    await second.goto(first.url());
    await expectHeading(second, 'Hvad skal vi tale om?');
    const label = round % 2 ? SHARED : `Punkt ${1 + round / 2}`;
    const closing = typeUntilClosed(second, label, `b${round}x`);
    const staying = typeSome(first, `a${round}x`);
    all.push(...(await staying));
    await second.close();
    all.push(...(await closing));
  }
  const textOn = async (page) =>
    [await box(page, SHARED).inputValue(), ...(await topics(page))].join(' ');
  const isWhole = async (page) => wrong(await textOn(page), all).length === 0;
  await until('Every word stands once on the phone', () => isWhole(first));
  await until('Every word stands once on the laptop', () => isWhole(mette));
  await first.reload();
  await openAgenda(first);
  await until('Every word is there after the page was loaded again', () => isWhole(first));
  return { value: `${all.length} of ${all.length} words once`, held: true };
});
