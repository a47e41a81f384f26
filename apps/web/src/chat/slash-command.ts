/** The commands that can be typed, and who may use them. */
export const COMMANDS = [
  { word: 'help', forModerators: false },
  { word: 'name', forModerators: false },
  { word: 'timeout', forModerators: true },
  { word: 'ban', forModerators: true },
  { word: 'unban', forModerators: true },
  { word: 'slow', forModerators: true },
  { word: 'poll', forModerators: true },
] as const;

/** The word of a command. */
export type CommandWord = (typeof COMMANDS)[number]['word'];

/** A command that was typed: `wrong` misses something, `unknown` is none. */
export type SlashCommand =
  | { readonly kind: 'help' }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'ban'; readonly who: string; readonly seconds: number | null; readonly reason: string }
  | { readonly kind: 'unban'; readonly who: string }
  | { readonly kind: 'slow'; readonly seconds: number }
  | { readonly kind: 'poll'; readonly question: string; readonly options: readonly string[] }
  | { readonly kind: 'wrong'; readonly word: CommandWord }
  | { readonly kind: 'unknown'; readonly word: string };

const UNIT_SECONDS: Readonly<Record<string, number>> = { '': 60, s: 1, m: 60, h: 3600, d: 86_400 };
const LONGEST_SECONDS = 31_536_000;
const SLOWEST_SECONDS = 3600;

/** Reads a line that begins with "/"; `names` are the names of people who have written, some of which have spaces. */
export function readCommand(line: string, names: readonly string[], mayModerate: boolean): SlashCommand {
  const [, typed = '', rest = ''] = /^\/(\S*)\s*(.*)$/su.exec(line.trim()) ?? [];
  const command = COMMANDS.find(({ word }) => word === typed.toLowerCase());
  if (command === undefined || (command.forModerators && !mayModerate)) return { kind: 'unknown', word: typed };
  const read = readArguments(command.word, rest, names);
  return read ?? { kind: 'wrong', word: command.word };
}

function readArguments(word: CommandWord, rest: string, names: readonly string[]): SlashCommand | undefined {
  if (word === 'help') return { kind: 'help' };
  if (word === 'name') return rest === '' ? undefined : { kind: 'name', name: rest };
  if (word === 'slow') return readSlow(rest);
  if (word === 'poll') return readPoll(rest);
  const [who, tail] = splitName(rest, names);
  if (who === '') return undefined;
  if (word === 'unban') return { kind: 'unban', who };
  if (word === 'ban') return { kind: 'ban', who, seconds: null, reason: tail };
  const [, span = '', reason = ''] = /^(\S*)\s*(.*)$/su.exec(tail) ?? [];
  const seconds = span === '' ? 600 : secondsOf(span);
  return seconds === undefined ? undefined : { kind: 'ban', who, seconds, reason };
}

/** Takes the longest known name from the start; else the first word. */
function splitName(rest: string, names: readonly string[]): readonly [who: string, tail: string] {
  const text = rest.replace(/^@/u, '');
  const lower = text.toLowerCase();
  const begins = (name: string) => lower === name.toLowerCase() || lower.startsWith(`${name.toLowerCase()} `);
  const known = names.filter(begins).toSorted((one, other) => other.length - one.length)[0];
  const length = known?.length ?? text.search(/\s|$/u);
  return [text.slice(0, length), text.slice(length).trim()];
}

function secondsOf(span: string): number | undefined {
  const [, count, unit = ''] = /^(\d{1,8})([smhd]?)$/iu.exec(span) ?? [];
  if (count === undefined) return undefined;
  const seconds = Number(count) * (UNIT_SECONDS[unit.toLowerCase()] ?? 60);
  return seconds >= 1 && seconds <= LONGEST_SECONDS ? seconds : undefined;
}

function readSlow(rest: string): SlashCommand | undefined {
  if (/^(off|0)$/iu.test(rest)) return { kind: 'slow', seconds: 0 };
  const seconds = /^\d{1,4}$/u.test(rest) ? Number(rest) : NaN;
  return seconds <= SLOWEST_SECONDS ? { kind: 'slow', seconds } : undefined;
}

function readPoll(rest: string): SlashCommand | undefined {
  const [question = '', ...options] = rest.split('|').map((part) => part.trim());
  const fits =
    question !== '' && options.length >= 2 && options.length <= 6 && options.every((option) => option !== '');
  return fits ? { kind: 'poll', question, options } : undefined;
}
