/** One caption. */
export interface Cue {
  readonly startMs: number;
  readonly endMs: number;
  /** Such as `align:start line:0`; empty without. */
  readonly settings: string;
  /** Cue text with its tags. */
  readonly text: string;
}

/** Thrown when captions are not WebVTT; the message names the line. */
export class CaptionsMalformed extends Error {
  constructor(line: number, why: string) {
    super(`The captions are not WebVTT: line ${line}: ${why}.`);
    this.name = 'CaptionsMalformed';
  }
}

const mostCues = 20_000;
const longestCue = 2000;
const timing =
  /^((?:\d{2,4}:)?[0-5]\d:[0-5]\d\.\d{3})[ \t]+-->[ \t]+((?:\d{2,4}:)?[0-5]\d:[0-5]\d\.\d{3})(?:[ \t]+(.*))?$/;
// W3C WebVTT 3.1, cue settings; regions are left out with the blocks that define them
const setting =
  /^(vertical:(rl|lr)|line:(-?\d{1,4}|\d{1,3}(\.\d{1,4})?%)(,(start|center|end))?|position:\d{1,3}(\.\d{1,4})?%(,(line-left|center|line-right))?|size:\d{1,3}(\.\d{1,4})?%|align:(start|center|end|left|right))$/;

/** Reads WebVTT (W3C WebVTT 4): the cues in the order of their times; throws CaptionsMalformed. */
export function readWebVtt(text: string): Cue[] {
  const lines = text
    .replace(/^\u{FEFF}/u, '')
    .replaceAll('\0', '\u{FFFD}')
    .split(/\r\n|\n|\r/);
  if (!/^WEBVTT([ \t].*)?$/.test(lines[0] ?? '')) throw new CaptionsMalformed(1, 'it must begin with WEBVTT');
  const cues: Cue[] = [];
  for (let at = 1; at < lines.length;) {
    const end = blockEnd(lines, at);
    if (end > at) addBlock(cues, lines, at, end);
    at = end + 1;
  }
  return cues.toSorted((one, other) => one.startMs - other.startMs);
}

/** Writes WebVTT that has cues and nothing else. */
export function writeWebVtt(cues: readonly Cue[]): string {
  const blocks = cues.map(({ startMs, endMs, settings, text }) => {
    const head = `${timeText(startMs)} --> ${timeText(endMs)}${settings === '' ? '' : ` ${settings}`}`;
    return `\n${head}\n${text}\n`;
  });
  return `WEBVTT\n${blocks.join('')}`;
}

function blockEnd(lines: readonly string[], from: number): number {
  let at = from;
  while (at < lines.length && lines[at] !== '') at += 1;
  return at;
}

function addBlock(cues: Cue[], lines: readonly string[], from: number, to: number): void {
  const hasIdentifier = !lines[from]!.includes('-->');
  const at = hasIdentifier ? from + 1 : from;
  const head = at < to ? lines[at]! : '';
  if (!head.includes('-->')) {
    // The rest of the head, comments, and styles and regions, which others must not set for this page.
    const isOther = from === 1 || /^(NOTE|STYLE|REGION)([ \t]|$)/.test(lines[from]!);
    if (isOther) return;
    throw new CaptionsMalformed(from + 1, 'a caption needs its times, such as 00:01.000 --> 00:04.000');
  }
  const found = timing.exec(head.trim());
  if (found === null) throw new CaptionsMalformed(at + 1, 'times are written as 00:01.000 --> 00:04.000');
  const [startMs, endMs] = [msOf(found[1]!), msOf(found[2]!)];
  if (endMs <= startMs) throw new CaptionsMalformed(at + 1, 'a caption must end after it begins');
  const payload = lines.slice(at + 1, to);
  const stray = payload.findIndex((line) => line.includes('-->'));
  if (stray >= 0) throw new CaptionsMalformed(at + 2 + stray, 'an empty line must come before the next caption');
  const text = payload.join('\n');
  if (text.length > longestCue) throw new CaptionsMalformed(at + 2, `a caption has at most ${longestCue} characters`);
  if (text.trim() === '') return;
  if (cues.length >= mostCues) throw new CaptionsMalformed(at + 1, `there are more than ${mostCues} captions`);
  cues.push({ startMs, endMs, settings: settingsOf(found[3] ?? ''), text });
}

function settingsOf(text: string): string {
  const known = text.split(/[ \t]+/).filter((one) => setting.test(one));
  return known.join(' ');
}

function msOf(time: string): number {
  const parts = time.split(':');
  const seconds = Number(parts.at(-1));
  const [minutes, hours] = [Number(parts.at(-2)), Number(parts.at(-3) ?? 0)];
  return Math.round(1000 * (seconds + 60 * (minutes + 60 * hours)));
}

function timeText(milliseconds: number): string {
  const pad = (value: number, digits: number): string => String(value).padStart(digits, '0');
  const seconds = Math.floor(milliseconds / 1000);
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `${clock.map((part) => pad(part, 2)).join(':')}.${pad(milliseconds % 1000, 3)}`;
}
