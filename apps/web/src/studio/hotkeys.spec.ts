import { describe, expect, it } from 'vitest';
import { hotkeyOf } from './hotkeys.js';

const press = (key: string, change: object = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  path: [{ nodeName: 'BODY' }, { nodeName: 'HTML' }, {}],
  ...change,
});
const inside = (nodeName: string) => ({ path: [{ nodeName }, { nodeName: 'BODY' }] });

describe('hotkeyOf', () => {
  it('knows single keys and those with Control or Command', () => {
    expect(['m', 'M', 'v', ' ', '?'].map((key) => hotkeyOf(press(key), true))).toEqual([
      'microphone',
      'microphone',
      'camera',
      'talk',
      'help',
    ]);
    expect(hotkeyOf(press('d', { ctrlKey: true }), true)).toBe('microphone');
    expect(hotkeyOf(press('e', { metaKey: true }), true)).toBe('camera');
  });

  it('leaves keys to fields and dialogs, and the space bar to buttons', () => {
    for (const nodeName of ['INPUT', 'TEXTAREA', 'SELECT', 'DIALOG']) {
      expect(hotkeyOf(press('m', inside(nodeName)), true)).toBeUndefined();
    }
    expect(hotkeyOf(press('m', { path: [{ nodeName: 'DIV', isContentEditable: true }] }), true)).toBeUndefined();
    expect(hotkeyOf(press(' ', inside('BUTTON')), true)).toBeUndefined();
    expect(hotkeyOf(press('m', inside('BUTTON')), true)).toBe('microphone');
  });

  it('knows no single key once they are switched off', () => {
    expect(hotkeyOf(press('m'), false)).toBeUndefined();
    expect(hotkeyOf(press('d', { ctrlKey: true }), false)).toBe('microphone');
    expect(hotkeyOf(press('m', { altKey: true }), true)).toBeUndefined();
  });
});
