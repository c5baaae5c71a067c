// Every screen, empty and full, light and dark, on phone and laptop: axe finds nothing, nothing is off the
// measures, and a picture of each lies in target/pictures for people to look at.
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { LAPTOP, PHONE } from '../lib/browser.mjs';
import { figure } from '../lib/figure.mjs';
import { beyondTheEdge, offTheMeasure } from '../lib/measures.mjs';
import { everyScreen, show } from '../lib/screens.mjs';
import { IS_QUICK, PICTURES } from '../lib/surroundings.mjs';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const LAWS = ['wcag2a', 'wcag2aa', 'wcag2aaa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const RULES = { 'target-size': { enabled: true }, 'color-contrast-enhanced': { enabled: true } };
const ALL = [
  ['phone', PHONE.viewport, 'light'],
  ['phone', PHONE.viewport, 'dark'],
  ['laptop', LAPTOP.viewport, 'light'],
  ['laptop', LAPTOP.viewport, 'dark'],
];
const LOOKS = IS_QUICK ? [ALL[0], ALL[3]] : ALL;

async function violations(page) {
  await page.evaluate(AXE);
  return page.evaluate(async ([values, rules]) => {
    const found = await window.axe.run(document, { runOnly: { type: 'tag', values }, rules });
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
async function inspect(page, name, [size, viewport, colorScheme]) {
  const look = `${name}-${size}-${colorScheme}`;
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await unroll(page, viewport);
  await page.screenshot({ path: join(PICTURES, `${look}.png`) });
  const found = await violations(page);
  found.push(...(await offTheMeasure(page)), ...(await beyondTheEdge(page)));
  for (const { id, where } of found) console.error(`${look}: ${id}`, where);
  return found.length;
}

await figure('axe', '0 violations', async (world) => {
  await mkdir(PICTURES, { recursive: true });
  let [found, looks] = [0, 0];
  await everyScreen(world, async (screen) => {
    const { name, page } = screen;
    const own = page.viewportSize();
    await show(world, screen);
    for (const look of LOOKS) {
      found += await inspect(page, name, look);
      looks += 1;
    }
    await page.setViewportSize(own);
  });
  return { value: `${found} violations in ${looks} looks`, held: found === 0 };
});
