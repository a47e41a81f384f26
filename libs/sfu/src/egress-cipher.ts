import type { PacketSlab } from './packet-slab.js';

/** Protects the packets of one subscriber. */
export interface EgressCipher {
  /** Puts header and protected payload at `offset` of the slab and returns the packet's length. */
  seal(header: Buffer, payload: Buffer, ssrc: number, sequence: number, slab: PacketSlab, offset: number): number;
}
