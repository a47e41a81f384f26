import { describe, expect, it } from 'vitest';
import { findChosen } from './device-choice.js';

const DEVICES = [
  { deviceId: 'a', label: 'Built-in' },
  { deviceId: 'b', label: 'Desk camera' },
];

describe('findChosen', () => {
  it('finds by id first and by label when ids have changed', () => {
    expect(findChosen(DEVICES, { id: 'b', label: 'Built-in' })?.deviceId).toBe('b');
    expect(findChosen(DEVICES, { id: 'gone', label: 'Desk camera' })?.deviceId).toBe('b');
  });

  it('finds nothing without a choice, for a device that left, and among unnamed devices', () => {
    expect(findChosen(DEVICES, undefined)).toBeUndefined();
    expect(findChosen(DEVICES, { id: 'x', label: 'y' })).toBeUndefined();
    expect(findChosen([{ deviceId: '', label: '' }], { id: '', label: '' })).toBeUndefined();
  });
});
