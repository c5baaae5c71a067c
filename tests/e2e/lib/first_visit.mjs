// A first visit on Slow 3G with a quarter of the processor: when there is Danish text to read, and when
// there is a box to type the code in.
import { within } from './patience.mjs';
import { slow3g, slowProcessor } from './slowness.mjs';

const PROCESSOR = 4;
const LIMIT_MS = 90_000;

/** { took, pace }: milliseconds from the start of the visit until there is text, and the machine's pace. */
export const untilText = (world) => visit(world, (page) => page.evaluate(() => window.text));

/** { took, pace }: milliseconds from the start of the visit until a letter could be typed, and the pace. */
export const untilUsable = (world) =>
  visit(world, async (page) => {
    // A finger on the box, and a key. Playwright's own search for the box would take a tenth of a second.
    await page.evaluate(() => window.box.then((box) => box.focus()));
    await page.keyboard.press('K');
    return page.evaluate(() => window.usable);
  });

async function visit(world, see) {
  const page = await world.phone();
  await page.addInitScript(watch);
  await slow3g(page);
  const pace = await slowProcessor(page, PROCESSOR);
  await page.goto(world.server.address, { waitUntil: 'commit', timeout: LIMIT_MS });
  const took = await within(LIMIT_MS, 'The first visit', see(page));
  await page.context().close();
  return { took, pace };
}

/** Runs in the page, which promises its own moments: whoever looked from outside would be given a part of
    the slow processor. */
function watch() {
  window.text = new Promise((tell) => {
    const painted = (list) => list.getEntriesByName('first-contentful-paint').forEach((entry) => tell(entry.startTime));
    new PerformanceObserver(painted).observe({ type: 'paint', buffered: true });
  });
  window.box = new Promise((tell) => {
    const box = () => document.querySelector('form input');
    const look = new MutationObserver(() => { if (box()) { look.disconnect(); tell(box()); } });
    look.observe(document, { childList: true, subtree: true });
  });
  window.usable = new Promise((tell) => {
    addEventListener('input', () => tell(performance.now()), { once: true });
  });
}
