import { describe, expect, it } from 'vitest';
import { ICE_CREDENTIAL_RANDOM_BYTES, createIceCredentials } from './credentials.js';

describe('createIceCredentials', () => {
  it('writes ice-chars of the lengths that RFC 8445 5.3 asks for', () => {
    const random = Uint8Array.from({ length: ICE_CREDENTIAL_RANDOM_BYTES }, (_, i) => i * 37);
    const { ufrag, pwd } = createIceCredentials(random);
    expect(ufrag).toMatch(/^[A-Za-z0-9+/]{12}$/);
    expect(pwd).toMatch(/^[A-Za-z0-9+/]{28}$/);
  });

  it('gives every random bit that it uses its own place', () => {
    const zero = createIceCredentials(new Uint8Array(40));
    const one = createIceCredentials(new Uint8Array(40).fill(1, 39));
    expect(one.ufrag).toBe(zero.ufrag);
    expect(one.pwd).not.toBe(zero.pwd);
  });

  it('refuses too little randomness', () => {
    expect(() => createIceCredentials(new Uint8Array(39))).toThrow(RangeError);
  });
});
