import { describe, expect, it } from 'vitest';
import { CaptionsMalformed, readWebVtt, writeWebVtt } from './web-vtt.js';

const SAMPLE = `\u{FEFF}WEBVTT - made by hand
Kind: captions

STYLE
::cue { background: url(https://elsewhere.example/) }

NOTE what follows is the show

intro
00:01.000 --> 00:04.000 align:start line:90% region:r1
<v Ann>Good evening.</v>
Welcome.

01:00:00.500 --> 01:00:02.000
One hour later
`;

describe('readWebVtt', () => {
  it('reads times, settings and text, with and without hours and identifiers', () => {
    expect(readWebVtt(SAMPLE)).toEqual([
      { startMs: 1000, endMs: 4000, settings: 'align:start line:90%', text: '<v Ann>Good evening.</v>\nWelcome.' },
      { startMs: 3_600_500, endMs: 3_602_000, settings: '', text: 'One hour later' },
    ]);
  });

  it('reads every way of ending a line', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      expect(readWebVtt(['WEBVTT', '', '00:01.000 --> 00:02.000', 'a', 'b'].join(end))).toMatchObject([
        { text: 'a\nb' },
      ]);
    }
  });

  it('reads a file without captions', () => {
    for (const text of ['WEBVTT', 'WEBVTT\n', 'WEBVTT title\n\n\n', 'WEBVTT\nKind: captions\n']) {
      expect(readWebVtt(text)).toEqual([]);
    }
  });

  it('puts captions in the order of their times', () => {
    const cues = readWebVtt('WEBVTT\n\n00:05.000 --> 00:06.000\nb\n\n00:01.000 --> 00:02.000\na\n');
    expect(cues.map(({ text }) => text)).toEqual(['a', 'b']);
  });

  it.each([
    ['', 1, 'it must begin with WEBVTT'],
    ['1\n00:00:01,000 --> 00:00:02,000\nSubRip', 1, 'it must begin with WEBVTT'],
    ['WEBVTTX', 1, 'it must begin with WEBVTT'],
    ['WEBVTT\n\n00:01 --> 00:02\na', 3, 'times are written as'],
    ['WEBVTT\n\n00:61.000 --> 00:62.000\na', 3, 'times are written as'],
    ['WEBVTT\n\nx\n00:02.000 --> 00:02.000\na', 4, 'a caption must end after it begins'],
    ['WEBVTT\n\n00:01.000 --> 00:02.000\na\n00:02.000 --> 00:03.000\nb', 5, 'an empty line must come before'],
    ['WEBVTT\n\nnothing but text', 3, 'a caption needs its times'],
    [`WEBVTT\n\n00:01.000 --> 00:02.000\n${'a'.repeat(2001)}`, 4, 'a caption has at most 2000 characters'],
  ])('refuses %j and names the line', (text, line, why) => {
    expect(() => readWebVtt(text)).toThrow(CaptionsMalformed);
    expect(() => readWebVtt(text)).toThrow(`line ${line}: ${why}`);
  });

  it('refuses more captions than a film has', () => {
    const cue = '00:01.000 --> 00:02.000\na\n\n';
    expect(readWebVtt(`WEBVTT\n\n${cue.repeat(20_000)}`)).toHaveLength(20_000);
    expect(() => readWebVtt(`WEBVTT\n\n${cue.repeat(20_001)}`)).toThrow('more than 20000 captions');
  });
});

describe('writeWebVtt', () => {
  it('writes what can be read again, without styles, regions and comments', () => {
    const text = writeWebVtt(readWebVtt(SAMPLE));
    expect(text).not.toMatch(/STYLE|url|NOTE|region/);
    expect(readWebVtt(text)).toEqual(readWebVtt(SAMPLE));
  });
});

describe('any input', () => {
  let state = 7;
  const random = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % below;
  };
  const pieces = [
    'WEBVTT',
    '\n',
    '\n\n',
    '\r',
    '-->',
    '00:01.000',
    ' --> ',
    '00:99.999',
    '\0',
    'NOTE',
    'STYLE',
    '<c>',
    '&lt;',
    ':',
    '9',
    '가',
  ];
  const mutated = (): string => {
    let text = random(4) === 0 ? '' : SAMPLE;
    for (let changes = random(8); changes >= 0; changes -= 1) {
      const at = random(text.length + 1);
      text = text.slice(0, at) + pieces[random(pieces.length)]! + text.slice(at + random(6));
    }
    return text;
  };

  it('is read or refused with a line, and what was read survives being written', () => {
    let taken = 0;
    for (let round = 0; round < 20_000; round += 1) {
      const text = mutated();
      try {
        const cues = readWebVtt(text);
        const again = readWebVtt(writeWebVtt(cues));
        expect(again).toEqual(cues);
        taken += 1;
      } catch (error) {
        expect(error).toBeInstanceOf(CaptionsMalformed);
      }
    }
    expect(taken).toBeGreaterThan(1000);
  });
});
