// A phone in her name: who makes a code for somebody may open it. She is asked, and it gets nothing of her own.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { addPerson, openBesideMyName } from '../lib/deeds.mjs';
import { expectHeading, expectSafe, expectText, follow, go, press, write } from '../lib/hands.mjs';
import { CITIZEN, codeOn, course, enter, linkOf } from '../lib/people.mjs';
import { story } from '../lib/story.mjs';
import { PICTURES } from '../lib/surroundings.mjs';

const SECRET = 'Jeg er bange for dem alle';
const QUESTION = 'En ny telefon er med. Er det din?';

async function picture(page, name) {
  await mkdir(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `devices-${name}.png`) });
}

async function openNotebook(page) {
  await go(page, 'Min plan');
  await follow(page, 'Kun mig');
  await expectHeading(page, 'Kun mig');
}

/** The coordinator makes a code in the citizen's name, and it is opened on another phone. */
async function newCode(mette) {
  await go(mette, 'Borgere');
  await follow(mette, CITIZEN);
  await press(mette, 'Lav en invitation');
  return codeOn(mette);
}

async function anotherPhone(world, mette) {
  const code = await newCode(mette);
  const phone = await world.phone();
  await phone.goto(linkOf(world, code));
  await expectHeading(phone, `Hej ${CITIZEN}`);
  return phone;
}

const openDevices = (page) => openBesideMyName(page, 'Mine telefoner');

const question = (page) => page.getByRole('heading', { name: QUESTION });

story('A phone that somebody else opens in her name has no notebook, lets nobody in and is put out by her', async (world) => {
  const { mette, karin } = await course(world);
  await go(karin, 'Netværk');
  await addPerson(karin, 'Ali', 'En fagperson');
  await openNotebook(karin);
  await expectText(karin, 'Kun du kan se det. Det ligger på de telefoner, du har sagt ja til.');
  await write(karin, 'Hvad tænker du på?', SECRET);
  await press(karin, 'Gem noten');
  await karin.getByRole('link', { name: SECRET }).waitFor();
  await expectSafe(karin);

  const other = await anotherPhone(world, mette);
  await question(karin).waitFor();
  await picture(karin, 'question');
  await openNotebook(other);
  await expectText(other, 'Har du skrevet på en anden telefon, ligger det der.');
  assert.equal(await other.getByText(SECRET).count(), 0);
  await picture(other, 'no-notebook');
  await go(other, 'Netværk');
  await other.getByRole('main').locator('.card-link', { hasText: 'Ali' }).click();
  await follow(other, 'Lad Ali se noget');
  await expectText(other, 'Telefonen er ny. Sig ja til den på din anden telefon.');
  await picture(other, 'not-yet');

  await karin.reload();
  await question(karin).waitFor();
  await go(karin, 'Møder');
  await question(karin).waitFor();
  await press(karin, 'Nej, luk den ude');
  await question(karin).waitFor({ state: 'detached' });
  await expectHeading(other, 'Telefonen er lukket ude');
  await expectText(other, /^Du lukkede den selv/);
  await picture(other, 'put-out');
  await other.reload();
  await expectHeading(other, 'Telefonen er lukket ude');

  // A new code lets it in again, where it was.
  await write(other, 'Din kode', await newCode(mette));
  await press(other, 'Åbn min plan');
  await expectHeading(other, 'Hvad må Ali se?');
});

story('She says yes to her own new phone without a network, and puts the old one out in two taps', async (world) => {
  const { mette, karin } = await course(world);
  await openNotebook(karin);
  await write(karin, 'Hvad tænker du på?', SECRET);
  await press(karin, 'Gem noten');
  await expectSafe(karin);
  const phone = await anotherPhone(world, mette);
  await question(karin).waitFor();
  await world.server.stop();
  await press(karin, 'Ja, det er min');
  await question(karin).waitFor({ state: 'detached' });
  await openDevices(karin);
  await expectText(karin, 'Du har sagt ja. Det gælder, når der er net.');
  await picture(karin, 'list-offline');
  await world.server.start();
  await openNotebook(phone);
  await expectText(phone, SECRET);
  await openDevices(phone);
  await press(phone, 'Luk den ude');
  await expectText(phone, 'En ny kode lukker den ind igen.');
  await picture(phone, 'sure');
  await press(phone, 'Ja, luk den ude');
  await expectHeading(karin, 'Telefonen er lukket ude');
  await phone.getByRole('button', { name: 'Luk den ude' }).waitFor({ state: 'detached' });
});

story('The coordinator sees a citizen’s phones and the daily lead a coordinator’s, and each puts one out', async (world) => {
  const { mette, karin } = await course(world);
  const [lead] = world.browser.contexts().flatMap((context) => context.pages());
  await go(lead, 'Teamet');
  await press(lead, 'Lav en invitation');
  const second = await world.laptop();
  await enter(second, world.server.address, await codeOn(lead));
  await mette.getByRole('heading', { name: 'En ny computer er med. Er det din?' }).waitFor();
  // The daily lead has not said what to be called.
  await expectText(mette, /Koden var fra daglig leder\.$/);
  await picture(mette, 'question-computer');
  await press(mette, 'Nej, luk den ude');
  await expectHeading(second, 'Computeren er lukket ude');
  await go(mette, 'Borgere');
  await follow(mette, CITIZEN);
  await follow(mette, 'Se telefoner');
  await expectHeading(mette, `Telefoner hos ${CITIZEN}`);
  await expectText(mette, 'Koden var fra dig.');
  await picture(mette, 'of-citizen');
  await press(mette, 'Luk den ude');
  await press(mette, 'Ja, luk den ude');
  await expectHeading(karin, 'Telefonen er lukket ude');
  await expectText(karin, /^Mette lukkede den/);
  await go(lead, 'Teamet');
  await follow(lead, 'Se telefoner');
  await expectHeading(lead, 'Telefoner hos Mette');
  await picture(lead, 'of-coordinator');
  await press(lead, 'Luk den ude');
  await press(lead, 'Ja, luk den ude');
  await expectHeading(mette, 'Computeren er lukket ude');
  await picture(mette, 'put-out-computer');
});
