// Every screen a citizen sees, empty and full: how hard its words are. The table is printed, and lies in
// target/language.md; tests/e2e/language.md is the one of the last change of the texts.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { figure } from '../lib/figure.mjs';
import { LIX_MAX, SENTENCE_WORDS_MAX, WORDS_MIN, blocksOn, measured } from '../lib/language.mjs';
import { everyScreen, show } from '../lib/screens.mjs';
import { ROOT } from '../lib/surroundings.mjs';

const CITIZENS = /^(welcome|citizen)/;
// There were so many the last time; none may get away under another name.
const SCREENS_MIN = 54;
// Names longer than a word may be; what they are for is said beside them.
const EXPLAINED = ['psykiatrifonden', 'børnetelefonen', 'offerrådgivningen'];

function faults({ words, lix, longest, tooLong }) {
  const found = tooLong.map((word) => `the word ${word}`);
  if (words >= WORDS_MIN && lix > LIX_MAX) found.push(`LIX ${Math.round(lix)}`);
  if (longest.length > SENTENCE_WORDS_MAX) found.push(`${longest.length} words: ${longest.join(' ')}`);
  return found;
}

function table(screens) {
  const row = ({ name, words, lix, longest }) =>
    `| ${name} | ${words} | ${words < WORDS_MIN ? '' : Math.round(lix)} | ${longest.length} |`;
  return ['| screen | words | LIX | longest sentence |', '| --- | --- | --- | --- |', ...screens.map(row), ''].join('\n');
}

await figure('language', `LIX ≤ ${LIX_MAX}, sentences ≤ ${SENTENCE_WORDS_MAX} words`, async (world) => {
  const screens = [];
  await everyScreen(world, async (screen) => {
    await show(world, screen);
    if (CITIZENS.test(screen.name)) screens.push({ name: screen.name, ...measured(await blocksOn(screen.page), EXPLAINED) });
  });
  await writeFile(join(ROOT, 'target/language.md'), table(screens));
  console.log(table(screens));
  const judged = screens.filter(({ words }) => words >= WORDS_MIN).sort((one, other) => other.lix - one.lix);
  const worst = judged.slice(0, 3).map(({ name, lix }) => `${name} ${Math.round(lix)}`);
  const wrong = screens.flatMap((screen) => faults(screen).map((fault) => `${screen.name}: ${fault}`));
  wrong.forEach((fault) => console.error(fault));
  const value = `${wrong.length} faults on ${screens.length} screens; the worst: ${worst.join(', ')}`;
  return { value, held: wrong.length === 0 && screens.length >= SCREENS_MIN };
});
