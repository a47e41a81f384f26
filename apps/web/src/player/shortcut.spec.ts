import { describe, expect, it } from 'vitest';
import { shortcutOf } from './shortcut.js';

const press = (key: string, nodeName = 'BODY', modifiers = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  path: [{ nodeName, isContentEditable: false }],
  ...modifiers,
});

describe('shortcutOf', () => {
  it('knows its keys in either case', () => {
    expect(['m', 'M', 'f', ' ', 'k', 'ArrowUp', 'ArrowDown', '?'].map((key) => shortcutOf(press(key)))).toEqual([
      'mute',
      'mute',
      'full-screen',
      'play',
      'play',
      'louder',
      'quieter',
      'help',
    ]);
    expect(shortcutOf(press('x'))).toBeUndefined();
  });

  it('knows the keys that move in time', () => {
    expect(['j', 'ArrowLeft', 'l', 'ArrowRight', 'Home', 'End', '0', '9'].map((key) => shortcutOf(press(key)))).toEqual(
      ['back', 'back', 'forward', 'forward', 'to-start', 'to-end', 'share', 'share'],
    );
  });

  it('leaves fields, sliders and the browser their keys', () => {
    expect(shortcutOf(press('m', 'INPUT'))).toBeUndefined();
    expect(shortcutOf(press('ArrowUp', 'SELECT'))).toBeUndefined();
    expect(shortcutOf(press('f', 'BODY', { ctrlKey: true }))).toBeUndefined();
    expect(shortcutOf({ ...press('m'), path: [{ nodeName: 'P', isContentEditable: true }] })).toBeUndefined();
  });

  it('leaves a slider only the keys that move it', () => {
    const onSlider = (key: string) =>
      shortcutOf({ ...press(key), path: [{ nodeName: 'INPUT', isContentEditable: false, type: 'range' }] });
    expect(['ArrowUp', 'Home', 'End', '5', ' '].map(onSlider)).toEqual(Array.from({ length: 5 }));
    expect(['m', 'f', 'k', 'j'].map(onSlider)).toEqual(['mute', 'full-screen', 'play', 'back']);
  });

  it('lets the space bar press a focused button', () => {
    expect(shortcutOf(press(' ', 'BUTTON'))).toBeUndefined();
    expect(shortcutOf(press('m', 'BUTTON'))).toBe('mute');
  });
});
