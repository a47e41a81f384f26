import { describe, expect, it } from 'vitest';
import { pseudoRandom } from './prf.js';
import { RecordCipher } from './record-cipher.js';

const secrets = {
  masterSecret: Buffer.alloc(48, 1),
  clientRandom: Buffer.alloc(32, 2),
  serverRandom: Buffer.alloc(32, 3),
};

describe('pseudoRandom', () => {
  it('gives the published TLS 1.2 SHA-256 vector', () => {
    const secret = Buffer.from('9bbe436ba940f017b17652849a71db35', 'hex');
    const seed = Buffer.from('a0ba9f936cda311827a6f796ffd5198c', 'hex');
    const expected =
      'e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a6b301791e90d35c9c9a46b4e14baf9af0fa0' +
      '22f7077def17abfd3797c0564bab4fbc91666e9def9b97fce34f796789baa48082d122ee42c5a72e5a5110fff70187347b66';
    expect(pseudoRandom(secret, 'test label', seed, 100).toString('hex')).toBe(expected);
  });
});

describe('RecordCipher', () => {
  it('opens what the other side sealed', () => {
    const client = new RecordCipher('client', secrets);
    const server = new RecordCipher('server', secrets);
    expect(server.open(client.seal(22, 7, Buffer.from('to server')))?.toString()).toBe('to server');
    expect(client.open(server.seal(22, 7, Buffer.from('to client')))?.toString()).toBe('to client');
  });

  it('refuses a record whose type, sequence or body was changed, its own and one too short', () => {
    const client = new RecordCipher('client', secrets);
    const server = new RecordCipher('server', secrets);
    const record = client.seal(21, 1, Uint8Array.of(1, 0));
    const body = Uint8Array.from(record.body);
    body[9] = (body[9] ?? 0) ^ 1;
    expect(server.open({ ...record, type: 22 })).toBeUndefined();
    expect(server.open({ ...record, sequence: 2 })).toBeUndefined();
    expect(server.open({ ...record, body })).toBeUndefined();
    expect(server.open({ ...record, body: body.subarray(0, 23) })).toBeUndefined();
    expect(client.open(record)).toBeUndefined();
  });
});
