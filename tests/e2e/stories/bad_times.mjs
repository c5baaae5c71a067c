// What may go wrong around the app: the network, the server, the disk, a new version by halves.
import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { addGoal, addTopic, shareAgenda, topics } from '../lib/deeds.mjs';
import { expectHeading, expectSafe, expectText, follow, go, press, write } from '../lib/hands.mjs';
import { halfOfNextVersion, versionOf } from '../lib/next_version.mjs';
import { pause, until } from '../lib/patience.mjs';
import { CITIZEN, codeOn, coordinator, course, inviteCitizen, linkOf } from '../lib/people.mjs';
import { slowLine } from '../lib/slowness.mjs';
import { story } from '../lib/story.mjs';
import { Wire } from '../lib/wire.mjs';

story('A network that lets no socket through is enough, and is left in peace', async (world) => {
  const people = await course(world);
  const { mette, karin } = people;
  await karin.context().routeWebSocket(/\/live/, (socket) => socket.close());
  await karin.reload();
  await shareAgenda(people);
  await addTopic(karin, 'Uden om muren');
  await until('Mette has it', async () => (await topics(mette)).includes('Uden om muren'));
  await addTopic(mette, 'Også den anden vej');
  await until('Karin has it', async () => (await topics(karin)).includes('Også den anden vej'));
  await expectSafe(karin);
  let posts = 0;
  karin.on('request', (request) => { posts += new URL(request.url()).pathname === '/sync' ? 1 : 0; });
  await pause(12_000);
  assert.ok(posts >= 2, 'It goes on asking.');
  assert.ok(posts <= 8, `${posts} posts in 12 seconds of rest.`);
});

story('A server restored from before the phone came asks for a new code, and gets everything back', async (world) => {
  const mette = await coordinator(world);
  const code = await inviteCitizen(mette);
  await expectSafe(mette);
  await world.server.backUp();
  const karin = await world.phone();
  await karin.goto(linkOf(world, code));
  await expectHeading(karin, `Hej ${CITIZEN}`);
  await go(karin, 'Min plan');
  await addGoal(karin, 'Jeg vil have min egen bolig');
  await expectSafe(karin);
  await world.server.restore();
  await expectText(karin, 'Din telefon skal have en ny kode. Spørg din koordinator.');
  await go(karin, 'Min plan');
  await expectText(karin, 'Jeg vil have min egen bolig');
  await karin.reload();
  await expectText(karin, 'Jeg vil have min egen bolig');
  await expectText(karin, 'Din telefon skal have en ny kode. Spørg din koordinator.');
  await go(mette, 'Borgere');
  await follow(mette, CITIZEN);
  await press(mette, 'Lav en invitation');
  const again = await codeOn(mette);
  await follow(karin, 'Skriv koden');
  await write(karin, 'Din kode', '2222 2222');
  await press(karin, 'Åbn min plan');
  await expectText(karin, /Koden passer ikke/);
  await go(karin, 'Min plan');
  await expectText(karin, 'Jeg vil have min egen bolig');
  await karin.goto(linkOf(world, again));
  await expectHeading(karin, `Hej ${CITIZEN}`);
  await karin.getByText('Din telefon skal have en ny kode').waitFor({ state: 'detached' });
  await expectSafe(karin);
  await follow(mette, 'Se planen');
  await expectText(mette, 'Jeg vil have min egen bolig');
});

story('Half a new version is not taken, and the old one goes on opening', async (world) => {
  const { karin } = await course(world);
  await karin.evaluate(() => navigator.serviceWorker.ready);
  await karin.reload();
  await expectHeading(karin, `Hej ${CITIZEN}`);
  const site = await halfOfNextVersion();
  await world.server.serveInstead(site);
  const refused = await karin.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration.update();
    const coming = registration.installing;
    if (!coming) return 'nothing came';
    return new Promise((done) => {
      coming.addEventListener('statechange', () => done(coming.state));
    });
  });
  assert.equal(refused, 'redundant');
  await world.server.stop();
  await karin.reload();
  await expectHeading(karin, `Hej ${CITIZEN}`);
  assert.equal(await versionOf(karin), 'first');
  await rm(site, { recursive: true, force: true });
});

story('A line so slow that the app takes long to come is waited for', async (world) => {
  const page = await world.phone();
  // Ten seconds for the page alone, which carries a part of the app.
  await slowLine(page, 8_000);
  await page.addInitScript(() => {
    window.rescues = 0;
    new MutationObserver(() => { if (document.getElementById('rescue')) window.rescues += 1; })
      .observe(document, { childList: true, subtree: true });
  });
  const began = Date.now();
  await page.goto(world.server.address, { waitUntil: 'commit' });
  await page.locator('form input').waitFor({ timeout: 60_000 });
  const took = Date.now() - began;
  assert.ok(took > 25_000, `It took ${took} ms, which is not long.`);
  assert.equal(await page.evaluate(() => window.rescues), 0);
});

story('The app opens as it was put together before, and also where a half of it is damaged', async (world) => {
  const { karin } = await course(world);
  await go(karin, 'Min plan');
  await follow(karin, 'Se alle aftaler');
  const opened = () => expectHeading(karin, 'Mine aftaler');
  await opened();
  const bytesOf = (half) => karin.evaluate(async (half) => {
    const cache = await caches.open('medspil-module');
    const names = (await cache.keys()).filter((request) => new URL(request.url).pathname.startsWith(half));
    const kept = await Promise.all(names.map((name) => cache.match(name)));
    return Promise.all(kept.map(async (module) => (await module.arrayBuffer()).byteLength));
  }, half);
  const isWhole = async (half) => {
    const [bytes, ...others] = await bytesOf(half);
    return bytes > 100_000 && others.length === 0;
  };
  const areWhole = async () => await isWhole('/app-') && await isWhole('/later-');
  await until('Both halves are kept', areWhole);
  await karin.addInitScript(() => {
    window.coming = 0;
    addEventListener('medspil-coming', () => { window.coming += 1; });
  });
  await karin.reload();
  await opened();
  assert.equal(await karin.evaluate(() => window.coming), 0, 'Nothing was put together.');

  // 50,000 bytes of it no browser takes; its first 8 are a module in which nothing is.
  for (const [half, bytes] of [['/app-', 50_000], ['/app-', 8], ['/later-', 50_000], ['/later-', 8]]) {
    await karin.evaluate(async ([half, bytes]) => {
      const cache = await caches.open('medspil-module');
      const name = (await cache.keys()).find((request) => new URL(request.url).pathname.startsWith(half));
      const part = (await (await cache.match(name)).arrayBuffer()).slice(0, bytes);
      await cache.put(name, new Response(part, { headers: { 'content-type': 'application/wasm' } }));
      // As if the last time were long ago.
      sessionStorage.removeItem('medspil-panic');
    }, [half, bytes]);
    await karin.reload();
    await opened();
    await until('It was put together anew', () => karin.evaluate(() => window.coming > 0));
    await until('It is kept again', areWhole);
  }
  world.forgive(/is not a function|null function/);
});

story('An app that stops coming is not waited for', async (world) => {
  const page = await world.phone();
  await page.route(/\.folded$/, () => {});
  await page.goto(world.server.address, { waitUntil: 'commit' });
  await page.getByRole('heading', { name: 'Medspil vil ikke åbne' }).waitFor({ timeout: 20_000 });
});

story('A page that stops coming is not waited for', async (world) => {
  const wire = await Wire.to(world.server);
  wire.silentAfter = 50_000;
  const page = await world.phone();
  await page.goto(wire.address, { waitUntil: 'commit' });
  await page.getByRole('heading', { name: 'Medspil åbner nu' }).waitFor();
  await page.getByRole('heading', { name: 'Medspil vil ikke åbne' }).waitFor({ timeout: 25_000 });
  wire.close();
});

story('A page that was cut short is not run', async (world) => {
  const page = await world.phone();
  await page.route(`${world.server.address}/`, async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).slice(0, -50_000);
    const headers = response.headers();
    delete headers['content-encoding'];
    delete headers['content-length'];
    await route.fulfill({ body, headers });
  });
  await page.goto(world.server.address);
  await page.getByRole('heading', { name: 'Medspil vil ikke åbne' }).waitFor({ timeout: 25_000 });
  world.forgive(/The page was cut short/);
});

story('An old phone is sent to a page that it can read', async (world) => {
  const expectOld = (page) => page.getByRole('heading', { name: 'Din telefon er for gammel til Medspil' }).waitFor();
  const noModule = await world.phone();
  await noModule.addInitScript(() => { delete window.WebAssembly; });
  await noModule.goto(world.server.address);
  await expectOld(noModule);
  // One that knows neither modules nor hashes in a policy.
  const older = await world.phone();
  await older.route(`${world.server.address}/`, async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace('<script nomodule', '<script').replace(/type="module"/, 'type="unknown"');
    const policy = response.headers()['content-security-policy'].replace(/(script-src[^;]*?)( 'sha256-[^;]*);/, '$1;');
    await route.fulfill({ body, headers: { 'content-type': 'text/html', 'content-security-policy': policy } });
  });
  await older.goto(world.server.address);
  await expectOld(older);
  world.forgive(/Content Security Policy/);
});

story('A value the disk cannot read costs nothing but a look at the server', async (world) => {
  const { mette, karin } = await course(world);
  await go(karin, 'Min plan');
  await addGoal(karin, 'Jeg vil have min egen bolig');
  await expectSafe(karin);
  await go(karin, 'Min plan');
  // As when the file of a large value is gone: whoever reads it has their transaction ended.
  await karin.addInitScript(() => {
    const real = IDBObjectStore.prototype.getAll;
    const damaged = { merged: [], records: [], notes: [] };
    const ended = new WeakSet();
    IDBObjectStore.prototype.getAll = function (keys, ...more) {
      const found = damaged[this.name];
      if (found) {
        const isOne = indexedDB.cmp(keys.lower, keys.upper) === 0;
        if (isOne && found.length < 3) found.push(keys.lower);
        const isDamaged = found.some((key) => indexedDB.cmp(key, keys.lower) === 0);
        if (!ended.has(this.transaction) && (!isOne || isDamaged)) {
          ended.add(this.transaction);
          queueMicrotask(() => this.transaction.abort());
        }
      }
      return real.call(this, keys, ...more);
    };
  });
  await karin.reload();
  await expectText(karin, 'Jeg vil have min egen bolig');
  await addGoal(karin, 'Jeg vil have hund');
  await expectSafe(karin);
  await go(mette, 'Borgere');
  await follow(mette, CITIZEN);
  await follow(mette, 'Se planen');
  await expectText(mette, 'Jeg vil have hund');
});
