import { Injectable } from '@nestjs/common';
import {
  type Caller,
  CredentialsRejected,
  InsecureTransport,
  NotAllowed,
  RequestOrigins,
  ScopeMissing,
  SignInNeeded,
  TooManyAttempts,
} from '@weir/auth';
import { ChannelRegistry, ChannelUnknown, RoleMissing } from '@weir/channels';
import { type StageFault, type StageReply, type StageRequestName, stageRequests } from '@weir/contract';
import { ProgramOff } from '@weir/programs';
import { DatabaseClosed, DatabaseUnavailable } from '@weir/store';
import { Log } from '@weir/telemetry';
import type { Guest } from './guest.js';
import { StageAccess } from './stage-access.js';
import type { StageConnection, StageEntry } from './stage-connection.js';
import { StageDesk } from './stage-desk.js';
import { GuestUnknown, NothingToUndo, StageFull, StageImageUnknown } from './stage-errors.js';
import { StageRegistry } from './stage-registry.js';

/** What a page asks for, as the contract has it. */
type Asked<Name extends StageRequestName> = ReturnType<(typeof stageRequests)[Name]['parse']>;

type Handlers = {
  readonly [Name in Exclude<StageRequestName, 'enter'>]: (
    connection: StageConnection,
    entry: StageEntry,
    asked: Asked<Name>,
  ) => void | Promise<void>;
};

type ErrorClass = abstract new (...args: never[]) => Error;

const faults: readonly (readonly [ErrorClass, StageFault['code']])[] = [
  [ChannelUnknown, 'unknown'],
  [GuestUnknown, 'unknown'],
  [StageImageUnknown, 'unknown'],
  [ProgramOff, 'conflict'],
  [NothingToUndo, 'conflict'],
  [StageFull, 'conflict'],
  [NotAllowed, 'not-allowed'],
  [RoleMissing, 'not-allowed'],
  [ScopeMissing, 'not-allowed'],
  [SignInNeeded, 'not-allowed'],
  [CredentialsRejected, 'not-allowed'],
  [InsecureTransport, 'not-allowed'],
  [TooManyAttempts, 'too-fast'],
];

/** Takes requests of sockets as they come, whatever they are, and answers each once. */
@Injectable()
export class StageRequests implements Handlers {
  readonly #stages: StageRegistry;
  readonly #channels: ChannelRegistry;
  readonly #access: StageAccess;
  readonly #desk: StageDesk;
  readonly #origins: RequestOrigins;
  readonly #log: Log;

  constructor(
    stages: StageRegistry,
    channels: ChannelRegistry,
    access: StageAccess,
    desk: StageDesk,
    origins: RequestOrigins,
    log: Log,
  ) {
    this.#stages = stages;
    this.#channels = channels;
    this.#access = access;
    this.#desk = desk;
    this.#origins = origins;
    this.#log = log;
  }

  /** Handles a request of that name with what came with it; never rejects. `entered` is called before `enter` is answered. */
  async handle(
    connection: StageConnection,
    name: string,
    told: readonly unknown[],
    entered: (entry: StageEntry) => void,
  ): Promise<StageReply> {
    try {
      if (!isRequest(name)) throw new MalformedRequest('There is no such request.');
      if (told.length !== 1) throw new MalformedRequest('A request carries one object.');
      if (name !== 'enter') await this.#do(connection, name, told[0]);
      else {
        const entry = await this.#enter(connection, parsed(name, told[0]));
        // Of two that were asked at once the first counts.
        requireOutside(connection);
        entered(entry);
      }
      return { ok: true };
    } catch (error) {
      return { ok: false, fault: this.#faultOf(error, name) };
    }
  }

  updateSelf(_connection: StageConnection, entry: StageEntry, asked: Asked<'updateSelf'>): void {
    this.#desk.updateSelf(guestOf(entry), asked);
  }

  leave(_connection: StageConnection, entry: StageEntry): void {
    this.#desk.leave(guestOf(entry));
  }

  async setScene(connection: StageConnection, { channel }: StageEntry, asked: Asked<'setScene'>): Promise<void> {
    await this.#director(connection, channel);
    this.#desk.setScene(channel, asked);
  }

  async changeScene(connection: StageConnection, { channel }: StageEntry, asked: Asked<'changeScene'>): Promise<void> {
    await this.#director(connection, channel);
    this.#desk.changeScene(channel, asked);
  }

  async undo(connection: StageConnection, { channel }: StageEntry): Promise<void> {
    await this.#director(connection, channel);
    this.#desk.undo(channel);
  }

  async directGuest(connection: StageConnection, { channel }: StageEntry, asked: Asked<'directGuest'>): Promise<void> {
    await this.#director(connection, channel);
    const { guest, ...change } = asked;
    this.#desk.directGuest(channel, guest, change);
  }

  async removeGuest(connection: StageConnection, { channel }: StageEntry, asked: Asked<'removeGuest'>): Promise<void> {
    await this.#desk.removeGuest(await this.#director(connection, channel), channel, asked.guest);
  }

  async goLive(connection: StageConnection, { channel }: StageEntry): Promise<void> {
    await this.#desk.goLive(await this.#director(connection, channel), channel);
  }

  async endShow(connection: StageConnection, { channel }: StageEntry): Promise<void> {
    await this.#desk.endShow(await this.#director(connection, channel), channel);
  }

  async #enter(connection: StageConnection, { channel, token }: Asked<'enter'>): Promise<StageEntry> {
    requireOutside(connection);
    if (token === undefined) {
      await this.#again(connection);
      this.#access.requireMember(connection.caller, channel);
      return { channel, guest: undefined };
    }
    this.#origins.requireSecure(connection.request);
    const guest = this.#stages.verify(token);
    if (guest === undefined) throw new CredentialsRejected();
    this.#channels.get(channel);
    this.#access.requireStageOf(guest, channel);
    return { channel, guest };
  }

  async #do(connection: StageConnection, name: Exclude<StageRequestName, 'enter'>, told: unknown): Promise<void> {
    const { entry } = connection;
    const asked: unknown = parsed(name, told);
    if (entry === undefined) throw new NotAllowed('Enter the stage of a channel first.');
    const act = this[name] as (connection: StageConnection, entry: StageEntry, asked: unknown) => void | Promise<void>;
    await act.call(this, connection, entry, asked);
  }

  async #director(connection: StageConnection, channel: string): Promise<Caller> {
    await this.#again(connection);
    const { caller } = connection;
    // A guest who is nobody else may know of a private channel, whose stage it is.
    this.#access.requireDirector(caller.via === 'none' ? undefined : caller, channel);
    return caller;
  }

  // A token may have been revoked since, and sessions end.
  async #again(connection: StageConnection): Promise<void> {
    const caller = await this.#access.again(connection.request, connection.caller);
    if (caller === undefined) throw new NotAllowed('You are signed out here: connect again.');
    connection.caller = caller;
  }

  #faultOf(error: unknown, request: string): StageFault {
    if (error instanceof MalformedRequest) return { code: 'invalid', message: error.message };
    const known = faults.find(([errorClass]) => error instanceof errorClass);
    if (known !== undefined) return { code: known[1], message: (error as Error).message };
    const isAway = error instanceof DatabaseUnavailable || error instanceof DatabaseClosed;
    if (!isAway) this.#log.error('a request to a stage failed', { request, err: error });
    return { code: 'server', message: 'That did not work: try again in a moment.' };
  }
}

/** Thrown when a request is not as it must be. */
class MalformedRequest extends Error {
  override readonly name = 'MalformedRequest';
}

function requireOutside({ entry }: StageConnection): void {
  if (entry !== undefined) throw new NotAllowed('One connection is at one stage: open another.');
}

function isRequest(name: string): name is StageRequestName {
  return Object.hasOwn(stageRequests, name);
}

function parsed<Name extends StageRequestName>(name: Name, told: unknown): Asked<Name> {
  const result = stageRequests[name].safeParse(told);
  if (result.success) return result.data as Asked<Name>;
  const [issue] = result.error.issues;
  const field = issue?.path.map(String).join('.') ?? '';
  const what = field === '' ? 'The request' : `"${field}"`;
  throw new MalformedRequest(`${what}: ${issue?.message ?? 'is not as it must be'}.`);
}

function guestOf({ guest }: StageEntry): Guest {
  if (guest === undefined) throw new NotAllowed('You direct this stage and take no part in it.');
  return guest;
}
