import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Connection } from './connection.js';
import type { ConnectionState } from './connection.js';
import { FakePeer } from './fake-peer.js';

const ANSWER = 'v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:0\r\na=ice-ufrag:s\r\na=ice-pwd:q\r\n';
const LINK = '<turn:turn.example.net>; rel="ice-server"; username="u"; credential="c"';
const respond = vi.fn<(method: string) => Response>();
const isReplaced = vi.fn<() => Promise<boolean>>();
let peers: FakePeer[];
let offeredServers: RTCIceServer[][];
let states: ConnectionState[];
let connection: Connection;

const created = () => new Response(ANSWER, { status: 201, headers: { location: '/s/1', link: LINK } });
const refused = (status: number, headers = {}) => Response.json({ title: 'no' }, { status, headers });
const latest = () => peers.at(-1) ?? new FakePeer();
const posts = () => respond.mock.calls.filter(([method]) => method === 'POST').length;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  vi.stubGlobal('location', { href: 'https://weir.example/' });
  vi.stubGlobal('fetch', async (_: string, init: RequestInit) => respond(init.method ?? 'GET'));
  respond.mockReset();
  respond.mockImplementation((method) => (method === 'POST' ? created() : new Response()));
  isReplaced.mockReset();
  isReplaced.mockResolvedValue(false);
  [peers, offeredServers, states] = [[], [], []];
  const keep = (sdp: string) => sdp;
  connection = new Connection({
    endpoint: '/whep/a',
    shapeOffer: keep,
    shapeAnswer: keep,
    onPost: () => undefined,
    isReplaced,
    onState: (state) => states.push(state),
    openPeer: (iceServers) => {
      const peer = new FakePeer();
      peer.addTransceiver('video', {});
      peers.push(peer);
      offeredServers.push(iceServers);
      return peer.asPeer;
    },
  });
});

afterEach(() => {
  connection.stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

async function connect(): Promise<void> {
  connection.start();
  await vi.advanceTimersByTimeAsync(0);
  latest().become('connected');
  await vi.advanceTimersByTimeAsync(0);
}

describe('Connection', () => {
  it('connects, and stops cleanly', async () => {
    await connect();
    connection.stop();
    connection.stop();
    expect(states).toEqual(['connecting', 'connected', 'idle']);
    await vi.advanceTimersByTimeAsync(0);
    expect(latest().connectionState).toBe('closed');
    expect(respond).toHaveBeenLastCalledWith('DELETE');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(peers).toHaveLength(1);
  });

  it('leaves the resource alone when suspended, so that the stream can be continued', async () => {
    await connect();
    connection.suspend();
    await vi.advanceTimersByTimeAsync(0);
    expect(latest().connectionState).toBe('closed');
    expect(connection.state).toBe('idle');
    expect(respond).toHaveBeenCalledTimes(1);
  });

  it('opens a new session at once when the network lost a steady one', async () => {
    await connect();
    await vi.advanceTimersByTimeAsync(6000);
    respond.mockImplementation((method) => (method === 'POST' ? created() : refused(422)));
    latest().become('failed');
    await vi.advanceTimersByTimeAsync(1);
    expect(peers).toHaveLength(2);
    latest().become('connected');
    expect(states).toEqual(['connecting', 'connected', 'reconnecting', 'connected']);
  });

  it('backs off when sessions break as soon as they are made', async () => {
    await connect();
    for (const waitMs of [0, 300, 1700]) {
      latest().closedByServer();
      const made = peers.length;
      await vi.advanceTimersByTimeAsync(Math.max(0, waitMs - 1));
      expect(peers).toHaveLength(waitMs === 0 ? made + 1 : made);
      await vi.advanceTimersByTimeAsync(1);
      expect(peers).toHaveLength(made + 1);
      latest().become('connected');
    }
  });

  it('asks an offline channel again when the server said so, with the same peer connection', async () => {
    respond.mockImplementationOnce(() => refused(409, { 'retry-after': '5' }));
    connection.start();
    await vi.advanceTimersByTimeAsync(4999);
    expect(connection.state).toBe('offline');
    expect(posts()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(posts()).toBe(2);
    expect(peers).toHaveLength(1);
  });

  it('makes a new peer connection when an offer has waited for a minute', async () => {
    respond.mockImplementation(() => refused(409, { 'retry-after': '25' }));
    connection.start();
    await vi.advanceTimersByTimeAsync(80_000);
    expect(posts()).toBe(4);
    expect(peers).toHaveLength(2);
  });

  it('cuts a wait short when asked', async () => {
    respond.mockImplementationOnce(() => refused(503, { 'retry-after': '20' }));
    connection.start();
    await vi.advanceTimersByTimeAsync(1000);
    connection.retry();
    await vi.advanceTimersByTimeAsync(0);
    expect(posts()).toBe(2);
  });

  it('stops at a refusal that cannot change, and can be started again', async () => {
    respond.mockImplementationOnce(() => refused(403));
    connection.start();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(connection.state).toBe('refused');
    expect(posts()).toBe(1);
    await connect();
    expect(connection.state).toBe('connected');
  });

  it('keeps trying while the server cannot be reached', async () => {
    vi.stubGlobal('fetch', async () => {
      throw new TypeError('Failed to fetch');
    });
    connection.start();
    await vi.advanceTimersByTimeAsync(12_000);
    expect(peers.length).toBeGreaterThan(3);
    expect(states).toEqual(['connecting']);
  });

  it('does not fight a publisher that took over', async () => {
    isReplaced.mockResolvedValue(true);
    await connect();
    latest().closedByServer();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(connection.state).toBe('replaced');
    expect(peers).toHaveLength(1);
  });

  it('uses the ICE servers of the first answer from the next session on', async () => {
    await connect();
    connection.renew();
    await vi.advanceTimersByTimeAsync(0);
    expect(offeredServers).toEqual([[], [{ urls: 'turn:turn.example.net', username: 'u', credential: 'c' }]]);
  });
});
