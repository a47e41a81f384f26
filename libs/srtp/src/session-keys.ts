import { createCipheriv } from 'node:crypto';
import type { SrtpProfile } from './protection-profile.js';
import { SRTP_KEY_BYTES, srtpSaltBytes } from './protection-profile.js';

/** The session keys of one direction (RFC 3711 4.3.1); the authentication keys are empty with GCM. */
export interface SrtpSessionKeys {
  readonly profile: SrtpProfile;
  readonly rtpKey: Buffer;
  readonly rtpAuthKey: Buffer;
  readonly rtpSalt: Buffer;
  readonly rtcpKey: Buffer;
  readonly rtcpAuthKey: Buffer;
  readonly rtcpSalt: Buffer;
}

const AUTH_KEY_BYTES = 20;
const LABEL_OFFSET = 7;

/** Derives the session keys of one direction from its master key of 16 bytes and its salt of 14, or with GCM 12. */
export function deriveSessionKeys(
  profile: SrtpProfile,
  masterKey: Uint8Array,
  masterSalt: Uint8Array,
): SrtpSessionKeys {
  const saltBytes = srtpSaltBytes(profile);
  if (masterKey.length !== SRTP_KEY_BYTES) throw new RangeError('the master key must be 16 bytes');
  if (masterSalt.length !== saltBytes) throw new RangeError(`the master salt must be ${saltBytes} bytes`);
  const authBytes = profile === 7 ? 0 : AUTH_KEY_BYTES;
  const derive = (label: number, length: number): Buffer => deriveKey(masterKey, masterSalt, label, length);
  // RFC 3711 4.3.1 and 4.3.2: labels 0 to 5
  return {
    profile,
    rtpKey: derive(0, SRTP_KEY_BYTES),
    rtpAuthKey: derive(1, authBytes),
    rtpSalt: derive(2, saltBytes),
    rtcpKey: derive(3, SRTP_KEY_BYTES),
    rtcpAuthKey: derive(4, authBytes),
    rtcpSalt: derive(5, saltBytes),
  };
}

function deriveKey(masterKey: Uint8Array, masterSalt: Uint8Array, label: number, length: number): Buffer {
  // RFC 3711 4.3.3, and RFC 7714 11 for the salt of 12 bytes, which is padded with zeros
  const counter = Buffer.alloc(16);
  counter.set(masterSalt);
  counter.writeUInt8(counter.readUInt8(LABEL_OFFSET) ^ label, LABEL_OFFSET);
  return createCipheriv('aes-128-ctr', masterKey, counter).update(Buffer.alloc(length));
}
