// A slow line and a slow phone.
import { median } from './figure.mjs';

const SLOW_3G = {
  offline: false,
  latency: 2_000,
  downloadThroughput: 50_000,
  uploadThroughput: 50_000,
};

// Rounds a second, as below, of one core of a Xeon at 2.6 GHz in a tired hour.
const REFERENCE = 1_000;

/**
 * The page is given so much less of the processor. Answers how fast this machine is just now beside the
 * reference, so that a miss on a slow or busy machine can be told from a program that has become slower.
 */
export async function slowProcessor(page, rate) {
  const blank = await page.context().newPage();
  const pace = (await blank.evaluate(roundsPerSecond)) / REFERENCE;
  await blank.close();
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate });
  return pace;
}

/** Of how many a median is, and how fast the machine was meanwhile. */
export function circumstances(taken) {
  const pace = median(taken.map(({ pace }) => pace));
  return `median of ${taken.length}, the machine at ${Math.round(100 * pace)} % of the reference`;
}

/** Runs in the page: makes things and strings, reads them and sorts them, as apps do. */
function roundsPerSecond() {
  const words = Array.from({ length: 2_000 }, (_, index) => `word ${(index * 7_919) % 2_000}`);
  const round = () => {
    const things = JSON.parse(JSON.stringify(words.map((word, index) => ({ word, index }))));
    things.sort((one, other) => (one.word < other.word ? -1 : 1));
  };
  const during = (milliseconds) => {
    const began = performance.now();
    let rounds = 0;
    for (; performance.now() - began < milliseconds; rounds++) round();
    return (1_000 * rounds) / (performance.now() - began);
  };
  // The first rounds are slow: the browser has not compiled them yet.
  during(100);
  return during(300);
}

export const slow3g = (page) => slowed(page, SLOW_3G);

/** A line that brings this many bytes a second, at once. */
export const slowLine = (page, downloadThroughput) =>
  slowed(page, { ...SLOW_3G, latency: 0, downloadThroughput });

async function slowed(page, line) {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', line);
}
