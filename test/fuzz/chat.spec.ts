import { chatRequests } from '@weir/contract';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ChatDesk } from '../../libs/chat/src/chat-desk.js';
import { Connection } from '../../libs/chat/src/connection.js';
import { ChatApp } from '../harness/chat-app.js';

let app: ChatApp;
let connection: Connection;

beforeAll(async () => {
  app = await ChatApp.open();
  await app.channels.create('ch', 'A channel');
  const proof = { nameKey: 'owner', password: '' };
  const owner = { id: 'owner', name: 'Owner', isAdmin: false, mayCreate: false, createdAtMs: 1 };
  await app.database.accounts.insert({ ...owner, ...proof });
  await app.members.set('ch', 'owner', 'owner');
  const wire = { emit: () => undefined, join: () => undefined, leave: () => undefined, disconnect: () => undefined };
  const request = { headers: app.operator, socket: { remoteAddress: '127.0.0.1' } };
  const caller = {
    key: 'operator',
    account: undefined,
    scopes: undefined,
    isAdmin: true,
    via: 'operator',
    name: 'operator',
  } as const;
  connection = new Connection(wire, caller, request, '127.0.0.1');
});

afterAll(() => app.close());

const text = fc.string({ unit: 'binary', maxLength: 600 });
const odd = fc.oneof(
  fc.constantFrom(undefined, null, true, -1, 0.5, Number.NaN, [], {}),
  text,
  fc.bigInt(),
  fc.anything(),
);
const channel = fc.oneof({ weight: 5, arbitrary: fc.constant('ch') }, odd);
const id = fc.oneof(fc.uuid(), fc.string({ unit: 'binary', minLength: 1, maxLength: 64 }), odd);
const near = fc.record(
  {
    channel,
    after: fc.oneof(fc.nat(), odd),
    clientId: fc.oneof(fc.stringMatching(/^[\w-]{8,64}$/), odd),
    body: fc.oneof(text, odd),
    replyTo: id,
    id,
    poll: id,
    mediaAtMs: fc.oneof(fc.nat(), odd),
    reaction: fc.oneof(fc.constant('🔥'), odd),
    name: fc.oneof(text, odd),
    author: fc.oneof(fc.stringMatching(/^g:[\w-]{1,64}$/), odd),
    seconds: fc.oneof(fc.integer({ min: -1, max: 100 }), odd),
    reason: fc.oneof(text, odd),
    change: fc.oneof(
      fc.record({ slowSeconds: odd, blockedWords: fc.oneof(fc.array(text), odd) }, { requiredKeys: [] }),
      odd,
    ),
    question: fc.oneof(text, odd),
    options: fc.oneof(fc.array(text), odd),
    choice: fc.oneof(fc.nat(), odd),
    watchToken: odd,
  },
  { requiredKeys: [] },
);

/** Only what the request knows, so that more of it passes the contract. */
function fitting(name: string, body: object): object {
  const known: object = Object.hasOwn(chatRequests, name)
    ? chatRequests[name as keyof typeof chatRequests].shape
    : body;
  return Object.fromEntries(Object.entries(body).filter(([key]) => key in known));
}

describe('requests of the chat', () => {
  it('are answered once each, granted or with a fault that is no fault of the server, whatever they carry', async () => {
    const desk = app.get(ChatDesk);
    const names = fc.oneof({ weight: 20, arbitrary: fc.constantFrom(...Object.keys(chatRequests)) }, text);
    const codes = new Set<string>();
    await fc.assert(
      fc.asyncProperty(names, fc.oneof({ weight: 9, arbitrary: near }, odd), async (name, body) => {
        await desk.handle(connection, 'join', [{ channel: 'ch' }], () => undefined);
        const replies: { ok: boolean; fault?: { code: string } }[] = [];
        const told = typeof body === 'object' && body !== null ? fitting(name, body) : body;
        await desk.handle(connection, name, [told], (reply) => replies.push(reply));
        expect(replies).toHaveLength(1);
        codes.add(replies[0]!.fault?.code ?? 'granted');
        expect(replies[0]!.fault?.code).not.toBe('internal');
      }),
      { numRuns: 5000 },
    );
    expect([...codes]).toEqual(expect.arrayContaining(['granted', 'malformed']));
  });
});
