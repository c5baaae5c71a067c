// The later half of the citizens' app, which comes when the first screen stands, or does not.
import assert from 'node:assert/strict';
import { expectHeading, expectText, follow, go, press } from '../lib/hands.mjs';
import { LATER_HALF, coordinator, withFirstHalf } from '../lib/people.mjs';
import { story } from '../lib/story.mjs';

/** She has opened a screen of the later half. */
async function halfWay(world, answer) {
  const karin = await withFirstHalf(world, await coordinator(world), answer);
  await go(karin, 'Min plan');
  await follow(karin, 'Se alle aftaler');
  await expectHeading(karin, 'Siden er ikke her endnu');
  return karin;
}

story('A screen that has not come says so, and comes when somebody asks again', async (world) => {
  const karin = await halfWay(world, (route) => route.abort());
  await press(karin, 'Prøv igen');
  await expectHeading(karin, 'Siden er ikke her endnu');
  // What is here goes on.
  await go(karin, 'Min plan');
  await karin.unroute(LATER_HALF);
  await follow(karin, 'Se alle aftaler');
  await expectHeading(karin, 'Mine aftaler');
});

story('The later half of a version that the server no longer has costs one reload, and only when asked', async (world) => {
  const karin = await halfWay(world, (route) => route.fulfill({ status: 404 }));
  await karin.evaluate(() => { window.isThisPage = true; });
  await expectText(karin, 'Prøv igen, når du har net.');
  assert.equal(await karin.evaluate(() => window.isThisPage), true);
  await karin.unroute(LATER_HALF);
  await press(karin, 'Prøv igen');
  await expectHeading(karin, 'Mine aftaler');
  assert.equal(await karin.evaluate(() => window.isThisPage), undefined);
  world.forgive(/status of 404/);
});
