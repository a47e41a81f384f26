import { DtlsClient, DtlsServer, HashAlgorithm, SignatureAlgorithm, keyLength, saltLength } from 'werift';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCertificate } from './certificate.js';
import { HandshakeEndpoint } from './handshake-endpoint.js';
import type { DtlsRole, SrtpKeyMaterial, SrtpProfile } from './handshake-protocol.js';
import { Outcome } from './outcome.fixture.js';

const certificates = await Promise.all([createCertificate(), createCertificate()]);
const supportedGroups = 10;

interface Exported {
  readonly profile: number | undefined;
  readonly keys: Omit<SrtpKeyMaterial, 'profile'>;
}

/** Lets one of our endpoints and werift shake hands. */
async function shakeHands(
  role: DtlsRole,
  profiles: SrtpProfile[],
  group?: number,
): Promise<[SrtpKeyMaterial, Exported]> {
  const [ours, theirs] = certificates;
  const keys = new Outcome<SrtpKeyMaterial>();
  const connected = new Outcome<void>();
  const transport = {
    type: 'memory',
    address: { address: '', family: '', port: 0 },
    closed: false,
    onData: (_data: Buffer, _address: readonly [string, number]) => {},
    send: (data: Buffer) => {
      const datagram = Uint8Array.from(data);
      setImmediate(() => endpoint.receive(datagram));
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
  const options = {
    transport,
    cert: theirs.certPem,
    key: theirs.keyPem,
    signatureHash: { signature: SignatureAlgorithm.ecdsa_3, hash: HashAlgorithm.sha256_4 },
    srtpProfiles: profiles,
    extendedMasterSecret: true,
    certificateRequest: true,
  };
  const socket = role === 'server' ? new DtlsClient(options) : new DtlsServer(options);
  const endpoint = new HandshakeEndpoint(
    { role, certificate: ours, fingerprints: [theirs.fingerprint] },
    {
      datagram: (data) => setImmediate(() => transport.onData(Buffer.from(data), ['', 0])),
      keys: keys.resolve,
      failed: (reason) => keys.reject(new Error(reason)),
      closed: () => {},
    },
  );
  socket.onConnect.subscribe(() => connected.resolve());
  for (const extension of group === undefined ? [] : socket.extensions) {
    if (extension.type === supportedGroups) extension.data = Buffer.from([0, 2, 0, group ?? 0]);
  }
  endpoint.start();
  if (socket instanceof DtlsClient) void socket.connect();
  const [exported] = await Promise.all([keys.promise, connected.promise]);
  const profile = socket.srtp.srtpProfile;
  if (profile === undefined) expect.fail();
  endpoint.close();
  return [exported, { profile, keys: socket.extractSessionKeys(keyLength(profile), saltLength(profile)) }];
}

function expectSame(ours: SrtpKeyMaterial, { profile, keys }: Exported): void {
  expect(ours.profile).toBe(profile);
  expect(Buffer.from(ours.localKey)).toEqual(keys.remoteKey);
  expect(Buffer.from(ours.remoteKey)).toEqual(keys.localKey);
  expect(Buffer.from(ours.localSalt)).toEqual(keys.remoteSalt);
  expect(Buffer.from(ours.remoteSalt)).toEqual(keys.localSalt);
}

describe('a handshake with werift', () => {
  // werift gets lost when a flight comes twice: on our side no time passes, so that nothing is repeated
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
  afterEach(() => void vi.useRealTimers());

  it.each(['server', 'client'] as const)('ends with the same keys on both sides, we as %s', async (role) => {
    for (const profiles of [[7, 1], [1]] satisfies SrtpProfile[][]) expectSame(...(await shakeHands(role, profiles)));
  });

  it.each([23, 29])('is possible on group %i alone', async (group) => {
    expectSame(...(await shakeHands('server', [7], group)));
  });
});
