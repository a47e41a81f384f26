import { signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { guestOf } from './fake-stage.js';
import { MuteAccord } from './mute-accord.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A guest whose microphone is on or off, and what was told of it. */
function desk(isOn = true) {
  const microphoneOn = signal(isOn);
  const told: boolean[] = [];
  const failures: Error[] = [];
  const tell = async (muted: boolean): Promise<void> => {
    const failure = failures.shift();
    if (failure !== undefined) throw failure;
    told.push(muted);
  };
  const accord = new MuteAccord({ microphoneOn, turnMicrophone: (on) => (microphoneOn.value = on) }, tell);
  return { microphoneOn, told, failures, accord };
}

describe('MuteAccord', () => {
  it('tells what was chosen before joining, and each change', async () => {
    const { microphoneOn, told, accord } = desk(false);
    accord.take(guestOf('a'), true);
    await vi.runAllTimersAsync();
    expect(told).toEqual([true]);
    microphoneOn.value = true;
    await vi.runAllTimersAsync();
    expect(told).toEqual([true, false]);
  });

  it('turns the microphone off when a director silences, and lets only the guest turn it on', async () => {
    const { microphoneOn, told, accord } = desk();
    accord.take(guestOf('a'), true);
    accord.take(guestOf('a', { muted: true, mutedByDirector: true }), false);
    await vi.runAllTimersAsync();
    expect([microphoneOn.value, told]).toEqual([false, []]);
    accord.take(guestOf('a', { muted: true, mutedByDirector: true }), false);
    microphoneOn.value = true;
    await vi.runAllTimersAsync();
    expect(told).toEqual([false]);
  });

  it('keeps who was muted before a reload muted, and says again after a loss how it is', async () => {
    const { microphoneOn, told, accord } = desk();
    accord.take(guestOf('a', { muted: true }), true);
    await vi.runAllTimersAsync();
    expect([microphoneOn.value, told]).toEqual([false, []]);
    accord.take(guestOf('a', { muted: false }), true);
    await vi.runAllTimersAsync();
    expect(told).toEqual([true]);
  });

  it('tries again what did not get through, with what is true by then', async () => {
    const { microphoneOn, told, failures, accord } = desk();
    accord.take(guestOf('a'), true);
    failures.push(new Error('lost'));
    microphoneOn.value = false;
    await vi.advanceTimersByTimeAsync(500);
    expect(told).toEqual([]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(told).toEqual([true]);
    accord.close();
    microphoneOn.value = true;
    await vi.runAllTimersAsync();
    expect(told).toEqual([true]);
  });
});
