// A first visit on Slow 3G with a quarter of the processor: when there is Danish text to read, and when
// there is a box to type the code in.
import { slow3g, slowProcessor } from './slowness.mjs';

const PROCESSOR = 4;

/** Milliseconds from the start of the visit until text, and until typing. */
export async function firstVisit(world) {
  const page = await world.phone();
  await page.addInitScript(watch);
  await slow3g(page);
  await slowProcessor(page, PROCESSOR);
  page.setDefaultTimeout(60_000);
  await page.goto(world.server.address, { waitUntil: 'commit', timeout: 60_000 });
  const box = page.getByLabel('Din kode');
  await box.waitFor();
  await box.pressSequentially('K');
  const seen = await page.evaluate(() => window.seen);
  await page.context().close();
  return { text: seen.text, usable: seen.usable };
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
