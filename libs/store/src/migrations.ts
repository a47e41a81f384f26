/** The schema's steps; step n brings a database from `user_version` n to n + 1 and is never changed once released. */
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
];
