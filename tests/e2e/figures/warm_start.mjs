// From opening the app until the plan stands there, with the server stopped and a sixth of the processor.
import { addGoal } from '../lib/deeds.mjs';
import { figure, median, seconds } from '../lib/figure.mjs';
import { expectSafe, go } from '../lib/hands.mjs';
import { within } from '../lib/patience.mjs';
import { course } from '../lib/people.mjs';
import { circumstances, slowProcessor } from '../lib/slowness.mjs';

const STARTS = 7;
const PROCESSOR = 6;
const BOUND_MS = 1_500;
const GOAL = 'Jeg vil have min egen bolig';

/** Runs in the page: promises the moment of the first frame that shows the goal. */
function watch(goal) {
  window.shown = new Promise((tell) => {
    const look = () => {
      if (document.querySelector('main')?.textContent.includes(goal)) tell(performance.now());
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

async function warmStart(context, address) {
  const page = await context.newPage();
  await page.addInitScript(watch, GOAL);
  const pace = await slowProcessor(page, PROCESSOR);
  await page.goto(address, { waitUntil: 'commit' });
  // Whoever looked for the words from outside would be given a part of the slow processor.
  const took = await within(30_000, 'The plan', page.evaluate(() => window.shown));
  await page.close();
  return { took, pace };
}

await figure('warm-start', '≤ 1.5 s', async (world) => {
  const { karin } = await course(world);
  await go(karin, 'Min plan');
  await addGoal(karin, GOAL);
  await expectSafe(karin);
  await karin.evaluate(() => navigator.serviceWorker.ready);
  const context = karin.context();
  await karin.close();
  await world.server.stop();

  const address = `${world.server.address}/plan`;
  await warmStart(context, address);
  const taken = [];
  for (let start = 0; start < STARTS; start++) taken.push(await warmStart(context, address));
  const value = median(taken.map(({ took }) => took));
  return { value: `${seconds(value)}, ${circumstances(taken)}`, held: value <= BOUND_MS };
});
