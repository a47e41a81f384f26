import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { BanTable } from './ban-table.js';
import { AccountTable } from './account-table.js';
import { ApiTokenTable } from './api-token-table.js';
import { AuditTable } from './audit-table.js';
import { CaptionTable } from './caption-table.js';
import { ChannelTable } from './channel-table.js';
import { ChatMessageTable } from './chat-message-table.js';
import { FollowTable } from './follow-table.js';
import { MemberTable } from './member-table.js';
import { InvitationTable } from './invitation-table.js';
import type { OpenDatabase } from './open-database.js';
import { PollTable } from './poll-table.js';
import { openPostgres } from './postgres.js';
import { RecordingTable } from './recording-table.js';
import type { Schema } from './schema.js';
import { SessionTable } from './session-table.js';
import { SettingTable } from './setting-table.js';
import { openSqlite } from './sqlite.js';
import { StageGuestTable } from './stage-guest-table.js';
import { StageTable } from './stage-table.js';
import { StreamKeyTable } from './stream-key-table.js';
import { UploadTable } from './upload-table.js';

const ANSWER_WITHIN_MS = 2000;

/** Where the data is. */
export interface DatabasePlace {
  /** Directory of the SQLite file `weir.db`; made when it is missing. */
  readonly dataDir: string;
  /** A PostgreSQL database to use instead, as `postgres://user:password@host/name`. */
  readonly databaseUrl?: string | undefined;
}

/** Everything that outlives a restart, in SQLite or PostgreSQL, brought to the newest schema when it is opened. */
export class Database {
  readonly accounts: AccountTable;
  readonly sessions: SessionTable;
  readonly apiTokens: ApiTokenTable;
  readonly invitations: InvitationTable;
  readonly auditLog: AuditTable;
  readonly channels: ChannelTable;
  readonly streamKeys: StreamKeyTable;
  readonly settings: SettingTable;
  readonly recordings: RecordingTable;
  readonly uploads: UploadTable;
  readonly captions: CaptionTable;
  readonly chatMessages: ChatMessageTable;
  readonly polls: PollTable;
  readonly members: MemberTable;
  readonly follows: FollowTable;
  readonly bans: BanTable;
  readonly stages: StageTable;
  readonly stageGuests: StageGuestTable;
  readonly #kysely: Kysely<Schema>;
  readonly #close: () => Promise<void>;
  #isClosed = false;

  /** Opens the database of an installation; rejects with DatabaseTooNew or DatabaseUnavailable. `onError` hears of broken connections. */
  static async open({ dataDir, databaseUrl }: DatabasePlace, onError: (error: Error) => void): Promise<Database> {
    if (databaseUrl === undefined) mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const opened =
      databaseUrl === undefined ? openSqlite(join(dataDir, 'weir.db')) : await openPostgres(databaseUrl, onError);
    const database = new Database(opened);
    // Kysely sets itself up before its first query, which closing could not wait for
    await database.isReady();
    return database;
  }

  /** An empty database that lives as long as this object. */
  static inMemory(): Database {
    return new Database(openSqlite(':memory:'));
  }

  private constructor({ kysely, close }: OpenDatabase) {
    this.#kysely = kysely;
    this.#close = close;
    this.accounts = new AccountTable(kysely);
    this.sessions = new SessionTable(kysely);
    this.apiTokens = new ApiTokenTable(kysely);
    this.invitations = new InvitationTable(kysely);
    this.auditLog = new AuditTable(kysely);
    this.channels = new ChannelTable(kysely);
    this.streamKeys = new StreamKeyTable(kysely);
    this.settings = new SettingTable(kysely);
    this.recordings = new RecordingTable(kysely);
    this.uploads = new UploadTable(kysely);
    this.captions = new CaptionTable(kysely);
    this.chatMessages = new ChatMessageTable(kysely);
    this.polls = new PollTable(kysely);
    this.members = new MemberTable(kysely);
    this.follows = new FollowTable(kysely);
    this.bans = new BanTable(kysely);
    this.stages = new StageTable(kysely);
    this.stageGuests = new StageGuestTable(kysely);
  }

  /** Whether a query is answered within two seconds; false once closed. */
  async isReady(): Promise<boolean> {
    if (this.#isClosed) return false;
    const answer = sql`SELECT 1`.execute(this.#kysely).then(
      () => true,
      () => false,
    );
    return Promise.race([answer, pause(ANSWER_WITHIN_MS, false, { ref: false })]);
  }

  /** Waits for what was asked before, then closes all connections; idempotent. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#close();
  }
}
