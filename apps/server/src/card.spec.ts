import { describe, expect, it } from 'vitest';
import { card, type CardFacts } from './card.js';

const facts: CardFacts = {
  version: '1.2.3',
  httpPort: 8080,
  httpHost: '::',
  rtcPorts: [8100, 8101],
  dataDir: '/data',
  demo: true,
  setupCode: 'secret-code',
  ffmpeg: { found: { path: 'ffmpeg', version: '7.1', source: 'system' }, problems: [] },
  addresses: ['192.0.2.5'],
};

describe('card', () => {
  it('tells which PostgreSQL is used, without its password', () => {
    const text = card({ ...facts, databaseUrl: 'postgres://weir:hidden@db.example.net:5433/live?sslmode=require' });
    expect(text).toContain('PostgreSQL db.example.net:5433/live ');
    expect(text).not.toContain('hidden');
    expect(card(facts)).not.toContain('PostgreSQL');
  });

  it('tells where to go, the one-time setup link, the ports and ffmpeg', () => {
    const text = card(facts);
    for (const part of [
      'Weir 1.2.3',
      'http://localhost:8080 ',
      'http://192.0.2.5:8080',
      'http://localhost:8080/watch/demo',
      'http://localhost:8080/setup#code=secret-code',
      'UDP 8100-8101',
      '7.1 (system)',
      '/data',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('is a frame whose lines are equally long', () => {
    const lengths = new Set(
      card(facts)
        .split('\n')
        .map((line) => line.length),
    );
    expect(lengths.size).toBe(1);
  });

  it('shows no link once somebody administers the server, and no other address when only loopback is served', () => {
    const text = card({ ...facts, setupCode: undefined, httpHost: '127.0.0.1', rtcPorts: [8100], demo: false });
    expect(text).not.toMatch(/code=|192\.0\.2\.5|watch\/demo|8100-/);
  });

  it('says how to get ffmpeg when there is none', () => {
    const text = card({ ...facts, ffmpeg: { found: undefined, problems: ['system (ffmpeg): cannot be run'] } });
    expect(text).toContain('apt-get install ffmpeg');
    expect(text).toContain('system (ffmpeg): cannot be run');
  });
});
