import { createCipheriv } from 'node:crypto';
import type { DelayHistogram } from './delay-histogram.js';
import type { EgressPlan } from './egress-plan.js';
import type { EgressPath, EgressRoute } from './egress-route.js';

const PACKETS = 2048;
const PACKET_BYTES = 2048;
const TAG_BYTES = 16;
const QUEUE_LIMIT = PACKETS / 2;

/** The egress engine in JavaScript: protects and sends the rows of a plan, one datagram each. */
export class JsEgress {
  readonly kind = 'js';
  packetsSent = 0;
  bytesSent = 0;
  /** Rows dropped because the socket could not keep up. */
  dropped = 0;

  readonly #delays: DelayHistogram;
  readonly #iv = Buffer.alloc(12);
  // A datagram that the kernel does not take at once is queued by reference: a packet's bytes are used again only when
  // more packets than may be queued have been sent after it.
  readonly #packets: Buffer[];
  #next = 0;

  constructor(delays: DelayHistogram) {
    this.#delays = delays;
    const slab = Buffer.allocUnsafeSlow(PACKETS * PACKET_BYTES);
    this.#packets = Array.from({ length: PACKETS }, (_, i) => slab.subarray(i * PACKET_BYTES, (i + 1) * PACKET_BYTES));
  }

  /** Sends every row and empties the plan. */
  flush(plan: EgressPlan): void {
    const { rows, routes, payloads, markers, sequences, timestamps, arrivalsMs } = plan;
    let arrival = 0;
    for (let row = 0; row < rows; row++) {
      const arrivedMs = arrivalsMs[row]!;
      if (arrivedMs !== arrival) {
        if (arrival !== 0) this.#delays.record((performance.now() - arrival) * 1000);
        arrival = arrivedMs;
      }
      this.#send(routes[row]!, payloads[row]!, markers[row]!, sequences[row]!, timestamps[row]!);
    }
    if (arrival !== 0) this.#delays.record((performance.now() - arrival) * 1000);
    plan.rows = 0;
  }

  #send(route: EgressRoute, payload: Buffer, marker: number, sequence: number, timestamp: number): void {
    const path = route.path;
    const socket = path.socket;
    if (socket === undefined) return;
    if ((this.packetsSent & 63) === 0 && socket.getSendQueueCount() > QUEUE_LIMIT) {
      this.dropped++;
      return;
    }
    const header = route.header;
    header[1] = (marker << 7) | route.payloadType;
    header[2] = sequence >>> 8;
    header[3] = sequence;
    header[4] = timestamp >>> 24;
    header[5] = timestamp >>> 16;
    header[6] = timestamp >>> 8;
    header[7] = timestamp;
    const packet = this.#packets[this.#next]!;
    this.#next = (this.#next + 1) & (PACKETS - 1);
    const length =
      path.gcm === undefined
        ? this.#protectByProfile(path, header, payload, packet, sequence)
        : this.#protectGcm(path.gcm, route, payload, packet, sequence);
    socket.send(packet.subarray(0, length), path.port, path.address);
    this.packetsSent++;
    this.bytesSent += length;
    path.packetsSent++;
    route.packetCount++;
    route.octetCount += payload.length;
  }

  #protectGcm(
    keys: NonNullable<EgressPath['gcm']>,
    route: EgressRoute,
    payload: Buffer,
    packet: Buffer,
    sequence: number,
  ): number {
    // RFC 7714 8.1: 16 zero bits, SSRC, rollover counter and sequence number, exclusive-or with the salt.
    const iv = this.#iv;
    const rollover = Math.floor(sequence / 65536);
    const word0 = keys.salt0 ^ (route.ssrc >>> 16);
    const word1 = keys.salt1 ^ ((route.ssrc << 16) | (rollover >>> 16));
    const word2 = keys.salt2 ^ ((rollover << 16) | (sequence & 0xffff));
    iv[0] = word0 >>> 24;
    iv[1] = word0 >>> 16;
    iv[2] = word0 >>> 8;
    iv[3] = word0;
    iv[4] = word1 >>> 24;
    iv[5] = word1 >>> 16;
    iv[6] = word1 >>> 8;
    iv[7] = word1;
    iv[8] = word2 >>> 24;
    iv[9] = word2 >>> 16;
    iv[10] = word2 >>> 8;
    iv[11] = word2;
    const header = route.header;
    const cipher = createCipheriv('aes-128-gcm', keys.key, iv);
    cipher.setAAD(header);
    packet.set(header, 0);
    const bodyAt = header.length;
    packet.set(cipher.update(payload), bodyAt);
    cipher.final();
    const tagAt = bodyAt + payload.length;
    packet.set(cipher.getAuthTag(), tagAt);
    return tagAt + TAG_BYTES;
  }

  #protectByProfile(path: EgressPath, header: Buffer, payload: Buffer, packet: Buffer, sequence: number): number {
    packet.set(header, 0);
    packet.set(payload, header.length);
    return path.sender!.protect(packet, header.length, header.length + payload.length, sequence);
  }
}
