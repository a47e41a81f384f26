import { packetizeH264 } from './h264-packetizer.js';

/** A packet to be sent, without what makes it one of a source. */
export interface OutgoingPacket {
  /** RTP timestamp, 32 bits. */
  readonly timestamp: number;
  readonly marker: boolean;
  readonly payload: Uint8Array;
}

const SEI = 6;
const DELIMITER = 9;
const FILLER = 12;

/** A picture of H.264 as packets of at most 1200 bytes; units that no decoder needs are left out (RFC 6184 section 5.1: the last packet of a picture has the marker). */
export function picturePackets(units: readonly Uint8Array[], timestamp: number): OutgoingPacket[] {
  const payloads = packetizeH264(units.filter(isNeeded));
  return payloads.map((payload, index) => ({ timestamp, marker: index === payloads.length - 1, payload }));
}

/** A packet of Opus that goes on with what was before (RFC 7587 section 4.2: the marker is set where sound begins after silence). */
export function soundPacket(data: Uint8Array, timestamp: number, isAfterSilence = false): OutgoingPacket {
  return { timestamp, marker: isAfterSilence, payload: data };
}

function isNeeded(unit: Uint8Array): boolean {
  const type = unit[0]! & 0x1f;
  return type !== SEI && type !== DELIMITER && type !== FILLER;
}
