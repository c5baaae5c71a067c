// What stands in sight, and what a page does when it is not as it was left: titles and addresses, a page that was put
// away, one that the browser translates, a computer that two sat before, and the way out when nothing opens.
import assert from 'node:assert/strict';
import { addGoal, addPerson } from '../lib/deeds.mjs';
import { expectHeading, expectText, follow, go, press, write } from '../lib/hands.mjs';
import { CITIZEN, course, inviteCitizen, coordinator, linkOf } from '../lib/people.mjs';
import { story } from '../lib/story.mjs';

/** What a stranger can read of a page without looking at it. */
const outside = async (page) => `${await page.title()} ${new URL(page.url()).pathname}`;
const NOTHING = /^Medspil \/[a-z]{0,2}$/;
const words = (page) => page.evaluate(() => document.body.innerText);
const GOAL = 'Jeg vil have min egen bolig';

async function withGoal(world) {
  const people = await course(world);
  await go(people.karin, 'Min plan');
  await addGoal(people.karin, GOAL);
  await go(people.karin, 'Min plan');
  await expectText(people.karin, GOAL);
  return people;
}

story('Titles and addresses say nothing, and an address from before still leads there', async (world) => {
  const { karin } = await course(world);
  for (const tab of ['I dag', 'Min plan', 'Netværk', 'Møder']) {
    await go(karin, tab);
    assert.match(await outside(karin), NOTHING);
  }
  await karin.goto(`${world.server.address}/hvem-ser-hvad`);
  await expectHeading(karin, 'Hvem ser hvad');
  assert.match(await outside(karin), NOTHING);
});

story('What is put away is out of the page, stays away, and comes back as it was', async (world) => {
  const { karin } = await withGoal(world);
  await write(karin, 'Hvad drømmer du om?', 'En have');
  await press(karin, 'Gem væk');
  assert.doesNotMatch(await karin.content(), /egen bolig/);
  await karin.locator('.blank-back').click();
  await expectText(karin, GOAL);
  assert.equal(await karin.getByLabel('Hvad drømmer du om?').first().inputValue(), 'En have');
  await press(karin, 'Gem væk');
  await karin.reload();
  await karin.locator('.blank-back').waitFor();
  await karin.waitForTimeout(2_000);
  assert.doesNotMatch(await karin.content(), /egen bolig/);
  await karin.locator('.blank-back').click();
  await expectText(karin, GOAL);
});

/** As Google Translate does: fonts with other words in the place of each text. Runs in the page. */
function translate() {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walk.nextNode()) if (walk.currentNode.data.trim() && !walk.currentNode.parentNode.closest('script, style, font, textarea')) texts.push(walk.currentNode);
  for (const text of texts) {
    const [outer, inner] = [document.createElement('font'), document.createElement('font')];
    inner.textContent = `[${text.data}]`;
    outer.append(inner);
    text.parentNode.replaceChild(outer, text);
  }
}

story('A page that the browser translates says what is so now, and no more what was', async (world) => {
  const { karin } = await withGoal(world);
  await karin.evaluate(translate);
  await expectText(karin, `[${GOAL}]`);
  // What is heard is said more seldom.
  const saved = karin.locator('.saved-words');
  await saved.getByText('Gemt sikkert').waitFor();
  await world.server.stop();
  await karin.locator('main textarea, main input').first().fill('En have');
  await karin.locator('main button').first().click();
  await saved.getByText('Gemt på din telefon').waitFor();
  assert.doesNotMatch(await saved.innerText(), /Gemt sikkert/);
  await karin.evaluate(translate);
  await world.server.start();
  await saved.getByText('Gemt sikkert').waitFor();
  assert.doesNotMatch(await saved.innerText(), /Gemt på din telefon/);
});

story('When two are done sitting together they are done in every tab', async (world) => {
  const { mette } = await withGoal(world);
  await go(mette, 'Borgere');
  await follow(mette, CITIZEN);
  await press(mette, 'Sid sammen');
  await expectHeading(mette, `Hej ${CITIZEN}`);
  const kept = await mette.evaluate(() => JSON.stringify({ ...sessionStorage }));
  // As a tab that is duplicated, or brought back by the browser.
  const copy = async () => {
    const page = await mette.context().newPage();
    await page.addInitScript((all) => {
      if (!sessionStorage.length) Object.entries(JSON.parse(all)).forEach(([key, value]) => sessionStorage.setItem(key, value));
    }, kept);
    await page.goto(world.server.address);
    return page;
  };
  const second = await copy();
  await expectHeading(second, `Hej ${CITIZEN}`);
  await press(mette, 'Færdig');
  await expectHeading(second, 'Hej Mette');
  await expectHeading(await copy(), 'Hej Mette');
});

const dot = (page, name) => page.getByRole('button', { name: new RegExp(`^${name}\\.`) });

story('On the map a tap opens one thing, a finger moves somebody and not the page, and a bare click counts', async (world) => {
  const { karin } = await course(world);
  await go(karin, 'Netværk');
  await addPerson(karin, 'Jonas', 'En af mine egne');
  await go(karin, 'Netværk');
  const face = dot(karin, 'Jonas').locator('.ring-face');
  await face.scrollIntoViewIfNeeded();
  const before = await dot(karin, 'Jonas').getAttribute('transform');
  const { x, y, width, height } = await face.boundingBox();
  const [left, top] = [x + width / 2, y + height / 2];
  const scrolled = () => karin.evaluate(() => scrollY);
  const was = await scrolled();
  const finger = await karin.context().newCDPSession(karin);
  const touch = (type, points) => finger.send('Input.dispatchTouchEvent', { type, touchPoints: points });
  await touch('touchStart', [{ x: left, y: top }]);
  for (let step = 1; step <= 10; step += 1) await touch('touchMove', [{ x: left + 2 * step, y: top - 4 * step }]);
  await touch('touchEnd', []);
  await karin.waitForTimeout(300);
  assert.equal(await scrolled(), was, 'the page stands still');
  assert.notEqual(await dot(karin, 'Jonas').getAttribute('transform'), before, 'and Jonas does not');
  await expectHeading(karin, 'Mit netværk');
  // A tap: nothing of it is left for the page that comes.
  await karin.evaluate(() => {
    window.clicks = 0;
    addEventListener('click', () => { window.clicks += 1; }, true);
    addEventListener('pointerup', () => { window.atPointerUp = document.querySelector('h1').textContent; });
  });
  await dot(karin, 'Jonas').locator('.ring-face').tap();
  await expectHeading(karin, 'Jonas');
  assert.deepEqual(await karin.evaluate(() => [window.clicks, window.atPointerUp]), [1, 'Mit netværk']);
  await karin.goBack();
  await dot(karin, 'Jonas').evaluate((element) => element.dispatchEvent(new MouseEvent('click', { bubbles: true })));
  await expectHeading(karin, 'Jonas');
});

story('"Start forfra" clears nothing before the whole new app is here', async (world) => {
  const { karin } = await withGoal(world);
  await karin.evaluate(() => navigator.serviceWorker.ready);
  const files = () => karin.evaluate(async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith('medspil-') && name !== 'medspil-notes');
    const all = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).length));
    return [all.reduce((sum, count) => sum + count, 0), (await navigator.serviceWorker.getRegistrations()).length];
  });
  const had = await files();
  const panic = async () => {
    await karin.evaluate(() => {
      sessionStorage.setItem('medspil-panic', String(Date.now()));
      dispatchEvent(new Event('medspil-panic'));
    });
    await karin.getByRole('button', { name: 'Start forfra' }).click();
  };
  // A hotel's log-in page answers to every name.
  await karin.context().route('**/*', (route) => route.fulfill({ status: 200, contentType: 'text/html', body: '<h1>Log ind</h1>' }));
  await panic();
  await karin.getByRole('heading', { name: 'Appen kan ikke hentes nu' }).waitFor();
  assert.deepEqual(await files(), had);
  await karin.context().unroute('**/*');
  await karin.context().route('**/*', (route) => route.fulfill({ status: 502, body: 'Bad gateway' }));
  await panic();
  await karin.getByRole('heading', { name: 'Appen kan ikke hentes nu' }).waitFor();
  assert.deepEqual(await files(), had);
  await world.server.stop();
  await karin.reload();
  await expectText(karin, GOAL);
  await karin.context().unroute('**/*');
  await world.server.start();
  await panic();
  await expectText(karin, `Hej ${CITIZEN}`);
  assert.equal((await files())[1], 1);
  world.forgive(/502|MIME|ServiceWorker|panic/);
});

story('A code is not used up inside another app before that is said', async (world) => {
  const code = await inviteCitizen(await coordinator(world));
  const inside = await world.phone({ userAgent: 'Mozilla/5.0 (Linux; Android 14; SM-A155F; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/466.0;]' });
  await inside.goto(linkOf(world, code));
  await expectText(inside, 'Du er inde i en anden app nu.');
  const phone = await world.phone();
  await phone.goto(linkOf(world, code));
  await expectHeading(phone, `Hej ${CITIZEN}`);
});

story('The tab that is seen leads when the one that leads is stopped, and that one begins anew', async (world) => {
  const { karin, mette } = await withGoal(world);
  const second = await karin.context().newPage();
  await second.goto(world.server.address);
  await expectText(second, `Hej ${CITIZEN}`);
  await go(second, 'Min plan');
  const debug = await karin.context().newCDPSession(karin);
  await debug.send('Debugger.enable');
  await debug.send('Debugger.pause');
  // What it pauses at comes at its next step.
  await karin.waitForTimeout(1_000);
  const begun = Date.now();
  await write(second, 'Hvad drømmer du om?', 'En have med roser');
  await press(second, 'Gem drømmen');
  await go(mette, 'Borgere');
  await follow(mette, CITIZEN);
  await follow(mette, 'Se planen');
  await mette.getByRole('textbox').filter({ hasText: 'En have med roser' }).or(mette.locator('.co-text-copy', { hasText: 'En have med roser' })).first().waitFor({ state: 'attached', timeout: 20_000 });
  console.log(`    another tab leads after ${Date.now() - begun} ms`);
  const anew = karin.waitForEvent('load', { timeout: 20_000 });
  await debug.send('Debugger.disable');
  await anew;
  await go(karin, 'Min plan');
  await karin.locator('main', { hasText: 'En have med roser' }).waitFor();
  await second.getByText('Gemt sikkert').waitFor();
});

story('A database that another page holds is said to be held, and the app opens when it is let go of', async (world) => {
  const phone = await world.phone();
  await phone.goto(`${world.server.address}/robots.txt`);
  await phone.evaluate(() => new Promise((held) => {
    indexedDB.open('medspil', 1).onsuccess = (event) => { window.held = event.target.result; held(); };
  }));
  const page = await phone.context().newPage();
  await page.goto(world.server.address);
  await page.getByRole('heading', { name: 'Medspil er åben et andet sted' }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Start forfra' }).count(), 0);
  await phone.evaluate(() => window.held.close());
  await expectHeading(page, 'Velkommen');
  world.forgive(/404/);
});
