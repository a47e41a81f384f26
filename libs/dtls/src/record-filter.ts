import { ContentType, readRecords } from './record.js';
import type { DtlsRecord } from './record.js';

const wantedInHandshake = (record: DtlsRecord): boolean => {
  if (record.epoch === 0) return record.type === ContentType.handshake || record.type === ContentType.alert;
  return record.epoch === 1 && record.type === ContentType.handshake;
};

// RFC 6347 4.2.4: the peer repeats its Finished when it lost ours, so handshake records stay wanted for ever.
const wantedWhenConnected = (record: DtlsRecord): boolean =>
  record.epoch === 1 && (record.type === ContentType.handshake || record.type === ContentType.alert);

/**
 * The records of a datagram that mean anything in the given state, none that could be forged from outside to end a session:
 * once connected all is in epoch 1, and before that a plaintext alert is let through only to be told as the likely reason of a timeout.
 */
export function filterRecords(datagram: Uint8Array, connected: boolean): DtlsRecord[] {
  return readRecords(datagram).filter(connected ? wantedWhenConnected : wantedInHandshake);
}
