// Two tabs of one person, both writing, in two texts and in one; one is closed in mid-write. Then every
// word of both stands once, on this phone and with the coordinator.
import { addTopic, openAgenda, shareAgenda } from '../lib/deeds.mjs';
import { figure } from '../lib/figure.mjs';
import { box, expectHeading, expectSafe } from '../lib/hands.mjs';
import { until } from '../lib/patience.mjs';
import { course } from '../lib/people.mjs';
import { volume } from '../lib/surroundings.mjs';

const ROUNDS = volume(10, 3);
const WORDS = 12;
const SHARED = 'Hvorfor mødes vi?';

/** Types words that are all different, at the end of a text; answers those it typed whole. */
async function type(page, label, prefix, isOver = () => false) {
  const typed = [];
  for (let word = 0; word < WORDS && !isOver(); word++) {
    await box(page, label).press('Control+End');
    await page.keyboard.type(`${prefix}${word}. `, { delay: 8 });
    typed.push(`${prefix}${word}.`);
  }
  return typed;
}

/** Types until the page is closed under the fingers. */
async function typeUntilClosed(page, label, prefix) {
  const typed = [];
  try {
    for (let word = 0; ; word++) {
      await box(page, label).press('Control+End');
      await page.keyboard.type(`${prefix}${word}. `, { delay: 8 });
      typed.push(`${prefix}${word}.`);
    }
  } catch {
    return typed;
  }
}

function wrong(text, words) {
  return words.filter((word) => text.split(word).length !== 2);
}

await figure('two-tabs', 'nothing lost, nothing doubled', async (world) => {
  const people = await course(world);
  const { mette, karin } = people;
  await shareAgenda(people);
  await addTopic(karin, 'Min bolig');
  await expectSafe(karin);
  const all = [];
  let [first, second] = [karin, null];
  for (let round = 0; round < ROUNDS; round++) {
    second = await first.context().newPage();
    await second.goto(first.url());
    await expectHeading(second, 'Hvad skal vi tale om?');
    const label = round % 2 ? SHARED : 'Punkt 1';
    const closing = typeUntilClosed(second, label, `b${round}x`);
    const staying = type(first, SHARED, `a${round}x`);
    await staying;
    // The tab that leads is closed as often as the one that follows.
    await second.close({ runBeforeUnload: false });
    all.push(...(await staying), ...(await closing));
  }
  const textOn = async (page) =>
    (await box(page, SHARED).inputValue()) + (await box(page, 'Punkt 1').inputValue());
  const isWhole = async (page) => wrong(await textOn(page), all).length === 0;
  await until('Every word stands once on the phone', () => isWhole(first));
  await until('Every word stands once on the laptop', () => isWhole(mette));
  await first.reload();
  await openAgenda(first);
  await until('Every word is there after the page was loaded again', () => isWhole(first));
  return { value: `${all.length} of ${all.length} words once`, held: true };
});
