// From an opened invitation to a first goal of one's own: how many taps, and how long somebody takes who looks
// for a second before each of them and writes slowly. Nothing else may be asked for on the way.
import { box, expectHeading } from '../lib/hands.mjs';
import { coordinator, inviteCitizen, linkOf } from '../lib/people.mjs';
import { pause } from '../lib/patience.mjs';
import { figure } from '../lib/figure.mjs';

const TAPS_MAX = 4;
const SECONDS_MAX = 60;
/** What somebody takes to find the next thing to touch, and a letter. */
const LOOK_MS = 1_000;
const KEY_MS = 200;
const GOAL = 'Jeg vil have min egen bolig';

/** Every finger on the glass, as the page itself feels it. */
async function countTaps(page) {
  let taps = 0;
  await page.exposeBinding('tapped', () => (taps += 1));
  await page.addInitScript(() => {
    addEventListener('pointerdown', (event) => event.isTrusted && window.tapped(), { capture: true });
  });
  return () => taps;
}

/** Looks for it, and touches it. */
async function tap(page, thing) {
  await thing.waitFor();
  await pause(LOOK_MS);
  await thing.tap();
}

await figure('first goal', `≤ ${TAPS_MAX} taps and ≤ ${SECONDS_MAX} s`, async (world) => {
  const code = await inviteCitizen(await coordinator(world));
  const karin = await world.phone();
  const taps = await countTaps(karin);
  const start = performance.now();
  await karin.goto(linkOf(world, code));
  await tap(karin, karin.getByRole('link', { name: 'Skriv et mål' }));
  await expectHeading(karin, 'Et nyt mål');
  await tap(karin, box(karin, 'Hvad vil du gerne?'));
  await karin.keyboard.type(GOAL, { delay: KEY_MS });
  await tap(karin, karin.getByText('Bolig', { exact: true }));
  await tap(karin, karin.getByRole('button', { name: 'Gem målet' }));
  await expectHeading(karin, 'Bolig');
  await box(karin, 'Målet').waitFor();
  const written = await box(karin, 'Målet').inputValue();
  await karin.getByText(/^Gemt /).first().waitFor();
  const seconds = (performance.now() - start) / 1000;
  const held = written === GOAL && taps() <= TAPS_MAX && seconds <= SECONDS_MAX;
  return { value: `${taps()} taps, ${seconds.toFixed(1)} s`, held };
});
