// The wire between browsers and the server: what goes over it is counted, and it can be cut.
import { once } from 'node:events';
import { connect, createServer } from 'node:net';

const LINE = '/live';

export class Wire {
  #listener;
  #to;
  /** Paths in the order they were asked for. */
  asked = [];
  /** What the server has sent, headers and all. */
  bytes = 0;
  /** How much of that was said on the line of the app itself, and is no file. */
  said = 0;
  /** After so many bytes the wire is silent, and nobody is told. */
  silentAfter = Infinity;

  static async to(server) {
    const wire = new Wire();
    wire.#to = new URL(server.address).port;
    wire.#listener = createServer((near) => wire.#join(near));
    wire.#listener.listen(0, '127.0.0.1');
    await once(wire.#listener, 'listening');
    return wire;
  }

  get address() {
    return `http://localhost:${this.#listener.address().port}`;
  }

  close() {
    this.#listener.close();
  }

  #join(near) {
    const far = connect(this.#to, '127.0.0.1');
    let isLine = false;
    near.on('data', (data) => {
      const path = /^GET (\S+) /.exec(data.toString('latin1'))?.[1];
      if (path) this.asked.push(path);
      isLine ||= path === LINE;
      far.write(data);
    });
    far.on('data', (data) => {
      const room = Math.max(0, this.silentAfter - this.bytes);
      this.bytes += Math.min(room, data.length);
      if (isLine) this.said += Math.min(room, data.length);
      near.write(data.subarray(0, room));
    });
    for (const [one, other] of [[near, far], [far, near]]) {
      one.on('error', () => {});
      one.on('close', () => other.destroy());
    }
  }
}
