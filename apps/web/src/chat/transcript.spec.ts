import { describe, expect, it } from 'vitest';
import { message } from './fake-chat.js';
import { isContinued, sentLine, Transcript } from './transcript.js';

describe('Transcript', () => {
  it('keeps the lines that did not change, so that they are not drawn again', () => {
    const transcript = new Transcript();
    transcript.add([message(1), message(3)]);
    const [first, third] = transcript.lines;
    transcript.add([message(2)]);
    expect(transcript.lines.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect([transcript.lines[0], transcript.lines[2]]).toEqual([first, third]);
    expect(transcript.lines[0]).toBe(first);
    const before = transcript.lines;
    transcript.add([message(2)]);
    expect(transcript.lines).toBe(before);
  });

  it('keeps what was not sent at the end, until it is given up', () => {
    const transcript = new Transcript();
    const own = { ...sentLine(message(0, { id: '', clientId: 'own' })), seq: Infinity, delivery: 'failed' as const };
    transcript.put(own);
    transcript.add([message(1)]);
    expect(transcript.lines.map(({ delivery }) => delivery)).toEqual(['sent', 'failed']);
    transcript.remove(['']);
    expect(transcript.lines).toHaveLength(2);
    transcript.drop(own.key);
    expect(transcript.lines).toHaveLength(1);
  });
});

describe('isContinued', () => {
  it('gathers what one author says within a minute, unless it answers somebody', () => {
    const line = (seq: number, more = {}) => sentLine(message(seq, more));
    expect(isContinued(line(2), line(1))).toBe(true);
    expect(isContinued(line(2), undefined)).toBe(false);
    expect(isContinued(line(90), line(1))).toBe(false);
    expect(isContinued(line(2, { author: 'g:eve' }), line(1))).toBe(false);
    expect(isContinued(line(2, { name: 'Bobby' }), line(1))).toBe(false);
    expect(isContinued(line(2, { replyTo: { id: 'm1', name: 'Bob', body: '' } }), line(1))).toBe(false);
  });
});
