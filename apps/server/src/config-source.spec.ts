import { describe, expect, it } from 'vitest';
import { ConfigInvalid, readConfig } from './config-source.js';

function faults(environment: Record<string, string>, yaml?: string): readonly string[] {
  try {
    readConfig(environment, yaml);
  } catch (error) {
    if (error instanceof ConfigInvalid) return error.faults;
    throw error;
  }
  return [];
}

describe('readConfig', () => {
  it('has defaults for a server that nobody configured', () => {
    const config = readConfig({ PATH: '/bin' }, undefined);
    expect(config).toMatchObject({
      httpPort: 8080,
      httpHost: '::',
      rtcPort: 8100,
      demo: true,
      dataDir: './data',
      reconnectGraceMs: 15_000,
      publicAddresses: [],
      allowedOrigins: ['*'],
      allowInsecureKeys: false,
    });
    expect(config.adminToken).toBeUndefined();
    expect(config.rtcWorkers).toBeGreaterThanOrEqual(1);
  });

  it('takes weir.yaml before defaults and the environment before weir.yaml', () => {
    const yaml = 'http_port: 9000\nrtc_port: 9100\ndemo: off\nffmpeg_path: /opt/ffmpeg\n';
    const config = readConfig({ WEIR_HTTP_PORT: '9001', WEIR_RTC_WORKERS: '' }, yaml);
    expect(config).toMatchObject({ httpPort: 9001, rtcPort: 9100, demo: false, ffmpegPath: '/opt/ffmpeg' });
  });

  it('reads lists from commas and from YAML', () => {
    const addresses = ['+', '203.0.113.9', '2001:db8::9'];
    expect(readConfig({ WEIR_PUBLIC_ADDRESSES: addresses.join(', ') }, undefined).publicAddresses).toEqual(addresses);
    const yaml = 'public_addresses:\n  - 203.0.113.9\ntrusted_proxies: [10.0.0.0/8]\n';
    expect(readConfig({}, yaml)).toMatchObject({ publicAddresses: ['203.0.113.9'], trustedProxies: ['10.0.0.0/8'] });
  });

  it('reads STUN and TURN servers from JSON and from YAML', () => {
    const turn = { urls: ['turn:turn.example.net:3478'], username: 'u', credential: 'p' };
    const json = JSON.stringify([turn, { urls: 'stun:stun.example.net' }]);
    expect(readConfig({ WEIR_ICE_SERVERS: json }, undefined).iceServers).toEqual([
      turn,
      { urls: ['stun:stun.example.net'] },
    ]);
    expect(readConfig({}, 'ice_servers:\n  - urls: stun:a.example\n').iceServers).toEqual([
      { urls: ['stun:a.example'] },
    ]);
  });

  it('names the key, what was found and what is allowed', () => {
    expect(faults({ WEIR_HTTP_PORT: 'eighty' })).toEqual([
      'WEIR_HTTP_PORT in the environment is "eighty"; allowed: a whole number from 0 to 65535.',
    ]);
    expect(faults({}, 'reconnect_grace_ms: -1\n')).toEqual([
      'reconnect_grace_ms in weir.yaml is -1; allowed: a whole number from 0 to 3600000 milliseconds.',
    ]);
  });

  it('tells every fault at once', () => {
    expect(faults({ WEIR_DEMO: 'maybe', WEIR_LOG_LEVEL: 'loud', WEIR_PUBLIC_ADDRESSES: 'host.example' })).toHaveLength(
      3,
    );
    expect(faults({ WEIR_TRUSTED_PROXIES: 'proxy', WEIR_ALLOWED_ORIGINS: 'example.net' })).toHaveLength(2);
  });

  it('wants certificate and key, and everything of S3, together', () => {
    expect(faults({ WEIR_TLS_CERT: '/cert.pem' })).toEqual(['WEIR_TLS_KEY must be set as well, beside WEIR_TLS_CERT.']);
    expect(faults({ WEIR_S3_BUCKET: 'media', WEIR_S3_ACCESS_KEY: 'a', WEIR_S3_SECRET_KEY: 'b' })).toEqual([
      'WEIR_S3_ENDPOINT must be set as well, beside WEIR_S3_BUCKET, WEIR_S3_ACCESS_KEY, WEIR_S3_SECRET_KEY.',
    ]);
    expect(readConfig({ WEIR_TLS_CERT: '/cert.pem', WEIR_TLS_KEY: '/key.pem' }, undefined)).toMatchObject({
      tlsCert: '/cert.pem',
      tlsKey: '/key.pem',
    });
  });

  it('asks what an unknown key was meant to be', () => {
    expect(faults({ WEIR_HTP_PORT: '1' })).toEqual([
      'WEIR_HTP_PORT in the environment is no key of Weir. Did you mean WEIR_HTTP_PORT?',
    ]);
    expect(faults({}, 'sessions: 5\nbodytimeout_ms: 1')).toEqual([
      'sessions in weir.yaml is no key of Weir.',
      'bodytimeout_ms in weir.yaml is no key of Weir. Did you mean body_timeout_ms?',
    ]);
  });

  it('takes the address of a PostgreSQL database', () => {
    const databaseUrl = 'postgres://weir:secret@db.example.net:5432/weir?sslmode=require';
    expect(readConfig({ DATABASE_URL: databaseUrl }, undefined)).toMatchObject({ databaseUrl });
    expect(readConfig({}, `database_url: ${databaseUrl}`)).toMatchObject({ databaseUrl });
    for (const wrong of ['mysql://host/name', 'postgres://user:p/w@host/name', 'host']) {
      expect(faults({ DATABASE_URL: wrong })).toEqual([expect.stringMatching(/^DATABASE_URL .*postgres:\/\//)]);
    }
  });

  it('never prints a secret', () => {
    const told = faults({
      WEIR_ADMIN_TOKEN: 'with space',
      WEIR_ICE_SERVERS: '[{"credential":"hush"}]',
      DATABASE_URL: 'mysql://weir:hush@host/name',
    }).join('\n');
    expect(told).toContain('WEIR_ADMIN_TOKEN');
    expect(told).toContain('DATABASE_URL');
    expect(told).toContain('WEIR_ICE_SERVERS');
    expect(told).not.toMatch(/with space|hush/);
  });

  it('refuses a weir.yaml that is none', () => {
    expect(faults({}, 'a: [')[0]).toMatch(/^weir\.yaml is no YAML/);
    expect(faults({}, '- 1')).toEqual(['weir.yaml must be a mapping, such as "http_port: 8080".']);
    expect(faults({}, '')).toEqual([]);
  });
});
