import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakePeer } from './fake-peer.js';
import { WhepClient } from './whep-client.js';

const ANSWER = 'v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:0\r\n';
const onStream = vi.fn();
let peers: FakePeer[];
let client: WhepClient;

function receive(peer: FakePeer | undefined): EventTarget {
  const track = new EventTarget();
  peer?.dispatchEvent(Object.assign(new Event('track'), { track }));
  return track;
}

beforeEach(() => {
  peers = [];
  onStream.mockReset();
  vi.stubGlobal('location', { href: 'https://weir.example/' });
  vi.stubGlobal(
    'MediaStream',
    class {
      addTrack = () => undefined;
    },
  );
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
  client = new WhepClient({ endpoint: '/whep/a', onStream, onState: () => undefined });
});

afterEach(() => {
  client.stop();
  vi.unstubAllGlobals();
});

describe('WhepClient', () => {
  it('asks to receive both kinds without a jitter buffer of its own', async () => {
    client.start();
    await vi.waitFor(() => expect(peers[0]?.remoteDescription).toBeTruthy());
    expect(peers[0]?.transceivers.map(({ kindOrTrack, init }) => [kindOrTrack, init.direction])).toEqual([
      ['audio', 'recvonly'],
      ['video', 'recvonly'],
    ]);
    expect(peers[0]?.transceivers.map(({ receiver }) => receiver.jitterBufferTarget)).toEqual([0, 0]);
  });

  it('shows the first stream at once and a later one when its media comes', async () => {
    client.start();
    await vi.waitFor(() => expect(peers[0]?.remoteDescription).toBeTruthy());
    receive(peers[0]);
    expect(onStream).toHaveBeenCalledTimes(1);
    peers[0]?.become('connected');
    peers[0]?.closedByServer();
    await vi.waitFor(() => expect(peers[1]?.remoteDescription).toBeTruthy());
    const track = receive(peers[1]);
    expect(onStream).toHaveBeenCalledTimes(1);
    track.dispatchEvent(new Event('unmute'));
    expect(onStream).toHaveBeenCalledTimes(2);
  });
});
