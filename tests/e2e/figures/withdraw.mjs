// From the tap that takes a consent back to the screen of the one it was given to; and to her own, with no network.
import { letSee } from '../lib/consents.mjs';
import { addGoal, addPerson } from '../lib/deeds.mjs';
import { figure, ms, percentile } from '../lib/figure.mjs';
import { expectHeading, expectSafe, expectText, follow, go, press } from '../lib/hands.mjs';
import { codeOn, course, linkOf } from '../lib/people.mjs';
import { volume } from '../lib/surroundings.mjs';

const TIMES = volume(15, 5);
const THERE_MS = 1_000;
const HERE_MS = 250;
const OPEN = 'Luk for Bolig';

/** The moment these words stand on the screen, or no longer do, looked for at every frame. */
const noteWords = ({ words, gone }) => {
  window.stood = undefined;
  const look = () => {
    if (document.body.innerText.includes(words) !== gone) window.stood = performance.timeOrigin + performance.now();
    else requestAnimationFrame(look);
  };
  look();
};

const noteTap = () => {
  document.addEventListener('click', (event) => {
    window.tapped = performance.timeOrigin + event.timeStamp;
  }, { once: true, capture: true });
};

const stood = async (page) => {
  await page.waitForFunction(() => window.stood !== undefined);
  return page.evaluate(() => window.stood);
};

/** How long it took, in ms, until it was so here and, where there is a network, there. */
async function withdraw(karin, guest) {
  await karin.evaluate(noteTap);
  await karin.getByRole('button', { name: OPEN }).waitFor();
  await karin.evaluate(noteWords, { words: OPEN, gone: true });
  await guest?.evaluate(noteWords, { words: 'Der er ikke noget at se', gone: false });
  await press(karin, OPEN);
  const tapped = await karin.evaluate(() => window.tapped);
  const here = (await stood(karin)) - tapped;
  return { here, there: guest ? (await stood(guest)) - tapped : undefined };
}

await figure('withdraw', 'there p95 ≤ 1 s, here at once (≤ 250 ms)', async (world) => {
  const { karin } = await course(world);
  await go(karin, 'Min plan');
  await addGoal(karin, 'Min egen bolig', 'Bolig');
  await go(karin, 'Netværk');
  await addPerson(karin, 'Jonas', 'En fagperson');
  await letSee(karin, 'Jonas', ['Bolig']);
  await press(karin, 'Lav en invitation');
  const guest = await world.phone();
  await guest.goto(linkOf(world, await codeOn(karin)));
  await expectHeading(guest, 'Delt med dig');
  const there = [];
  const here = [];
  for (let time = 0; time < TIMES; time++) {
    const took = await withdraw(karin, guest);
    there.push(took.there);
    here.push(took.here);
    await letSee(karin, 'Jonas', ['Bolig'], 'mere');
    await expectHeading(guest, 'Delt med dig');
    await expectSafe(karin);
  }
  await world.server.stop();
  const offline = [];
  for (let time = 0; time < TIMES; time++) {
    offline.push((await withdraw(karin)).here);
    await expectText(karin, 'Hos Jonas gælder det først, når du har net.');
    await letSee(karin, 'Jonas', ['Bolig'], 'mere');
    await follow(karin, 'Tilbage');
    await follow(karin, /Jonas/);
  }
  const [there95, here95] = [percentile(there, 0.95), percentile([...here, ...offline], 0.95)];
  const value = `there p95 ${ms(there95)}, here p95 ${ms(here95)}, of ${TIMES} with and ${TIMES} without a network`;
  return { value, held: there95 <= THERE_MS && here95 <= HERE_MS };
});
