// Where things are. `cargo xtask` says it; by hand the usual places do.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export const SERVER = process.env.MEDSPIL_SERVER ?? join(ROOT, 'target/release/server');
export const SITE = process.env.MEDSPIL_SITE ?? join(ROOT, 'target/site');
export const DEMO = process.env.MEDSPIL_DEMO ?? join(ROOT, 'target/release/demo');
export const CHROMIUM = process.env.MEDSPIL_CHROMIUM ?? BROWSERS.find((path) => existsSync(path));
export const PICTURES = process.env.MEDSPIL_PICTURES ?? join(ROOT, 'target/pictures');
/** The citizen sits at a laptop, and whoever works here has the phone. */
export const IS_TURNED = process.env.MEDSPIL_TURNED === '1';
/** Only the smaller volumes are wanted. */
export const IS_QUICK = process.env.MEDSPIL_QUICK === '1';

/** The volume of a figure: all of it, or what `--quick` makes of it. */
export const volume = (whole, quick) => (IS_QUICK ? quick : whole);
