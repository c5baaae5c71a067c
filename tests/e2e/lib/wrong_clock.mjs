// A device whose clock is wrong.

/** Runs in the page: it is another year there. */
export function turnClock(years) {
  const off = years * 365.25 * 24 * 60 * 60 * 1000;
  const { now } = Date;
  Date.now = () => now() + off;
  window.Date = new Proxy(Date, {
    construct: (target, given) => new target(...(given.length ? given : [now() + off])),
  });
}
