import { PassThrough } from 'node:stream';
import type { RequestOrigins } from '@weir/auth';
import type { MediaPool } from '@weir/sfu';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { expect, it, vi } from 'vitest';
import type { SessionOwner } from './session-owner.js';
import { SessionRegistry, SessionsExhausted } from './session-registry.js';
import { SessionRequests } from './session-requests.js';
import type { SignallingOptions } from './signalling-options.js';

it('begins no session that was ended while its offer was on its way', async () => {
  const options: SignallingOptions = {
    sessionsMax: 10,
    sessionsPerAddress: 10,
    unconnectedPerAddress: 10,
    sdpMaxBytes: 1000,
    fragmentMaxBytes: 1000,
    bodyTimeoutMs: 10_000,
    iceServers: [],
  };
  const sessions = new SessionRegistry(options);
  const origins = { of: () => ({ address: '192.0.2.1' }) } as unknown as RequestOrigins;
  const requests = new SessionRequests(sessions, { ready: true } as MediaPool, origins, options);
  const owner = { use: 'play', channel: 'a', negotiate: vi.fn(), connected: vi.fn(), closed: vi.fn() };
  const raw = Object.assign(new PassThrough(), { headers: {} });
  const request = { headers: { 'content-type': 'application/sdp' }, raw } as unknown as FastifyRequest;
  const opened = requests.open(owner as SessionOwner, request, {} as FastifyReply);
  sessions.closeReplaced(() => true);
  raw.end('v=0\r\n');
  await expect(opened).rejects.toThrow(SessionsExhausted);
  expect(owner.negotiate).not.toHaveBeenCalled();
  expect(owner.closed).toHaveBeenCalledOnce();
});
