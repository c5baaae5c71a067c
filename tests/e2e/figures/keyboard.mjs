// One whole story with the keyboard only, on a phone and on a laptop: no mouse and no finger comes near the
// citizen's page. At each stop it is asked whether somebody sees where they are, and hears it.
import { LAPTOP, PHONE } from '../lib/browser.mjs';
import { nextWeek } from '../lib/deeds.mjs';
import { figure } from '../lib/figure.mjs';
import { expectSafe, expectText } from '../lib/hands.mjs';
import { Keyboard } from '../lib/keyboard.mjs';
import { CITIZEN, coordinator, inviteCitizen } from '../lib/people.mjs';

const TOPICS = ['Min bolig', 'Penge til mad'];

/** In by a code that is typed. */
async function comeIn(keys, world, page, code) {
  await page.goto(world.server.address);
  await page.getByLabel('Din kode').waitFor();
  await keys.listen();
  await keys.write('Din kode', code);
  await page.keyboard.press('Enter');
  await keys.arrive(`Hej ${CITIZEN}`);
}

/** A first goal, a milestone, and a step that is done. */
async function goal(keys) {
  await keys.press('link', 'Skriv et mål');
  await keys.arrive('Et nyt mål');
  await keys.write('Hvad vil du gerne?', 'Jeg vil have min egen bolig');
  await keys.choose('Bolig');
  await keys.press('button', 'Gem målet');
  await keys.arrive('Bolig');
  await keys.press('button', 'Del målet op');
  await keys.write('Et delmål på vejen', 'Mine papirer er i orden');
  await keys.press('button', 'Gem delmålet');
  await keys.turn('checkbox', 'Mine papirer er i orden');
  await keys.write('Et lille skridt', 'Skrive op til en bolig');
  await keys.press('button', 'Gem skridtet');
  await keys.turn('checkbox', 'Skrive op til en bolig');
}

/** An agreement, how it stands, and whose words it is. */
async function agreement(keys, page) {
  await keys.press('button', 'Lav en aftale');
  await keys.write('Hvad skal gøres?', 'Ringe til boligforeningen');
  await keys.choose('Mette');
  await keys.press('button', 'Gem aftalen');
  await page.getByText(/^Mette/).first().waitFor();
  await keys.press('button', 'Se mere');
  await keys.choose('På vej');
  await keys.wander();
  await keys.press('link', 'Sagt af dig');
  await keys.arrive('Hvem har sagt det?');
  await keys.choose('Du, med hjælp');
  await keys.write('Hvad hedder den anden?', 'Ole');
  await keys.press('button', 'Gem, hvem det er');
  await keys.arrive('Bolig');
  await expectText(page, 'Sagt af dig. Hjælp fra Ole.');
}

/** A meeting, a topic on its agenda, and another place for it. */
async function agenda(keys, page) {
  await keys.press('link', 'Møder');
  await keys.arrive('Møder');
  await keys.press('link', 'Find en tid');
  await keys.arrive('Hvornår skal vi mødes?');
  const [year, month, day] = nextWeek().split('-');
  await keys.fillIn('Dag', nextWeek(), [day + month + year, month + day + year]);
  await keys.fillIn('Klokken', '10:30', ['1030', '1030A']);
  await keys.write('Sted', 'Biblioteket');
  await keys.press('button', 'Gem mødet');
  await keys.arrive('Hvad skal vi tale om?');
  for (const topic of TOPICS) {
    await keys.write('Nyt punkt', topic);
    await keys.press('button', 'Skriv et punkt');
    await page.getByLabel(`Punkt ${TOPICS.indexOf(topic) + 1}`, { exact: true }).waitFor();
  }
  await keys.press('button', 'Flyt punktet ned');
  await page.waitForFunction(([first]) => document.querySelector('.topic textarea, .topic input')?.value === first, [TOPICS[1]]);
}

/** Somebody on the map, moved there by arrows, and nearer by the list. */
async function network(keys, page) {
  await keys.press('link', 'Netværk');
  await keys.arrive('Mit netværk');
  await keys.press('link', 'Tilføj et menneske');
  await keys.arrive('Et menneske på dit kort');
  await keys.write('Navn', 'Jonas');
  await keys.choose('En fagperson');
  await keys.press('button', 'Sæt på kortet');
  await keys.arrive('Jonas');
  await keys.choose('Tæt på');
  await keys.press('link', 'Netværk');
  await keys.arrive('Mit netværk');
  await keys.to('button', /^Jonas\./);
  const place = () => page.getByRole('button', { name: /^Jonas\./ }).getAttribute('transform');
  const before = await place();
  await page.keyboard.press('ArrowLeft');
  if ((await place()) === before) throw new Error('No arrow moves Jonas.');
  await page.keyboard.press('Enter');
  await keys.arrive('Jonas');
}

/** A yes for one part of life, and taken back. */
async function consent(keys, page) {
  await keys.press('link', 'Lad Jonas se noget');
  await keys.arrive('Hvad må Jonas se?');
  await keys.turn('checkbox', 'Bolig');
  await keys.press('button', 'Gå videre');
  await keys.arrive('Hvorfor må Jonas se det?');
  await keys.press('button', 'Gå videre');
  await keys.arrive('Det her kan Jonas læse');
  // It takes no key in its first half second, in which nobody has read it.
  await page.locator('button:enabled', { hasText: 'Lad Jonas se det' }).waitFor();
  await keys.press('button', 'Lad Jonas se det');
  await keys.arrive('Jonas');
  await page.getByText('Nu kan Jonas se det, du valgte.').waitFor({ timeout: 20_000 });
  await keys.press('link', 'Se, hvad Jonas må se');
  await keys.arrive('Det må Jonas se');
  await keys.press('button', 'Luk for Bolig');
  await expectText(page, /Du har lukket for Bolig/);
  await keys.wander();
}

/** What I am called. */
async function settings(keys, page) {
  await keys.press('link', 'Hjælp');
  await keys.arrive('Hjælp');
  await keys.wander();
  await keys.press('link', 'Ret mit navn');
  await keys.arrive('Hvad skal vi kalde dig?');
  await keys.write('Navn', CITIZEN);
  await keys.press('button', 'Gem mit navn');
  await keys.arrive(`Hej ${CITIZEN}`);
  await keys.press('button', 'Spring over');
  // Somebody is on the map by now, and a meeting is found: nothing more is offered.
  await page.getByRole('button', { name: 'Spring over' }).waitFor({ state: 'detached' });
  for (const [tab, heading] of [['Min plan', 'Min plan'], ['Netværk', 'Mit netværk'], ['Møder', 'Møder']]) {
    await keys.press('link', tab);
    await keys.arrive(heading);
    await keys.wander();
  }
  await expectSafe(page);
}

async function wholeStory(world, mette, options) {
  const code = await inviteCitizen(mette);
  const page = await world.laptop(options);
  const keys = await Keyboard.of(page);
  try {
    await comeIn(keys, world, page, code);
    await goal(keys);
    await agreement(keys, page);
    await agenda(keys, page);
    await network(keys, page);
    await consent(keys, page);
    await settings(keys, page);
    return { keys, isComplete: true };
  } catch (trouble) {
    console.error(trouble);
    await world.picture('keyboard');
    return { keys, isComplete: false };
  } finally {
    await page.context().close();
  }
}

await figure('keyboard', 'complete, 0 faults', async (world) => {
  const mette = await coordinator(world);
  const told = [];
  for (const [size, { viewport }] of [['phone', PHONE], ['laptop', LAPTOP]]) {
    const { keys, isComplete } = await wholeStory(world, mette, { viewport });
    keys.faults.forEach((fault) => console.error(`${size}: ${fault}`));
    told.push({ size, keys, isComplete });
  }
  const faults = told.flatMap(({ keys }) => keys.faults);
  const stops = told.map(({ size, keys, isComplete }) => `${isComplete ? 'complete' : 'stopped'} on a ${size} after ${keys.stops} stops`);
  const held = faults.length === 0 && told.every(({ isComplete }) => isComplete);
  return { value: `${stops.join(', ')}; ${faults.length} faults`, held };
});
