import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { asciiBytes, asciiText } from './ascii.js';
import type { HmacSha1 } from './stun-format.js';
import { StunType } from './stun-format.js';
import { writeBindingSuccess } from './stun-message.js';
import { StunView } from './stun-view.js';

const hmac: HmacSha1 = (key, data) => createHmac('sha1', key).update(data).digest();
const key = asciiBytes('VOkJxbRl1RmTxUk/WvJxBt');
const bytesOf = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex.replaceAll(/\s/g, ''), 'hex'));

const request = bytesOf(`00010058 2112a442 b7e7a701 bc34d686 fa87dfae
  80220010 5354554e 20746573 7420636c 69656e74 00240004 6e0001ff 80290008 932ff9b1 51263b36
  00060009 6576746a 3a683676 59202020 00080014 9aeaa70c bfd8cb56 781ef2b5 b2d3f249 c1b571a2 80280004 e57a3bcf`);

const responseIpv4 = bytesOf(`0101003c 2112a442 b7e7a701 bc34d686 fa87dfae
  8022000b 74657374 20766563 746f7220 00200008 0001a147 e112a643
  00080014 2b91f599 fd9e90c3 8c7489f9 2af9ba53 f06be7d7 80280004 c07d4c96`);

const responseIpv6 = bytesOf(`01010048 2112a442 b7e7a701 bc34d686 fa87dfae
  8022000b 74657374 20766563 746f7220 00200014 0002a147 0113a9fa a5d3f179 bc25f4b5 bed2b9d9
  00080014 a382954e 4be67bf1 1784c97c 8292c275 bfe3ed41 80280004 c8fb0b4c`);

describe('RFC 5769 test vectors', () => {
  it('2.1: the request is read, its fingerprint holds and its integrity is proven', () => {
    const view = new StunView();
    expect(view.read(request, request.length)).toBe(true);
    expect(view.type).toBe(StunType.bindingRequest);
    expect(view.priority).toBe(0x6e0001ff);
    expect(view.role).toBe('controlled');
    expect(view.hasFingerprint).toBe(true);
    expect(view.hasUsername(asciiBytes('evtj:h6vY'))).toBe(true);
    expect(view.localFragment()).toBe('evtj');
    expect(asciiText(request, view.usernameOffset, view.usernameOffset + view.usernameLength)).toBe('evtj:h6vY');
    expect(view.isAuthentic(key, hmac)).toBe(true);
    expect(view.isAuthentic(asciiBytes('VOkJxbRl1RmTxUk/WvJxBT'), hmac)).toBe(false);
    expect(view.unknownRequired).toEqual([]);
  });

  it.each([
    ['2.2', responseIpv4, '192.0.2.1'],
    ['2.3', responseIpv6, '2001:db8:1234:5678:11:2233:4455:6677'],
  ])('%s: the response tells the mapped address', (_section, response, address) => {
    const view = new StunView();
    expect(view.read(response, response.length)).toBe(true);
    expect(view.type).toBe(StunType.bindingSuccess);
    expect(view.mappedAddress()).toEqual({ address, port: 32853 });
    expect(view.isAuthentic(key, hmac)).toBe(true);
  });

  it.each([
    ['2.2', responseIpv4, '192.0.2.1'],
    ['2.3', responseIpv6, '2001:db8:1234:5678:11:2233:4455:6677'],
  ])('%s: the written address is masked as in the vector', (_section, response, address) => {
    const written = writeBindingSuccess(response.slice(8, 20), address, 32853, key, hmac)!;
    const attributeBytes = address.includes(':') ? 24 : 12;
    expect(written.slice(20, 20 + attributeBytes)).toEqual(response.slice(36, 36 + attributeBytes));
  });
});
