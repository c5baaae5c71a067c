// A slow line and a slow phone.
const SLOW_3G = {
  offline: false,
  latency: 2_000,
  downloadThroughput: 50_000,
  uploadThroughput: 50_000,
};

/** The page is given so much less of the processor. */
export async function slowProcessor(page, rate) {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate });
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
