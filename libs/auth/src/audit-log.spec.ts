import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AuditLog } from './audit-log.js';
import { AuthBench } from './auth.fixture.js';

const ada = { key: 'a:1', name: 'Ada' };
let bench: AuthBench;
let audit: AuditLog;

beforeEach(async () => {
  bench = await AuthBench.open();
  audit = new AuditLog(bench.database);
});

afterEach(() => bench.database.close());

describe('AuditLog', () => {
  it('tells page by page who did what, each once, newest first', async () => {
    for (let count = 0; count < 25; count += 1) {
      await audit.note(ada, { channel: count % 5 === 0 ? 'c' : null, action: 'test', target: `${count}`, detail: '' });
    }
    const seen: string[] = [];
    let next: string | null | undefined;
    while (next !== null) {
      const page = await audit.page(null, next, 4);
      seen.push(...page.entries.map(({ target }) => target));
      ({ next } = page);
    }
    expect(seen.toSorted((one, other) => Number(one) - Number(other))).toEqual(
      Array.from({ length: 25 }, (_, count) => `${count}`),
    );
    const { entries } = await audit.page('c', undefined, 10);
    expect(entries.map(({ target }) => Number(target)).toSorted((one, other) => one - other)).toEqual([
      0, 5, 10, 15, 20,
    ]);
    expect(entries[0]).toMatchObject({ channel: 'c', actor: 'a:1', actorName: 'Ada', action: 'test', detail: '' });
  });

  it('begins at the newest when the place makes no sense', async () => {
    await audit.note(ada, { channel: null, action: 'test', target: '', detail: '' });
    for (const place of ['', 'x', '-', "1-';--", '9'.repeat(99)]) {
      expect((await audit.page(null, place, 1)).entries).toHaveLength(1);
    }
  });
});
