import type { Socket } from 'node:dgram';
import type { EgressCipher } from './egress-cipher.js';

/** Where and with which keys everything for one subscriber goes; shared by its routes. */
export interface EgressPath {
  socket: Socket | undefined;
  address: string;
  port: number;
  /** Undefined until the handshake is done. */
  readonly cipher: EgressCipher | undefined;
  packetsSent: number;
}

/** One outgoing SSRC of a subscriber: its header template, patched in place for each packet. */
export class EgressRoute {
  readonly path: EgressPath;
  readonly ssrc: number;
  /** RTP header with extensions; marker, payload type, sequence number and timestamp are patched. */
  readonly header: Buffer;
  payloadType: number;
  /** The plan's turn in which it last had a row, and its place among the routes there. */
  turn = 0;
  place = 0;
  packetCount = 0;
  octetCount = 0;

  constructor(path: EgressPath, ssrc: number, payloadType: number, extensions: Uint8Array | undefined) {
    this.path = path;
    this.ssrc = ssrc;
    this.payloadType = payloadType;
    this.header = Buffer.alloc(12 + (extensions?.length ?? 0));
    this.header[0] = extensions === undefined ? 0x80 : 0x90;
    this.header.writeUInt32BE(ssrc, 8);
    if (extensions !== undefined) this.header.set(extensions, 12);
  }
}
