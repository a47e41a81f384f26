import type { IncomingMessage } from 'node:http';
import { type Caller, Callers, CredentialsRejected, RequestOrigins } from '@weir/auth';
import { Log } from '@weir/telemetry';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { networkOf } from './network-of.js';
import { SocketGate } from './socket-gate.js';

const log = Log.open({ level: 'silent', text: false });
let fault: Error | undefined;
let gate: SocketGate;

function request(address: string, headers: Record<string, string> = {}): IncomingMessage {
  return { headers: { host: 'weir.example', ...headers }, socket: { remoteAddress: address } } as IncomingMessage;
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  fault = undefined;
  const of = () => (fault ? Promise.reject(fault) : Promise.resolve({ key: 'g:1' } as Caller));
  const origins = new RequestOrigins({ allowInsecureKeys: false, trustedProxies: [] });
  gate = new SocketGate({ of } as unknown as Callers, origins, log, { chatSocketsPerAddress: 2, chatSocketsMax: 3 });
});

afterEach(() => void vi.useRealTimers());

describe('SocketGate', () => {
  it('lets our own pages and programs in, and no page of another site', async () => {
    expect(await gate.refusal(request('10.0.0.1', { origin: 'https://weir.example' }))).toBeUndefined();
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
    ]) {
      expect(await gate.refusal(request('10.0.0.2', headers as Record<string, string>))).toContain('another site');
    }
    expect(await gate.refusal(request('10.0.0.3'))).toBeUndefined();
  });

  it('gives each network so many sockets, and all together so many', async () => {
    const all = [request('10.0.0.1'), request('10.0.0.1'), request('10.0.0.2'), request('10.0.0.3')] as const;
    for (const one of all) expect(await gate.refusal(one)).toBeUndefined();
    expect(all.map((one) => gate.open(one))).toEqual([true, true, true, false]);
    expect(await gate.refusal(request('10.0.0.4'))).toContain('Too many');
    gate.close(all[0]);
    gate.close(all[1]);
    gate.close(all[2]);
    expect(gate.sockets).toBe(0);
    expect(gate.open(all[0])).toBe(true);
    expect(gate.open(request('10.0.0.9'))).toBe(false);
  });

  it('slows an address that comes again and again', async () => {
    for (let i = 0; i < 2; i += 1) expect(await gate.refusal(request('10.0.0.1'))).toBeUndefined();
    expect(await gate.refusal(request('10.0.0.1'))).toContain('try again later');
  });

  it('tells a wrong token, and survives a database that is away', async () => {
    fault = new CredentialsRejected();
    expect(await gate.refusal(request('10.0.0.1'))).toBe(fault.message);
    fault = new Error('secret detail');
    expect(await gate.refusal(request('10.0.0.1'))).not.toContain('secret');
  });
});

describe('networkOf', () => {
  it('takes the first 64 bits of IPv6 addresses as one', () => {
    expect(networkOf('192.0.2.1')).toBe('192.0.2.1');
    expect(networkOf('2001:db8:0:1::5')).toBe(networkOf('2001:0db8::1:ffff:0:0:9'));
    expect(networkOf('2001:db8:0:1::5')).not.toBe(networkOf('2001:db8:0:2::5'));
    expect(networkOf('::1')).toBe('0:0:0:0');
  });
});
