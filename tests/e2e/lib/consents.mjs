// Letting somebody see parts of life, as a citizen does.
import { choose, expectHeading, follow, press } from './hands.mjs';

/** From somebody's page on the map, or ("mere") from what they may see: these parts of life, and nothing else said.
    What they may see stands there afterwards, when the yes can no longer be taken back. */
export async function letSee(page, name, areas, what = 'noget') {
  await follow(page, `Lad ${name} se ${what}`);
  await expectHeading(page, `Hvad må ${name} se?`);
  for (const area of areas) await choose(page, area);
  await press(page, 'Gå videre');
  await press(page, 'Gå videre');
  await press(page, `Lad ${name} se det`);
  await isLetIn(page, name);
}

/** Somebody sees it when it can no longer be taken back: what they may see is opened then. */
export async function isLetIn(page, name) {
  const said = new RegExp(`^(Nu|Når du har net,) kan ${name} se det, du valgte\\.$`);
  await page.getByText(said).waitFor({ timeout: 20_000 });
  await follow(page, `Se, hvad ${name} må se`);
  await expectHeading(page, `Det må ${name} se`);
}
