import { X509Certificate } from 'node:crypto';
import { CipherContext, HashAlgorithm, NamedCurveAlgorithm, SignatureAlgorithm } from 'werift';
import { fingerprintOf } from './fingerprint.js';
import type { Fingerprint } from './handshake-protocol.js';

/** A self-signed certificate with its private key; plain data, so that it can be posted to a thread. */
export interface Certificate {
  readonly certPem: string;
  readonly keyPem: string;
  /** By SHA-256. */
  readonly fingerprint: Fingerprint;
}

/** Makes a new ECDSA P-256 certificate (RFC 8827 6.5). */
export async function createCertificate(): Promise<Certificate> {
  const { certPem, keyPem } = await CipherContext.createSelfSignedCertificateWithKey(
    { signature: SignatureAlgorithm.ecdsa_3, hash: HashAlgorithm.sha256_4 },
    NamedCurveAlgorithm.secp256r1_23,
  );
  return { certPem, keyPem, fingerprint: fingerprintOf(new X509Certificate(certPem).raw) };
}
