// The real server, on a port and a folder of its own that it keeps over every stop and start.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, copyFile, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { until } from './patience.mjs';
import { SERVER, SITE } from './surroundings.mjs';

const DATABASE = 'medspil.db';
const BACKUP = 'backup.db';

export class Server {
  #port;
  #folder;
  #site;
  #guide;
  #process;
  /** The code for the daily lead, which an empty folder makes the server print. */
  code;

  /** Starts a server with nothing in it. */
  static async open(site = SITE) {
    const server = new Server();
    server.#port = await freePort();
    server.#folder = await mkdtemp(join(tmpdir(), 'medspil-e2e-'));
    server.#site = site;
    await server.start();
    return server;
  }

  get address() {
    return `http://localhost:${this.#port}`;
  }

  get folder() {
    return this.#folder;
  }

  async start() {
    const words = ['--listen', `127.0.0.1:${this.#port}`, '--address', this.address];
    words.push('--data', this.#folder, '--site', this.#site);
    if (this.#guide) words.push('--guide', this.#guide);
    const process = spawn(SERVER, words, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#process = process;
    createInterface({ input: process.stdout }).on('line', (line) => {
      this.code = /24 hours: (\S{4} \S{4})/.exec(line)?.[1] ?? this.code;
    });
    await until('The server is ready', async () => {
      if (process.exitCode !== null) throw new Error(`The server ended with ${process.exitCode}.`);
      return (await fetch(`${this.address}/readyz`)).ok;
    });
  }

  /** A clean end. */
  stop() {
    return this.#end('SIGTERM');
  }

  /** No chance to put anything in order. */
  kill() {
    return this.#end('SIGKILL');
  }

  /** Keeps what it holds somewhere else from now on, and begins with nothing. */
  async moveTo(folder) {
    await this.stop();
    await rm(this.#folder, { recursive: true, force: true });
    // A server keeps what it holds to itself, or does not start.
    await chmod(folder, 0o700);
    this.#folder = folder;
    await this.start();
  }

  /** Keeps a copy of what it holds now. */
  async backUp() {
    await this.stop();
    await copyFile(join(this.#folder, DATABASE), join(this.#folder, BACKUP));
    await this.start();
  }

  /** Holds again what the copy holds, as after a broken disk. */
  async restore() {
    await this.stop();
    const database = join(this.#folder, DATABASE);
    for (const end of ['-wal', '-shm']) await rm(database + end, { force: true });
    await copyFile(join(this.#folder, BACKUP), database);
    await this.start();
  }

  /** Says from now on what stands in this folder of programmes and open places. */
  async adapt(folder) {
    await this.stop();
    this.#guide = folder;
    await this.start();
  }

  /** Serves another build from now on. */
  async serveInstead(site) {
    await this.stop();
    this.#site = site;
    await this.start();
  }

  async close() {
    await this.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #end(signal) {
    const process = this.#process;
    if (!process) return;
    this.#process = undefined;
    if (process.exitCode !== null || process.signalCode !== null) return;
    const ended = once(process, 'exit');
    process.kill(signal);
    await ended;
  }
}

export async function freePort() {
  const asked = createServer().listen(0, '127.0.0.1');
  await once(asked, 'listening');
  const { port } = asked.address();
  await new Promise((done) => asked.close(done));
  return port;
}
