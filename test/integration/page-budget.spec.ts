import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { firstLoadOf } from '../harness/page-weight.js';

const WEB = fileURLToPath(new URL('../../dist/apps/web', import.meta.url));
const BUDGET_BYTES = 61_440;
const EMBED_BUDGET_BYTES = 40_960;

const bytesOf = (page: string): number => firstLoadOf(WEB, page).reduce((sum, { gzipBytes }) => sum + gzipBytes, 0);
const namesOf = (page: string): string[] => firstLoadOf(WEB, page).map(({ name }) => name);

describe('the watch page', () => {
  it('loads less than 60 kB at first, chat and its connection included', () => {
    const names = namesOf('watch.html');
    expect(names.some((name) => name.includes('chat'))).toBe(true);
    expect(bytesOf('watch.html')).toBeLessThan(BUDGET_BYTES);
  });

  it('loads hls.js only when it is needed', () => {
    expect(namesOf('watch.html').filter((name) => /\/hls-[\w-]+\.js$/.test(name))).toEqual([]);
  });
});

describe('the embedded player', () => {
  it('loads neither chat nor hls.js, and less than 40 kB', () => {
    expect(namesOf('embed.html').filter((name) => /chat|\/hls-/.test(name))).toEqual([]);
    expect(bytesOf('embed.html')).toBeLessThan(EMBED_BUDGET_BYTES);
  });
});
