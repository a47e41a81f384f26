import { ChatSettings, defaultChatSettings } from '@weir/contract';
import type { ChannelRow } from '@weir/store';
import { BlockedWords } from './blocked-words.js';

/** Settings that are to be changed; undefined stays. */
export type ChatSettingsChange = { readonly [Key in keyof ChatSettings]?: ChatSettings[Key] | undefined };

const known = new WeakMap<ChannelRow, ChatSettings>();

/** How the chat of a channel is set; what is stored and makes no sense is as by default. */
export function chatSettingsOf(row: ChannelRow): ChatSettings {
  const before = known.get(row);
  if (before !== undefined) return before;
  const settings = parsed(row.chat);
  known.set(row, settings);
  return settings;
}

/** Some of the settings, of which none is undefined. */
export function given(change: ChatSettingsChange): Partial<ChatSettings> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}

/** The settings as everybody may see them: without the words that are blocked. */
export function publicSettings(settings: ChatSettings): ChatSettings {
  return { ...settings, blockedWords: [] };
}

/** The settings of a room and what is made of them. */
export class RoomSettings {
  #settings: ChatSettings;
  #words: BlockedWords;

  constructor(row: ChannelRow) {
    this.#settings = chatSettingsOf(row);
    this.#words = new BlockedWords(this.#settings.blockedWords);
  }

  get current(): ChatSettings {
    return this.#settings;
  }

  /** Takes over what a channel has now; false when that is the same. */
  update(row: ChannelRow): boolean {
    const settings = chatSettingsOf(row);
    if (JSON.stringify(settings) === JSON.stringify(this.#settings)) return false;
    this.#settings = settings;
    this.#words = new BlockedWords(settings.blockedWords);
    return true;
  }

  /** Whether a text has a blocked word. */
  isBlocked(text: string): boolean {
    return this.#words.has(text);
  }
}

function parsed(text: string): ChatSettings {
  try {
    const stored = ChatSettings.partial().safeParse(JSON.parse(text));
    return { ...defaultChatSettings, ...(stored.success ? given(stored.data) : {}) };
  } catch {
    return defaultChatSettings;
  }
}
