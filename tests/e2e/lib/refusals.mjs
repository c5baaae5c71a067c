// Forms that were sent too early or with something wrong in them: what stands there then.
import { choose, expectText, press, write } from './hands.mjs';
import { pick } from './deeds.mjs';

/** A form at `path` that says `why` when it is done with as `act` does. */
const refused = (at, page, [name, path, act, why]) =>
  at(name, page, path, async (page) => {
    await act(page);
    await expectText(page, why);
  });

const sent = (button) => (page) => press(page, button);

/** Everything a citizen can send too early; the person and the goal by their paths. */
export function citizensRefusals(at, page, { course, goal, person, agenda }) {
  const forms = [
    ['citizen-goal-refused', `/plan/${course}/nyt`, sent('Gem målet'), 'Vælg, hvad det handler om.'],
    ['citizen-goal-empty', `/plan/${course}/nyt`, goalWithoutWords, 'Skriv noget først.'],
    ['citizen-dream-refused', '/plan', sent('Gem drømmen'), 'Skriv noget først.'],
    ['citizen-step-refused', goal, sent('Gem skridtet'), 'Skriv noget først.'],
    ['citizen-agreement-refused', goal, agreementOfNobody, 'Vælg, hvem der gør det.'],
    ['citizen-person-refused', `/netvaerk/${course}/nyt`, sent('Sæt på kortet'), 'Vælg, hvem det er.'],
    ['citizen-let-see-refused', `${person}/lad-se`, sent('Gå videre'), 'Vælg mindst én ting.'],
    ['citizen-how-refused', `/saadan-gaar-det/${course}/mind`, sent('Gem det, du siger'), 'Vælg et tal, eller skriv noget.'],
    ['citizen-support-refused', `/hjaelp-nu/${course}/ny`, sent('Gem hjælpen'), 'Vælg, hvad det handler om.'],
    ['citizen-support-day-refused', `/hjaelp-nu/${course}/ny`, (page) => write(page, 'Første dag', '0020-01-01'), 'Tjek årstallet.'],
    ['citizen-meeting-refused', '/moeder/nyt', sent('Gem mødet'), 'Den dato findes ikke.'],
    ['citizen-topic-refused', agenda, sent('Skriv et punkt'), 'Skriv noget først.'],
    ['citizen-note-refused', '/kun-mig', sent('Gem noten'), 'Skriv noget først.'],
    ['citizen-said-refused', goal, somebodyWithoutName, 'Skriv, hvad den anden hedder.'],
    ['citizen-me-refused', '/mig', nameless, 'Skriv noget først.'],
  ];
  return forms.map((form) => refused(at, page, form));
}

export function staffsRefusals(at, page) {
  const forms = [
    ['staff-citizen-refused', '/borgere/ny', sent('Start forløbet'), 'Skriv noget først.'],
  ];
  return forms.map((form) => refused(at, page, form));
}

async function goalWithoutWords(page) {
  await choose(page, 'Bolig');
  await press(page, 'Gem målet');
}

async function agreementOfNobody(page) {
  await press(page, 'Lav en aftale');
  await press(page, 'Gem aftalen');
}

async function somebodyWithoutName(page) {
  await page.getByRole('link', { name: /^Sagt af/ }).first().click();
  await pick(page, 'En pårørende');
  await write(page, 'Hvad hedder den anden?', '');
  await press(page, 'Gem, hvem det er');
}

async function nameless(page) {
  await write(page, 'Navn', '');
  await press(page, 'Gem mit navn');
}
