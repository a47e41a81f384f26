import { describe, expect, it } from 'vitest';
import { deriveSessionKeys } from './session-keys.js';

describe('deriveSessionKeys', () => {
  it('derives six different secrets in counter mode and four with GCM', () => {
    const counter = deriveSessionKeys(1, Buffer.alloc(16, 1), Buffer.alloc(14, 2));
    const { rtpKey, rtpAuthKey, rtpSalt, rtcpKey, rtcpAuthKey, rtcpSalt } = counter;
    const secrets = [rtpKey, rtpAuthKey, rtpSalt, rtcpKey, rtcpAuthKey, rtcpSalt];
    expect(secrets.map((secret) => secret.length)).toEqual([16, 20, 14, 16, 20, 14]);
    expect(new Set(secrets.map((secret) => secret.toString('hex'))).size).toBe(6);
    const gcm = deriveSessionKeys(7, Buffer.alloc(16, 1), Buffer.alloc(12, 2));
    expect([gcm.rtpAuthKey.length, gcm.rtcpAuthKey.length, gcm.rtpSalt.length]).toEqual([0, 0, 12]);
  });

  it('refuses keys and salts of the wrong length', () => {
    expect(() => deriveSessionKeys(1, Buffer.alloc(15), Buffer.alloc(14))).toThrow(RangeError);
    expect(() => deriveSessionKeys(7, Buffer.alloc(16), Buffer.alloc(14))).toThrow(RangeError);
  });
});
