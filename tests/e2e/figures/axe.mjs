// Every screen, empty, full and refused, light and dark, on phone and laptop, and on the laptop at 400 %: axe finds
// nothing, nothing is off the measures, and a picture of each lies in target/pictures for people to look at.
//
// The two processors walk side by side: each walk lives through the whole course, and looks at every other
// screen. In the smaller volume each screen is looked at twice, and the looks take turns.
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { LAPTOP, PHONE } from '../lib/browser.mjs';
import { figure } from '../lib/figure.mjs';
import { ZOOMED, beyondTheEdge, offTheMeasure } from '../lib/measures.mjs';
import { everyScreen, show } from '../lib/screens.mjs';
import { IS_QUICK, PICTURES } from '../lib/surroundings.mjs';
import { World } from '../lib/world.mjs';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const LAWS = ['wcag2a', 'wcag2aa', 'wcag2aaa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const RULES = { 'target-size': { enabled: true }, 'color-contrast-enhanced': { enabled: true } };
/** What it is called, how large, and in which colours. */
const LOOKS = [
  ['phone-light', PHONE.viewport, 'light'],
  ['laptop-dark', LAPTOP.viewport, 'dark'],
  ['zoomed', ZOOMED, 'light'],
  ['phone-dark', PHONE.viewport, 'dark'],
  ['laptop-light', LAPTOP.viewport, 'light'],
];
const WALKS = 2;

async function violations(page) {
  return page.evaluate(async ([values, rules]) => {
    const options = { runOnly: { type: 'tag', values }, rules, resultTypes: ['violations'] };
    const found = await window.axe.run(document, options);
    return found.violations.map(({ id, nodes }) => ({ id, where: nodes.map(({ html }) => html.slice(0, 160)) }));
  }, [LAWS, RULES]);
}

/** The viewport becomes as tall as the page, so that nothing lies behind a bar that is fixed. */
async function unroll(page, viewport) {
  await page.setViewportSize(viewport);
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ ...viewport, height: Math.max(height, viewport.height) });
}

/** Takes the picture and answers what is wrong, in one look. */
async function inspect(page, name, [look, viewport, colorScheme]) {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await unroll(page, viewport);
  await page.screenshot({ path: join(PICTURES, `${name}-${look}.png`) });
  const found = await violations(page);
  found.push(...(await offTheMeasure(page)), ...(await beyondTheEdge(page)));
  for (const { id, where } of found) console.error(`${name}-${look}: ${id}`, where);
  return found.length;
}

/** Two that differ, of all five in turn. */
function looksAt(number) {
  return IS_QUICK ? [0, 2].map((step) => LOOKS[(number + step) % LOOKS.length]) : LOOKS;
}

/** Lives through everything, and looks at every screen whose turn it is; answers what was found. */
async function walk(world, turn) {
  const seen = { found: 0, looks: 0, screens: 0, used: new Set() };
  await everyScreen(world, async (screen) => {
    const { name, page } = screen;
    const number = seen.screens++;
    // What a screen does to the course happens in both walks.
    const isSeen = number % WALKS === turn;
    if (!isSeen && !screen.then) return;
    const own = page.viewportSize();
    await show(world, screen);
    if (!isSeen) return;
    await page.evaluate(AXE);
    for (const look of looksAt(number)) {
      seen.found += await inspect(page, name, look);
      seen.looks += 1;
      seen.used.add(look[0]);
    }
    await page.setViewportSize(own);
  });
  return seen;
}

async function ofItsOwn(turn) {
  const world = await World.open();
  try {
    return await walk(world, turn);
  } catch (trouble) {
    await world.picture(`axe-${turn}`);
    throw trouble;
  } finally {
    await world.close();
  }
}

await figure('axe', '0 violations', async () => {
  await mkdir(PICTURES, { recursive: true });
  const all = await Promise.all(Array.from({ length: WALKS }, (_, turn) => ofItsOwn(turn)));
  const sum = (part) => all.reduce((total, seen) => total + seen[part], 0);
  const used = new Set(all.flatMap(({ used }) => [...used]));
  const value = `${sum('found')} violations in ${sum('looks')} looks at ${all[0].screens} screens`;
  const isWhole = used.size === LOOKS.length && sum('looks') >= 2 * all[0].screens;
  return { value, held: sum('found') === 0 && isWhole };
}, { world: false });
