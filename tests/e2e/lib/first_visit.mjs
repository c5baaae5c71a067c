// A first visit on Slow 3G with a quarter of the processor: when there is Danish text to read, and when
// there is a box to type the code in.
import { slow3g, slowProcessor } from './slowness.mjs';

const PROCESSOR = 4;

/** Milliseconds from the start of the visit until there is text. */
export const untilText = (world) => visit(world, (page) => page.waitForFunction(() => window.seen.text));

/** Milliseconds from the start of the visit until a letter could be typed. */
export const untilUsable = (world) =>
  visit(world, async (page) => {
    await page.getByLabel('Din kode').pressSequentially('K');
    return page.waitForFunction(() => window.seen.usable);
  });

async function visit(world, see) {
  const page = await world.phone();
  page.setDefaultTimeout(60_000);
  await page.addInitScript(watch);
  await slow3g(page);
  await slowProcessor(page, PROCESSOR);
  await page.goto(world.server.address, { waitUntil: 'commit' });
  const moment = await (await see(page)).jsonValue();
  await page.context().close();
  return moment;
}

/** Runs in the page. */
function watch() {
  window.seen = {};
  new PerformanceObserver((list) => {
    window.seen.text ??= list.getEntriesByName('first-contentful-paint')[0]?.startTime;
  }).observe({ type: 'paint', buffered: true });
  addEventListener('input', () => {
    window.seen.usable ??= performance.now();
  });
}
