import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCommand } from './slash-command.js';

const names = ['Ann', 'Ann Lee', 'Bob'];
const read = (line: string) => readCommand(line, names, true);

describe('readCommand', () => {
  it('puts somebody out for good or for a time, with a reason', () => {
    expect(read('/ban bob')).toEqual({ kind: 'ban', who: 'bob', seconds: null, reason: '' });
    expect(read('/ban @Ann Lee too loud')).toEqual({ kind: 'ban', who: 'Ann Lee', seconds: null, reason: 'too loud' });
    expect(read('/timeout Ann 10m rude')).toEqual({ kind: 'ban', who: 'Ann', seconds: 600, reason: 'rude' });
  });

  it('takes seconds, minutes, hours and days; minutes without a unit, ten of them without a number', () => {
    const spans = ['30s', '5m', '2h', '1d', '3', ''].map((span) => read(`/timeout Bob ${span}`));
    expect(spans.map((command) => 'seconds' in command && command.seconds)).toEqual([30, 300, 7200, 86_400, 180, 600]);
    expect(read('/timeout Bob soon')).toEqual({ kind: 'wrong', word: 'timeout' });
    expect(read('/timeout Bob 9999d')).toEqual({ kind: 'wrong', word: 'timeout' });
  });

  it('sets slow mode, also off', () => {
    expect(read('/slow 10')).toEqual({ kind: 'slow', seconds: 10 });
    expect(read('/slow off')).toEqual({ kind: 'slow', seconds: 0 });
    expect(read('/slow 4000')).toEqual({ kind: 'wrong', word: 'slow' });
    expect(read('/slow')).toEqual({ kind: 'wrong', word: 'slow' });
  });

  it('asks a poll of two to six answers', () => {
    expect(read('/poll Tea or coffee? | tea | coffee')).toEqual({
      kind: 'poll',
      question: 'Tea or coffee?',
      options: ['tea', 'coffee'],
    });
    for (const line of ['/poll', '/poll a | b', '/poll a | b | ', '/poll a|1|2|3|4|5|6|7']) {
      expect(read(line)).toEqual({ kind: 'wrong', word: 'poll' });
    }
  });

  it('changes the own name and lists the commands for everybody', () => {
    expect(readCommand('/name Ann Lee', [], false)).toEqual({ kind: 'name', name: 'Ann Lee' });
    expect(readCommand('/HELP', [], false)).toEqual({ kind: 'help' });
  });

  it('does not know what is none, nor the moderators’ commands for others', () => {
    expect(read('/dance')).toEqual({ kind: 'unknown', word: 'dance' });
    expect(readCommand('/ban Bob', names, false)).toEqual({ kind: 'unknown', word: 'ban' });
  });

  it('reads any line without failing', () => {
    const words = fc.constantFrom('/ban', '/timeout', '/slow', '/poll', '/unban', ' ', '|', '9', 'Ann', '@');
    const lines = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(words).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(lines, (line) => {
        expect(read(`/${line}`).kind).toBeTypeOf('string');
      }),
      { numRuns: 5000 },
    );
  });
});
