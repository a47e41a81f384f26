import { expect, it } from 'vitest';
import { directorKeyOf } from './director-keys.js';

const press = (key: string, more: object = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  path: [{ nodeName: 'BODY' }],
  ...more,
});

it('reads layouts, undo and help', () => {
  expect(['1', '9', 'z', '?'].map((key) => directorKeyOf(press(key), true))).toEqual([0, 8, 'undo', 'help']);
  expect(directorKeyOf(press('z', { metaKey: true }), false)).toBe('undo');
});

it('leaves keys to fields in which one types, and to dialogs', () => {
  for (const path of [[{ nodeName: 'INPUT', type: 'text' }], [{ nodeName: 'BUTTON' }, { nodeName: 'DIALOG' }]]) {
    expect(directorKeyOf(press('3', { path }), true)).toBeUndefined();
  }
  expect(directorKeyOf(press('3', { path: [{ nodeName: 'INPUT', type: 'checkbox' }] }), true)).toBe(2);
});

it('leaves single keys alone where they are switched off, and keys of the browser always', () => {
  expect(directorKeyOf(press('3'), false)).toBeUndefined();
  expect(directorKeyOf(press('3', { ctrlKey: true }), true)).toBeUndefined();
  expect(directorKeyOf(press('0'), true)).toBeUndefined();
});
