import type { Caller } from '@weir/auth';
import { Database } from '@weir/store';
import { Log } from '@weir/telemetry';
import { Bans } from './bans.js';
import { ChannelRegistry } from './channel-registry.js';
import { Follows } from './follows.js';
import { Members } from './members.js';

/** The registry and what stands around it, on a database of its own. */
export interface ChannelScene {
  readonly database: Database;
  readonly channels: ChannelRegistry;
  readonly members: Members;
  readonly follows: Follows;
  readonly bans: Bans;
}

/** Opens a scene, or another one on the database of an earlier. */
export async function openScene(database = Database.inMemory()): Promise<ChannelScene> {
  const log = Log.open({ level: 'silent', text: false });
  const channels = await new ChannelRegistry(database, log, { reconnectGraceMs: 0 }).load();
  const members = await new Members(database, channels).load();
  const follows = await new Follows(database, channels).load();
  const bans = await new Bans(database, channels, members, follows).load();
  return { database, channels, members, follows, bans };
}

/** Makes accounts whose ids are their names. */
export async function addAccounts({ database }: ChannelScene, ...names: readonly string[]): Promise<void> {
  for (const name of names) {
    const rights = { isAdmin: false, mayCreate: false };
    await database.accounts.insert({ id: name, name, nameKey: name, password: '', ...rights, createdAtMs: 1 });
  }
}

/** Somebody who is signed in to the account of that id. */
export function callerOf(id: string, change: Partial<Caller> = {}): Caller {
  const account = { id, name: id, isAdmin: false, mayCreate: false, createdAtMs: 1, disabledAtMs: undefined };
  return { key: `a:${id}`, account, scopes: undefined, isAdmin: false, via: 'cookie', name: id, ...change };
}

/** A guest of that id. */
export function guestOf(id: string): Caller {
  return callerOf('', { key: `g:${id}`, account: undefined, via: 'none' });
}
