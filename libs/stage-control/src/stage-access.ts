import { Injectable } from '@nestjs/common';
import { type Caller, Callers, CredentialsRejected, NotAllowed, type OriginRequest, RequestOrigins } from '@weir/auth';
import { ChannelAccess, ChannelRegistry, ChannelUnknown } from '@weir/channels';
import { bearerToken } from '@weir/whip';
import type { Guest } from './guest.js';
import { isGuestToken } from './guest-token.js';
import { StageRegistry } from './stage-registry.js';

/** Who is at the stage of a channel: a guest by his token, or somebody with a role. */
export interface StageVisitor {
  readonly guest: Guest | undefined;
  readonly caller: Caller | undefined;
}

const DIRECTORS_ONLY = 'Only an owner or a moderator of the channel directs its stage.';

/** Who may see a stage, and who directs it. */
@Injectable()
export class StageAccess {
  readonly #stages: StageRegistry;
  readonly #channels: ChannelRegistry;
  readonly #access: ChannelAccess;
  readonly #callers: Callers;
  readonly #origins: RequestOrigins;

  constructor(
    stages: StageRegistry,
    channels: ChannelRegistry,
    access: ChannelAccess,
    callers: Callers,
    origins: RequestOrigins,
  ) {
    this.#stages = stages;
    this.#channels = channels;
    this.#access = access;
    this.#callers = callers;
    this.#origins = origins;
  }

  /** The guest whose token a request shows; undefined when it shows none of a guest. Throws CredentialsRejected or InsecureTransport. */
  guestOf(request: OriginRequest): Guest | undefined {
    const token = bearerToken(request.headers.authorization);
    if (token === undefined || !isGuestToken(token)) return undefined;
    this.#origins.requireSecure(request);
    const guest = this.#stages.verify(token);
    if (guest === undefined) throw new CredentialsRejected();
    return guest;
  }

  /** Who is at the stage: by a guest's token, or as a member who is a guest or more; rejects as `ChannelAccess.require` does. */
  async visitor(request: OriginRequest, channel: string): Promise<StageVisitor> {
    const guest = this.guestOf(request);
    if (guest !== undefined) {
      this.requireStageOf(guest, channel);
      return { guest, caller: undefined };
    }
    const caller = await this.#callers.of(request);
    this.requireMember(caller, channel);
    return { guest: undefined, caller };
  }

  /** Throws ChannelUnknown or NotAllowed unless the guest is one of that channel. */
  requireStageOf(guest: Guest, channel: string): void {
    if (guest.channel === channel) return;
    if (this.#channels.get(channel).visibility === 'private') throw new ChannelUnknown(channel);
    throw new NotAllowed('This token is for the stage of another channel.');
  }

  /** Throws as `ChannelAccess.require` unless the caller may see the stage. */
  requireMember(caller: Caller, channel: string): void {
    this.#access.require(caller, channel, 'guest', 'channels:read');
  }

  /** The caller who directs the stage; rejects as `visitor` does, and with NotAllowed for guests. */
  async director(request: OriginRequest, channel: string): Promise<Caller> {
    const guest = this.guestOf(request);
    if (guest !== undefined) {
      this.requireStageOf(guest, channel);
      throw new NotAllowed(DIRECTORS_ONLY);
    }
    const caller = await this.#callers.of(request);
    this.requireDirector(caller, channel);
    return caller;
  }

  /** Throws as `ChannelAccess.require`, and NotAllowed for nobody, unless the caller directs the stage. */
  requireDirector(caller: Caller | undefined, channel: string): void {
    if (caller === undefined) throw new NotAllowed(DIRECTORS_ONLY);
    this.#access.require(caller, channel, 'moderator', 'stage:write');
  }

  /** Whether a caller directs the stage now. */
  directs(caller: Caller | undefined, channel: string): boolean {
    if (caller === undefined) return false;
    const role = this.#access.roleOf(caller, channel);
    return (role === 'owner' || role === 'moderator') && caller.scopes?.has('stage:write') !== false;
  }

  /** Whether somebody still is at the stage for the same reason. */
  holds({ guest, caller }: StageVisitor, channel: string): boolean {
    if (guest !== undefined) return !guest.isRemoved;
    if (caller === undefined) return false;
    const role = this.#access.roleOf(caller, channel);
    return role !== undefined && role !== 'viewer';
  }

  /** Asks anew who a request's caller is; undefined when that is somebody else now. */
  async again(request: OriginRequest, caller: Caller): Promise<Caller | undefined> {
    this.#callers.forget(request);
    const found = await this.#callers.of(request).catch(() => undefined);
    return found?.key === caller.key ? found : undefined;
  }
}
