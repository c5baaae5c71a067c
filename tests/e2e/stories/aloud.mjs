// Have pages read aloud: only by a voice of the device's own, and only after somebody has understood it.
import assert from 'node:assert/strict';
import { addGoal } from '../lib/deeds.mjs';
import { expectHeading, expectText, follow, go, press, write } from '../lib/hands.mjs';
import { until } from '../lib/patience.mjs';
import { course } from '../lib/people.mjs';
import { story } from '../lib/story.mjs';
import { Voices } from '../lib/voices.mjs';

const FAILED = 'Telefonen kan ikke læse højt lige nu.';
const SAMPLE = 'Hej. Sådan lyder jeg, når jeg læser for dig.';

/** Notes what is given to the voices, which then say it all the same. */
const noteWhatIsSaid = (page) =>
  page.addInitScript(() => {
    window.said = [];
    const speak = SpeechSynthesis.prototype.speak;
    SpeechSynthesis.prototype.speak = function (utterance) {
      const { text, lang, voice } = utterance;
      const [heard] = document.querySelectorAll('[data-heard]');
      window.said.push({ text, lang, voice: voice.voiceURI, of: voice.lang, isLocal: voice.localService, marked: heard?.textContent });
      speak.call(this, utterance);
    };
  });

const said = (page) => page.evaluate(() => window.said);
const texts = async (page) => (await said(page)).map(({ text }) => text);
const isQuiet = (page) =>
  until('Nothing is said', () => page.evaluate(() => !speechSynthesis.speaking && !speechSynthesis.pending));
const button = (page, name) => page.getByRole('button', { name, exact: true });

/** What the page hears when the phone is locked. */
function putAway() {
  Object.defineProperty(document, 'visibilityState', { get: () => 'hidden', configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
  delete document.visibilityState;
}

/** A world whose devices have Danish voices, with a citizen in it who is heard. */
async function withVoices(world, show) {
  const voices = await Voices.open();
  try {
    await world.browser.close();
    world.browser = await voices.browser();
    const { mette, karin } = await course(world);
    await noteWhatIsSaid(karin);
    await karin.reload();
    await show({ mette, karin });
  } finally {
    await world.browser.close();
    await voices.close();
  }
}

async function addMyGoal(page, words) {
  await go(page, 'Min plan');
  await addGoal(page, words);
}

async function openChoice(page) {
  await follow(page, 'Hjælp');
  await follow(page, 'Få siderne læst højt');
  await expectHeading(page, 'Få læst højt');
}

async function chooseVoice(page) {
  await openChoice(page);
  // A second tap before the first is over is no fault of the voice.
  for (let taps = 0; taps < 3; taps++) await press(page, 'Hør stemmen');
  assert.equal(await page.getByText(FAILED).count(), 0);
  await press(page, 'Ja, læs højt for mig');
  await expectText(page, 'Tryk på «Læs højt» øverst på siden.');
}

story('A page is read aloud by a Danish voice of the phone, once somebody has understood it, with no server at all', (world) =>
  withVoices(world, async ({ karin }) => {
    await addMyGoal(karin, 'Jeg vil bo et roligt sted');
    await world.server.stop();
    assert.equal(await button(karin, 'Læs højt').count(), 0, 'nobody has understood a voice yet');
    await openChoice(karin);
    await press(karin, 'Hør stemmen');
    await expectText(karin, 'Kunne du forstå stemmen?');
    await press(karin, 'Nej');
    await until('Another voice', async () => new Set((await said(karin)).map(({ voice }) => voice)).size === 2);
    assert.deepEqual(await texts(karin), [SAMPLE, SAMPLE]);
    assert.equal(await button(karin, 'Læs højt').count(), 0, 'the first voice was not understood');
    await press(karin, 'Ja, læs højt for mig');
    await expectText(karin, 'Tryk på «Læs højt» øverst på siden.');
    await go(karin, 'Min plan');
    await expectHeading(karin, 'Min plan');
    const [, understood] = await said(karin);
    await karin.evaluate(() => { window.said = []; });
    await press(karin, 'Læs højt');
    await button(karin, 'Stop stemmen').waitFor();
    await button(karin, 'Læs højt').waitFor();
    const all = await said(karin);
    assert.equal(all[0].text, 'Min plan');
    assert.ok(all.some(({ text }) => text.includes('Jeg vil bo et roligt sted')), 'what she wrote is read');
    for (const { lang, voice, of, isLocal, text, marked } of all) {
      assert.deepEqual({ lang, voice, of, isLocal }, { lang: 'da-DK', voice: understood.voice, of: 'da', isLocal: true });
      assert.ok(marked?.replace(/\s+/g, ' ').includes(text.split(' ')[0]), `${text} is marked while it is read`);
    }
    assert.equal(await karin.locator('[data-heard]').count(), 0, 'nothing is marked when it is over');
    // It is kept on the phone.
    await karin.reload();
    await button(karin, 'Læs højt').waitFor();
  }));

story('Hiding the page, leaving it, stopping and turning it off all end the reading', (world) =>
  withVoices(world, async ({ karin }) => {
    await go(karin, 'Min plan');
    await write(karin, 'Hvad drømmer du om?', 'Jeg vil bo et roligt sted, hvor der er have. '.repeat(60));
    await press(karin, 'Gem drømmen');
    await chooseVoice(karin);
    const ways = {
      stopping: () => press(karin, 'Stop stemmen'),
      leaving: () => go(karin, 'Møder'),
      'putting the phone away': () => karin.evaluate(putAway),
      hiding: () => press(karin, 'Gem væk'),
    };
    for (const [way, end] of Object.entries(ways)) {
      await go(karin, 'Min plan');
      await expectHeading(karin, 'Min plan');
      await karin.evaluate(() => { window.said = []; });
      await press(karin, 'Læs højt');
      await until('It reads', async () => (await said(karin)).length > 2);
      await end();
      await isQuiet(karin);
      const heard = (await said(karin)).length;
      assert.ok(heard < 15, `${way} comes before the end, after ${heard} pieces`);
      await karin.waitForTimeout(500);
      assert.equal((await said(karin)).length, heard, `${way}: nothing more is said`);
      assert.equal(await karin.getByText(FAILED).count(), 0, `${way} is no fault of the voice`);
    }
    await karin.locator('.blank-back').click();
    await karin.evaluate(() => { window.said = []; });
    await press(karin, 'Læs højt');
    await until('It reads', async () => (await said(karin)).length > 2);
    await press(karin, 'Smid ud');
    await button(karin, 'Læs højt').waitFor();
    const ofIt = (await texts(karin)).filter((text) => text.includes('have.'));
    assert.ok(ofIt.length < 15, `what is thrown out is read no further, after ${ofIt.length} pieces`);
    await openChoice(karin);
    await press(karin, 'Fjern knappen');
    await expectText(karin, 'Hør den først. Kan du forstå den?');
    assert.equal(await button(karin, 'Læs højt').count(), 0);
  }));

story('Where a voice is not on the phone itself nothing is read, and the page says what to do', (world) =>
  withVoices(world, async ({ karin }) => {
    await karin.addInitScript(() => {
      Object.defineProperty(SpeechSynthesisVoice.prototype, 'localService', { get: () => false });
    });
    await karin.reload();
    await openChoice(karin);
    await expectText(karin, 'Din telefon har ingen dansk stemme.');
    assert.equal(await button(karin, 'Hør stemmen').count(), 0);
  }));

story('A phone with no voices says so, and one where a voice was taken away reads no more', async (world) => {
  const { karin } = await course(world);
  await openChoice(karin);
  await expectText(karin, 'Din telefon har ingen dansk stemme.');
  await karin.evaluate(() => localStorage.setItem('medspil-voice', 'Danish espeak-ng'));
  await karin.reload();
  await expectHeading(karin, 'Få læst højt');
  await expectText(karin, 'Den kan hentes. Spørg en, du stoler på.');
  assert.equal(await button(karin, 'Læs højt').count(), 0);
});
