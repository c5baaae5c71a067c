// A server and a browser with the people in it; closed as one.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { LAPTOP, PHONE, launch } from './browser.mjs';
import { Server } from './server.mjs';
import { IS_TURNED, PICTURES } from './surroundings.mjs';

export class World {
  #contexts = [];
  /** What pages complained of. A server that is away is no complaint. */
  complaints = [];

  static async open(site) {
    const world = new World();
    world.server = await Server.open(site);
    world.browser = await launch();
    return world;
  }

  /** Somebody new with a phone; their first page, which is empty. */
  phone(options = {}) {
    return this.#somebody({ ...(IS_TURNED ? LAPTOP : PHONE), ...options });
  }

  /** Somebody new with a laptop. */
  laptop(options = {}) {
    return this.#somebody({ ...(IS_TURNED ? PHONE : LAPTOP), ...options });
  }

  /** Watches a context that was made elsewhere. */
  async join(context) {
    this.#contexts.push(context);
    context.setDefaultTimeout(15_000);
    context.on('page', (page) => this.#listen(page));
    context.pages().forEach((page) => this.#listen(page));
    return context;
  }

  async #somebody(options) {
    const context = await this.join(await this.browser.newContext(options));
    return context.newPage();
  }

  #listen(page) {
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (said) => {
      if (said.type() !== 'error' || /ERR_|WebSocket connection|status of 50/.test(said.text())) return;
      this.complaints.push(said.text());
    });
  }

  /** Of this kind of complaint there may be any number. */
  forgive(kind) {
    this.complaints = this.complaints.filter((complaint) => !kind.test(complaint));
  }

  /** Pictures of every page, for whoever wants to know why something failed. */
  async picture(name) {
    await mkdir(PICTURES, { recursive: true });
    const pages = this.#contexts.flatMap((context) => context.pages());
    const take = (page, index) =>
      page.screenshot({ path: join(PICTURES, `failed-${name}-${index}.png`), timeout: 5_000 });
    await Promise.allSettled(pages.map(take));
  }

  async close() {
    await Promise.allSettled(this.#contexts.map((context) => context.close()));
    await this.browser.close();
    await this.server.close();
  }
}
