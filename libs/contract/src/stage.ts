import { z } from 'zod';
import { ChannelName } from './channel.js';
import { Role } from './role.js';
import { Arrangement, ImageName } from './scene.js';

/** Somebody on the stage, for as long as they are part of it: 1 to 24 small letters and digits. A shared screen is `<id>-screen`. */
export const GuestId = z.string().regex(/^[a-z0-9]{1,24}$/, 'must be 1 to 24 small letters and digits');
export type GuestId = z.infer<typeof GuestId>;

/** The guest of the channel's own publisher: who streams with a stream key. */
export const PUBLISHER_GUEST = 'publisher';

/** Where somebody is: behind the stage, in the program, or sent away for good. */
export const GuestState = z.enum(['backstage', 'on-air', 'removed']);
export type GuestState = z.infer<typeof GuestState>;

/** How well the media of a guest come in, measured over the last second or two. */
export const GuestQuality = z.object({
  level: z.enum(['good', 'fair', 'poor']),
  videoBps: z.int(),
  audioBps: z.int(),
  framesPerSecond: z.number(),
  width: z.int(),
  height: z.int(),
  /** Percent of packets. */
  lossPercent: z.number(),
});
export type GuestQuality = z.infer<typeof GuestQuality>;

/** Somebody on the stage, as everybody on it sees them. */
export const StageGuest = z.object({
  id: ChannelName,
  /** As they call themselves. */
  name: z.string(),
  state: GuestState,
  /** Role of a member; null for who came by an invitation, and for the channel's publisher. */
  role: Role.nullable(),
  /** Sends camera or microphone now. */
  connected: z.boolean(),
  /** Shares a screen now, which is a guest of its own in arrangements and subscriptions: `<id>-screen`. */
  sharesScreen: z.boolean(),
  /** Not heard: by themselves or because a director silenced them, which only they can end. */
  muted: z.boolean(),
  mutedByDirector: z.boolean(),
  /** Null while nothing is known. */
  quality: GuestQuality.nullable(),
  joinedAt: z.iso.datetime(),
});
export type StageGuest = z.infer<typeof StageGuest>;

/** An image of a channel that arrangements may name. */
export const StageImage = z.object({
  name: ImageName,
  width: z.int(),
  height: z.int(),
  bytes: z.int(),
  /** Path on this server; another one for every other content. */
  url: z.string(),
});
export type StageImage = z.infer<typeof StageImage>;

/** A stage as everybody on it sees it: answer of `GET /api/channels/:name/stage`, and event `stage`. */
export const Stage = z.object({
  channel: ChannelName,
  title: z.string(),
  /** Viewers can watch. */
  live: z.boolean(),
  /** Start of the stream; null while offline. */
  since: z.iso.datetime().nullable(),
  /** The show was begun on the stage and ends there, whoever publishes. */
  held: z.boolean(),
  /** Streams of the channel are recorded. */
  recorded: z.boolean(),
  /** What is wanted; `muted` tells what is heard. */
  arrangement: Arrangement,
  /** In the order in which they came; who was removed is not among them. */
  guests: z.array(StageGuest),
  /** Of the program; null while nobody was heard. */
  speaker: ChannelName.nullable(),
  images: z.array(StageImage),
  /** Pixels of the program. */
  canvas: z.object({ width: z.int(), height: z.int() }),
  /** Whether there is a change to take back. */
  canUndo: z.boolean(),
});
export type Stage = z.infer<typeof Stage>;

const GuestName = z.string().trim().min(1).max(60);

/** Body of `POST /api/stage/join`: an invitation to the role of a guest, which needs no account here. */
export const JoinStage = z.strictObject({ code: z.string().min(1).max(200), name: GuestName });
export type JoinStage = z.infer<typeof JoinStage>;

/** Body of `POST /api/channels/:name/stage/join`, for members who are guests or more. */
export const JoinStageAsMember = z.strictObject({ name: GuestName.optional() });
export type JoinStageAsMember = z.infer<typeof JoinStageAsMember>;

/** Answer of both: `token` is the bearer token of WHIP, WHEP, the socket and `/api/stage/me`, told this once. */
export const JoinedStage = z.object({ channel: ChannelName, title: z.string(), guest: GuestId, token: z.string() });
export type JoinedStage = z.infer<typeof JoinedStage>;

/** Body of `PATCH /api/stage/me`: a guest about himself; what is left out stays. */
export const UpdateSelf = z.strictObject({ name: GuestName.optional(), muted: z.boolean().optional() });
export type UpdateSelf = z.infer<typeof UpdateSelf>;

/** Answer of `/api/stage/me`. */
export const StageSelf = z.object({ channel: ChannelName, guest: GuestId, name: z.string(), muted: z.boolean() });
export type StageSelf = z.infer<typeof StageSelf>;

/** Body of `PATCH /api/channels/:name/stage/guests/:guest`; what is left out stays. Nobody is unmuted by others. */
export const DirectGuest = z.strictObject({
  state: GuestState.extract(['backstage', 'on-air']).optional(),
  muted: z.literal(true, 'can only be ended by the guest: ask them').optional(),
  hidden: z.boolean().optional(),
  gain: z.number().min(0).max(2).optional(),
  fit: z.enum(['cover', 'contain']).optional(),
  label: z.string().trim().max(60).optional(),
});
export type DirectGuest = z.infer<typeof DirectGuest>;

/** Body of `PATCH /api/channels/:name/stage/scene`: what is left out stays, but for `guests`, which is set by `PUT` or for each guest. */
export const ChangeScene = z
  .strictObject({
    layout: Arrangement.shape.layout.removeDefault(),
    /** Guests on air, first to last: all of them. */
    order: z.array(ChannelName).max(9),
    pinned: ChannelName.nullable(),
    labels: z.boolean(),
    title: z.string().trim().max(120),
    logo: ImageName.nullable(),
    background: ImageName.nullable(),
    card: z.enum(['starting-soon', 'be-right-back']).nullable(),
    transitionMs: z.union([z.literal(0), z.literal(250)]),
  })
  .partial();
export type ChangeScene = z.infer<typeof ChangeScene>;

const ofGuest = { guest: ChannelName };

/** What may be asked over the socket at `/api/stage/socket`, each with an answer: `enter` first, within ten seconds, then what the API can do as well. */
export const stageRequests = {
  /** `token` of a guest; a member comes with his session or API token. */
  enter: z.strictObject({ channel: ChannelName, token: z.string().max(200).optional() }),
  updateSelf: UpdateSelf,
  leave: z.strictObject({}),
  setScene: Arrangement,
  changeScene: ChangeScene,
  undo: z.strictObject({}),
  directGuest: DirectGuest.extend(ofGuest),
  removeGuest: z.strictObject(ofGuest),
  goLive: z.strictObject({}),
  endShow: z.strictObject({}),
} as const;
/** Name of a request. */
export type StageRequestName = keyof typeof stageRequests;

/** Why a request was not done. */
export const StageFault = z.object({
  code: z.enum(['invalid', 'not-allowed', 'unknown', 'conflict', 'too-fast', 'server']),
  message: z.string(),
});
export type StageFault = z.infer<typeof StageFault>;

/** Answer to every request. */
export type StageReply = { readonly ok: true } | { readonly ok: false; readonly fault: StageFault };

/** What the server tells over the socket. */
export interface StageEvents {
  /** All of it, after every change and right after `enter`. */
  stage: (stage: Stage) => void;
  /** Who one is oneself, right after `enter`; null for a director who takes no part. */
  you: (you: { readonly guest: string | null; readonly directs: boolean }) => void;
  /** One was removed, or the token holds no more: nothing else comes. */
  removed: (fault: StageFault) => void;
}
