import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { LossyLink, type LinkOptions } from './lossy-link.js';

const HOST = '127.0.0.1';

/** Both directions of the network between peers and a server. */
export interface UdpProxyOptions {
  readonly serverPort: number;
  readonly toServer: LinkOptions;
  readonly toPeer: LinkOptions;
}

/** A UDP network between peers and one server port; the server sees each peer at an address of its own. */
export class UdpProxy {
  readonly toServer: LossyLink;
  readonly toPeer: LossyLink;
  readonly #front: Socket;
  readonly #options: UdpProxyOptions;
  readonly #upstreams = new Map<string, Promise<Socket>>();
  readonly #pending = new Set<NodeJS.Timeout>();
  #closed = false;

  private constructor(front: Socket, options: UdpProxyOptions) {
    this.#front = front;
    this.#options = options;
    this.toServer = new LossyLink(options.toServer);
    this.toPeer = new LossyLink(options.toPeer);
    front.on('message', (data, { address, port }) => void this.#receive(data, address, port));
  }

  /** Opens the proxy on a free port of the loopback interface. */
  static async open(options: UdpProxyOptions): Promise<UdpProxy> {
    const front = createSocket('udp4').bind(0, HOST);
    await once(front, 'listening');
    return new UdpProxy(front, options);
  }

  get port(): number {
    return this.#front.address().port;
  }

  /** An SDP whose candidates lead through this proxy and nowhere else. */
  redirect(sdp: string): string {
    const candidate = /^(a=candidate:\S+ \d+ udp \d+) (\S+) (\d+) (typ host.*)$/gim;
    const lines = sdp.replace(candidate, (line, before: string, _address: string, port: string, after: string) =>
      Number(port) === this.#options.serverPort ? `${before} ${HOST} ${this.port} ${after}` : line,
    );
    return withoutRepeatedCandidates(lines);
  }

  /** Drops what is under way and closes all sockets. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const timer of this.#pending) clearTimeout(timer);
    this.#front.close();
    for (const upstream of await Promise.all(this.#upstreams.values())) upstream.close();
  }

  async #receive(data: Buffer, address: string, port: number): Promise<void> {
    const peer = `${address}:${port}`;
    const opened = this.#upstreams.get(peer) ?? this.#openUpstream(address, port);
    this.#upstreams.set(peer, opened);
    const upstream = await opened;
    this.#carry(this.toServer, () => upstream.send(data, this.#options.serverPort, HOST));
  }

  async #openUpstream(address: string, port: number): Promise<Socket> {
    const upstream = createSocket('udp4').bind(0, HOST);
    upstream.on('message', (data) => this.#carry(this.toPeer, () => this.#front.send(data, port, address)));
    await once(upstream, 'listening');
    return upstream;
  }

  #carry(link: LossyLink, send: () => void): void {
    for (const delayMs of link.next()) {
      if (this.#closed) return;
      if (delayMs === 0) send();
      else this.#later(delayMs, send);
    }
  }

  #later(delayMs: number, send: () => void): void {
    const timer = setTimeout(() => {
      this.#pending.delete(timer);
      send();
    }, delayMs);
    this.#pending.add(timer);
  }
}

function withoutRepeatedCandidates(sdp: string): string {
  const seen = new Set<string>();
  let section = 0;
  return sdp
    .split(/(?<=\n)/)
    .filter((line) => {
      if (line.startsWith('m=')) section += 1;
      const transport = /^a=candidate:\S+ (.*) \d+ (\S+ \d+ typ .*)$/.exec(line.trimEnd());
      if (!transport) return true;
      const key = `${section} ${transport[2]}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    })
    .join('');
}
