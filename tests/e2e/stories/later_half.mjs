// The later half of the citizens' app, which comes when the first screen stands, or does not.
import assert from 'node:assert/strict';
import { box, expectHeading, expectText, follow, go, press } from '../lib/hands.mjs';
import { LATER_HALF, coordinator, withFirstHalf } from '../lib/people.mjs';
import { story } from '../lib/story.mjs';

/** Her phone has asked for the later half by itself, and this was the answer. */
async function halfWay(world, answer) {
  let isAnswered;
  const answered = new Promise((tell) => { isAnswered = tell; });
  const karin = await withFirstHalf(world, await coordinator(world), async (route) => {
    await answer(route);
    isAnswered();
  });
  await answered;
  await go(karin, 'Min plan');
  return karin;
}

story('A screen that has not come says so, and comes when somebody asks again', async (world) => {
  const karin = await halfWay(world, (route) => route.abort());
  await follow(karin, 'Se alle aftaler');
  await expectHeading(karin, 'Siden er ikke her endnu');
  await expectText(karin, 'Prøv igen, når du har net.');
  await press(karin, 'Prøv igen');
  await expectHeading(karin, 'Siden er ikke her endnu');
  // What is here goes on.
  await go(karin, 'Min plan');
  await karin.unroute(LATER_HALF);
  await follow(karin, 'Se alle aftaler');
  await expectHeading(karin, 'Mine aftaler');
});

story('The plan says that dreams cannot be written yet, and they can when the rest has come', async (world) => {
  const karin = await halfWay(world, (route) => route.abort());
  await expectText(karin, 'Du kan skrive her, når du har net.');
  await karin.unroute(LATER_HALF);
  await press(karin, 'Prøv igen');
  await box(karin, 'Hvad drømmer du om?').waitFor();
  await karin.getByText('Du kan skrive her').waitFor({ state: 'detached' });
});

story('The later half of a version that the server no longer has costs one reload, and only when asked', async (world) => {
  const karin = await halfWay(world, (route) => route.fulfill({ status: 404 }));
  let loads = 0;
  karin.on('load', () => { loads += 1; });
  await karin.unroute(LATER_HALF);
  await go(karin, 'I dag');
  await go(karin, 'Min plan');
  assert.equal(loads, 0, 'nothing was asked for');
  await follow(karin, 'Se alle aftaler');
  await expectHeading(karin, 'Mine aftaler');
  assert.equal(loads, 1);
  world.forgive(/status of 404/);
});
