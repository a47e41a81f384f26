import { signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { StageFault } from '@weir/contract';
import { FakePeer } from '../media/fake-peer.js';
import { FakeStage, guestOf, stageOf } from './fake-stage.js';
import { recallGuest, rememberGuest } from './guest-memory.js';
import { StageRefused } from './stage-refused.js';
import { type OwnMedia, StageRoom } from './stage-room.js';

let socket: FakeStage;
let room: StageRoom;

beforeEach(() => {
  vi.useFakeTimers();
  const kept = new Map<string, string>();
  vi.stubGlobal('RTCPeerConnection', FakePeer);
  vi.stubGlobal('MediaStream', Object);
  vi.stubGlobal('fetch', () => new Promise(() => undefined));
  vi.stubGlobal('window', new EventTarget());
  vi.stubGlobal('document', Object.assign(new EventTarget(), { hidden: false }));
  vi.stubGlobal('sessionStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
    removeItem: (name: string) => kept.delete(name),
  });
  rememberGuest({ channel: 'demo', title: 'Demo', guest: 'me', token: 'secret' });
  room = new StageRoom({
    channel: 'demo',
    token: 'secret',
    connect: (listener) => (socket = new FakeStage(listener)),
  });
});
afterEach(() => {
  room.close();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

async function enter(): Promise<void> {
  room.start();
  await vi.advanceTimersByTimeAsync(0);
  socket.tell('you', { guest: 'me', directs: false });
}

const ids = () => room.participants.value.map(({ id }) => id);

describe('StageRoom', () => {
  it('enters with its token, also after a loss, and keeps what it knows meanwhile', async () => {
    await enter();
    expect(room.line.value).toBe('connected');
    socket.tell('stage', stageOf([guestOf('me')]));
    socket.listener.disconnected();
    expect([room.line.value, room.stage.value?.title]).toEqual(['lost', 'Demo']);
    socket.listener.connected();
    await vi.advanceTimersByTimeAsync(0);
    expect(room.line.value).toBe('connected');
    const entering = { name: 'enter', body: { channel: 'demo', token: 'secret' } };
    expect(socket.requests).toEqual([entering, entering]);
  });

  it('has everybody but oneself, with their screens, and the same objects while they stay', async () => {
    await enter();
    socket.tell('stage', stageOf([guestOf('me', { sharesScreen: true }), guestOf('a'), guestOf('b')]));
    expect(ids()).toEqual(['a', 'b']);
    const [first] = room.participants.value;
    socket.tell('stage', stageOf([guestOf('me'), guestOf('a', { sharesScreen: true, name: 'Ann' })], ['a-screen']));
    expect(ids()).toEqual(['a', 'a-screen']);
    expect(room.participants.value[0]).toBe(first);
    expect(first?.guest.value.name).toBe('Ann');
    expect(room.participants.value.map(({ isScreen, arranged }) => [isScreen, arranged.value?.guest])).toEqual([
      [false, undefined],
      [true, 'a-screen'],
    ]);
  });

  it('takes nobody for somebody else before it knows who it is itself', async () => {
    room.start();
    await vi.advanceTimersByTimeAsync(0);
    socket.tell('stage', stageOf([guestOf('me'), guestOf('a')]));
    expect(ids()).toEqual([]);
    socket.tell('you', { guest: 'me', directs: true });
    expect(ids()).toEqual(['a']);
    expect(room.self.value?.id).toBe('me');
  });

  it('tells how one stands', async () => {
    await enter();
    const guests = [guestOf('me')];
    const standings = [stageOf(guests), stageOf(guests, ['me']), stageOf(guests, ['me'], { live: true })].map(
      (stage) => {
        socket.tell('stage', stage);
        return room.standing.value;
      },
    );
    expect(standings).toEqual(['off-stage', 'waiting', 'on-air']);
    const { arrangement } = stageOf(guests, ['me']);
    socket.tell('stage', stageOf(guests, [], { live: true, arrangement: { ...arrangement, card: 'be-right-back' } }));
    expect(room.standing.value).toBe('covered');
  });

  it('is over when one is removed, and forgets the token', async () => {
    await enter();
    const fault: StageFault = { code: 'not-allowed', message: 'Removed.' };
    socket.tell('removed', fault);
    expect(room.over.value).toEqual({ reason: 'removed', fault });
    expect(socket.isOpen).toBe(false);
    expect(recallGuest('demo')).toBeUndefined();
  });

  it('is over when it may not enter, but tries again where that can help', async () => {
    room.start();
    socket.reply = { ok: false, fault: { code: 'too-fast', message: '' } };
    socket.listener.connected();
    await vi.advanceTimersByTimeAsync(10);
    expect(room.over.value).toBeUndefined();
    socket.reply = { ok: false, fault: { code: 'not-allowed', message: 'No.' } };
    await vi.advanceTimersByTimeAsync(3000);
    expect(room.over.value?.reason).toBe('refused');
  });

  it('leaves, whatever the server says', async () => {
    await enter();
    socket.reply = undefined;
    await room.leave();
    expect(socket.requests.at(-1)?.name).toBe('leave');
    expect(room.over.value).toEqual({ reason: 'left' });
  });

  it('says why something was not done', async () => {
    await enter();
    socket.reply = { ok: false, fault: { code: 'conflict', message: 'Nothing to undo.' } };
    await expect(room.ask('undo', {})).rejects.toEqual(new StageRefused('conflict', 'Nothing to undo.'));
    socket.reply = undefined;
    await expect(room.ask('undo', {})).rejects.toMatchObject({ code: 'unanswered' });
  });

  it('sends again without waiting as soon as the server is back', async () => {
    const retry = vi.fn();
    const sources = {
      microphoneOn: signal(true),
      ready: signal(false),
      devices: signal({ speakers: [] }),
      choices: signal({}),
    };
    const media = { sources, broadcast: { retry, stop: vi.fn() } } as unknown as OwnMedia;
    room = new StageRoom({
      channel: 'demo',
      token: 'secret',
      media,
      connect: (told) => (socket = new FakeStage(told)),
    });
    await enter();
    socket.tell('stage', stageOf([guestOf('me')]));
    socket.listener.disconnected();
    socket.listener.connected();
    const before = retry.mock.calls.length;
    for (let times = 0; times < 2; times += 1) socket.tell('stage', stageOf([guestOf('me')]));
    expect(retry).toHaveBeenCalledTimes(before + 1);
  });

  it('keeps its place when it is only closed', async () => {
    await enter();
    room.close();
    expect(recallGuest('demo')?.guest).toBe('me');
    expect(room.over.value).toBeUndefined();
  });
});
