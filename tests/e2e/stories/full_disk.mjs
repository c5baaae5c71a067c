// Disks that are really full, down to the last byte: nothing is lost, and everybody is told.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchIn } from '../lib/browser.mjs';
import { addTopic, makeMeeting, openAgenda, shareAgenda, topics } from '../lib/deeds.mjs';
import { box, expectSafe, expectText } from '../lib/hands.mjs';
import { until } from '../lib/patience.mjs';
import { coordinator, course, inviteCitizen, linkOf } from '../lib/people.mjs';
import { SmallDisk } from '../lib/small_disk.mjs';
import { story } from '../lib/story.mjs';

const FULL = 'Telefonen er fuld. Slet noget, så der bliver plads.';

async function onSmallDisk(megabytes, live, folder) {
  const disk = await SmallDisk.mount(megabytes, folder);
  if (!disk) return;
  try {
    await live(disk);
  } finally {
    await disk.unmount();
  }
}

const sees = (page, ...titles) =>
  until(`The agenda says ${titles}`, async () => (await topics(page)).join() === titles.join());

story('A phone with a full disk says so, and goes on by itself when there is room', (world) =>
  onSmallDisk(160, async (disk) => {
    const mette = await coordinator(world);
    const code = await inviteCitizen(mette);
    await makeMeeting(mette);
    const context = await world.join(await launchIn(disk.folder));
    const [karin] = context.pages();
    await karin.goto(linkOf(world, code));
    await openAgenda(karin);
    await expectSafe(karin);
    await world.server.stop();
    await disk.fill();
    await addTopic(karin, 'Skrevet på en fuld telefon');
    await expectText(karin, FULL);
    await box(karin, 'Hvorfor mødes vi?').pressSequentially('Mere endnu');
    await disk.makeRoom();
    await expectText(karin, /^Gemt på din telefon\. Det sendes/);
    await karin.reload();
    await until('It was kept', async () => (await box(karin, 'Hvorfor mødes vi?').inputValue()) === 'Mere endnu');
    await sees(karin, 'Skrevet på en fuld telefon');
    await world.server.start();
    await sees(mette, 'Skrevet på en fuld telefon');
    await context.close();
  }));

story('A phone that is started with a full disk shows the plan all the same, and goes on when there is room', async (world) => {
  const phone = await mkdtemp(join(tmpdir(), 'medspil-phone-'));
  // The browser has room for itself; only what pages keep is on the disk that is full.
  const kept = join(phone, 'Default', 'IndexedDB');
  await mkdir(kept, { recursive: true });
  await onSmallDisk(60, async (disk) => {
    const mette = await coordinator(world);
    const code = await inviteCitizen(mette);
    await makeMeeting(mette);
    let context = await world.join(await launchIn(phone));
    let [karin] = context.pages();
    await karin.goto(linkOf(world, code));
    await openAgenda(karin);
    await addTopic(karin, 'Før');
    await expectSafe(karin);
    await karin.evaluate(() => navigator.serviceWorker.ready);
    const agenda = karin.url();
    await context.close();
    await world.server.stop();
    await disk.fill();
    context = await world.join(await launchIn(phone));
    [karin] = context.pages();
    await karin.goto(agenda);
    await sees(karin, 'Før');
    // A browser that opens its database may let go of some of its files.
    await disk.fill();
    await addTopic(karin, 'Imens');
    await expectText(karin, FULL);
    await disk.makeRoom();
    await expectText(karin, /^Gemt på din telefon\. Det sendes/);
    await world.server.start();
    await sees(mette, 'Før', 'Imens');
    await context.close();
  }, kept);
  await rm(phone, { recursive: true, force: true });
});

story('What is written on a full phone with a network is with the server, and so not lost with the tab', (world) =>
  onSmallDisk(160, async (disk) => {
    const mette = await coordinator(world);
    const code = await inviteCitizen(mette);
    await makeMeeting(mette);
    let context = await world.join(await launchIn(disk.folder));
    let [karin] = context.pages();
    await karin.goto(linkOf(world, code));
    await openAgenda(karin);
    await addTopic(karin, 'Før');
    await expectSafe(karin);
    await karin.evaluate(() => navigator.serviceWorker.ready);
    await disk.fill();
    await addTopic(karin, 'Imens');
    await expectText(karin, FULL);
    await sees(mette, 'Før', 'Imens');
    await context.close();
    await disk.makeRoom();
    context = await world.join(await launchIn(disk.folder));
    [karin] = context.pages();
    await karin.goto(world.server.address);
    await openAgenda(karin);
    await sees(karin, 'Før', 'Imens');
    await addTopic(karin, 'Efter');
    await sees(mette, 'Før', 'Imens', 'Efter');
    await expectSafe(karin);
    await context.close();
  }));

story('A server with a full disk refuses nobody for good: it all arrives when there is room', (world) =>
  onSmallDisk(24, async (disk) => {
    await world.server.moveTo(disk.folder);
    const people = await course(world);
    const { mette, karin } = people;
    await shareAgenda(people);
    await expectSafe(karin);
    await disk.fill();
    await addTopic(karin, 'Skrevet til en fuld server');
    await sees(mette, 'Skrevet til en fuld server');
    await expectText(karin, /^Gemt på din telefon/);
    await world.server.kill();
    await disk.makeRoom();
    await world.server.start();
    await expectSafe(karin);
    await mette.reload();
    await sees(mette, 'Skrevet til en fuld server');
    await disk.fill();
    await addTopic(mette, 'Og en gang til');
    await expectText(mette, /^Gemt på din computer/);
    await disk.makeRoom();
    await expectSafe(mette);
    await sees(karin, 'Skrevet til en fuld server', 'Og en gang til');
  }));
