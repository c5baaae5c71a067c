// Sådan går det and Min tavle: said with no server, and seen by the coordinator when there is one.
import assert from 'node:assert/strict';
import { addGoal, goalStep, pick, sayHowItGoes } from '../lib/deeds.mjs';
import { box, choose, expectHeading, expectSafe, expectText, follow, go, press, write } from '../lib/hands.mjs';
import { course } from '../lib/people.mjs';
import { until } from '../lib/patience.mjs';
import { story } from '../lib/story.mjs';

/** What stands under a heading of the page. */
const region = (page, name) => page.getByRole('region', { name, exact: true });

/** The coordinator's own view of how it goes for the citizen. */
async function openForMette(mette) {
  await go(mette, 'Borgere');
  await follow(mette, 'Karin');
  await follow(mette, 'Se planen');
  await follow(mette, 'Se, hvordan det går');
  await expectHeading(mette, 'Sådan går det for Karin');
}

story('With no server from the start to the end a citizen says how it goes, and the coordinator sees it then', async (world) => {
  const { mette, karin } = await course(world);
  await expectSafe(karin);
  await world.server.stop();
  await go(karin, 'Min plan');
  await follow(karin, 'Se, hvordan det går');
  await expectHeading(karin, 'Sådan går det');
  await sayHowItGoes(karin, 'Bolig', { score: 'En del er svært', words: 'Jeg sover hos min søster' });
  await sayHowItGoes(karin, 'Bolig', { score: 'Både let og svært', words: 'Jeg har fået en nøgle' });
  await sayHowItGoes(karin, 'Penge', { words: 'Det vil jeg ikke have tal på' });
  await expectText(region(karin, 'Det er vokset'), 'fra 2 til 3');
  await press(karin, 'Skjul billedet');
  await karin.reload();
  await expectText(karin, 'Billedet er skjult.');
  await expectText(karin, '1 ting går bedre.');
  await expectText(karin, 'Jeg har fået en nøgle');
  assert.equal(await karin.locator('.web-picture').count(), 0);
  await world.server.start();
  await expectSafe(karin);

  await openForMette(mette);
  await expectText(region(mette, 'Det er vokset'), 'fra 2 til 3');
  await expectText(mette, 'Karin har skjult billedet.');
  await sayHowItGoes(mette, 'Bolig', { score: 'Det meste går godt', words: 'Du ringede selv' });
  await go(karin, 'I dag');
  await follow(karin, 'Mette sagde, hvordan det går: Bolig');
  await expectHeading(karin, 'Sådan går det');
  await follow(karin, 'Bolig');
  await expectText(region(karin, 'Mette siger'), 'Du ringede selv');
  await expectText(region(karin, 'Du siger'), 'Jeg har fået en nøgle');
});

story('A number is taken away again, a saying undone, thrown out and taken back', async (world) => {
  const { karin } = await course(world);
  await go(karin, 'Min plan');
  await follow(karin, 'Se, hvordan det går');
  await follow(karin, 'Bolig');
  await press(karin, 'Gem det, du siger');
  await expectText(karin, 'Vælg et tal, eller skriv noget.');
  await pick(karin, 'Meget er svært');
  await press(karin, 'Fjern tallet');
  assert.equal(await karin.getByRole('radio', { checked: true }).count(), 0);
  await pick(karin, 'Meget er svært');
  await press(karin, 'Gem det, du siger');
  await expectText(region(karin, 'Du siger'), 'Meget er svært');
  await press(karin, 'Fortryd');
  await region(karin, 'Du siger').waitFor({ state: 'detached' });
  await write(karin, 'Med dine egne ord', 'Det går bedre');
  await press(karin, 'Gem det, du siger');
  await expectText(region(karin, 'Du siger'), 'Det går bedre');
  await until('The box is empty again', async () => (await box(karin, 'Med dine egne ord').inputValue()) === '');
  await press(region(karin, 'Du siger'), 'Smid ud');
  await region(karin, 'Du siger').waitFor({ state: 'detached' });
  await go(karin, 'Min plan');
  await follow(karin, 'Smidt ud');
  await expectText(karin, 'Det går bedre');
  await press(karin.getByRole('main').locator('.card', { hasText: 'Det går bedre' }), 'Hent tilbage');
  await go(karin, 'Min plan');
  await follow(karin, 'Se, hvordan det går');
  await expectText(karin, 'Det går bedre');
});

story('While two sit together it is the citizen who speaks, and it says who wrote it down', async (world) => {
  const { mette, karin } = await course(world);
  await go(mette, 'Borgere');
  await follow(mette, 'Karin');
  await press(mette, 'Sid sammen');
  await expectHeading(mette, 'Hej Karin');
  await go(mette, 'Min plan');
  await follow(mette, 'Se, hvordan det går');
  await sayHowItGoes(mette, 'Krop og helbred', { score: 'Det går godt', words: 'Jeg sover igen' });
  await go(karin, 'Min plan');
  await follow(karin, 'Se, hvordan det går');
  await follow(karin, 'Krop og helbred');
  await expectText(region(karin, 'Du siger'), 'Jeg sover igen');
  await expectText(region(karin, 'Du siger'), 'Skrevet af Mette');
});

story('With no server from the start to the end a citizen reaches something, and it stands on both boards', async (world) => {
  const { mette, karin } = await course(world);
  await expectSafe(karin);
  await world.server.stop();
  await go(karin, 'Min plan');
  await follow(karin, 'Se, hvad der er nået');
  await expectHeading(karin, 'Min tavle');
  await expectText(karin, 'Her kommer det, der lykkes.');
  await follow(karin, 'Åbn planen');
  await addGoal(karin, 'Jeg vil have min egen bolig');
  await goalStep(karin, 'Ringe til kommunen');
  await choose(karin, 'Ringe til kommunen');
  await karin.getByRole('switch', { name: 'Målet er nået' }).click();
  await go(karin, 'Min plan');
  await follow(karin, 'Se, hvad der er nået');
  await expectText(region(karin, 'Mål, der er nået'), 'Jeg vil have min egen bolig');
  await expectText(region(karin, 'Små skridt, der er taget'), 'Ringe til kommunen');
  await world.server.start();
  await expectSafe(karin);
  await go(mette, 'Borgere');
  await follow(mette, 'Karin');
  await follow(mette, 'Se planen');
  await follow(mette, 'Se, hvad der er nået');
  await expectHeading(mette, 'Tavlen for Karin');
  await expectText(region(mette, 'Mål, der er nået'), 'Jeg vil have min egen bolig');
  // What a printer gets.
  await mette.emulateMedia({ media: 'print' });
  await expectText(mette, 'Ringe til kommunen');
  assert.equal(await mette.getByRole('button', { name: 'Print tavlen' }).isVisible(), false);
});
