import { createServer } from 'node:http';
import type { Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as fc from 'fast-check';
import { Server } from 'socket.io';
import type { ServerOptions } from 'socket.io';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { EventSocket, SocketEvent, SocketListener, SocketPlace } from './event-socket.js';
import { librarySocket } from './library-socket.js';
import { PlainSocket } from './plain-socket.js';
import { reachingSocket } from './reaching-socket.js';

let server: Server | undefined;
let socket: EventSocket | undefined;

/** Keeps what happened, and lets a spec wait for it. */
class Witness implements SocketListener {
  readonly events: SocketEvent[] = [];
  readonly seen: string[] = [];
  #wake: () => void = () => undefined;

  connected(): void {
    this.#see('connected');
  }

  disconnected(): void {
    this.#see('disconnected');
  }

  told(event: SocketEvent): void {
    this.events.push(event);
    this.#see(event[0]);
  }

  async until(what: string, times = 1): Promise<void> {
    while (this.seen.filter((one) => one === what).length < times) {
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  #see(what: string): void {
    this.seen.push(what);
    this.#wake();
  }
}

/** As the chat's, which tells in an event how long to stay away. */
function placeAt(origin: string): SocketPlace {
  const pauseOf = ([name, body]: SocketEvent) =>
    name === 'closed' ? (body as { fault: { retryAfterMs: number } }).fault.retryAfterMs : undefined;
  return { origin, path: '/api/chat', pauseOf };
}

async function listen(options: Partial<ServerOptions> = {}): Promise<{ io: Server; origin: string }> {
  const http: HttpServer = createServer();
  const io = new Server(http, { path: '/api/chat', ...options });
  server = io;
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return { io, origin: `http://127.0.0.1:${(http.address() as AddressInfo).port}` };
}

async function connect(way: (witness: Witness) => EventSocket): Promise<Witness> {
  const witness = new Witness();
  socket = way(witness);
  socket.open();
  await witness.until('connected');
  return witness;
}

const WAYS = {
  PlainSocket: (place: SocketPlace, listener: SocketListener) => new PlainSocket(place, listener),
  librarySocket,
} as const;

afterEach(async () => {
  vi.unstubAllGlobals();
  socket?.close();
  await server?.close();
  [socket, server] = [undefined, undefined];
});

describe.each(Object.entries(WAYS))('%s', (_name, way) => {
  it('asks and is answered, and is told events', async () => {
    const { io, origin } = await listen();
    const told = { id: 'm1', body: 'quotes " and \u2028 and 안녕 🔥' };
    io.on('connection', (one) => {
      one.on('join', (body: object, answer: (reply: object) => void) => {
        answer({ ok: true, answer: body });
        one.emit('message', told);
      });
    });
    const witness = await connect((listener) => way(placeAt(origin), listener));
    expect(await socket?.request('join', { channel: 'demo' })).toEqual({ ok: true, answer: { channel: 'demo' } });
    await witness.until('message');
    expect(witness.events).toEqual([['message', told]]);
  });

  it('stays connected through the pings of the server', async () => {
    const { io, origin } = await listen({ pingInterval: 50, pingTimeout: 20_000 });
    const pongs = new Promise<void>((resolve) => {
      io.on('connection', ({ conn }) => {
        let count = 0;
        conn.on('heartbeat', () => (count += 1) === 3 && resolve());
      });
    });
    const witness = await connect((listener) => way(placeAt(origin), listener));
    await pongs;
    expect(witness.seen).toEqual(['connected']);
  });

  it('gives up what was asked when the connection is lost, and comes back by itself', async () => {
    const { io, origin } = await listen();
    io.on('connection', (one) => one.on('join', () => one.conn.close()));
    const witness = await connect((listener) => way(placeAt(origin), listener));
    await expect(socket?.request('join', { channel: 'demo' })).rejects.toThrow();
    expect(witness.seen).toEqual(['connected', 'disconnected']);
    await witness.until('connected', 2);
  });

  it('stays away as long as the server asks that ends the connection', async () => {
    const { io, origin } = await listen();
    io.once('connection', (one) => {
      one.emit('closed', { channel: null, fault: { code: 'too-fast', message: '', retryAfterMs: 10 } });
      one.disconnect(true);
    });
    const witness = await connect((listener) => way(placeAt(origin), listener));
    await witness.until('connected', 2);
    expect(witness.seen).toEqual(['connected', 'closed', 'disconnected', 'connected']);
  });

  it('refuses to ask while it is not connected, and connects anew when it is told to', async () => {
    const { origin } = await listen();
    const witness = new Witness();
    socket = way(placeAt(origin), witness);
    await expect(socket.request('join', { channel: 'demo' })).rejects.toThrow('not connected');
    socket.open();
    await witness.until('connected');
    socket.renew();
    await witness.until('connected', 2);
    expect(witness.seen).toEqual(['connected', 'disconnected', 'connected']);
  });
});

describe('PlainSocket', () => {
  it('survives whatever a server sends', async () => {
    class Mouth extends EventTarget {
      static last: Mouth;
      constructor() {
        super();
        Mouth.last = this;
      }
      send(): void {}
      close(): void {}
      say(data: string): void {
        this.dispatchEvent(Object.assign(new Event('message'), { data }));
      }
    }
    vi.stubGlobal('WebSocket', Mouth);
    const witness = new Witness();
    const plain = new PlainSocket(placeAt('http://x'), witness);
    socket = plain;
    plain.open();
    const heads = fc.constantFrom('0', '40', '42', '421', '43', '431', '44', '41', '6', '2', '4', '');
    const tails = fc.oneof(
      fc.string(),
      fc.json(),
      fc.constantFrom('["message",{}]', '["message"]', '[]', '[1,2]', '{'),
    );
    fc.assert(
      fc.property(heads, tails, (head, tail) => {
        Mouth.last.say(head + tail);
        plain.nudge();
      }),
      { numRuns: 5000 },
    );
    Mouth.last.say('40{"sid":"x"}');
    Mouth.last.say('42["viewers",{"channel":"demo","viewers":3}]');
    expect(witness.events.at(-1)).toEqual(['viewers', { channel: 'demo', viewers: 3 }]);
  });
});

describe('reachingSocket', () => {
  it('finds a way by HTTP requests where WebSockets do not get through', async () => {
    const { io, origin } = await listen({ transports: ['polling'], allowUpgrades: false });
    io.on('connection', (one) => {
      one.on('leave', (_body: object, answer: (reply: object) => void) => answer({ ok: true, answer: null }));
    });
    await connect((listener) => reachingSocket(placeAt(origin), listener));
    expect(await socket?.request('leave', { channel: 'demo' })).toEqual({ ok: true, answer: null });
  });
});
