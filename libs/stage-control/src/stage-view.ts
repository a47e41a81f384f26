import { Inject, Injectable } from '@nestjs/common';
import { ChannelAccess, ChannelRegistry, guestRouter } from '@weir/channels';
import { type Arrangement, type Stage, type StageGuest, PUBLISHER_GUEST, type StageImage } from '@weir/contract';
import { RouterDescriptions } from '@weir/signalling';
import { canvasSize } from '@weir/stage';
import type { ChannelRow, StageImageRow } from '@weir/store';
import type { ChannelStage } from './channel-stage.js';
import { type Guest, screenOf } from './guest.js';
import { PublisherQuality } from './publisher-quality.js';
import { STAGE_OPTIONS, type StageOptions } from './stage-options.js';
import { StageRegistry } from './stage-registry.js';

/** Tells stages as the API does. */
@Injectable()
export class StageView {
  readonly #stages: StageRegistry;
  readonly #channels: ChannelRegistry;
  readonly #access: ChannelAccess;
  readonly #descriptions: RouterDescriptions;
  readonly #quality: PublisherQuality;
  readonly #canvas: Stage['canvas'];

  constructor(
    stages: StageRegistry,
    channels: ChannelRegistry,
    access: ChannelAccess,
    descriptions: RouterDescriptions,
    quality: PublisherQuality,
    @Inject(STAGE_OPTIONS) { rungHeights }: StageOptions,
  ) {
    this.#stages = stages;
    this.#channels = channels;
    this.#access = access;
    this.#descriptions = descriptions;
    this.#quality = quality;
    this.#canvas = canvasSize(undefined, rungHeights);
  }

  /** The stage of a channel, if that exists. */
  find(channel: string): Stage | undefined {
    return this.#channels.find(channel) && this.of(channel);
  }

  /** The stage of a channel; throws ChannelUnknown. */
  of(channel: string): Stage {
    const row = this.#channels.get(channel);
    const { title, record, hls } = row;
    const stream = this.#channels.stream(channel);
    const stage = this.#stages.of(channel);
    const { arrangement } = stage;
    return {
      channel,
      title,
      live: stream !== undefined,
      since: stream === undefined ? null : new Date(stream.startedAtMs).toISOString(),
      held: stream?.held === true,
      recorded: record && hls !== 'off',
      arrangement,
      guests: [...this.#publisher(stage, arrangement, row), ...this.#guests(stage)],
      speaker: stage.speaker,
      images: [...stage.images.values()].map(imageOf),
      canvas: stage.canvas ?? this.#canvas,
      canUndo: stage.canUndo,
    };
  }

  #guests(stage: ChannelStage): StageGuest[] {
    const nowMs = Date.now();
    return [...stage.guests.values()]
      .filter((guest) => !guest.isRemoved && (isOnAir(stage, guest) || guest.isPresent(nowMs)))
      .map((guest) => this.#guest(stage, guest));
  }

  #guest(stage: ChannelStage, guest: Guest): StageGuest {
    const { id, channel, name, account, joinedAtMs } = guest;
    return {
      id,
      name,
      state: stage.isOnAir(id) ? 'on-air' : 'backstage',
      role: account === undefined ? null : (this.#access.roleOfKey(`a:${account}`, channel) ?? null),
      connected: guest.sends('camera'),
      sharesScreen: guest.sends('screen'),
      muted: guest.isMuted,
      mutedByDirector: guest.mute === 'director',
      quality: guest.quality.quality(this.#descriptions.of(guestRouter(channel, id))),
      joinedAt: new Date(joinedAtMs).toISOString(),
    };
  }

  #publisher(stage: ChannelStage, { guests }: Arrangement, { title, createdAtMs }: ChannelRow): StageGuest[] {
    const stream = this.#channels.stream(stage.channel);
    const arranged = guests.find(({ guest }) => guest === PUBLISHER_GUEST);
    const connected = stream?.publisher !== undefined;
    if (!connected && arranged === undefined) return [];
    return [
      {
        id: PUBLISHER_GUEST,
        name: title,
        state: arranged === undefined ? 'backstage' : 'on-air',
        role: null,
        connected,
        sharesScreen: false,
        muted: stage.isPublisherMuted,
        mutedByDirector: stage.isPublisherMuted,
        quality: this.#quality.of(stream),
        joinedAt: new Date(stream?.startedAtMs ?? createdAtMs).toISOString(),
      },
    ];
  }
}

/** An image as the API tells it. */
export function imageOf({ channel, name, width, height, sizeBytes, tag }: StageImageRow): StageImage {
  const url = `/api/channels/${channel}/stage/images/${encodeURIComponent(name)}?v=${tag}`;
  return { name, width, height, bytes: sizeBytes, url };
}

function isOnAir(stage: ChannelStage, { id }: Guest): boolean {
  return stage.isOnAir(id) || stage.isOnAir(screenOf(id));
}
