// How hard the words of a screen are to read, in the numbers of ux.md. What people wrote themselves is theirs and
// is not counted.

/** LIX is only said of a screen with so many words: of fewer it is chance. */
export const WORDS_MIN = 20;
export const LIX_MAX = 25;
export const SENTENCE_WORDS_MAX = 12;
export const WORD_LETTERS_MAX = 12;

const LONG_LETTERS = 7;
const WORD = /[\p{L}\d]+(?:[-’'][\p{L}\d]+)*/gu;
// Not after a number ("3. december") and not after "kl.", where the sentence goes on.
const SENTENCE_END = /(?<=(?<!\d|\bkl)[.!?…:])\s+/u;

/**
 * `lix` is words in a sentence plus the share of words of 7 letters and more; `longest` is the sentence with the
 * most words; `tooLong` are the words over the bound that `explained` does not name.
 */
export function measured(blocks, explained = []) {
  const sentences = blocks.flatMap((block) => block.split(SENTENCE_END)).map(wordsOf).filter((words) => words.length);
  const words = sentences.flat();
  const long = words.filter((word) => letters(word) >= LONG_LETTERS);
  const lix = sentences.length ? words.length / sentences.length + (100 * long.length) / words.length : 0;
  const longest = sentences.reduce((one, other) => (other.length > one.length ? other : one), []);
  const isTooLong = (word) => letters(word) > WORD_LETTERS_MAX && !explained.includes(word.toLowerCase());
  return { words: words.length, lix, longest, tooLong: [...new Set(words.filter(isTooLong))] };
}

const wordsOf = (sentence) => sentence.match(WORD) ?? [];
const letters = (word) => word.replace(/[^\p{L}]/gu, '').length;

/** The words that stand on a screen, a block each: a heading, a paragraph, a button. */
export const blocksOn = (page) => page.evaluate(blocks);

/** Runs in the page. */
function blocks() {
  const isTheirs = (element) => element.closest('.own-words, textarea, select, script, style, noscript');
  const shown = (element) => element.checkVisibility({ visibilityProperty: true });
  const blockOf = (element) => {
    const { display } = getComputedStyle(element);
    return display.startsWith('inline') || display === 'contents' ? blockOf(element.parentElement) : element;
  };
  const found = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement, data } = walker.currentNode;
    if (!data.trim() || isTheirs(parentElement) || !shown(parentElement)) continue;
    const block = blockOf(parentElement);
    found.set(block, (found.get(block) ?? '') + data);
  }
  // What is quoted is theirs too.
  return [...found.values()].map((text) => text.replace(/«[^»]*»/g, ' '));
}
