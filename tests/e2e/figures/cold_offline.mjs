// The browser is opened anew with the server stopped, again and again: it shows the plan each time.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchIn } from '../lib/browser.mjs';
import { addGoal } from '../lib/deeds.mjs';
import { figure } from '../lib/figure.mjs';
import { expectHeading, expectSafe, expectText, go } from '../lib/hands.mjs';
import { coordinator, inviteCitizen, linkOf } from '../lib/people.mjs';
import { volume } from '../lib/surroundings.mjs';

const STARTS = volume(50, 10);
const GOAL = 'Jeg vil have min egen bolig';

async function showsThePlan(folder, address) {
  const context = await launchIn(folder);
  try {
    const page = context.pages()[0];
    await page.goto(address);
    await expectHeading(page, 'Min plan');
    await expectText(page, GOAL);
    return true;
  } catch (trouble) {
    console.error(trouble);
    return false;
  } finally {
    await context.close();
  }
}

await figure('cold-offline', `${STARTS} of ${STARTS}`, async (world) => {
  const folder = await mkdtemp(join(tmpdir(), 'medspil-phone-'));
  const code = await inviteCitizen(await coordinator(world));
  const context = await launchIn(folder);
  const [karin] = context.pages();
  await karin.goto(linkOf(world, code));
  await expectHeading(karin, /^Hej/);
  await go(karin, 'Min plan');
  await addGoal(karin, GOAL);
  await expectSafe(karin);
  await karin.evaluate(() => navigator.serviceWorker.ready);
  await context.close();
  await world.server.stop();

  let shown = 0;
  for (let start = 0; start < STARTS; start++) {
    if (await showsThePlan(folder, `${world.server.address}/plan`)) shown += 1;
  }
  await rm(folder, { recursive: true, force: true });
  return { value: `${shown} of ${STARTS}`, held: shown === STARTS };
});
