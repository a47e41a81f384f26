import { describe, expect, it } from 'vitest';
import { deviceErrorOf } from './device-error.js';

const named = (name: string, message = '') => Object.assign(new Error(message), { name });

describe('deviceErrorOf', () => {
  it('names each reason a browser can give', () => {
    expect(deviceErrorOf(named('NotAllowedError', 'Permission denied'), true)).toBe('denied');
    expect(deviceErrorOf(named('NotAllowedError', 'Permission denied by system'), true)).toBe('denied-by-system');
    expect(deviceErrorOf(named('NotAllowedError', 'Permission dismissed'), true)).toBe('dismissed');
    expect(deviceErrorOf(named('NotFoundError'), true)).toBe('not-found');
    expect(deviceErrorOf(named('NotReadableError'), true)).toBe('in-use');
    expect(deviceErrorOf(named('OverconstrainedError'), true)).toBe('not-matching');
    expect(deviceErrorOf('what', true)).toBe('other');
  });

  it('blames the address first when the page is not secure, as no device exists there', () => {
    expect(deviceErrorOf(named('TypeError'), false)).toBe('insecure');
  });
});
