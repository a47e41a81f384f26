import { X509Certificate, hash, timingSafeEqual, verify } from 'node:crypto';
import { matchesFingerprint } from './fingerprint.js';
import { MessageType, messageBody } from './handshake-message.js';
import type { HandshakeMessage } from './handshake-message.js';
import type { DtlsRole, Fingerprint } from './handshake-protocol.js';
import { pseudoRandom } from './prf.js';
import type { HandshakeSecrets } from './record-cipher.js';

/** A handshake as it stands when the peer's Finished has been decrypted, before anything is sent or given out because of it. */
export interface ProvableHandshake {
  /** Ours. */
  readonly role: DtlsRole;
  /** All messages before the peer's Finished, ours included. */
  readonly transcript: readonly HandshakeMessage[];
  readonly secrets: HandshakeSecrets;
  readonly extendedMasterSecret: boolean;
  /** The fingerprints that signalling announced for the peer. */
  readonly fingerprints: readonly Fingerprint[];
  /** Body of the peer's Finished. */
  readonly peerFinished: Uint8Array;
}

interface SignatureScheme {
  readonly digest: string;
  readonly keyType: string;
}

// RFC 5246 7.4.1.4.1: the first byte is the hash, the second the signature algorithm.
const schemes: Readonly<Record<number, SignatureScheme>> = {
  0x0401: { digest: 'sha256', keyType: 'rsa' },
  0x0501: { digest: 'sha384', keyType: 'rsa' },
  0x0601: { digest: 'sha512', keyType: 'rsa' },
  0x0403: { digest: 'sha256', keyType: 'ec' },
  0x0503: { digest: 'sha384', keyType: 'ec' },
  0x0603: { digest: 'sha512', keyType: 'ec' },
};
const namedCurve = 3;

/** Why the peer of a handshake is not who signalling announced; undefined when it has proven to be. werift proves none of this. */
export function findFault(handshake: ProvableHandshake): string | undefined {
  // RFC 7627 5.3: without it a man in the middle can give two handshakes the same keys.
  if (!handshake.extendedMasterSecret) return 'peer does not use the extended master secret';
  const certificate = peerCertificate(handshake);
  if (certificate === undefined) return 'peer sent no certificate';
  if (!matchesFingerprint(certificate, handshake.fingerprints)) return 'certificate is not the announced one';
  const owned =
    handshake.role === 'server' ? clientOwnsKey(handshake, certificate) : serverOwnsKey(handshake, certificate);
  if (!owned) return 'peer does not own the key of its certificate';
  if (!finishedFits(handshake)) return 'transcripts differ';
  return undefined;
}

function peerCertificate({ role, transcript }: ProvableHandshake): Uint8Array | undefined {
  const certificates = transcript.filter((message) => message.type === MessageType.certificate);
  // Both sides send one; the server goes first.
  const message = role === 'client' ? certificates[0] : certificates[1];
  if (message === undefined) return undefined;
  // RFC 5246 7.4.2: length of the list, length of the first certificate, both 24 bits.
  const body = Buffer.from(messageBody(message));
  if (body.length < 6) return undefined;
  const end = 6 + body.readUIntBE(3, 3);
  return end > 6 && end <= body.length ? body.subarray(6, end) : undefined;
}

function clientOwnsKey({ transcript }: ProvableHandshake, certificate: Uint8Array): boolean {
  const index = transcript.findIndex((message) => message.type === MessageType.certificateVerify);
  const certificateVerify = transcript[index];
  if (certificateVerify === undefined) return false;
  // RFC 5246 7.4.8: all messages before this one are signed.
  const signed = Buffer.concat(transcript.slice(0, index).map((message) => message.bytes));
  return signatureFits(Buffer.from(messageBody(certificateVerify)), signed, certificate);
}

function serverOwnsKey({ transcript, secrets }: ProvableHandshake, certificate: Uint8Array): boolean {
  const message = transcript.find(({ type }) => type === MessageType.serverKeyExchange);
  if (message === undefined) return false;
  // RFC 8422 5.4: curve type, curve, length of the point, point; all signed after both randoms.
  const body = Buffer.from(messageBody(message));
  if (body.length < 4 || body[0] !== namedCurve) return false;
  const parametersBytes = 4 + body.readUInt8(3);
  const signed = Buffer.concat([secrets.clientRandom, secrets.serverRandom, body.subarray(0, parametersBytes)]);
  return signatureFits(body.subarray(parametersBytes), signed, certificate);
}

function signatureFits(digitallySigned: Buffer, signed: Buffer, certificate: Uint8Array): boolean {
  if (digitallySigned.length < 4) return false;
  const scheme = schemes[digitallySigned.readUInt16BE(0)];
  const signature = digitallySigned.subarray(4);
  if (scheme === undefined || signature.length !== digitallySigned.readUInt16BE(2)) return false;
  try {
    const { publicKey } = new X509Certificate(certificate);
    if (publicKey.asymmetricKeyType !== scheme.keyType) return false;
    return verify(scheme.digest, signed, { key: publicKey, dsaEncoding: 'der' }, signature);
  } catch {
    return false;
  }
}

function finishedFits({ role, transcript, secrets, peerFinished }: ProvableHandshake): boolean {
  const label = role === 'server' ? 'client finished' : 'server finished';
  const digest = hash('sha256', Buffer.concat(transcript.map((message) => message.bytes)), 'buffer');
  const expected = pseudoRandom(secrets.masterSecret, label, digest, 12);
  return peerFinished.length === expected.length && timingSafeEqual(peerFinished, expected);
}
