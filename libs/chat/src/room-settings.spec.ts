import { defaultChatSettings } from '@weir/contract';
import type { ChannelRow } from '@weir/store';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chatSettingsOf, publicSettings, RoomSettings } from './room-settings.js';

function row(chat: string): ChannelRow {
  return { chat } as ChannelRow;
}

describe('chatSettingsOf', () => {
  it('is as by default where nothing or nonsense is stored', () => {
    for (const chat of ['{}', '', 'null', '[]', '{"mode":"nobody"}', '{"slowSeconds":-1}']) {
      expect(chatSettingsOf(row(chat))).toEqual(defaultChatSettings);
    }
    expect(chatSettingsOf(row('{"slowSeconds":5}'))).toEqual({ ...defaultChatSettings, slowSeconds: 5 });
  });

  it('takes any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (chat) => {
        expect(Object.keys(chatSettingsOf(row(chat)))).toEqual(Object.keys(defaultChatSettings));
      }),
      { numRuns: 2000 },
    );
  }, 60_000);
});

describe('RoomSettings', () => {
  it('tells whether anything changed, and keeps blocked words from the public', () => {
    const settings = new RoomSettings(row('{}'));
    expect(settings.update(row('{"links":true}'))).toBe(false);
    expect(settings.update(row('{"blockedWords":["badger"]}'))).toBe(true);
    expect(settings.isBlocked('A b4dger')).toBe(true);
    expect(publicSettings(settings.current).blockedWords).toEqual([]);
  });
});
