import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createCertificate } from './certificate.js';
import { fingerprintOf, matchesFingerprint, UnknownDigest } from './fingerprint.js';

describe('fingerprints', () => {
  it('are written as SDP has them', async () => {
    const { certPem, fingerprint } = await createCertificate();
    expect(fingerprint).toEqual({ algorithm: 'sha-256', value: new X509Certificate(certPem).fingerprint256 });
  });

  it('match whatever the case of their letters', () => {
    const der = Buffer.from('certificate');
    const { value } = fingerprintOf(der);
    expect(matchesFingerprint(der, [{ algorithm: 'SHA-256', value: value.toLowerCase() }])).toBe(true);
  });

  it('match by SHA-384 and SHA-512 and never by an unknown digest', () => {
    const der = Buffer.from('certificate');
    expect(matchesFingerprint(der, [{ algorithm: 'sha-1', value: '00' }, fingerprintOf(der, 'sha-384')])).toBe(true);
    expect(matchesFingerprint(der, [fingerprintOf(der, 'sha-512')])).toBe(true);
    expect(matchesFingerprint(der, [{ algorithm: 'constructor', value: '00' }])).toBe(false);
    expect(matchesFingerprint(der, [])).toBe(false);
    expect(() => fingerprintOf(der, 'md5')).toThrow(UnknownDigest);
  });
});
