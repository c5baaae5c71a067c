// The main job: two people write one agenda and one plan.
import assert from 'node:assert/strict';
import { addAgreement, addGoal, addTopic, makeMeeting, openAgenda, shareAgenda, topics } from '../lib/deeds.mjs';
import { box, choose, expectHeading, expectSafe, expectText, follow, go, press, write } from '../lib/hands.mjs';
import { course, inviteCitizen } from '../lib/people.mjs';
import { pause, until } from '../lib/patience.mjs';
import { story } from '../lib/story.mjs';

const sees = (page, titles) =>
  until(`The topics are ${titles.join(', ')}`, async () => {
    const seen = await topics(page);
    return seen.join('|') === titles.join('|');
  });

const reads = (page, label, words) =>
  until(`${label} says ${words}`, async () => (await box(page, label).inputValue()) === words);

/** These stand under a heading of "Mine aftaler". */
const expectPromised = (page, heading, whats) =>
  until(`${heading}: ${whats.join(', ')}`, async () => {
    const group = page.getByRole('region', { name: heading, exact: true });
    return (await group.locator('.own-words').allInnerTexts()).join('|') === whats.join('|');
  });

story('Both write the agenda, and each sees who the other is and where', async (world) => {
  const people = await course(world);
  const { mette, karin } = people;
  await shareAgenda(people);
  await addTopic(karin, 'Min bolig');
  await addTopic(mette, 'Næste skridt');
  await sees(mette, ['Min bolig', 'Næste skridt']);
  await sees(karin, ['Min bolig', 'Næste skridt']);
  await expectText(mette, 'Skrevet af Karin');
  await expectText(karin, 'Skrevet af Mette');

  await box(karin, 'Punkt 2').press('End');
  await karin.keyboard.type(' for mig');
  await expectText(mette, 'Karin skriver');
  await sees(mette, ['Min bolig', 'Næste skridt for mig']);
  await expectText(mette, 'Skrevet af dig og Karin');

  await press(mette, 'Flyt punktet ned');
  await sees(karin, ['Næste skridt for mig', 'Min bolig']);
  await expectSafe(karin);
  await expectSafe(mette);
});

story('Two people type in the same text at once, and every letter of both is kept', async (world) => {
  const people = await course(world);
  const { mette, karin } = people;
  await shareAgenda(people);
  await box(mette, 'Hvorfor mødes vi?').fill('Midten');
  await reads(karin, 'Hvorfor mødes vi?', 'Midten');
  await box(karin, 'Hvorfor mødes vi?').press('Control+Home');
  await box(mette, 'Hvorfor mødes vi?').press('Control+End');
  await Promise.all([
    karin.keyboard.type('abcdefghijklmnopqrst', { delay: 30 }),
    mette.keyboard.type('0123456789012345678', { delay: 30 }),
  ]);
  for (const page of [mette, karin]) {
    await reads(page, 'Hvorfor mødes vi?', 'abcdefghijklmnopqrstMidten0123456789012345678');
  }
});

story('Who brings a topic, how long it takes and its goal stand on both screens', async (world) => {
  const people = await course(world);
  const { mette, karin } = people;
  await go(karin, 'Min plan');
  await addGoal(karin, 'Min egen bolig');
  await shareAgenda(people);
  await addTopic(karin, 'Bolig');
  await sees(mette, ['Bolig']);
  await press(mette, 'Skriv mere');
  await choose(mette, 'Du');
  await choose(mette, '20 minutter');
  await choose(mette, 'Min egen bolig');
  await expectText(karin, 'Mette tager det op · 20 minutter · Mål: Min egen bolig');
  await press(karin, 'Skriv mere');
  await choose(karin, 'Intet mål');
  await expectText(mette, /^Du tager det op · 20 minutter$/);
});

story('What was thrown out is taken back, at once or from the bin', async (world) => {
  const people = await course(world);
  const { mette, karin } = people;
  await shareAgenda(people);
  await addTopic(karin, 'Min bolig');
  await addTopic(karin, 'Penge');
  await press(karin, 'Smid punktet ud');
  await sees(karin, ['Penge']);
  await press(karin, 'Fortryd');
  await sees(karin, ['Min bolig', 'Penge']);

  await press(karin, 'Smid punktet ud');
  await sees(mette, ['Penge']);
  await follow(karin, 'Smidt ud');
  await expectHeading(karin, 'Smidt ud');
  await expectText(karin, 'Min bolig');
  await press(karin, 'Hent tilbage');
  await expectText(karin, 'Hentet tilbage.');
  await openAgenda(karin);
  await sees(karin, ['Min bolig', 'Penge']);
  await sees(mette, ['Min bolig', 'Penge']);
});

story('Undo is mine, and takes back only mine', async (world) => {
  const people = await course(world);
  const { mette, karin } = people;
  await shareAgenda(people);
  await addTopic(karin, 'Min bolig');
  await sees(mette, ['Min bolig']);
  await addTopic(mette, 'Næste skridt');
  await sees(karin, ['Min bolig', 'Næste skridt']);
  await press(karin, 'Fortryd min sidste rettelse');
  await sees(karin, ['Næste skridt']);
  await sees(mette, ['Næste skridt']);
});

story('What somebody will not talk about, and how they want it, stands on both screens', async (world) => {
  const people = await course(world);
  const { mette, karin } = people;
  await shareAgenda(people);
  await write(karin, 'Hvad skal vi lade være?', 'Min bror');
  await press(karin, 'Skriv det ned');
  await press(karin, 'Pause');
  await box(karin, 'Pause').fill('Efter 20 minutter');
  await reads(mette, 'Det skal ikke med', 'Min bror');
  await reads(mette, 'Pause', 'Efter 20 minutter');
});

story('A goal in own words, and an agreement with its states and its history', async (world) => {
  const { mette, karin } = await course(world);
  await go(karin, 'Min plan');
  await write(karin, 'Hvad drømmer du om?', 'Et sted med en have');
  await press(karin, 'Gem drømmen');
  await addGoal(karin, 'Jeg vil have min egen bolig');
  await write(karin, 'Et lille skridt', 'Ringe til kommunen');
  await press(karin, 'Gem skridtet');
  await choose(karin, 'Ringe til kommunen');
  await addAgreement(karin, 'Ringe til boligforeningen', 'Mette');
  await expectText(karin, /^Mette\. Senest /);
  await go(karin, 'I dag');
  await expectText(karin, '1 af 1 skridt');

  await go(mette, 'Borgere');
  await follow(mette, 'Karin');
  await follow(mette, 'Se planen');
  await reads(mette, 'En drøm', 'Et sted med en have');
  await follow(mette, 'Jeg vil have min egen bolig');
  await expectText(mette, /^Du\. Senest /);
  await press(mette, 'Se mere');
  await choose(mette, 'Holdt');
  await expectText(karin, 'Mette holdt en aftale: Ringe til boligforeningen');
  await follow(karin, 'Jeg vil have min egen bolig');
  await press(karin, 'Se mere');
  await expectText(karin, /^Holdt: Mette, /);

  await box(karin, 'Hvordan følger vi op?').fill('Vi taler i telefon fredag');
  await reads(mette, 'Hvordan følger vi op?', 'Vi taler i telefon fredag');
  await choose(karin, 'Du');
  await box(karin, 'Senest hvornår?').fill('2031-03-04');
  await expectText(mette, /^Karin\. Senest tirsdag 4\. marts/);
});

story('All that is promised stands in one list, also without a network, and the coordinator sees the same', async (world) => {
  const { mette, karin } = await course(world);
  await world.server.stop();
  await go(karin, 'Min plan');
  await follow(karin, 'Se alle aftaler');
  await expectText(karin, 'Her er ingen aftaler endnu.');
  for (const [goal, area, what, who] of [
    ['Jeg vil have min egen bolig', undefined, 'Ringe til boligforeningen', 'Mette'],
    ['Sove bedre', 'Krop og helbred', 'Gå en tur hver dag', 'Du'],
  ]) {
    await go(karin, 'Min plan');
    await addGoal(karin, goal, area);
    await addAgreement(karin, what, who);
  }
  await go(karin, 'Min plan');
  await follow(karin, 'Se alle aftaler');
  await expectHeading(karin, 'Mine aftaler');
  await expectPromised(karin, 'Andre har lovet', ['Ringe til boligforeningen']);
  await expectPromised(karin, 'Du har lovet', ['Gå en tur hver dag']);
  await follow(karin, 'Gå en tur hver dag');
  await press(karin, 'Se mere');
  await choose(karin, 'Holdt');
  await karin.goBack();
  await expectPromised(karin, 'Det er ordnet', ['Gå en tur hver dag']);

  await world.server.start();
  await expectSafe(karin);
  await go(mette, 'Borgere');
  await follow(mette, 'Karin');
  await follow(mette, 'Se planen');
  await follow(mette, 'Se alle aftaler');
  await expectHeading(mette, 'Aftaler med Karin');
  await expectPromised(mette, 'Du og andre har lovet', ['Ringe til boligforeningen']);
  await expectPromised(mette, 'Det er ordnet', ['Gå en tur hver dag']);
});

story('A meeting gets another time, is cancelled, and is on again', async (world) => {
  const people = await course(world);
  const { mette, karin } = people;
  await shareAgenda(people);
  await follow(mette, 'Ret tid og sted');
  await write(mette, 'Klokken', '14:00');
  await press(mette, 'Gem mødet');
  await expectText(karin, /kl\. 14/);
  await follow(mette, 'Ret tid og sted');
  await press(mette, 'Aflys mødet');
  await expectText(mette, 'Mødet er aflyst.');
  await go(karin, 'Møder');
  await expectText(karin, /^Aflyst:/);
  await press(mette, 'Fortryd');
  await karin.getByText(/^Aflyst:/).waitFor({ state: 'detached' });
  assert.equal(await karin.getByText('Biblioteket').count(), 1);
});

story('Words that are not sent yet are there again after the page is gone', async (world) => {
  const { karin } = await course(world);
  await go(karin, 'Min plan');
  await box(karin, 'Hvad drømmer du om?').pressSequentially('Et sted med en have');
  await expectText(karin, 'Noget, du skrev, er ikke tilføjet endnu.');
  await go(karin, 'I dag');
  await karin.reload();
  await follow(karin, 'Se hvad');
  await reads(karin, 'Hvad drømmer du om?', 'Et sted med en have');
  await press(karin, 'Gem drømmen');
  await reads(karin, 'En drøm', 'Et sted med en have');
  await expectSafe(karin);
  await karin.reload();
  await reads(karin, 'En drøm', 'Et sted med en have');
  await reads(karin, 'Hvad drømmer du om?', '');
});

story('Words on a page that is thrown out meanwhile are shown, until they are done with', async (world) => {
  const { mette, karin } = await course(world);
  await go(karin, 'Min plan');
  await addGoal(karin, 'Jeg vil have hund');
  await write(karin, 'Et lille skridt', 'Ringe til internatet');
  await go(mette, 'Borgere');
  await follow(mette, 'Karin');
  await follow(mette, 'Se planen');
  await follow(mette, 'Jeg vil have hund');
  await press(mette, 'Smid målet ud');
  await expectHeading(mette, 'Borgere');
  await expectHeading(karin, 'Siden findes ikke');
  await go(karin, 'I dag');
  await follow(karin, 'Se hvad');
  await expectText(karin, 'Ringe til internatet');
  await press(karin, 'Slet ordene');
  await karin.getByText('Ringe til internatet').waitFor({ state: 'detached' });
  await expectSafe(karin);
});

story('A goal and a small step that are thrown out can both be taken back', async (world) => {
  const { karin } = await course(world);
  await go(karin, 'Min plan');
  await addGoal(karin, 'Jeg vil have hund');
  await write(karin, 'Et lille skridt', 'Ringe til internatet');
  await press(karin, 'Gem skridtet');
  await press(karin, 'Smid ud');
  await press(karin, 'Smid målet ud');
  await expectHeading(karin, 'Min plan');
  assert.equal(await karin.getByText('Jeg vil have hund').count(), 0);
  await press(karin, 'Luk');
  await follow(karin, 'Smidt ud');
  await expectText(karin, /^Mål\. Smidt ud af dig/);
  await expectText(karin, /^Lille skridt\. Smidt ud af dig/);
  await press(karin, 'Hent tilbage');
  await press(karin, 'Hent tilbage');
  await expectText(karin, 'Her er ikke noget.');
  await go(karin, 'Min plan');
  await follow(karin, 'Jeg vil have hund');
  await karin.getByLabel('Ringe til internatet').waitFor();
});

story('An app that cannot go on says whom to call', async (world) => {
  const { mette, karin } = await course(world);
  await follow(mette, 'Hjælp');
  await follow(mette, 'Ret mit navn');
  await write(mette, 'Telefon', '12 34 56 78');
  await press(mette, 'Gem mit navn');
  await until('The phone keeps the number', () =>
    karin.evaluate(() => localStorage.getItem('medspil-help')?.includes('12 34 56 78')));
  // What came in the last five seconds could be what the app ends on, and would be left out at first.
  await pause(6_000);
  const panic = () => karin.evaluate(() => dispatchEvent(new Event('medspil-panic')));
  await Promise.all([karin.waitForEvent('load'), panic()]);
  await expectHeading(karin, 'Hej Karin');
  await panic();
  await expectText(karin, 'Noget gik galt');
  await expectText(karin, 'Ring til Mette: 12 34 56 78');
});

story('They sit together at the computer, and it shows nothing of anybody else', async (world) => {
  const people = await course(world);
  const { mette, karin } = people;
  await inviteCitizen(mette, 'Jens');
  await makeMeeting(mette, { citizen: 'Jens', place: 'Hos Jens' });
  const hisAgenda = new URL(mette.url()).pathname;
  await makeMeeting(mette);
  const herAgenda = new URL(mette.url()).pathname;
  await go(mette, 'Borgere');
  await follow(mette, 'Karin');
  await press(mette, 'Sid sammen');
  await expectHeading(mette, 'Hej Karin');
  await expectText(mette, 'Du sidder sammen med Karin.');
  for (const path of [hisAgenda, '/borgere', '/teamet', '/ikke-med', '/mig']) {
    await mette.goto(world.server.address + path);
    await expectHeading(mette, 'Siden findes ikke');
  }
  await mette.goto(world.server.address + herAgenda);
  await addTopic(mette, 'Det, vi talte om');
  await openAgenda(karin);
  await until('The phone has it', async () => (await topics(karin)).includes('Det, vi talte om'));
  await go(mette, 'Møder');
  assert.equal(await mette.getByText('Hos Jens').count(), 0);
  await go(mette, 'Min plan');
  await box(mette, 'Hvad drømmer du om?').pressSequentially('Kun Karins');
  await press(mette, 'Færdig');
  await expectHeading(mette, 'Karin');
  await go(mette, 'Møder');
  await expectText(mette, 'Hos Jens');
  await go(mette, 'Borgere');
  await follow(mette, 'Jens');
  await press(mette, 'Sid sammen');
  await go(mette, 'Min plan');
  await reads(mette, 'Hvad drømmer du om?', '');
});

story('Whoever stands outside a course is told nothing of it', async (world) => {
  const people = await course(world);
  await shareAgenda(people);
  const address = people.karin.url();
  const lars = await world.phone();
  await lars.goto(address);
  await expectHeading(lars, 'Velkommen');
  await lars.getByText('Hvad skal vi tale om?').waitFor({ state: 'detached' });
});
