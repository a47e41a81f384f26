import { describe, expect, it } from 'vitest';
import { formatIpAddress, parseIpAddress } from './ip-address.js';

const text = (address: string): string | undefined => {
  const bytes = parseIpAddress(address);
  return bytes === undefined ? undefined : formatIpAddress(bytes);
};

describe('IP addresses', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['0.0.0.0', '0.0.0.0'],
    ['2001:db8:1234:5678:11:2233:4455:6677', '2001:db8:1234:5678:11:2233:4455:6677'],
    ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['::', '::'],
    ['::1', '::1'],
    ['fe80::', 'fe80::'],
    ['1:0:2:3:4:5:6:7', '1:0:2:3:4:5:6:7'],
    ['fe80::1%eth0', 'fe80::1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::ffff:c000:201', '192.0.2.1'],
    ['64:ff9b::192.0.2.1', '64:ff9b::c000:201'],
  ])('reads %s as %s', (address, expected) => {
    expect(text(address)).toBe(expected);
  });

  it.each(['', 'localhost', '1.2.3', '1.2.3.4.5', '256.0.0.1', '1.2.3.x', ':', ':::', '1::2::3', '1:2:3:4:5:6:7'])(
    'refuses %j',
    (address) => {
      expect(parseIpAddress(address)).toBeUndefined();
    },
  );

  it.each(['1:2:3:4:5:6:7:8:9', '1:2:3:4:5:6:7:8::', '12345::', 'g::', '1.2.3.4::', '::1.2.3.4:5', 'a'.repeat(99)])(
    'refuses %j too',
    (address) => {
      expect(parseIpAddress(address)).toBeUndefined();
    },
  );
});
