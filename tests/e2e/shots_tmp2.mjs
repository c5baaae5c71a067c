import { World } from './lib/world.mjs';
import { course } from './lib/people.mjs';
import { addAgreement, addGoal, goalStep, sayHowItGoes } from './lib/deeds.mjs';
import { choose, expectHeading, follow, go, press } from './lib/hands.mjs';
const world = await World.open();
const out = '/tmp/wt-b-shots';
const shot = (page, name) => page.screenshot({ path: `${out}/${name}.png`, fullPage: true });
try {
  const { mette, karin } = await course(world);
  await go(karin, 'Min plan'); await follow(karin, 'Se, hvad der er nået'); await expectHeading(karin, 'Min tavle');
  await shot(karin, 'board-empty');
  await go(karin, 'Min plan');
  await addGoal(karin, 'Jeg vil have min egen bolig');
  await goalStep(karin, 'Skrive op til en bolig'); await goalStep(karin, 'Se på to lejligheder');
  await choose(karin, 'Skrive op til en bolig'); await choose(karin, 'Se på to lejligheder');
  await addAgreement(karin, 'Ringe til boligforeningen', 'Mette');
  await addAgreement(karin, 'Finde papirerne frem', 'Du');
  for (const what of ['Ringe til boligforeningen', 'Finde papirerne frem']) {
    const card = karin.getByRole('main').locator('.card', { hasText: what });
    await press(card, 'Se mere'); await choose(card, 'Holdt'); await press(card, 'Vis mindre');
  }
  await karin.getByRole('switch', { name: 'Målet er nået' }).click();
  await go(karin, 'Min plan'); await follow(karin, 'Se, hvordan det går');
  await sayHowItGoes(karin, 'Bolig', { score: 'En del er svært', words: 'Jeg sover hos min søster.' });
  await sayHowItGoes(karin, 'Bolig', { score: 'Både let og svært', words: 'Jeg har fået nøgle til et værelse.' });
  await sayHowItGoes(karin, 'Penge', { score: 'Både let og svært' });
  await karin.waitForTimeout(11000);
  await shot(karin, 'two-lines');
  await karin.emulateMedia({ media: 'print' }); await karin.setViewportSize({ width: 700, height: 1000 });
  await shot(karin, 'how-print');
  await karin.emulateMedia({ media: 'screen' }); await karin.setViewportSize({ width: 360, height: 640 });
  await go(karin, 'Min plan'); await follow(karin, 'Se, hvad der er nået'); await expectHeading(karin, 'Min tavle');
  await shot(karin, 'board-full');
  await karin.emulateMedia({ media: 'print' }); await karin.setViewportSize({ width: 700, height: 1000 });
  await shot(karin, 'board-print');
  await go(mette, 'Borgere'); await follow(mette, 'Karin'); await follow(mette, 'Se planen'); await follow(mette, 'Se, hvad der er nået');
  await expectHeading(mette, 'Tavlen for Karin');
  await shot(mette, 'board-staff');
} catch (e) { console.log(e); } finally { console.log(world.complaints); await world.close(); }
