import { type Caller, type Callers, RequestOrigins } from '@weir/auth';
import { type ChannelAccess, ChannelRegistry } from '@weir/channels';
import { type StageReply, stageRequests } from '@weir/contract';
import { Database } from '@weir/store';
import { Log } from '@weir/telemetry';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { StageAccess } from '../../libs/stage-control/src/stage-access.js';
import { StageConnection } from '../../libs/stage-control/src/stage-connection.js';
import { StageDesk } from '../../libs/stage-control/src/stage-desk.js';
import { StageRegistry } from '../../libs/stage-control/src/stage-registry.js';
import { StageRequests } from '../../libs/stage-control/src/stage-requests.js';

const caller = { key: 'operator', via: 'operator', isAdmin: true, name: 'operator' } as Caller;

let database: Database;
let requests: StageRequests;
let connection: StageConnection;

beforeAll(async () => {
  database = Database.inMemory();
  const log = Log.open({ level: 'silent', text: false });
  const channels = await new ChannelRegistry(database, log, { reconnectGraceMs: 0 }).load();
  await channels.create('ch', 'A channel');
  const stages = await new StageRegistry(database, channels, log).load();
  const { guest: id } = await stages.join('ch', 'Gus', undefined);
  const origins = new RequestOrigins({ allowInsecureKeys: false, trustedProxies: [] });
  const callers = { of: () => Promise.resolve(caller), forget: () => undefined } as unknown as Callers;
  const channelAccess = { require: () => undefined, roleOf: () => 'owner' } as unknown as ChannelAccess;
  const access = new StageAccess(stages, channels, channelAccess, callers, origins);
  const audit = { note: () => Promise.resolve() } as never;
  const desk = new StageDesk(stages, channels, audit, log);
  requests = new StageRequests(stages, channels, access, desk, origins, log);
  const wire = { emit: () => undefined, disconnect: () => undefined };
  connection = new StageConnection(wire, caller, { headers: {}, socket: { remoteAddress: '127.0.0.1' } });
  connection.enter({ channel: 'ch', guest: stages.of('ch').guest(id) });
});

afterAll(() => database.close());

const odd = fc.oneof(fc.constantFrom(null, -1, [], {}), fc.string({ unit: 'binary' }), fc.anything());
const id = fc.oneof(fc.constantFrom('publisher', 'publisher-screen', '__proto__', 'ch'), odd);
const near = fc.record(
  {
    channel: id,
    token: odd,
    guest: id,
    guests: fc.oneof(fc.array(fc.record({ guest: id, gain: odd, muted: odd }, { requiredKeys: ['guest'] })), odd),
    order: fc.oneof(fc.array(id), odd),
    layout: fc.oneof(fc.constantFrom('auto', 'grid'), odd),
    state: fc.oneof(fc.constantFrom('on-air', 'backstage', 'removed'), odd),
    logo: id,
    title: odd,
    muted: odd,
    name: odd,
  },
  { requiredKeys: [] },
);

it('a request to a stage is done or refused, whatever it is, and is never a fault of the server', async () => {
  // who has left asks for nothing
  const names = [...Object.keys(stageRequests).filter((name) => name !== 'leave'), 'nonsense', '__proto__'];
  const told = fc.oneof(fc.tuple(near), fc.tuple(odd), fc.array(odd, { maxLength: 3 }));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...names), told, async (name, what) => {
      const reply: StageReply = await requests.handle(connection, name, what, () => undefined);
      expect(reply.ok || reply.fault.code).not.toBe('server');
    }),
    { numRuns: 2000 },
  );
});
