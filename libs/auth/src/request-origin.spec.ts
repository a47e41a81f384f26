import { describe, expect, it } from 'vitest';
import { AddressSet, AddressSetInvalid } from './address-set.js';
import { InsecureTransport, type OriginRequest, RequestOrigins } from './request-origin.js';

function request(remoteAddress: string, headers: Record<string, string> = {}, encrypted = false): OriginRequest {
  return { headers, socket: { remoteAddress, encrypted } };
}

function origins(trustedProxies: readonly string[] = [], allowInsecureKeys = false): RequestOrigins {
  return new RequestOrigins({ trustedProxies, allowInsecureKeys });
}

describe('RequestOrigins', () => {
  it('believes no forwarded header of a stranger', () => {
    const spoofed = request('198.51.100.1', { 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'https' });
    expect(origins().of(spoofed)).toEqual({ address: '198.51.100.1', encrypted: false });
  });

  it('takes the last address that no trusted proxy vouches for', () => {
    const headers = { 'x-forwarded-for': '1.1.1.1, 203.0.113.9, 10.0.0.2', 'x-forwarded-proto': 'https' };
    const origin = origins(['10.0.0.0/8']).of(request('::ffff:10.0.0.1', headers));
    expect(origin).toEqual({ address: '203.0.113.9', encrypted: true });
  });

  it('keeps the peer when a trusted proxy forwards nonsense', () => {
    const origin = origins(['10.0.0.1']).of(request('10.0.0.1', { 'x-forwarded-for': 'unknown' }));
    expect(origin.address).toBe('10.0.0.1');
  });

  it('lets secrets travel over HTTPS and in private networks only', () => {
    const rule = origins(['10.0.0.1']);
    for (const address of ['127.0.0.1', '::1', '::ffff:192.168.1.5', '172.31.0.1', 'fd00::1', 'fe80::1%eth0']) {
      expect(() => rule.requireSecure(request(address))).not.toThrow();
    }
    expect(() => rule.requireSecure(request('198.51.100.1', {}, true))).not.toThrow();
    for (const address of ['198.51.100.1', '172.32.0.1', '2001:db8::1', '']) {
      expect(() => rule.requireSecure(request(address))).toThrow(InsecureTransport);
    }
    const proxied = request('10.0.0.1', { 'x-forwarded-for': '198.51.100.1', 'x-forwarded-proto': 'http' });
    expect(() => rule.requireSecure(proxied)).toThrow(InsecureTransport);
  });

  it('can be told to take secrets from anywhere', () => {
    expect(() => origins([], true).requireSecure(request('198.51.100.1'))).not.toThrow();
  });
});

describe('isSameSite', () => {
  const site = (headers: Record<string, string>, address = '198.51.100.1', proxies: readonly string[] = []) =>
    origins(proxies).isSameSite(request(address, { host: 'live.example:8080', ...headers }));

  it('takes programs, which say nothing, and pages of this host', () => {
    expect(site({})).toBe(true);
    expect(site({ origin: 'http://live.example:8080' })).toBe(true);
    expect(site({ origin: 'HTTP://LIVE.example:8080', host: 'Live.Example:8080' })).toBe(true);
    expect(site({ origin: 'https://live.example', ':authority': 'live.example' })).toBe(true);
  });

  it('refuses pages of any other host, port or none', () => {
    for (const origin of [
      'http://evil.example',
      'http://live.example',
      'http://live.example:8081',
      'http://a.live.example:8080',
      'http://live.example:8080.evil.example',
      'http://live.example:8080@evil.example',
      'null',
      '',
      'live.example:8080',
    ]) {
      expect([origin, site({ origin })]).toEqual([origin, false]);
    }
  });

  it('believes what the browser says about where the request comes from', () => {
    for (const from of ['cross-site', 'same-site']) expect(site({ 'sec-fetch-site': from })).toBe(false);
    const ownOrigin = { origin: 'http://live.example:8080', 'sec-fetch-site': 'cross-site' };
    expect(site(ownOrigin)).toBe(false);
    // a proxy that nobody named may change the Host header
    expect(site({ origin: 'https://live.example', host: 'inner', 'sec-fetch-site': 'same-origin' })).toBe(true);
  });

  it('takes the host that a trusted proxy forwards, and a stranger does not', () => {
    const headers = { origin: 'https://live.example', host: 'inner:8080', 'x-forwarded-host': 'live.example' };
    expect(site(headers, '10.0.0.1', ['10.0.0.1'])).toBe(true);
    expect(site(headers)).toBe(false);
    expect(site({ origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' })).toBe(false);
  });
});

describe('AddressSet', () => {
  it('refuses what is no address or network', () => {
    for (const wrong of ['proxy', '10.0.0.0/33', '10.0.0.0/', '::1/129', '10.0.0.0/8/8', '']) {
      expect(() => new AddressSet([wrong])).toThrow(AddressSetInvalid);
    }
  });
});
