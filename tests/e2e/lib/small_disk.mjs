// A disk of its own that is really full when it is full. Only root can have one.
import { execFile } from 'node:child_process';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pause } from './patience.mjs';

const run = promisify(execFile);
const MEGABYTE = Buffer.alloc(1024 * 1024);
const LAST = Buffer.alloc(512);

export class SmallDisk {
  folder;

  /** A disk of so many megabytes, in this folder or in a new one; `undefined` where nobody may mount one. */
  static async mount(megabytes, folder) {
    const disk = new SmallDisk();
    disk.folder = folder ?? (await mkdtemp(join(tmpdir(), 'medspil-disk-')));
    try {
      await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=777`, 'tmpfs', disk.folder]);
    } catch {
      await rm(disk.folder, { recursive: true });
      console.log('      (not tried: this machine lets nobody mount a small disk)');
      return undefined;
    }
    return disk;
  }

  get #filler() {
    return join(this.folder, 'filler');
  }

  /** Fills it to the last byte, and again what somebody has let go of a moment later. */
  async fill() {
    await this.#fillOnce();
    await pause(1_000);
    await this.#fillOnce();
  }

  async #fillOnce() {
    const file = await open(this.#filler, 'a');
    for (const piece of [MEGABYTE, LAST]) {
      try {
        for (;;) {
          const { bytesWritten } = await file.write(piece);
          if (bytesWritten < piece.length) break;
        }
      } catch (trouble) {
        if (trouble.code !== 'ENOSPC') throw trouble;
      }
    }
    await file.close();
  }

  /** Somebody deletes what filled it. */
  makeRoom() {
    return rm(this.#filler);
  }

  async unmount() {
    await run('umount', ['--lazy', this.folder]);
    await rm(this.folder, { recursive: true });
  }
}
