import type { Ban } from '@weir/contract';
import { listBans } from '../api/chat.js';
import { chatToolWords } from '../language/chat-tools.js';
import type { ChatDesk } from './chat-desk.js';
import { COMMANDS, readCommand } from './slash-command.js';
import type { SlashCommand } from './slash-command.js';
import { troubleText } from './trouble-text.js';
import type { Trouble } from './trouble.js';

/** What came of a command: whether the field may be emptied, and what to tell, which may be nothing. */
export interface CommandEnd {
  readonly done: boolean;
  readonly note: string;
}

/** Does what a line that begins with "/" asks for. */
export async function runCommand(desk: ChatDesk, line: string): Promise<CommandEnd> {
  const { room } = desk;
  const mayModerate = room.moderates.value;
  const banned = mayModerate && /^\/unban\s/iu.test(line) ? await listBans(room.channel).catch(() => []) : [];
  const names = banned.length > 0 ? banned.map(({ name }) => name) : desk.names;
  return act(desk, readCommand(line, names, mayModerate), banned);
}

async function act(desk: ChatDesk, command: SlashCommand, banned: readonly Ban[]): Promise<CommandEnd> {
  const words = chatToolWords.value;
  const { room, moderation } = desk;
  switch (command.kind) {
    case 'help':
      return { done: true, note: help(room.moderates.value) };
    case 'unknown':
      return { done: false, note: words.unknownCommand(command.word) };
    case 'wrong':
      return { done: false, note: words.wrongUse(words.commands[command.word]) };
    case 'name':
      return told(await room.chooseName(command.name), () => words.done.name(room.you.value?.name ?? command.name));
    case 'slow':
      return told(await room.ask('settings', { change: { slowSeconds: command.seconds } }), () =>
        words.done.slow(command.seconds),
      );
    case 'poll': {
      const { question, options } = command;
      return told(await room.ask('openPoll', { question, options: [...options] }), () => words.done.poll);
    }
    case 'unban': {
      const found = banned.find(({ name }) => isSame(name, command.who));
      if (found === undefined) return { done: false, note: words.unknownName(command.who) };
      return told(await room.ask('unban', { author: found.author }), () => words.done.unban(found.name));
    }
    case 'ban': {
      const line = room.lines.value.findLast(({ name, id }) => id !== '' && isSame(name, command.who));
      if (line === undefined) return { done: false, note: words.unknownName(command.who) };
      await moderation.ban(line, command.seconds, command.reason);
      return { done: moderation.trouble.value === undefined, note: '' };
    }
    default:
      return { done: false, note: '' };
  }
}

function told(trouble: Trouble | undefined, done: () => string): CommandEnd {
  return trouble === undefined ? { done: true, note: done() } : { done: false, note: troubleText(trouble) };
}

function help(mayModerate: boolean): string {
  const words = chatToolWords.value;
  return COMMANDS.filter(({ forModerators }) => mayModerate || !forModerators)
    .map(({ word }) => `${words.commands[word]}: ${words.meanings[word]}`)
    .join('\n');
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
