import { describe, expect, it } from 'vitest';
import { complete } from './completion.js';
import { EMOJI, findEmoji, withEmoji } from './emoji-list.js';

const choices = { names: ['Ann', 'Anna', 'Bob'], mayModerate: false };
const labels = (text: string, more = choices) =>
  complete(text, text.length, more)?.suggestions.map(({ label }) => label) ?? [];

describe('complete', () => {
  it('completes the names of emoji after a colon, in both languages', () => {
    expect(labels('nice :fire')[0]).toBe(':fire:');
    expect(complete('nice :fir', 9, choices)).toMatchObject({
      start: 5,
      suggestions: [{ insert: '🔥 ' }, { insert: '🥇 ' }],
    });
    expect(labels(':박수')).toEqual([':clap:']);
  });

  it('leaves times, addresses and finished names alone', () => {
    for (const text of ['at 10:30', 'https://x', ':fire:', ': ', 'mail a@b', 'a/b']) expect(labels(text)).toEqual([]);
  });

  it('completes names after "@"', () => {
    expect(labels('hi @an')).toEqual(['@Ann', '@Anna']);
    expect(labels('hi @')).toHaveLength(3);
  });

  it('completes commands at the start of the line, the moderators’ only for them', () => {
    expect(labels('/')).toEqual(['help', 'name']);
    expect(labels('/', { ...choices, mayModerate: true })).toHaveLength(6);
    expect(labels('say /h')).toEqual([]);
  });

  it('looks only at what stands before the caret', () => {
    expect(complete('@an there', 3, choices)?.suggestions).toHaveLength(2);
    expect(complete('@an there', 9, choices)).toBeUndefined();
  });
});

describe('emoji', () => {
  it('have names of their own, each once', () => {
    expect(new Set(EMOJI.map(({ code }) => code)).size).toBe(EMOJI.length);
    expect(new Set(EMOJI.map(({ sign }) => sign)).size).toBe(EMOJI.length);
    for (const { sign, code, english, korean } of EMOJI) {
      expect(code).toMatch(/^[a-z_]{2,20}$/);
      expect([sign, english, korean].every((text) => text.length > 0)).toBe(true);
    }
  });

  it('take the place of their names, and of nothing else', () => {
    expect(withEmoji('so :fire: at 10:30:00 :nothing_like_it:')).toBe('so 🔥 at 10:30:00 :nothing_like_it:');
  });

  it('are found by words, the nearest first', () => {
    expect(findEmoji('heart')[0]?.code).toBe('heart');
    expect(findEmoji('하트').length).toBeGreaterThan(8);
    expect(findEmoji('')).toEqual(EMOJI);
  });
});
