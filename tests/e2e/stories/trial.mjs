// A trial: an agreement that is made to learn from.
import { addGoal } from '../lib/deeds.mjs';
import { box, choose, expectHeading, expectSafe, expectText, follow, go, press, write } from '../lib/hands.mjs';
import { course } from '../lib/people.mjs';
import { until } from '../lib/patience.mjs';
import { story } from '../lib/story.mjs';

story('A trial is made, ended and learnt from with no server from start to end, and seen by the coordinator', async (world) => {
  const { mette, karin } = await course(world);
  await world.server.stop();
  await go(karin, 'Min plan');
  await addGoal(karin, 'Sove bedre', 'Krop og helbred');
  await press(karin, 'Lav en aftale');
  await write(karin, 'Hvad skal gøres?', 'Gå en tur om aftenen');
  await choose(karin, 'Du');
  await choose(karin, /^Det er et forsøg/);
  await press(karin, 'Gem aftalen');
  await expectText(karin, 'Forsøg');
  await until('Nothing is asked yet', async () => (await karin.getByLabel('Hvad lærte du?').count()) === 0);
  await press(karin, 'Se mere');
  await choose(karin, 'Ikke holdt');
  await box(karin, 'Hvad lærte du?').fill('Morgen er bedre');
  await go(karin, 'Min plan');
  await follow(karin, 'Se alle aftaler');
  await expectText(karin, 'Det lærte vi');
  await expectText(karin, 'Morgen er bedre');

  await world.server.start();
  await expectSafe(karin);
  await go(mette, 'Borgere');
  await follow(mette, 'Karin');
  await follow(mette, 'Se planen');
  await follow(mette, 'Se alle aftaler');
  await expectHeading(mette, 'Aftaler med Karin');
  await expectText(mette, 'Morgen er bedre');
  await follow(mette, 'Gå en tur om aftenen');
  await box(mette, 'Hvad lærte du?').press('End');
  await mette.keyboard.type(' end aften');
  await expectText(karin, 'Morgen er bedre end aften');
});
