import { z } from 'zod';
import { ChannelName } from './channel.js';
import { Role } from './role.js';

/** Most characters of a message, counted as a person counts them (code points). */
export const CHAT_MESSAGE_MAX = 500;

/** The reactions that float over the picture. */
export const REACTIONS = ['❤️', '👏', '😂', '😮', '🔥', '🎉'] as const;
/** One of the reactions. */
export const Reaction = z.enum(REACTIONS);
export type Reaction = z.infer<typeof Reaction>;

const points = (max: number) =>
  z.string().refine((text) => [...text].length <= max, `must have at most ${max} characters`);
const Id = z.string().min(1).max(64);

/** How the chat of a channel works. */
export const ChatSettings = z.object({
  /** Who may write: everybody, who is signed in, who follows the channel, or who has a role in it. */
  mode: z.enum(['everyone', 'accounts', 'followers', 'members']),
  /** Seconds between two messages of somebody who is no moderator; 0 is off. */
  slowSeconds: z.int().min(0).max(3600),
  /** Messages with one of these are refused, whatever its case or disguise. */
  blockedWords: z.array(z.string().trim().min(1).max(50)).max(500),
  /** Whether messages may have links. */
  links: z.boolean(),
});
export type ChatSettings = z.infer<typeof ChatSettings>;

/** The settings until somebody changes them. */
export const defaultChatSettings: ChatSettings = { mode: 'everyone', slowSeconds: 0, blockedWords: [], links: true };

/** One message. */
export const ChatMessage = z.object({
  id: z.string(),
  channel: ChannelName,
  /** Counts the messages of the channel: the order in which they stand. */
  seq: z.int(),
  /** `a:` and an account's id or `g:` and a guest's. */
  author: z.string(),
  name: z.string(),
  /** What the author was when it was sent; null for who has no role. */
  role: Role.nullable(),
  body: z.string(),
  /** The message that it answers, as it was then. */
  replyTo: z.object({ id: z.string(), name: z.string(), body: z.string() }).nullable(),
  clientId: z.string(),
  /** Unix milliseconds. */
  sentAtMs: z.int(),
  /** Unix milliseconds at which the picture was captured that the author saw; null when he saw none. */
  mediaAtMs: z.int().nullable(),
});
export type ChatMessage = z.infer<typeof ChatMessage>;

/** A question to the viewers. */
export const Poll = z.object({
  id: z.string(),
  question: z.string(),
  options: z.array(z.object({ text: z.string(), votes: z.int() })),
  createdAtMs: z.int(),
  closesAtMs: z.int().nullable(),
  /** Null while votes are taken. */
  closedAtMs: z.int().nullable(),
});
export type Poll = z.infer<typeof Poll>;

/** Who the socket speaks for in a channel. */
export const ChatSelf = z.object({
  author: z.string(),
  /** Null for a guest who has not chosen one. */
  name: z.string().nullable(),
  role: Role.nullable(),
  isAccount: z.boolean(),
  follows: z.boolean(),
});
export type ChatSelf = z.infer<typeof ChatSelf>;

/** Events from a page, each with what it carries; all are acknowledged by a ChatReply. */
export const chatRequests = {
  /** Enters the room of a channel; `after` is the newest `seq` that the page has: what came later is told. */
  join: z.strictObject({
    channel: ChannelName,
    after: z.int().min(0).optional(),
    watchToken: z.string().max(200).optional(),
  }),
  leave: z.strictObject({ channel: ChannelName }),
  /** Chooses a guest's name. */
  name: z.strictObject({ name: z.string().max(64) }),
  say: z.strictObject({
    channel: ChannelName,
    /** The same twice is one message. */
    clientId: z.string().regex(/^[\w-]{8,64}$/, 'must be 8 to 64 letters, digits, "_" or "-"'),
    body: points(CHAT_MESSAGE_MAX),
    replyTo: Id.optional(),
    mediaAtMs: z.int().min(0).max(8_640_000_000_000_000).optional(),
  }),
  react: z.strictObject({ channel: ChannelName, reaction: Reaction }),
  /** For moderators, and for authors of their own. */
  delete: z.strictObject({ channel: ChannelName, id: Id }),
  /** For moderators: out for some time or, with null, for good; removes all that the author wrote. */
  ban: z.strictObject({
    channel: ChannelName,
    author: z.string().regex(/^[ag]:[\w-]{1,64}$/),
    seconds: z.int().min(1).max(31_536_000).nullable(),
    reason: points(200).default(''),
  }),
  unban: z.strictObject({ channel: ChannelName, author: z.string().regex(/^[ag]:[\w-]{1,64}$/) }),
  /** For moderators. */
  settings: z.strictObject({ channel: ChannelName, change: ChatSettings.partial() }),
  /** For moderators; `seconds` until it closes by itself. */
  openPoll: z.strictObject({
    channel: ChannelName,
    question: points(200).refine((text) => text.trim() !== '', 'must not be empty'),
    options: z
      .array(points(100).refine((text) => text.trim() !== '', 'must not be empty'))
      .min(2)
      .max(6),
    seconds: z.int().min(10).max(86_400).optional(),
  }),
  vote: z.strictObject({ channel: ChannelName, poll: Id, choice: z.int().min(0).max(5) }),
  closePoll: z.strictObject({ channel: ChannelName, poll: Id }),
} as const;

/** Name of an event from a page. */
export type ChatRequestName = keyof typeof chatRequests;

/** Why something was refused. */
export const ChatFault = z.object({
  code: z.enum([
    'malformed',
    'too-long',
    'empty',
    'name-needed',
    'name-taken',
    'name-invalid',
    'slow-mode',
    'too-fast',
    'not-allowed',
    'accounts-only',
    'followers-only',
    'members-only',
    'banned',
    'blocked-word',
    'no-links',
    'not-found',
    'not-joined',
    'closed',
    'already-voted',
    'internal',
  ]),
  /** A sentence, in English. */
  message: z.string(),
  /** When to try again, where that helps. */
  retryAfterMs: z.int().optional(),
});
export type ChatFault = z.infer<typeof ChatFault>;

/** What every request is acknowledged with. */
export type ChatReply<Answer> =
  { readonly ok: true; readonly answer: Answer } | { readonly ok: false; readonly fault: ChatFault };

/** What a request is answered with when it is granted. */
export interface ChatAnswers {
  join: {
    readonly you: ChatSelf;
    readonly settings: ChatSettings;
    /** The newest 100, or those after `after`; oldest first. */
    readonly messages: readonly ChatMessage[];
    /** True when there are more between `after` and the first of `messages`: the page begins anew. */
    readonly gap: boolean;
    readonly poll: Poll | null;
    /** The choice that was voted for in it. */
    readonly choice: number | null;
    readonly live: boolean;
    readonly viewers: number;
  };
  leave: null;
  name: ChatSelf;
  say: ChatMessage;
  react: null;
  delete: null;
  ban: null;
  unban: null;
  settings: ChatSettings;
  openPoll: Poll;
  vote: Poll;
  closePoll: Poll;
}

/** Events to pages; each carries `channel`. */
export interface ChatEvents {
  message: ChatMessage;
  /** These messages are gone. */
  deleted: { readonly channel: string; readonly ids: readonly string[] };
  /** Everything of this author is gone. */
  purged: { readonly channel: string; readonly author: string };
  settings: { readonly channel: string; readonly settings: ChatSettings };
  /** Reactions of the last moments, counted. */
  reactions: { readonly channel: string; readonly counts: Partial<Record<Reaction, number>> };
  poll: { readonly channel: string; readonly poll: Poll };
  /** The receiver is out, until Unix milliseconds or, with null, for good. */
  banned: { readonly channel: string; readonly untilMs: number | null; readonly reason: string };
  /** The channel went live or offline. */
  live: { readonly channel: string; readonly live: boolean };
  viewers: { readonly channel: string; readonly viewers: number };
  /** The receiver's standing changed, as by a new role. */
  you: { readonly channel: string; readonly you: ChatSelf };
  /** The receiver is put out of the channel or, with null, disconnected, and why; a page comes back no sooner than `retryAfterMs`. */
  closed: { readonly channel: string | null; readonly fault: ChatFault };
}

/** Somebody who is out, as `GET /api/channels/:name/bans` lists it. */
export const Ban = z.object({
  author: z.string(),
  name: z.string(),
  reason: z.string(),
  createdAt: z.iso.datetime(),
  until: z.iso.datetime().nullable(),
});
export type Ban = z.infer<typeof Ban>;
/** Answer of `GET /api/channels/:name/bans`. */
export const BanList = z.array(Ban);
export type BanList = z.infer<typeof BanList>;

/** Query of `GET /api/channels/:name/chat`: what was said to the pictures of a span of time, for watching again. */
export const ChatReplayQuery = z.object({
  /** Unix milliseconds of capture. */
  from: z.coerce.number().int().min(0),
  to: z.coerce.number().int().min(0),
});
export type ChatReplayQuery = z.infer<typeof ChatReplayQuery>;
/** Answer of `GET /api/channels/:name/chat`, in the order of the pictures. */
export const ChatReplay = z.array(ChatMessage);
export type ChatReplay = z.infer<typeof ChatReplay>;

/** One thing that was done, as `GET /api/audit` and `GET /api/channels/:name/audit` list it, newest first. */
export const AuditEntry = z.object({
  id: z.string(),
  channel: z.string().nullable(),
  at: z.iso.datetime(),
  actor: z.string(),
  actorName: z.string(),
  /** Such as `chat.ban` or `key.revoke`. */
  action: z.string(),
  target: z.string(),
  detail: z.string(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;
/** Some entries of an audit log; `next` is what to give as `before` for older ones, null at the end. */
export const AuditPage = z.object({ entries: z.array(AuditEntry), next: z.string().nullable() });
export type AuditPage = z.infer<typeof AuditPage>;
