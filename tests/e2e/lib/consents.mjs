// Letting somebody see parts of life, as a citizen does.
import { choose, expectHeading, follow, press } from './hands.mjs';

/** From somebody's page on the map, or ("mere") from what they may see: these parts of life, and nothing else said.
    What they may see stands there afterwards. */
export async function letSee(page, name, areas, what = 'noget') {
  await follow(page, `Lad ${name} se ${what}`);
  await expectHeading(page, `Hvad må ${name} se?`);
  for (const area of areas) await choose(page, area);
  await press(page, 'Gå videre');
  await press(page, 'Gå videre');
  await press(page, `Lad ${name} se det`);
  await expectHeading(page, `Det må ${name} se`);
}
