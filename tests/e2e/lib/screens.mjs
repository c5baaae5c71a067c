// Every screen there is, empty and full, with who looks at it; found the way people find them.
import { PHONE } from './browser.mjs';
import {
  addAgreement, addGoal, addPerson, addSupport, addTopic, goalStep, makeMeeting, openAgenda, pick, sayHowItGoes,
  spoilUnsent,
} from './deeds.mjs';
import { box, choose, expectHeading, expectSafe, expectText, follow, go, press, write } from './hands.mjs';
import { letSee } from './consents.mjs';
import { citizensRefusals, staffsRefusals } from './refusals.mjs';
import { CITIZEN, codeOn, coordinator, enter, inviteCitizen, inviteCoordinator, linkOf, withFirstHalf } from './people.mjs';
import { Voices } from './voices.mjs';

/** A place to look at: what it is called, who looks, and what they do to get there from its address. */
const at = (name, page, path, then) => ({ name, page, path, then });

/** Goes to a screen, until it stands. */
export async function show(world, { page, path, then }) {
  await page.goto(world.server.address + path);
  await page.getByText('Medspil åbner nu').waitFor({ state: 'detached' });
  // What was put away stays away.
  const away = page.locator('.blank-back');
  if (await away.count()) await away.click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await then?.(page);
}

/** Calls `look` with each screen, in an order in which they can be seen. */
export async function everyScreen(world, look) {
  const all = async (screens) => {
    for (const screen of screens) await look(screen);
  };
  await all(strangers(await world.phone()));
  const mette = await coordinator(world);
  const [lead] = world.browser.contexts().flatMap((context) => context.pages()).slice(1, 2);
  await all([at('lead-team', lead, '/teamet')]);
  await all(emptyStaff(mette));
  const code = await inviteCitizen(mette);
  const course = new URL(mette.url()).pathname.split('/').at(-1);
  await all([at('staff-citizen-invited', mette, `/borgere/${course}`)]);
  await world.server.backUp();
  const karin = await world.phone();
  await karin.goto(linkOf(world, code));
  await expectHeading(karin, `Hej ${CITIZEN}`);
  await all(emptyCitizen(karin, { course }));
  const places = await fill(mette, karin);
  const guest = await letIn(world, karin, places);
  await all(citizensRefusals(at, karin, { ...places, course }));
  await all(fullCitizen(karin, { ...places, course }));
  await all(guests(guest, { course }));
  await all(staffsRefusals(at, mette));
  await all(fullStaff(mette, { ...places, course }));
  const half = await withFirstHalf(world, mette, (route) => route.abort());
  await all([at('citizen-not-here-yet', half, '/aftaler'), at('citizen-plan-not-whole', half, '/plan')]);
  await half.context().close();
  await withVoices(world, mette, (page) => all(heard(page)));
  await inviteCoordinator(lead, 'Sara');
  await world.server.stop();
  await all([
    at('citizen-offline', karin, places.agenda, (page) => addTopic(page, 'Skrevet uden net')),
    at('lead-team-stopping', lead, '/teamet', (page) => press(page, 'Annuller invitationen')),
  ]);
  await spoilUnsent(karin);
  await world.server.start();
  await all([
    at('citizen-today-not-taken', karin, '/', (page) => expectText(page, 'Noget kom ikke med.')),
    at('citizen-not-taken', karin, '/ikke-med'),
  ]);
  await world.server.restore();
  const forgotten = 'Din telefon skal have en ny kode. Spørg din koordinator.';
  await all([
    at('citizen-today-forgotten', karin, '/', (page) => expectText(page, forgotten)),
    at('citizen-code-again', karin, '/', (page) => follow(page, 'Skriv koden')),
  ]);
}

/** A citizen whose phone has voices. */
async function withVoices(world, mette, show) {
  const code = await inviteCitizen(mette, 'Else');
  const voices = await Voices.open();
  const browser = await voices.browser();
  try {
    const page = await (await world.join(await browser.newContext(PHONE))).newPage();
    await page.goto(linkOf(world, code));
    await expectHeading(page, 'Hej Else');
    await show(page);
  } finally {
    await browser.close();
    await voices.close();
  }
}

/** From the first voice to the button that stands on every page. */
const heard = (page) => [
  at('citizen-aloud', page, '/hjaelp/hoejt', (page) => expectText(page, 'Hør den først. Kan du forstå den?')),
  at('citizen-aloud-heard', page, '/hjaelp/hoejt', (page) => press(page, 'Hør stemmen')),
  at('citizen-aloud-on', page, '/hjaelp/hoejt', async (page) => {
    await press(page, 'Hør stemmen');
    await press(page, 'Ja, læs højt for mig');
  }),
  at('citizen-course-aloud', page, '/forloeb', (page) => expectText(page, 'Læs højt')),
];

/** Words in a box of a page that is not the one on the screen. */
async function unsent(page) {
  await write(page, 'Hvad drømmer du om?', 'Et sted med en have');
  await expectText(page, /er ikke tilføjet endnu/);
  await go(page, 'I dag');
}

/** Words are looked for, and the answer stands there. */
async function search(page, words) {
  await write(page, 'Hvad leder du efter?', words);
  await expectText(page, /^Det står /);
}

/** A place for a copy is chosen, and who will read it stands there. */
async function shareAsGoal(page) {
  await choose(page, 'Et mål i planen');
  await choose(page, 'Bolig');
  await expectText(page, /kan så læse det/);
}

const strangers = (page) => [
  at('welcome', page, '/'),
  at('welcome-wrong-code', page, '/', async () => {
    await enter(page, page.url(), '2222 2222');
    await expectText(page, /Koden passer ikke/);
  }),
  at('welcome-help', page, '/hjaelp'),
  at('welcome-file-in', page, '/fil/ind', (page) => expectText(page, /^Få først en kode/)),
];

const emptyStaff = (page) => [
  at('staff-today-empty', page, '/'),
  at('staff-citizens-empty', page, '/borgere'),
  at('staff-citizen-new', page, '/borgere/ny'),
  at('staff-meetings-empty', page, '/moeder'),
  at('staff-team', page, '/teamet'),
];

const emptyCitizen = (page, { course }) => [
  at('citizen-today-empty', page, '/'),
  at('citizen-plan-empty', page, '/plan'),
  at('citizen-promises-empty', page, '/aftaler'),
  at('citizen-network-empty', page, '/netvaerk'),
  at('citizen-how-empty', page, '/saadan-gaar-det'),
  at('citizen-how-area-empty', page, `/saadan-gaar-det/${course}/housing`),
  at('citizen-course-empty', page, '/forloeb'),
  at('citizen-board-empty', page, '/min-tavle'),
  at('citizen-support-empty', page, '/hjaelp-nu'),
  at('citizen-who-sees-empty', page, '/hvem-ser-hvad'),
  at('citizen-too-late-empty', page, '/kom-for-sent'),
  at('citizen-meetings-empty', page, '/moeder'),
  at('citizen-notebook-empty', page, '/kun-mig'),
  at('citizen-search-empty', page, '/soeg'),
  at('citizen-bin-empty', page, '/smidt-ud'),
  at('citizen-not-taken-empty', page, '/ikke-med'),
];

const fullCitizen = (page, { agenda, goal, person, support, note, consent, course }) => [
  at('citizen-today', page, '/'),
  at('citizen-plan', page, '/plan'),
  at('citizen-goal-new', page, `/plan/${course}/nyt`),
  at('citizen-goal', page, goal, () => press(page, 'Se mere')),
  at('citizen-goal-reword', page, goal, (page) => press(page, 'Ret ordene')),
  at('citizen-said', page, goal, async (page) => {
    await follow(page, 'Sagt af dig');
    await expectHeading(page, 'Hvem har sagt det?');
  }),
  at('citizen-agreement-new', page, goal, () => press(page, 'Lav en aftale')),
  at('citizen-promises', page, '/aftaler'),
  at('citizen-network', page, '/netvaerk'),
  at('citizen-person-new', page, `/netvaerk/${course}/nyt`),
  at('citizen-person', page, person, () => press(page, 'Skriv mere')),
  at('citizen-who-sees', page, '/hvem-ser-hvad'),
  at('citizen-let-see', page, `${person}/lad-se`),
  at('citizen-let-see-why', page, `${person}/lad-se`, why),
  at('citizen-let-see-sure', page, `${person}/lad-se`, sure),
  at('citizen-consent', page, consent),
  at('citizen-consent-closed', page, consent, async (page) => {
    await press(page, 'Luk for Penge');
    await expectText(page, /Du har lukket for Penge/);
  }),
  at('citizen-how', page, '/saadan-gaar-det'),
  at('citizen-how-hidden', page, '/saadan-gaar-det', async () => {
    await press(page, 'Skjul billedet');
    await expectText(page, 'Billedet er skjult.');
  }),
  at('citizen-how-area', page, `/saadan-gaar-det/${course}/housing`),
  at('citizen-how-area-chosen', page, `/saadan-gaar-det/${course}/body`, () => pick(page, 'Både let og svært')),
  at('citizen-course', page, '/forloeb', (page) => expectText(page, 'Det kommer nu')),
  at('citizen-board', page, '/min-tavle'),
  at('citizen-support', page, '/hjaelp-nu'),
  at('citizen-support-new', page, `/hjaelp-nu/${course}/ny`),
  at('citizen-support-one', page, support),
  at('citizen-meetings', page, '/moeder'),
  at('citizen-meeting-new', page, '/moeder/nyt'),
  at('citizen-agenda', page, agenda),
  at('citizen-agenda-thrown-out', page, agenda, () => press(page, 'Smid punktet ud')),
  at('citizen-meeting-time', page, `${agenda}/tid`),
  at('citizen-notebook', page, '/kun-mig'),
  at('citizen-note', page, note),
  at('citizen-note-share', page, `${note}/del`, shareAsGoal),
  at('citizen-search', page, '/soeg', (page) => search(page, 'jeg')),
  at('citizen-search-nothing', page, '/soeg', (page) => search(page, 'elefant')),
  at('citizen-bin', page, '/smidt-ud'),
  at('citizen-help', page, '/hjaelp'),
  at('citizen-places', page, '/hjaelp/steder', (page) => expectText(page, 'Alkolinjen')),
  at('citizen-aloud-none', page, '/hjaelp/hoejt', (page) => expectText(page, 'Din telefon har ingen dansk stemme.')),
  at('citizen-me', page, '/mig'),
  at('citizen-file', page, '/fil', (page) => expectHeading(page, 'Alt i en fil')),
  at('citizen-file-in', page, '/fil/ind', (page) => expectHeading(page, 'Hent fra en fil')),
  at('citizen-file-in-wrong', page, '/fil/ind', wrongFile),
  at('citizen-slip', page, goal, openSlip),
  at('citizen-nowhere', page, '/findes/ikke'),
  at('citizen-today-unsent', page, '/plan', unsent),
  at('citizen-hidden', page, '/', () => press(page, 'Gem væk')),
];

/** A file that is none of ours. */
async function wrongFile(page) {
  const file = { name: 'brev.json', mimeType: 'application/json', buffer: Buffer.from('{"a": 1}') };
  await page.getByLabel('Vælg fil').setInputFiles(file);
  await expectText(page, 'Intet er ændret.');
}

/** The paper of the first agreement of a goal. */
async function openSlip(page) {
  await press(page, 'Se mere');
  await follow(page, 'Skriv ud');
  await expectHeading(page, 'Aftale');
}

/** The second question of a consent, with reasons of their own. */
async function why(page) {
  for (const area of ['Bolig', 'Krop og helbred']) await choose(page, area);
  await press(page, 'Gå videre');
  await choose(page, 'Noget andet');
  await box(page, 'Skriv hvorfor').waitFor();
}

/** What they will see, before the yes. */
async function sure(page) {
  for (const area of ['Bolig', 'Krop og helbred']) await choose(page, area);
  await press(page, 'Gå videre');
  await press(page, 'Gå videre');
  await expectText(page, 'Jeg vil have min egen bolig');
}

const guests = (page, { course }) => [
  at('guest-today', page, '/'),
  at('guest-area', page, `/set/${course}/housing`),
  at('guest-area-empty', page, `/set/${course}/work`, (page) => expectText(page, 'Her står ikke noget endnu.')),
  at('guest-consent', page, '/', async (page) => {
    await follow(page, /har sagt ja til/);
    await expectHeading(page, /^Det må du se hos/);
  }),
  at('guest-help', page, '/hjaelp'),
  at('guest-nothing', page, '/', async (page) => {
    await follow(page, /har sagt ja til/);
    await press(page, 'Jeg vil ikke se det mere');
    await expectHeading(page, 'Der er ikke noget at se');
  }),
];

const fullStaff = (page, { agenda, goal, person, support, consent, course }) => [
  at('staff-today', page, '/'),
  at('staff-citizens', page, '/borgere'),
  at('staff-citizen', page, `/borgere/${course}`),
  at('staff-plan', page, `/plan/${course}`),
  at('staff-goal-new', page, `/plan/${course}/nyt`),
  at('staff-goal', page, goal),
  at('staff-said', page, goal, async (page) => {
    await follow(page, `Sagt af ${CITIZEN}`);
    await expectHeading(page, 'Hvem har sagt det?');
    await pick(page, 'En fagperson');
  }),
  at('staff-promises', page, `/aftaler/${course}`),
  at('staff-network', page, `/netvaerk/${course}`),
  at('staff-person', page, person),
  at('staff-who-sees', page, `/hvem-ser-hvad/${course}`),
  at('staff-too-late-empty', page, `/kom-for-sent/${course}`),
  at('staff-consent', page, consent),
  at('staff-how', page, `/saadan-gaar-det/${course}`),
  at('staff-how-area', page, `/saadan-gaar-det/${course}/housing`),
  at('staff-course', page, `/forloeb/${course}`, (page) => press(page, 'Gå videre til «Vi begynder»')),
  at('staff-board', page, `/min-tavle/${course}`),
  at('staff-support', page, `/hjaelp-nu/${course}`),
  at('staff-support-one', page, support.replace('/hjaelp-nu', `/hjaelp-nu/${course}`)),
  at('staff-meetings', page, '/moeder'),
  at('staff-meeting-new', page, `/moeder/nyt/${course}`),
  at('staff-agenda', page, agenda),
  at('staff-search', page, `/soeg/${course}`, (page) => search(page, 'bolig')),
  at('staff-bin', page, `/smidt-ud/${course}`),
  at('staff-beside-today', page, `/borgere/${course}`, async (page) => {
    await press(page, 'Sid sammen');
    await expectHeading(page, `Hej ${CITIZEN}`);
  }),
  at('staff-beside-agenda', page, agenda),
  at('staff-beside-done', page, '/plan', async (page) => {
    await press(page, 'Færdig');
    await expectHeading(page, CITIZEN);
  }),
];

/** A course as it looks after a few weeks; answers the paths of what is in it. */
async function fill(mette, karin) {
  const place = 'Biblioteket, Krystalgade 15, i det lille lokale';
  await makeMeeting(mette, { place });
  await write(mette, 'Hvorfor mødes vi?', 'Så vi er enige om, hvem der gør hvad før jul.');
  await openAgenda(karin);
  const agenda = new URL(karin.url()).pathname;
  for (const topic of ['Min bolig', 'Penge til mad sidst på måneden', 'Hunden']) await addTopic(karin, topic);
  await addTopic(mette, 'Hvem ringer til kommunen?');
  await press(karin, 'Skriv mere');
  await write(karin, 'Hvorfor er det vigtigt?', 'Jeg kan ikke sove, når jeg ikke ved, hvor jeg skal bo.');
  await write(karin, 'Hvad håber jeg på?', 'At vi finder et sted, hvor Rex må være med.');
  await choose(karin, '20 minutter');
  await write(karin, 'Hvad skal vi lade være?', 'Min bror');
  await press(karin, 'Skriv det ned');
  await press(karin, 'Pause');
  await box(karin, 'Pause').fill('Efter 20 minutter');

  await go(karin, 'Min plan');
  await write(karin, 'Hvad drømmer du om?', 'Et sted med en have, hvor Rex kan løbe.');
  await press(karin, 'Gem drømmen');
  await addGoal(karin, 'Sove og spise bedre', 'Krop og helbred');
  await go(karin, 'Min plan');
  await addGoal(karin, 'Jeg vil have min egen bolig');
  const goal = new URL(karin.url()).pathname;
  await press(karin, 'Del målet op');
  for (const words of ['Mine papirer er i orden', 'Jeg har en nøgle']) {
    await write(karin, 'Et delmål på vejen', words);
    await press(karin, 'Gem delmålet');
  }
  await choose(karin, 'Mine papirer er i orden');
  for (const step of ['Skrive op til en bolig', 'Se på to lejligheder']) await goalStep(karin, step);
  await choose(karin, 'Skrive op til en bolig');
  await addAgreement(karin, 'Ringe til boligforeningen', 'Mette');
  await addAgreement(karin, 'Finde papirerne frem', 'Du');
  await addAgreement(karin, 'Sende kontoudtoget', 'Du');
  await press(karin.getByRole('main').locator('.card', { hasText: 'Sende kontoudtoget' }), 'Se mere');
  await choose(karin, 'Holdt');
  await karin.getByRole('switch', { name: 'Det er et forsøg' }).click();
  await box(karin, 'Hvad lærte du?').fill('Det går bedst om formiddagen.');
  const person = await fillNetwork(karin);
  const consent = await fillConsents(karin);
  await tellHowItGoes(mette, karin);
  const support = await fillSupport(karin);
  const note = await fillNotebook(karin);
  await expectSafe(karin);
  await expectSafe(mette);
  return { agenda, goal, person, support, note, consent };
}

/** Four on the map, one of them missing; answers the path of one. */
async function fillNetwork(karin) {
  await go(karin, 'Netværk');
  for (const [name, who] of [['Ali', 'En fagperson'], ['En at gå tur med', 'En, jeg mangler'], ['Jonas', 'En af mine egne']]) {
    await addPerson(karin, name, who);
    if (name !== 'Jonas') await go(karin, 'Netværk');
  }
  await write(karin, 'Hvem er det for dig?', 'Min nabo');
  await choose(karin, 'Tæt på');
  await press(karin, 'Skriv mere');
  await choose(karin, 'Det er godt');
  return new URL(karin.url()).pathname;
}

/** Ali may see some parts of life; answers the path of what was said about that. */
async function fillConsents(karin) {
  await go(karin, 'Netværk');
  await karin.getByRole('main').locator('.card-link', { hasText: 'Ali' }).click();
  await expectHeading(karin, 'Ali');
  await letSee(karin, 'Ali', ['Bolig', 'Penge', 'Skole og arbejde']);
  return new URL(karin.url()).pathname;
}

/** Ali on a phone of his own. */
async function letIn(world, karin, { consent }) {
  await karin.goto(world.server.address + consent);
  await press(karin, 'Lav en invitation');
  const guest = await world.phone();
  await guest.goto(linkOf(world, await codeOn(karin)));
  await expectHeading(guest, 'Delt med dig');
  return guest;
}

/** Two notes, one of them shared; answers the path of that one. */
async function fillNotebook(karin) {
  await go(karin, 'Min plan');
  await follow(karin, 'Kun mig');
  for (const words of ['Jeg bliver bange, når der er mange i rummet. Måske kan Ali sidde ved siden af mig?', 'Jeg savner min søn']) {
    await write(karin, 'Hvad tænker du på?', words);
    await press(karin, 'Gem noten');
  }
  await follow(karin, 'Jeg savner min søn');
  await expectHeading(karin, 'Min note');
  const note = new URL(karin.url()).pathname;
  await follow(karin, 'Del dette');
  await choose(karin, 'En drøm i planen');
  await press(karin, 'Del en kopi');
  await karin.getByText(/En kopi er nu en drøm/).waitFor({ timeout: 20_000 });
  return note;
}

/** Some parts of life have been talked about, in both voices: one has grown, one is lower than before, one has
    no number. */
async function tellHowItGoes(mette, karin) {
  await go(karin, 'Min plan');
  await follow(karin, 'Se, hvordan det går');
  const said = [
    ['Bolig', 'En del er svært', 'Jeg sover hos min søster.'],
    ['Bolig', 'Både let og svært', 'Jeg har fået nøgle til et værelse.'],
    ['Penge', 'Det meste går godt'],
    ['Penge', 'En del er svært', 'Nu har jeg set alle regningerne.'],
    ['Krop og helbred', 'Meget er svært'],
    ['Lov og ret', undefined, 'Det vil jeg ikke sætte tal på.'],
  ];
  for (const [area, score, words] of said) await sayHowItGoes(karin, area, { score, words });
  await go(mette, 'Borgere');
  await follow(mette, CITIZEN);
  await follow(mette, 'Se planen');
  await follow(mette, 'Se, hvordan det går');
  await sayHowItGoes(mette, 'Bolig', { score: 'Det meste går godt', words: 'Du ringede selv til kommunen.' });
}

/** The help she gets, one of them over; answers the path of that one. */
async function fillSupport(karin) {
  await karin.goto(new URL('/hjaelp-nu', karin.url()).href);
  await addSupport(karin, { what: 'Medicin og sår', from: 'Lene fra hjemmeplejen', often: 'Hver tirsdag', since: '2025-03-01', area: 'Krop og helbred' });
  await addSupport(karin, { what: 'Træning på hold', from: 'Sundhedscentret', area: 'Krop og helbred' });
  await addSupport(karin, { what: 'Hjælp til breve og budget', from: 'Ali, bostøtte', often: 'Når jeg ringer', area: 'Bolig' });
  const card = (what) => karin.getByRole('main').locator('.card', { hasText: what });
  await press(card('Medicin og sår'), 'Ja');
  await press(card('Hjælp til breve'), 'Lidt');
  await card('Træning på hold').getByRole('link', { name: 'Ret hjælpen' }).click();
  await karin.getByRole('switch', { name: 'Det er slut' }).click();
  await box(karin, 'Sidste dag').waitFor();
  return new URL(karin.url()).pathname;
}
