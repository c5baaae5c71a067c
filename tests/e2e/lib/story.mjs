// Stories: each a sentence and what shows it, in a world of its own. One after the other, because the
// machine is small; the closing line is counted by whoever started the program.
import { World } from './world.mjs';

const told = [];
const only = process.argv[2];

export function story(sentence, show) {
  if (told.push({ sentence, show }) === 1) setImmediate(tellAll);
}

async function tellAll() {
  let failed = 0;
  const wanted = told.filter(({ sentence }) => !only || sentence.includes(only));
  for (const { sentence, show } of wanted) {
    const trouble = await tell(sentence, show);
    console.log(`${trouble ? 'FAILED' : 'ok'}  ${sentence}`);
    if (trouble) {
      failed += 1;
      console.log(indented(trouble));
    }
  }
  console.log(`${wanted.length - failed} passed, ${failed} failed`);
  process.exit(failed ? 1 : 0);
}

async function tell(sentence, show) {
  let world;
  try {
    world = await World.open();
    await show(world);
    if (world.complaints.length) throw new Error(`The page complained: ${world.complaints.join('; ')}`);
  } catch (trouble) {
    await world?.picture(sentence.replace(/[^a-z0-9]+/gi, '-').slice(0, 50));
    return trouble;
  } finally {
    await world?.close();
  }
}

function indented(trouble) {
  const words = [trouble.stack ?? String(trouble), trouble.cause?.stack].filter(Boolean).join('\n');
  return words.replace(/^/gm, '      ');
}
