// The people of a course, made as people are made: through the screen, from the first code.
import { expectHeading, go, press, write } from './hands.mjs';

export const COORDINATOR = 'Mette';
export const CITIZEN = 'Karin';

/** Types a code on the first screen. */
export async function enter(page, address, code) {
  await page.goto(address);
  await write(page, 'Din kode', code);
  await press(page, 'Åbn min plan');
}

/** The daily lead on a laptop, inside. */
export async function lead(world) {
  const page = await world.laptop();
  await enter(page, world.server.address, world.server.code);
  await expectHeading(page, /^Hej/);
  return page;
}

/** The lead makes a coordinator, whose invitation stands there at once; answers the code. */
export async function inviteCoordinator(page, name = COORDINATOR) {
  await go(page, 'Teamet');
  await write(page, 'Hvad hedder koordinatoren?', name);
  await press(page, 'Opret koordinator');
  return codeOn(page);
}

/** The coordinator starts a course, with an invitation; answers the code. What is typed as a name may have signs in it
    that no name has: it is `called` what is left. */
export async function inviteCitizen(page, name = CITIZEN, called = name) {
  await go(page, 'Borgere');
  await page.getByRole('link', { name: 'Start et forløb' }).click();
  await write(page, 'Hvad hedder borgeren?', name);
  await press(page, 'Start forløbet');
  await expectHeading(page, called);
  return codeOn(page);
}

/** The code on an invitation that works by now. */
export async function codeOn(page) {
  await page.getByText('Koden virker i 24 timer.').waitFor();
  return page.getByText(/^[2-9A-HJ-NP-Z]{4} [2-9A-HJ-NP-Z]{4}$/).innerText();
}

/** A coordinator on a laptop, inside. */
export async function coordinator(world) {
  const code = await inviteCoordinator(await lead(world));
  const page = await world.laptop();
  await enter(page, world.server.address, code);
  await expectHeading(page, /^Hej/);
  return page;
}

/** The link that the phone's camera reads. */
export const linkOf = (world, code) => `${world.server.address}/i#${code.replace(' ', '')}`;

/** A coordinator on a laptop and a citizen on a phone, in one course. */
export async function course(world) {
  const mette = await coordinator(world);
  const code = await inviteCitizen(mette);
  const karin = await world.phone();
  await karin.goto(linkOf(world, code));
  await expectHeading(karin, `Hej ${CITIZEN}`);
  await expectBothHalves(karin);
  return { mette, karin };
}

/** All of the app is on this device: from now on it needs no network. */
const expectBothHalves = (page) =>
  page.waitForFunction(() => performance.getEntriesByType('resource').some(({ name }) => name.includes('/later-')));

export const LATER_HALF = /\/later-[^/]*\.folded$/;

/** A citizen whose phone has only the first half of the app; `answer` is what it gets for the other. */
export async function withFirstHalf(world, mette, answer) {
  const code = await inviteCitizen(mette);
  // Nobody but the page asks for it.
  const page = await world.phone({ serviceWorkers: 'block' });
  await page.route(LATER_HALF, answer);
  await page.goto(linkOf(world, code));
  await expectHeading(page, `Hej ${CITIZEN}`);
  return page;
}
