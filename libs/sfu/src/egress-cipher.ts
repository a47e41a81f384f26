import type { EgressPlan } from './egress-plan.js';
import type { EgressRoute } from './egress-route.js';
import type { PacketSlab } from './packet-slab.js';

/** Protects the packets of one subscriber. */
export interface EgressCipher {
  /** Gets ready for the rows of a route from `row` on; returns for how many of them, at least 1. */
  prepare(plan: EgressPlan, row: number, ssrc: number): number;

  /** Puts the route's header and the row's protected payload at `offset` of the slab and returns the packet's length; rows come in the order they were prepared in. */
  seal(route: EgressRoute, plan: EgressPlan, row: number, slab: PacketSlab, offset: number): number;
}
