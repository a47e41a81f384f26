/**
 * The schema's steps, in SQLite's words; `forPostgres` says them in PostgreSQL's. Step n brings a database from version n to n + 1
 * and is never changed once released.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE channels (
    name       TEXT PRIMARY KEY,
    title      TEXT NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE stream_keys (
    id           TEXT PRIMARY KEY,
    channel      TEXT NOT NULL REFERENCES channels (name) ON DELETE CASCADE,
    hash         BLOB NOT NULL UNIQUE,
    label        TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    revoked_at   INTEGER,
    last_used_at INTEGER
  ) STRICT, WITHOUT ROWID;

  CREATE INDEX stream_keys_channel ON stream_keys (channel, created_at);

  CREATE TABLE settings (
    name  TEXT PRIMARY KEY,
    value BLOB NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  ALTER TABLE channels ADD COLUMN hls TEXT NOT NULL DEFAULT 'program';
  ALTER TABLE channels ADD COLUMN record INTEGER NOT NULL DEFAULT 1;
  ALTER TABLE channels ADD COLUMN isolated_tracks INTEGER NOT NULL DEFAULT 0;
  `,
  `
  CREATE TABLE recordings (
    id           TEXT PRIMARY KEY,
    channel      TEXT NOT NULL REFERENCES channels (name) ON DELETE RESTRICT,
    title        TEXT NOT NULL,
    state        TEXT NOT NULL,
    reason       TEXT,
    started_at   INTEGER NOT NULL,
    ended_at     INTEGER,
    duration_ms  INTEGER NOT NULL DEFAULT 0,
    bytes        INTEGER NOT NULL DEFAULT 0,
    width        INTEGER NOT NULL DEFAULT 0,
    height       INTEGER NOT NULL DEFAULT 0,
    protected    INTEGER NOT NULL DEFAULT 0,
    files        TEXT NOT NULL DEFAULT '[]'
  ) STRICT, WITHOUT ROWID;

  CREATE INDEX recordings_started ON recordings (started_at, id);
  CREATE INDEX recordings_channel ON recordings (channel, started_at, id);

  CREATE TABLE uploads (
    object_key TEXT PRIMARY KEY,
    upload     TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE accounts (
    id          TEXT PRIMARY KEY,
    name        TEXT NOT NULL,
    name_key    TEXT NOT NULL UNIQUE,
    password    TEXT NOT NULL,
    is_admin    INTEGER NOT NULL,
    may_create  INTEGER NOT NULL,
    created_at  INTEGER NOT NULL,
    disabled_at INTEGER
  ) STRICT, WITHOUT ROWID;

  ALTER TABLE channels ADD COLUMN description TEXT NOT NULL DEFAULT '';
  ALTER TABLE channels ADD COLUMN visibility TEXT NOT NULL DEFAULT 'public';
  ALTER TABLE channels ADD COLUMN owner TEXT REFERENCES accounts (id) ON DELETE SET NULL;
  ALTER TABLE channels ADD COLUMN watch_hash BLOB;
  ALTER TABLE channels ADD COLUMN watch_epoch INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE channels ADD COLUMN avatar_tag TEXT;
  ALTER TABLE channels ADD COLUMN chat TEXT NOT NULL DEFAULT '{}';

  CREATE TABLE avatars (
    channel TEXT PRIMARY KEY REFERENCES channels (name) ON DELETE CASCADE,
    type    TEXT NOT NULL,
    bytes   BLOB NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE captions (
    recording  TEXT NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
    language   TEXT NOT NULL,
    label      TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    tag        TEXT NOT NULL,
    text       TEXT NOT NULL,
    PRIMARY KEY (recording, language)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE sessions (
    hash         BLOB PRIMARY KEY,
    id           TEXT NOT NULL UNIQUE,
    account      TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    created_at   INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    address      TEXT NOT NULL,
    user_agent   TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX sessions_account ON sessions (account);

  CREATE TABLE api_tokens (
    id           TEXT PRIMARY KEY,
    account      TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    hash         BLOB NOT NULL UNIQUE,
    label        TEXT NOT NULL,
    scopes       TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER,
    last_used_at INTEGER,
    revoked_at   INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX api_tokens_account ON api_tokens (account);

  CREATE TABLE members (
    channel    TEXT NOT NULL REFERENCES channels (name) ON DELETE CASCADE,
    account    TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    role       TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (channel, account)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX members_account ON members (account);

  CREATE TABLE follows (
    channel    TEXT NOT NULL REFERENCES channels (name) ON DELETE CASCADE,
    account    TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (channel, account)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX follows_account ON follows (account);

  CREATE TABLE invitations (
    id         TEXT PRIMARY KEY,
    hash       BLOB NOT NULL UNIQUE,
    channel    TEXT REFERENCES channels (name) ON DELETE CASCADE,
    role       TEXT NOT NULL,
    note       TEXT NOT NULL,
    created_by TEXT REFERENCES accounts (id) ON DELETE SET NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    max_uses   INTEGER,
    uses       INTEGER NOT NULL DEFAULT 0,
    revoked_at INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX invitations_channel ON invitations (channel);

  CREATE TABLE chat_messages (
    id         TEXT PRIMARY KEY,
    channel    TEXT NOT NULL REFERENCES channels (name) ON DELETE CASCADE,
    seq        INTEGER NOT NULL,
    author     TEXT NOT NULL,
    name       TEXT NOT NULL,
    role       TEXT,
    body       TEXT NOT NULL,
    reply_to   TEXT,
    client_id  TEXT NOT NULL,
    sent_at    INTEGER NOT NULL,
    media_at   INTEGER,
    shown_at   INTEGER NOT NULL,
    deleted_at INTEGER,
    UNIQUE (channel, seq),
    UNIQUE (channel, author, client_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX chat_messages_shown ON chat_messages (channel, shown_at, seq);
  CREATE INDEX chat_messages_author ON chat_messages (channel, author, seq);

  CREATE TABLE chat_bans (
    id         TEXT PRIMARY KEY,
    channel    TEXT NOT NULL REFERENCES channels (name) ON DELETE CASCADE,
    author     TEXT NOT NULL,
    name       TEXT NOT NULL,
    address    TEXT,
    reason     TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    until      INTEGER,
    created_by TEXT NOT NULL,
    lifted_at  INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX chat_bans_channel ON chat_bans (channel, author);

  CREATE TABLE audit_log (
    id         TEXT PRIMARY KEY,
    channel    TEXT,
    at         INTEGER NOT NULL,
    actor      TEXT NOT NULL,
    actor_name TEXT NOT NULL,
    action     TEXT NOT NULL,
    target     TEXT NOT NULL,
    detail     TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX audit_log_at ON audit_log (at, id);
  CREATE INDEX audit_log_channel ON audit_log (channel, at, id);

  CREATE TABLE polls (
    id         TEXT PRIMARY KEY,
    channel    TEXT NOT NULL REFERENCES channels (name) ON DELETE CASCADE,
    question   TEXT NOT NULL,
    options    TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    closes_at  INTEGER,
    closed_at  INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX polls_channel ON polls (channel, created_at);

  CREATE TABLE poll_votes (
    poll   TEXT NOT NULL REFERENCES polls (id) ON DELETE CASCADE,
    voter  TEXT NOT NULL,
    choice INTEGER NOT NULL,
    PRIMARY KEY (poll, voter)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  ALTER TABLE channels ADD COLUMN whep TEXT NOT NULL DEFAULT 'source';
  `,
  `
  CREATE TABLE stages (
    channel     TEXT PRIMARY KEY REFERENCES channels (name) ON DELETE CASCADE,
    arrangement TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE stage_guests (
    id         TEXT PRIMARY KEY,
    channel    TEXT NOT NULL REFERENCES channels (name) ON DELETE CASCADE,
    hash       BLOB NOT NULL UNIQUE,
    account    TEXT REFERENCES accounts (id) ON DELETE CASCADE,
    name       TEXT NOT NULL,
    mute       TEXT NOT NULL DEFAULT 'none',
    joined_at  INTEGER NOT NULL,
    removed_at INTEGER,
    sent_away  INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX stage_guests_joined ON stage_guests (joined_at);

  CREATE TABLE stage_images (
    channel TEXT NOT NULL REFERENCES channels (name) ON DELETE CASCADE,
    name    TEXT NOT NULL,
    type    TEXT NOT NULL,
    width   INTEGER NOT NULL,
    height  INTEGER NOT NULL,
    size    INTEGER NOT NULL,
    tag     TEXT NOT NULL,
    bytes   BLOB NOT NULL,
    PRIMARY KEY (channel, name)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE stage_holds (
    channel TEXT PRIMARY KEY REFERENCES channels (name) ON DELETE CASCADE,
    held_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  ALTER TABLE stream_keys ADD COLUMN created_by TEXT REFERENCES accounts (id) ON DELETE CASCADE;
  `,
];

/** A step of the schema as PostgreSQL understands it; text is ordered by its bytes, as in SQLite. */
export function forPostgres(step: string): string {
  return step
    .replaceAll(/\bSTRICT, WITHOUT ROWID\b/g, '')
    .replaceAll(/\bTEXT\b/g, 'TEXT COLLATE "C"')
    .replaceAll(/\bBLOB\b/g, 'BYTEA')
    .replaceAll(/\bINTEGER\b/g, 'BIGINT');
}
