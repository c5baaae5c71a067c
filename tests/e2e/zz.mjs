import { World } from './lib/world.mjs';
import { slow3g, slowProcessor } from './lib/slowness.mjs';
const world = await World.open();
for (let i = 0; i < 2; i++) {
const page = await world.phone();
await page.addInitScript(() => { window.log = [];
 const is = WebAssembly.instantiateStreaming; WebAssembly.instantiateStreaming = async (...a) => { const r = await is(...a); log.push(['instantiated', performance.now()]); return r; };
 const op = IDBFactory.prototype.open; IDBFactory.prototype.open = function (...a) { log.push(['open', performance.now()]); const r = op.apply(this, a); r.addEventListener('success', () => log.push(['opened', performance.now()])); r.addEventListener('upgradeneeded', () => log.push(['upgrade', performance.now()])); return r; };
 const tx = IDBDatabase.prototype.transaction; IDBDatabase.prototype.transaction = function (...a) { log.push(['tx', performance.now()]); const t = tx.apply(this, a); t.addEventListener('complete', () => log.push(['txdone', performance.now()])); return t; };
  window.box = new Promise((tell) => { const look = () => (document.querySelector('form input') ? tell(performance.now()) : setTimeout(look, 20)); look(); }); });
await slow3g(page); await slowProcessor(page, 4);
await page.goto(world.server.address, { waitUntil: 'commit', timeout: 90000 });
const box = await page.evaluate(() => window.box);
const r = await page.evaluate(() => performance.getEntriesByType('resource').map((e) => [e.name.split('/').pop().slice(0, 24), Math.round(e.startTime), Math.round(e.responseStart), Math.round(e.responseEnd), e.transferSize, e.encodedBodySize]));
const nav = await page.evaluate(() => { const n = performance.getEntriesByType('navigation')[0]; return [n.responseStart, n.responseEnd, n.transferSize]; });
console.log(JSON.stringify((await page.evaluate(() => log)).map(([a, b]) => a + ' ' + Math.round(b))));console.log('nav', nav, 'box', Math.round(box));
console.table(r);
await page.context().close();
}
await world.close();
