// What somebody wrote who was put out meanwhile: read and erased by the citizen, seen by whoever wrote it.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { addGoal, goalStep } from '../lib/deeds.mjs';
import { expectHeading, expectSafe, expectText, follow, go, press } from '../lib/hands.mjs';
import { codeOn, course } from '../lib/people.mjs';
import { until } from '../lib/patience.mjs';
import { story } from '../lib/story.mjs';
import { DEMO } from '../lib/surroundings.mjs';

const GOAL = 'Et sted at bo';
const WORDS = 'Ring til boligkontoret';

/** A device of the citizen's puts the coordinators out of the parts of her life. */
const putOut = ({ server }, code) =>
  promisify(execFile)(DEMO, ['--server', new URL(server.address).host, '--put-out', code]);

async function openGoal(mette) {
  await go(mette, 'Borgere');
  await follow(mette, 'Karin');
  await press(mette, 'Lav en invitation');
  const code = await codeOn(mette);
  await follow(mette, 'Se planen');
  await follow(mette, GOAL);
  await expectHeading(mette, 'Bolig');
  return code;
}

story('What was written by somebody who was put out meanwhile is read, and erased at the second tap', async (world) => {
  const { mette, karin } = await course(world);
  await go(karin, 'Min plan');
  await addGoal(karin, GOAL);
  await expectSafe(karin);
  const code = await openGoal(mette);
  await world.server.stop();
  await goalStep(mette, WORDS);
  await expectText(mette, 'Det sendes, når der er net.');
  const context = mette.context();
  await mette.close();
  await world.server.start();
  await putOut(world, code);

  const late = await context.newPage();
  await late.goto(world.server.address);
  await follow(late, 'Se hvad');
  await expectHeading(late, 'Det kom ikke med');
  await expectText(late, WORDS);
  await expectText(late, 'Det ligger også på serveren.');
  await expectText(late, 'På serveren går det væk af sig selv');

  await karin.goto(`${world.server.address}/hvem-ser-hvad`);
  await follow(karin, 'Noget kom for sent');
  await expectHeading(karin, 'Det kom for sent');
  await expectText(karin, WORDS);
  await expectText(karin, 'Til planen: Bolig.');
  await press(karin, 'Slet det');
  await press(karin, 'Behold det');
  await until('Nothing was erased', async () => (await karin.getByRole('button', { name: 'Ja, slet det' }).count()) === 0);
  await press(karin, 'Slet det');
  await press(karin, 'Ja, slet det');
  await expectText(karin, 'Her er ikke noget.');
  await karin.reload();
  await expectText(karin, 'Her er ikke noget.');
  assert.equal(await karin.getByText(WORDS).count(), 0);

  await late.reload();
  await expectText(late, WORDS);
  await until('It lies at the server no longer', async () => (await late.getByText('Det ligger også på serveren.').count()) === 0);
});
