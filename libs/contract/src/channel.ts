import { z } from 'zod';
import { Role } from './role.js';

/** A channel's name: part of its URLs, 1 to 64 characters, never changed. */
export const ChannelName = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be 1 to 64 of the characters A-Z, a-z, 0-9, "_" and "-"');

/** Who finds and watches a channel: everybody, who has its address, or who has a role in it or its watch link. */
export const Visibility = z.enum(['public', 'unlisted', 'private']);
export type Visibility = z.infer<typeof Visibility>;

/** Body of `POST /api/channels`. */
export const CreateChannel = z.strictObject({
  name: ChannelName,
  title: z.string().trim().max(200).optional(),
  description: z.string().trim().max(2000).optional(),
  visibility: Visibility.optional(),
});
export type CreateChannel = z.infer<typeof CreateChannel>;

/** What a channel does beside real-time video. */
export const ChannelSettings = z.object({
  /** How HLS is made: composed and encoded, the publisher's H.264 as it is, or not at all. */
  hls: z.enum(['program', 'passthrough', 'off']),
  /** Streams are recorded; needs HLS. */
  record: z.boolean(),
  /** The publishers' own tracks are recorded as well. */
  isolatedTracks: z.boolean(),
  /** What viewers get in real time: the publisher as he is, or the composed program, which takes half a second more. */
  whep: z.enum(['source', 'program']),
});
export type ChannelSettings = z.infer<typeof ChannelSettings>;

/** Body of `PATCH /api/channels/:name`; what is left out stays as it is. */
export const UpdateChannel = z.strictObject({
  title: z.string().trim().min(1).max(200).optional(),
  description: z.string().trim().max(2000).optional(),
  visibility: Visibility.optional(),
  ...ChannelSettings.partial().shape,
});
export type UpdateChannel = z.infer<typeof UpdateChannel>;

/** What one track of a live stream carries. */
export const LiveTrack = z.object({
  codec: z.enum(['h264', 'h265', 'vp8', 'vp9', 'av1', 'opus']),
  profileLevelId: z.string().optional(),
  width: z.int().optional(),
  height: z.int().optional(),
  channels: z.int().optional(),
  /** Pictures refer to later ones; such H.264 cannot be passed through to HLS. */
  hasBFrames: z.boolean().optional(),
});
export type LiveTrack = z.infer<typeof LiveTrack>;

/** A channel as `GET /api/channels` and `GET /api/channels/:name` tell it. */
export const Channel = z.object({
  name: ChannelName,
  title: z.string(),
  description: z.string(),
  visibility: Visibility,
  /** Path on this server; null without one. */
  avatarUrl: z.string().nullable(),
  followers: z.int(),
  /** What the caller is in it; null for who has no role. */
  role: Role.nullable(),
  /** Whether the caller follows it. */
  following: z.boolean(),
  live: z.boolean(),
  /** Start of the stream as an ISO 8601 time; null while offline. */
  since: z.iso.datetime().nullable(),
  /** Subscribers, and viewers of HLS in the last ten seconds. */
  viewers: z.int(),
  /** Null while offline, while unknown, and when the stream has none. */
  video: LiveTrack.nullable(),
  audio: LiveTrack.nullable(),
  /** Can be watched over HLS while it is live. */
  hls: z.boolean(),
  /** Only for its owners. */
  settings: ChannelSettings.optional(),
});
export type Channel = z.infer<typeof Channel>;

/**
 * Answer of `GET /api/channels`: public channels that are live, by name; with `?mine=true` those in which the caller has a role,
 * with `?following=true` those that he follows and may watch, and with `?all=true` every channel, for administrators.
 */
export const ChannelList = z.array(Channel);
export type ChannelList = z.infer<typeof ChannelList>;

/** Body of `POST /api/channels/:name/watch`: lets the browser watch a private channel. Members need no token. */
export const WatchRequest = z.strictObject({ token: z.string().max(200).optional() });
export type WatchRequest = z.infer<typeof WatchRequest>;

/** Answer of `POST /api/channels/:name/watch-token`, told this once; the link is `/watch/:name#token=…`. */
export const WatchToken = z.object({ token: z.string() });
export type WatchToken = z.infer<typeof WatchToken>;
