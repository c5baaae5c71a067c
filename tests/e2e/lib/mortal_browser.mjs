// A browser that can be killed as a phone kills one: at once, with everything it had in memory. Playwright
// speaks to it, but does not own it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';
import { FLAGS } from './browser.mjs';
import { CHROMIUM } from './surroundings.mjs';

export class MortalBrowser {
  #process;
  #connection;

  static async open(folder) {
    const browser = new MortalBrowser();
    const words = ['--headless', ...FLAGS, '--remote-debugging-port=0', `--user-data-dir=${folder}`];
    // In a group of its own, so that all its processes die as one.
    browser.#process = spawn(CHROMIUM, [...words, 'about:blank'], {
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const address = await browser.#address();
    browser.#connection = await chromium.connectOverCDP(address);
    [browser.context] = browser.#connection.contexts();
    return browser;
  }

  async #address() {
    for await (const line of createInterface({ input: this.#process.stderr })) {
      const found = /DevTools listening on (ws:\S+)/.exec(line);
      if (found) {
        this.#process.stderr.resume();
        return found[1];
      }
    }
    throw new Error('The browser ended before it could be spoken to.');
  }

  async kill() {
    const gone = once(this.#process, 'exit');
    process.kill(-this.#process.pid, 'SIGKILL');
    await gone;
  }
}
