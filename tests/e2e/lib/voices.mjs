// A device that has voices: Debian's speech-dispatcher with espeak-ng, which speaks Danish, into no loudspeaker.
// What Chromium then tells of its voices, and when each is done, is real.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch } from './browser.mjs';
import { until } from './patience.mjs';

const MODULE = 'espeak-ng.conf';
const DEBIANS = '/etc/speech-dispatcher/modules';

export class Voices {
  #folder;
  #process;

  static async open() {
    const voices = new Voices();
    voices.#folder = await mkdtemp(join(tmpdir(), 'medspil-voices-'));
    await voices.#start();
    return voices;
  }

  /** A browser on this device. */
  browser() {
    const env = { ...process.env, SPEECHD_ADDRESS: `unix_socket:${this.#path('socket')}` };
    return launch({ flags: ['--enable-speech-dispatcher'], env });
  }

  async close() {
    const ended = once(this.#process, 'exit');
    this.#process.kill();
    await ended;
    await rm(this.#folder, { recursive: true, force: true });
  }

  #path(...parts) {
    return join(this.#folder, ...parts);
  }

  async #start() {
    await mkdir(this.#path('modules'));
    await copyFile(join(DEBIANS, MODULE), this.#path('modules', MODULE));
    const settings = ['AudioOutputMethod "libao"', `AddModule "espeak-ng" "sd_espeak-ng" "${MODULE}"`, 'DefaultModule espeak-ng'];
    await writeFile(this.#path('speechd.conf'), `${settings.join('\n')}\n`);
    // Where the sound goes: nowhere.
    await writeFile(this.#path('.libao'), 'default_driver=null\n');
    const words = ['--run-single', '--communication-method', 'unix_socket', '--socket-path', this.#path('socket')];
    words.push('--config-dir', this.#folder, '--log-dir', this.#folder, '--pid-file', this.#path('pid'), '--timeout', '0');
    this.#process = spawn('speech-dispatcher', words, { stdio: 'ignore', env: { ...process.env, HOME: this.#folder } });
    await until('The voices are there', () => access(this.#path('socket')).then(() => true, () => false));
  }
}
