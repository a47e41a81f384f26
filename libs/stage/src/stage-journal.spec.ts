import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { type JournalEntry, journalLine, readJournal } from './stage-journal.js';

const entries: readonly JournalEntry[] = [
  { seconds: 1, type: 'opened', originMs: 1_700_000_000_000, canvas: { width: 1280, height: 720 }, frameRate: 30 },
  { seconds: 1.5, type: 'guests', guests: [{ guest: 'anna', hasPicture: true, isStalled: false }] },
  { seconds: 2, type: 'speaker', speaker: 'anna' },
  { seconds: 2.5, type: 'image', name: 'logo.png', content: '0f' },
  { seconds: 3, type: 'arrangement', arrangement: null },
];

it('reads what was written, in the order of time', () => {
  expect(readJournal(entries.map(journalLine).toReversed().join(''))).toEqual(entries);
});

it('leaves out a line that is cut off or none of its own', () => {
  const text = entries.map(journalLine).join('');
  expect(readJournal(text.slice(0, -5))).toEqual(entries.slice(0, -1));
  expect(
    readJournal(
      `{"seconds":1,"type":"guests","guests":7}\n{"seconds":1,"type":"image","name":"a"}\n[]\nnull\n{"seconds":"1"}\n`,
    ),
  ).toEqual([]);
});

it('reads anything without a fault', () => {
  const whole = entries.map(journalLine).join('');
  fc.assert(
    fc.property(fc.nat(whole.length), fc.nat(40), fc.string(), (at, length, text) => {
      const read = readJournal(whole.slice(0, at) + text + whole.slice(at + length));
      expect(read.length).toBeLessThanOrEqual(entries.length + 1);
    }),
    { numRuns: 2000 },
  );
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(Array.isArray(readJournal(text))).toBe(true);
    }),
  );
});
