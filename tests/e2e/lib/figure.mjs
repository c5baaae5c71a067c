// A figure: something measured, beside what is promised. Prints the one line that the ledger reads,
// and ends badly when it falls short.
import { World } from './world.mjs';

/**
 * `measure` is given a world and answers { value, held }, the value in words and with its unit.
 * `world: false` for those that make worlds of their own.
 */
export async function figure(name, bound, measure, { world: wanted = true } = {}) {
  let world;
  let said;
  try {
    world = wanted ? await World.open() : undefined;
    said = await measure(world);
  } catch (trouble) {
    console.error(trouble);
    await world?.picture(name);
    said = { value: String(trouble.message ?? trouble).split('\n')[0], held: false };
  }
  await world?.close();
  console.log(`figure: ${name} | ${said.value} | ${bound} | ${said.held ? 'held' : 'missed'}`);
  process.exit(said.held ? 0 : 1);
}

/** The smallest value that at least so large a share of all values does not exceed. */
export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
}

export const median = (values) => percentile(values, 0.5);

export const ms = (value) => `${Math.round(value)} ms`;
export const seconds = (value) => `${(value / 1000).toFixed(2)} s`;
