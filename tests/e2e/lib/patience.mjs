// Waiting, for what no event tells of.
export const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** Asks again and again until `ask` answers something true, and answers that. */
export async function until(what, ask, { within = 15_000, every = 25 } = {}) {
  const end = Date.now() + within;
  let trouble;
  while (Date.now() < end) {
    try {
      const answer = await ask();
      if (answer) return answer;
      trouble = undefined;
    } catch (error) {
      trouble = error;
    }
    await pause(every);
  }
  throw new Error(`${what}: not within ${within} ms`, { cause: trouble });
}

/** A promise that gives up. */
export function within(ms, what, promise) {
  let timer;
  const late = new Promise((_, fail) => {
    timer = setTimeout(() => fail(new Error(`${what}: not within ${ms} ms`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
