import type { DelayHistogram } from './delay-histogram.js';
import type { EgressCipher } from './egress-cipher.js';
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
  /** How often a subscriber's packets of one turn were dropped because the socket could not keep up. */
  dropped = 0;

  readonly #delays: DelayHistogram;
  readonly #slab = new PacketSlab(SLOTS);
  #congested = false;

  constructor(delays: DelayHistogram) {
    this.#delays = delays;
  }

  /** Sends every row, all of a route's in one go, and empties the plan. */
  flush(plan: EgressPlan): void {
    for (let i = 0; i < plan.routeCount; i++) this.#sendRoute(plan, plan.routes[i]!, plan.firstRows[i]!);
    const nowMs = performance.now();
    for (const arrivalMs of plan.arrivalsMs) this.#delays.record((nowMs - arrivalMs) * 1000);
    plan.clear();
  }

  #sendRoute(plan: EgressPlan, route: EgressRoute, firstRow: number): void {
    const { cipher } = route.path;
    if (cipher === undefined || route.path.socket === undefined) return;
    if ((route.place & 15) === 0) this.#congested = route.path.socket.getSendQueueCount() > QUEUE_LIMIT;
    if (this.#congested) {
      this.dropped++;
      return;
    }
    let prepared = 0;
    for (let row = firstRow; row >= 0; row = plan.next[row]!) {
      if (prepared-- === 0) prepared = cipher.prepare(plan, row, route.ssrc) - 1;
      this.#send(route, cipher, plan, row);
    }
  }

  #send(route: EgressRoute, cipher: EgressCipher, plan: EgressPlan, row: number): void {
    const { header, path } = route;
    const sequence = plan.sequences[row]!;
    const timestamp = plan.timestamps[row]!;
    header[1] = (plan.markers[row]! << 7) | route.payloadType;
    header[2] = sequence >>> 8;
    header[3] = sequence;
    header[4] = timestamp >>> 24;
    header[5] = timestamp >>> 16;
    header[6] = timestamp >>> 8;
    header[7] = timestamp;
    const slab = this.#slab;
    const offset = slab.take();
    const length = cipher.seal(route, plan, row, slab, offset);
    path.socket!.send(slab.bytes.subarray(offset, offset + length), path.port, path.address);
    this.packetsSent++;
    this.bytesSent += length;
    path.packetsSent++;
    route.packetCount++;
    route.octetCount += plan.payloads[row]!.length;
  }
}
