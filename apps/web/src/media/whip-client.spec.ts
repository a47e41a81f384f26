import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakePeer } from './fake-peer.js';
import { PICTURE_PRESETS } from './publish-quality.js';
import { WhipClient } from './whip-client.js';

const ANSWER = 'v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:0\r\na=rtpmap:96 H264/90000\r\n';
const track = (id: string) => ({ id }) as MediaStreamTrack;
let peers: FakePeer[];
let client: WhipClient;

beforeEach(() => {
  peers = [];
  vi.stubGlobal('location', { href: 'https://weir.example/' });
  vi.stubGlobal('MediaStream', class {});
  vi.stubGlobal('fetch', async () => new Response(ANSWER, { status: 201, headers: { location: '/s/1' } }));
  vi.stubGlobal(
    'RTCPeerConnection',
    class extends FakePeer {
      constructor() {
        super();
        peers.push(this);
      }
    },
  );
  client = new WhipClient({
    endpoint: '/whip/a',
    token: 'key',
    isReplaced: async () => false,
    onState: () => undefined,
  });
});

afterEach(() => {
  client.stop();
  vi.unstubAllGlobals();
});

describe('WhipClient', () => {
  it('offers the kinds it has, bounded, and lets the answer start near the bound', async () => {
    await client.setTrack('video', track('camera'));
    await client.setQuality(PICTURE_PRESETS['720p'], 64_000);
    client.start();
    await vi.waitFor(() => expect(peers[0]?.remoteDescription).toBeTruthy());
    expect(peers[0]?.transceivers).toHaveLength(1);
    expect(peers[0]?.transceivers[0]?.init).toMatchObject({
      direction: 'sendonly',
      sendEncodings: [{ maxBitrate: 2_500_000 }],
    });
    expect(peers[0]?.remoteDescription?.sdp).toContain('a=fmtp:96 x-google-start-bitrate=1500\r\n');
  });

  it('swaps a track in place, also for none', async () => {
    await client.setTrack('video', track('camera'));
    client.start();
    await vi.waitFor(() => expect(peers[0]?.remoteDescription).toBeTruthy());
    await client.setTrack('video', track('screen'));
    expect(peers[0]?.transceivers[0]?.sender.track).toEqual({ id: 'screen' });
    await client.setTrack('video', null);
    expect(peers[0]?.transceivers[0]?.sender.track).toBeNull();
    expect(peers).toHaveLength(1);
  });

  it('connects without sending while it is held, and sends when released', async () => {
    await client.setTrack('video', track('camera'));
    client.start(true);
    await vi.waitFor(() => expect(peers[0]?.remoteDescription).toBeTruthy());
    const encodings = peers[0]?.transceivers[0]?.init.sendEncodings;
    peers[0]?.become('connected');
    expect(encodings).toEqual([{ active: false }]);
    client.release();
    expect(encodings).toEqual([{ active: true }]);
  });

  it('sends at once when it was released before it was connected', async () => {
    await client.setTrack('video', track('camera'));
    client.start(true);
    client.release();
    await vi.waitFor(() => expect(peers[0]?.remoteDescription).toBeTruthy());
    peers[0]?.become('connected');
    expect(peers[0]?.transceivers[0]?.init.sendEncodings).toEqual([{ active: true }]);
  });

  it('takes a new session for a kind that the offer lacked', async () => {
    await client.setTrack('audio', track('microphone'));
    client.start();
    await vi.waitFor(() => expect(peers[0]?.remoteDescription).toBeTruthy());
    peers[0]?.become('connected');
    await client.setTrack('video', track('camera'));
    await vi.waitFor(() => expect(peers[1]?.transceivers).toHaveLength(2));
    await vi.waitFor(() => expect(peers[0]?.connectionState).toBe('closed'));
  });
});
