// Debian's Chromium, and the two machines people hold.
import { chromium } from 'playwright-core';
import { CHROMIUM } from './surroundings.mjs';

export const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const ANDROID =
  'Mozilla/5.0 (Linux; Android 13; SM-A135F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36';

const DANISH = { locale: 'da-DK', timezoneId: 'Europe/Copenhagen' };
export const PHONE = {
  ...DANISH,
  viewport: { width: 360, height: 640 },
  deviceScaleFactor: 1.5,
  hasTouch: true,
  isMobile: true,
  userAgent: ANDROID,
};
export const LAPTOP = { ...DANISH, viewport: { width: 1280, height: 800 } };

/** A browser that keeps nothing; `flags` and `env` for a device with more than the usual. */
export const launch = ({ flags = [], env } = {}) =>
  chromium.launch({ executablePath: CHROMIUM, args: [...FLAGS, ...flags], env });

/** A browser that keeps what it stores in a folder, as one that is closed and opened again. */
export const launchIn = (folder, options = PHONE) =>
  chromium.launchPersistentContext(folder, { executablePath: CHROMIUM, args: FLAGS, ...options });
