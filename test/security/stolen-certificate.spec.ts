import { createCertificate, HandshakeEndpoint } from '@weir/dtls';
import type { Certificate, DtlsRole } from '@weir/dtls';
import { describe, expect, it } from 'vitest';

/** Lets a victim and somebody who shows `shown` shake hands; resolves with what the victim makes of it. */
function shakeHands(victimRole: DtlsRole, victim: Certificate, shown: Certificate): Promise<string> {
  const roles = victimRole === 'server' ? (['client', 'server'] as const) : (['server', 'client'] as const);
  const ends: HandshakeEndpoint[] = [];
  const outcome = new Promise<string>((resolve) => {
    const other: HandshakeEndpoint = new HandshakeEndpoint(
      { role: roles[0], certificate: shown, fingerprints: [victim.fingerprint] },
      { datagram: (data) => setImmediate(() => endpoint.receive(data)), keys() {}, failed() {}, closed() {} },
    );
    const endpoint = new HandshakeEndpoint(
      { role: roles[1], certificate: victim, fingerprints: [shown.fingerprint] },
      {
        datagram: (data) => setImmediate(() => other.receive(data)),
        keys: () => resolve('accepted'),
        failed: resolve,
        closed() {},
      },
    );
    ends.push(endpoint, other);
  });
  for (const end of ends) end.start();
  return outcome.finally(() => {
    for (const end of ends) end.close();
  });
}

describe.each(['server', 'client'] as const)('a peer that meets our DTLS %s', (role) => {
  it('is accepted with its own certificate', async () => {
    const [ours, theirs] = await Promise.all([createCertificate(), createCertificate()]);
    expect(await shakeHands(role, ours, theirs)).toBe('accepted');
  });

  it('is refused with a certificate that it has no key for', async () => {
    const [ours, announced, own] = await Promise.all([createCertificate(), createCertificate(), createCertificate()]);
    const stolen = { ...announced, keyPem: own.keyPem };
    expect(await shakeHands(role, ours, stolen)).toBe('peer does not own the key of its certificate');
  });
});
