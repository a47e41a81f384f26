import { Arrangement } from '@weir/contract';
import type { StageGuestRow, StageImageRow } from '@weir/store';
import { beforeEach, describe, expect, it } from 'vitest';
import { ChannelStage } from './channel-stage.js';
import { Guest } from './guest.js';
import { GuestUnknown, NothingToUndo, StageFull, StageImageUnknown } from './stage-errors.js';

let stage: ChannelStage;

beforeEach(() => {
  stage = new ChannelStage('show');
  for (const id of ['anna', 'ben']) add(id);
});

function add(id: string): Guest {
  const row: StageGuestRow = {
    id,
    channel: 'show',
    hash: new Uint8Array(),
    account: undefined,
    name: id.toUpperCase(),
    mute: 'none',
    joinedAtMs: 0,
    removedAtMs: undefined,
    wasSentAway: false,
  };
  const guest = new Guest(row, 0);
  stage.guests.set(id, guest);
  return guest;
}

const onAir = (): string => stage.arrangement.guests.map(({ guest }) => guest).join(' ');
const set = (scene: object): void => stage.set(Arrangement.parse(scene));

describe('ChannelStage', () => {
  it('brings guests and screens on air under their names, and back, and knows how they were arranged', () => {
    stage.direct('anna', { state: 'on-air' });
    stage.direct('ben-screen', { state: 'on-air' });
    stage.direct('publisher', { state: 'on-air', gain: 0.5 });
    expect(stage.arrangement.guests).toMatchObject([
      { guest: 'anna', label: 'ANNA', fit: 'cover', shows: 'camera', gain: 1 },
      { guest: 'ben-screen', label: '', fit: 'contain', shows: 'screen' },
      { guest: 'publisher', gain: 0.5 },
    ]);
    stage.direct('anna', { label: 'Doctor A', hidden: true });
    stage.direct('anna', { state: 'backstage' });
    expect(onAir()).toBe('ben-screen publisher');
    stage.direct('anna', { gain: 2 });
    expect(onAir()).toBe('ben-screen publisher');
    stage.direct('anna', { state: 'on-air' });
    expect(stage.arrangement.guests[2]).toMatchObject({ guest: 'anna', label: 'Doctor A', hidden: true, gain: 2 });
  });

  it('lets the first on air join a publisher who is alone there, and takes both back in one step', () => {
    stage.direct('anna', { gain: 1 }, true);
    expect(onAir()).toBe('');
    stage.direct('anna', { state: 'on-air' }, true);
    stage.direct('ben', { state: 'on-air' }, true);
    expect(onAir()).toBe('publisher anna ben');
    stage.undo();
    stage.undo();
    expect(onAir()).toBe('');
  });

  it('knows nobody and no image that are not there', () => {
    expect(() => stage.direct('carl', { state: 'on-air' })).toThrow(GuestUnknown);
    expect(() => set({ guests: [{ guest: 'carl-screen' }] })).toThrow(GuestUnknown);
    expect(() => stage.changeScene({ logo: 'x.png' })).toThrow(StageImageUnknown);
    expect(() => set({ guests: [], background: 'x.png' })).toThrow(StageImageUnknown);
    expect(stage.canUndo).toBe(false);
  });

  it('has room for nine', () => {
    for (let index = 0; index < 9; index++) stage.direct(add(`g${index}`).id, { state: 'on-air' });
    expect(() => stage.direct('anna', { state: 'on-air' })).toThrow(StageFull);
    stage.direct('g3', { state: 'on-air' });
  });

  it('takes changes back one by one, twenty at most, and no change of nothing', () => {
    expect(() => stage.undo()).toThrow(NothingToUndo);
    for (let index = 0; index < 25; index++) stage.changeScene({ title: `T${index}` });
    stage.changeScene({ title: 'T24' });
    for (let index = 0; index < 20; index++) stage.undo();
    expect(stage.arrangement.title).toBe('T4');
    expect(stage.canUndo).toBe(false);
  });

  it('brings back nobody and no image that are gone', () => {
    stage.images.set('logo.png', {} as StageImageRow);
    set({ guests: [{ guest: 'anna' }, { guest: 'ben' }, { guest: 'ben-screen' }], logo: 'logo.png' });
    stage.changeScene({ layout: 'solo' });
    stage.guests.get('ben')?.remove(0, true);
    for (const id of ['ben', 'ben-screen']) stage.drop(id);
    stage.dropImage('logo.png');
    expect([onAir(), stage.arrangement.logo]).toEqual(['anna', null]);
    stage.undo();
    expect([onAir(), stage.arrangement.logo, stage.arrangement.layout]).toEqual(['anna', null, 'auto']);
  });

  it('silences who is said to be muted, which no scene and no undo ends', () => {
    set({ guests: [{ guest: 'anna', muted: true }, { guest: 'ben' }] });
    set({ guests: [{ guest: 'anna' }, { guest: 'ben', gain: 2 }] });
    stage.undo();
    expect(stage.arrangement.guests.map(({ muted }) => muted)).toEqual([true, false]);
    const anna = stage.guest('anna');
    expect([anna.mute, anna.isMuted]).toEqual(['director', true]);
    anna.mute = 'none';
    expect(stage.arrangement.guests[0]?.muted).toBe(false);
  });

  it('is the same arrangement until something is different', () => {
    set({ guests: [{ guest: 'anna' }] });
    const { arrangement } = stage;
    expect(stage.arrangement).toBe(arrangement);
    stage.guest('anna').mute = 'own';
    expect(stage.arrangement).not.toBe(arrangement);
  });

  it('lets the publisher, who has no hand in it, be muted and unmuted as arranged', () => {
    stage.direct('publisher', { state: 'on-air', muted: true });
    expect(stage.arrangement.guests).toMatchObject([{ guest: 'publisher', muted: true }]);
    set({ guests: [{ guest: 'publisher' }] });
    expect(stage.arrangement.guests).toMatchObject([{ muted: false }]);
  });

  it('keeps the publisher muted backstage too, until that is taken back, or the show is over', () => {
    stage.direct('publisher', { muted: true });
    expect([onAir(), stage.isPublisherMuted]).toEqual(['', true]);
    set({ guests: [{ guest: 'publisher' }] });
    stage.direct('publisher', { muted: true });
    stage.direct('publisher', { state: 'backstage' });
    expect([onAir(), stage.isPublisherMuted]).toEqual(['', true]);
    stage.undo();
    stage.undo();
    expect([onAir(), stage.isPublisherMuted]).toEqual(['publisher', false]);
    stage.undo();
    expect([onAir(), stage.isPublisherMuted]).toEqual(['', false]);
    stage.direct('publisher', { muted: true });
    stage.clear();
    expect(stage.isPublisherMuted).toBe(false);
  });

  it('shows a new name unless the label is another', () => {
    stage.direct('anna', { state: 'on-air' });
    stage.direct('ben', { state: 'on-air', label: 'Benjamin' });
    stage.rename(stage.guest('anna'), 'Annabel');
    stage.rename(stage.guest('ben'), 'Benny');
    expect(stage.arrangement.guests.map(({ label }) => label)).toEqual(['Annabel', 'Benjamin']);
  });

  it('sends everybody backstage at the end, and keeps how it looks', () => {
    set({ guests: [{ guest: 'anna' }], pinned: 'anna', title: 'Hello', card: 'be-right-back' });
    stage.clear();
    expect(stage.arrangement).toMatchObject({ guests: [], pinned: null, title: 'Hello', card: null });
    expect([stage.canUndo, stage.isInUse]).toEqual([false, false]);
  });
});
