import { Injectable } from '@nestjs/common';
import {
  type Caller,
  InvitationInvalid,
  Invitations,
  type OriginRequest,
  RequestOrigins,
  TooManyAttempts,
} from '@weir/auth';
import { ChannelAccess } from '@weir/channels';
import type { JoinedStage, JoinStage, JoinStageAsMember } from '@weir/contract';
import { networkOf, TokenBuckets } from '@weir/sockets';
import { RemovedFromStage } from './stage-errors.js';
import { StageRegistry } from './stage-registry.js';

const JOINS = { burst: 20, perSecond: 0.2 };
const NAME_LETTERS = 60;

/** Lets people onto stages: by an invitation, or because they are members. */
@Injectable()
export class Joining {
  readonly #stages: StageRegistry;
  readonly #invitations: Invitations;
  readonly #access: ChannelAccess;
  readonly #origins: RequestOrigins;
  readonly #joins = new TokenBuckets(JOINS);

  constructor(stages: StageRegistry, invitations: Invitations, access: ChannelAccess, origins: RequestOrigins) {
    this.#stages = stages;
    this.#invitations = invitations;
    this.#access = access;
    this.#origins = origins;
  }

  /** Makes a guest and counts one use of the invitation; rejects with InvitationInvalid, StageFull or TooManyAttempts. */
  async byInvitation(request: OriginRequest, { code, name }: JoinStage): Promise<JoinedStage> {
    this.#slow(networkOf(this.#origins.of(request).address));
    const invitation = await this.#invitations.find(code);
    const { channel, role } = invitation;
    if (channel === undefined || role === 'viewer') throw new InvitationInvalid();
    return this.#invitations.use(invitation, () => this.#stages.join(channel, name, undefined));
  }

  /** Makes a guest of a member; rejects as `ChannelAccess.require`, and with RemovedFromStage, StageFull or TooManyAttempts. */
  async asMember(caller: Caller, channel: string, { name }: JoinStageAsMember): Promise<JoinedStage> {
    this.#access.require(caller, channel, 'guest', 'stage:write');
    this.#slow(caller.key);
    const role = this.#access.roleOf(caller, channel);
    const account = caller.account?.id;
    const isSentAway = account !== undefined && this.#stages.wasSentAway(channel, account);
    if (role === 'guest' && isSentAway) throw new RemovedFromStage();
    const called = name ?? caller.name.slice(0, NAME_LETTERS);
    return this.#stages.join(channel, called, account);
  }

  #slow(key: string): void {
    const waitMs = this.#joins.take(key, performance.now());
    if (waitMs > 0) throw new TooManyAttempts(waitMs);
  }
}
