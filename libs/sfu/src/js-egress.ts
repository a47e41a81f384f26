import type { DelayHistogram } from './delay-histogram.js';
import type { EgressPlan } from './egress-plan.js';
import type { EgressRoute } from './egress-route.js';
import { PacketSlab } from './packet-slab.js';

const SLOTS = 2048;
const QUEUE_LIMIT = SLOTS / 2;

/** The egress engine in JavaScript: protects and sends the rows of a plan, one datagram each. */
export class JsEgress {
  readonly kind = 'js';
  packetsSent = 0;
  bytesSent = 0;
  /** Rows dropped because the socket could not keep up. */
  dropped = 0;

  readonly #delays: DelayHistogram;
  readonly #slab = new PacketSlab(SLOTS);

  constructor(delays: DelayHistogram) {
    this.#delays = delays;
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
    const slab = this.#slab;
    const offset = slab.take();
    const length = path.cipher!.seal(header, payload, route.ssrc, sequence, slab, offset);
    socket.send(slab.bytes.subarray(offset, offset + length), path.port, path.address);
    this.packetsSent++;
    this.bytesSent += length;
    path.packetsSent++;
    route.packetCount++;
    route.octetCount += payload.length;
  }
}
