import { World } from './lib/world.mjs';
import { slow3g, slowProcessor } from './lib/slowness.mjs';
const world = await World.open();
for (let i = 0; i < 2; i++) {
const page = await world.phone();
await page.addInitScript(() => { window.box = new Promise((tell) => { const look = () => (document.querySelector('form input') ? tell(performance.now()) : setTimeout(look, 20)); look(); }); });
await slow3g(page); await slowProcessor(page, 4);
await page.goto(world.server.address, { waitUntil: 'commit', timeout: 90000 });
const box = await page.evaluate(() => window.box);
const r = await page.evaluate(() => performance.getEntriesByType('resource').map((e) => [e.name.split('/').pop().slice(0, 24), Math.round(e.startTime), Math.round(e.responseStart), Math.round(e.responseEnd), e.transferSize, e.encodedBodySize]));
const nav = await page.evaluate(() => { const n = performance.getEntriesByType('navigation')[0]; return [n.responseStart, n.responseEnd, n.transferSize]; });
console.log('nav', nav, 'box', Math.round(box));
console.table(r);
await page.context().close();
}
await world.close();
