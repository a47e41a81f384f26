import type { Generated } from 'kysely';

/** The tables as SQL has them; times are Unix milliseconds, flags 0 or 1. */
export interface Schema {
  readonly channels: {
    name: string;
    title: string;
    created_at: number;
    hls: Generated<string>;
    record: Generated<number>;
    isolated_tracks: Generated<number>;
    whep: Generated<string>;
    description: Generated<string>;
    visibility: Generated<string>;
    owner: Generated<string | null>;
    /** SHA-256 of the token that lets its holder watch a private channel. */
    watch_hash: Generated<Uint8Array | null>;
    /** Counts what ends all leave to watch that was given before. */
    watch_epoch: Generated<number>;
    /** Entity tag of the avatar; null without one. */
    avatar_tag: Generated<string | null>;
    /** JSON of the chat's settings. */
    chat: Generated<string>;
  };
  readonly stream_keys: {
    id: string;
    channel: string;
    hash: Uint8Array;
    label: string;
    created_at: number;
    revoked_at: Generated<number | null>;
    last_used_at: Generated<number | null>;
    /** Null for the operator's, and for those of before it was noted. */
    created_by: Generated<string | null>;
  };
  readonly settings: { name: string; value: Uint8Array };
  readonly recordings: {
    id: string;
    channel: string;
    title: string;
    state: string;
    reason: string | null;
    started_at: number;
    ended_at: number | null;
    duration_ms: number;
    bytes: number;
    width: number;
    height: number;
    protected: number;
    /** JSON. */
    files: string;
  };
  readonly uploads: { object_key: string; upload: string };
  readonly avatars: { channel: string; type: string; bytes: Uint8Array };
  readonly accounts: {
    id: string;
    name: string;
    /** The name as it is compared: no other account may have it. */
    name_key: string;
    password: string;
    /** Administers the whole server. */
    is_admin: number;
    /** May make channels. */
    may_create: number;
    created_at: number;
    disabled_at: Generated<number | null>;
  };
  readonly sessions: {
    hash: Uint8Array;
    id: string;
    account: string;
    created_at: number;
    last_seen_at: number;
    expires_at: number;
    address: string;
    user_agent: string;
  };
  readonly api_tokens: {
    id: string;
    account: string;
    hash: Uint8Array;
    label: string;
    /** JSON. */
    scopes: string;
    created_at: number;
    expires_at: number | null;
    last_used_at: Generated<number | null>;
    revoked_at: Generated<number | null>;
  };
  readonly captions: {
    recording: string;
    language: string;
    label: string;
    updated_at: number;
    tag: string;
    text: string;
  };
  readonly members: { channel: string; account: string; role: string; created_at: number };
  readonly follows: { channel: string; account: string; created_at: number };
  readonly invitations: {
    id: string;
    hash: Uint8Array;
    /** Null for an invitation to the server: who takes it may make a channel. */
    channel: string | null;
    role: string;
    note: string;
    created_by: string | null;
    created_at: number;
    expires_at: number | null;
    max_uses: number | null;
    uses: Generated<number>;
    revoked_at: Generated<number | null>;
  };
  readonly chat_messages: {
    id: string;
    channel: string;
    /** Counts the messages of a channel. */
    seq: number;
    /** `a:` and an account's id, or `g:` and a guest's. */
    author: string;
    name: string;
    /** What the author was then; null for who had no role. */
    role: string | null;
    /** Empty once deleted. */
    body: string;
    /** Id of the message that it answers. */
    reply_to: string | null;
    /** Given by the sender: the same twice is one message. */
    client_id: string;
    sent_at: number;
    /** When the picture that the sender saw was captured. */
    media_at: number | null;
    /** Where it stands when the channel is watched again: `media_at`, or else `sent_at`. */
    shown_at: number;
    deleted_at: Generated<number | null>;
  };
  readonly chat_bans: {
    id: string;
    channel: string;
    author: string;
    name: string;
    address: string | null;
    reason: string;
    created_at: number;
    /** Null for good. */
    until: number | null;
    created_by: string;
    lifted_at: Generated<number | null>;
  };
  readonly audit_log: {
    id: string;
    /** Null for what concerns the server. */
    channel: string | null;
    at: number;
    actor: string;
    actor_name: string;
    action: string;
    target: string;
    detail: string;
  };
  readonly polls: {
    id: string;
    channel: string;
    question: string;
    /** JSON. */
    options: string;
    created_by: string;
    created_at: number;
    closes_at: number | null;
    closed_at: Generated<number | null>;
  };
  /** The arrangement is JSON. */
  readonly stages: { channel: string; arrangement: string };
  readonly stage_holds: { channel: string; held_at: number };
  readonly stage_guests: {
    id: string;
    channel: string;
    /** SHA-256 of the guest's token. */
    hash: Uint8Array;
    /** Null for who came by an invitation. */
    account: string | null;
    name: string;
    /** `none`, `own` or `director`. */
    mute: Generated<string>;
    joined_at: number;
    removed_at: Generated<number | null>;
    /** Removed by somebody else. */
    sent_away: Generated<number>;
  };
  readonly stage_images: {
    channel: string;
    name: string;
    type: string;
    /** Pixels. */
    width: number;
    height: number;
    /** Bytes. */
    size: number;
    /** Another one for every other content. */
    tag: string;
    bytes: Uint8Array;
  };
  readonly poll_votes: { poll: string; voter: string; choice: number };
}
