import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakePeer } from './fake-peer.js';
import { Lifeline } from './lifeline.js';
import type { LifelineEnd } from './lifeline.js';

let peer: FakePeer;
let lifeline: Lifeline;
let end: LifelineEnd | undefined;
const restart = vi.fn<() => Promise<void>>();
const onConnected = vi.fn();
const onInterrupted = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  vi.resetAllMocks();
  restart.mockResolvedValue();
  peer = new FakePeer();
  peer.addTransceiver('video', {});
  end = undefined;
  lifeline = new Lifeline(peer.asPeer, { restart, onConnected, onInterrupted });
  void lifeline.ended.then((how) => (end = how));
});

afterEach(() => {
  lifeline.close();
  vi.useRealTimers();
});

describe('Lifeline', () => {
  it('is lost when the connection is not made in ten seconds', async () => {
    await vi.advanceTimersByTimeAsync(9999);
    expect(end).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    expect(end).toBe('lost');
  });

  it('lets a short disturbance pass', async () => {
    peer.become('connected');
    peer.become('disconnected');
    await vi.advanceTimersByTimeAsync(400);
    peer.become('connected');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(restart).not.toHaveBeenCalled();
    expect(onConnected).toHaveBeenCalledTimes(1);
  });

  it('restarts ICE when the disturbance lasts, and goes on when that helps', async () => {
    peer.become('connected');
    peer.become('disconnected');
    await vi.advanceTimersByTimeAsync(500);
    expect(restart).toHaveBeenCalledTimes(1);
    expect(onInterrupted).toHaveBeenCalledTimes(1);
    peer.become('connected');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(onConnected).toHaveBeenCalledTimes(2);
    expect(end).toBeUndefined();
  });

  it('is lost when the restart is refused', async () => {
    restart.mockRejectedValue(new Error('422'));
    peer.become('connected');
    peer.become('failed');
    await vi.advanceTimersByTimeAsync(0);
    expect(end).toBe('lost');
  });

  it('is lost when the restart does not connect in five seconds', async () => {
    peer.become('connected');
    peer.become('failed');
    await vi.advanceTimersByTimeAsync(5000);
    expect(restart).toHaveBeenCalledTimes(1);
    expect(end).toBe('lost');
  });

  it('tells apart that the server closed the session', async () => {
    peer.become('connected');
    peer.closedByServer();
    await vi.advanceTimersByTimeAsync(0);
    expect(end).toBe('closed-by-server');
  });

  it('notices a server that closed the session before it watched', async () => {
    peer.closedByServer();
    const late = new Lifeline(peer.asPeer, { restart, onConnected, onInterrupted });
    await expect(late.ended).resolves.toBe('closed-by-server');
  });

  it('restarts ICE once when asked twice, and never before the first connection', async () => {
    lifeline.restart();
    expect(restart).not.toHaveBeenCalled();
    peer.become('connected');
    lifeline.restart();
    lifeline.restart();
    expect(restart).toHaveBeenCalledTimes(1);
  });
});
