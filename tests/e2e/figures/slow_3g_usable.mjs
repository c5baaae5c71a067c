// A box that the code can be typed in, on a first visit over Slow 3G with a quarter of the processor.
import { figure, median, seconds } from '../lib/figure.mjs';
import { untilUsable } from '../lib/first_visit.mjs';
import { circumstances } from '../lib/slowness.mjs';
import { volume } from '../lib/surroundings.mjs';

const VISITS = volume(5, 3);
const BOUND_MS = 10_000;

await figure('slow-3g-usable', '≤ 10 s', async (world) => {
  const taken = [];
  for (let visit = 0; visit < VISITS; visit++) taken.push(await untilUsable(world));
  const value = median(taken.map(({ took }) => took));
  return { value: `${seconds(value)}, ${circumstances(taken)}`, held: value <= BOUND_MS };
});
