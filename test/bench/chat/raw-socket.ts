import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

const TEXT_FRAME = 0x81;
const MASKED = 0x80;

/** The server did not open a socket, or closed it. */
export class RawSocketFailed extends Error {
  override readonly name = 'RawSocketFailed';
}

/** Where a socket is opened, and as whom. */
export interface RawSocketOptions {
  readonly port: number;
  /** Headers of the handshake beside those of WebSocket. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Is given each event as it came, such as `["message",{…}]`. */
  readonly onEvent: (text: string) => void;
}

/** A socket of the chat on bare TCP, so that two thousand of them cost less than the server that they measure. */
export class RawSocket {
  readonly #socket: Socket;
  readonly #onEvent: (text: string) => void;
  readonly #answers = new Map<number, (answer: unknown) => void>();
  #rest: Buffer = Buffer.alloc(0);
  #asked = 0;
  #opened: (() => void) | undefined;

  /** Connects and enters socket.io's namespace. */
  static async open(options: RawSocketOptions): Promise<RawSocket> {
    const raw = new RawSocket(options);
    await raw.#shakeHands(options);
    const entered = new Promise<void>((resolve) => (raw.#opened = resolve));
    raw.#write('40');
    await entered;
    return raw;
  }

  private constructor({ port, onEvent }: RawSocketOptions) {
    this.#onEvent = onEvent;
    this.#socket = connect(port, '127.0.0.1').setNoDelay(true);
    this.#socket.on('error', () => undefined);
  }

  /** Asks for something and waits for the answer, as it is. */
  ask(name: string, body: unknown): Promise<unknown> {
    const id = (this.#asked += 1);
    const answer = new Promise((resolve) => this.#answers.set(id, resolve));
    this.#write(`42${id}${JSON.stringify([name, body])}`);
    return answer;
  }

  /** Disconnects. */
  close(): void {
    this.#socket.destroy();
  }

  // RFC 6455 4.1, and the protocols of engine.io 4 and socket.io 5 behind it.
  #shakeHands({ port, headers = {} }: RawSocketOptions): Promise<void> {
    const lines = Object.entries({
      Host: `127.0.0.1:${port}`,
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
      ...headers,
    }).map(([name, value]) => `${name}: ${value}\r\n`);
    this.#socket.write(`GET /api/chat/?EIO=4&transport=websocket HTTP/1.1\r\n${lines.join('')}\r\n`);
    return new Promise((resolve, reject) => {
      const refuse = (why: string): void => reject(new RawSocketFailed(why));
      this.#socket.once('close', () => refuse('The server closed the connection.'));
      this.#socket.on('data', (data: Buffer) => {
        this.#rest = this.#rest.length === 0 ? data : Buffer.concat([this.#rest, data]);
        const head = this.#rest.indexOf('\r\n\r\n');
        if (head === -1) return;
        const status = this.#rest.toString('latin1', 0, 12);
        if (!status.endsWith('101')) {
          refuse(`The server answered "${status}".`);
          return;
        }
        this.#rest = this.#rest.subarray(head + 4);
        this.#socket.removeAllListeners('data').on('data', (more: Buffer) => this.#read(more));
        resolve();
        this.#read(Buffer.alloc(0));
      });
    });
  }

  #read(data: Buffer): void {
    const all = this.#rest.length === 0 ? data : Buffer.concat([this.#rest, data]);
    let at = 0;
    for (;;) {
      if (all.length < at + 2) break;
      const short = all[at + 1]! & 0x7f;
      const head = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (all.length < at + head) break;
      const length =
        short < 126 ? short : short === 126 ? all.readUInt16BE(at + 2) : Number(all.readBigUInt64BE(at + 2));
      if (all.length < at + head + length) break;
      this.#take(all.toString('utf8', at + head, at + head + length));
      at += head + length;
    }
    this.#rest = all.subarray(at);
  }

  #take(packet: string): void {
    if (packet.startsWith('42')) this.#onEvent(packet.slice(2));
    else if (packet.startsWith('43')) this.#answered(packet.slice(2));
    else if (packet === '2') this.#write('3');
    else if (packet.startsWith('40')) this.#opened?.();
  }

  #answered(text: string): void {
    const bracket = text.indexOf('[');
    const id = Number(text.slice(0, bracket));
    this.#answers.get(id)?.((JSON.parse(text.slice(bracket)) as unknown[])[0]);
    this.#answers.delete(id);
  }

  // RFC 6455 5.2 and 5.3
  #write(text: string): void {
    const payload = Buffer.from(text);
    const head = payload.length < 126 ? 2 : 4;
    const frame = Buffer.alloc(head + 4 + payload.length);
    frame[0] = TEXT_FRAME;
    frame[1] = MASKED | (payload.length < 126 ? payload.length : 126);
    if (head === 4) frame.writeUInt16BE(payload.length, 2);
    // a mask of zeros is a mask
    payload.copy(frame, head + 4);
    this.#socket.write(frame);
  }
}
