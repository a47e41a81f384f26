import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { freeTcpPort } from './free-port.js';
import { RequirementMissing } from './requirements.js';

const run = promisify(execFile);

// as quick as a database may be whose data nobody needs tomorrow
const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'max_connections=50',
  'shared_buffers=16MB',
  'max_wal_size=64MB',
].flatMap((setting) => ['-c', setting]);

/** A PostgreSQL server of its own, on a free port and with its data in a temporary folder. */
export class PostgresServer {
  readonly #folder: string;
  readonly #program: string;
  readonly #account: Account;
  readonly #port: number;
  #process: ChildProcess | undefined;
  #databases = 0;

  /** Makes and starts it; rejects with RequirementMissing when PostgreSQL is not installed. */
  static async start(): Promise<PostgresServer> {
    const programs = programFolder();
    const account = await accountToRunAs();
    const folder = await mkdtemp(join(tmpdir(), 'weir-postgres-'));
    if (account.uid !== undefined && account.gid !== undefined) await chown(folder, account.uid, account.gid);
    const data = join(folder, 'data');
    await run(join(programs, 'initdb'), ['-D', data, '-U', 'weir', '-A', 'trust', '-E', 'UTF8', '--no-sync'], {
      ...account,
      cwd: folder,
    });
    const server = new PostgresServer(folder, join(programs, 'postgres'), account, await freeTcpPort());
    await server.resume();
    return server;
  }

  private constructor(folder: string, program: string, account: Account, port: number) {
    this.#folder = folder;
    this.#program = program;
    this.#account = account;
    this.#port = port;
  }

  /** Makes an empty database and returns its URL. */
  async createDatabase(): Promise<string> {
    const name = `weir_${(this.#databases += 1)}`;
    await this.query(this.url('postgres'), `CREATE DATABASE ${name}`);
    return this.url(name);
  }

  /** The URL of a database. */
  url(name: string): string {
    return `postgres://weir@127.0.0.1:${this.#port}/${name}`;
  }

  /** The rows that a statement gives in the database of that URL. */
  async query(url: string, statement: string): Promise<Record<string, unknown>[]> {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      const { rows } = await client.query<Record<string, unknown>>(statement);
      return rows;
    } finally {
      await client.end();
    }
  }

  /** Ends it as an operator does, throwing everybody out; what was written stays. */
  async halt(): Promise<void> {
    const running = this.#process;
    if (running === undefined) return;
    this.#process = undefined;
    const ended = once(running, 'exit');
    // PostgreSQL 19.5: SIGINT is the fast shutdown
    running.kill('SIGINT');
    await ended;
  }

  /** Starts it again on the same port. */
  async resume(): Promise<void> {
    const parameters = ['-D', join(this.#folder, 'data'), '-p', String(this.#port), ...SETTINGS];
    const child = spawn(this.#program, parameters, {
      ...this.#account,
      cwd: this.#folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#process = child;
    const kill = (): void => void child.kill('SIGQUIT');
    process.once('exit', kill);
    child.once('exit', () => process.off('exit', kill));
    await readyFrom(child);
  }

  /** Ends it and deletes its data. */
  async stop(): Promise<void> {
    await this.halt();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

function programFolder(): string {
  const versions = globSync('/usr/lib/postgresql/*/bin').sort((one, other) => versionOf(other) - versionOf(one));
  const found = [...versions, ...(process.env['PATH'] ?? '').split(':')].find((folder) =>
    existsSync(join(folder, 'initdb')),
  );
  if (found !== undefined) return found;
  throw new RequirementMissing(
    'PostgreSQL is missing (Debian: "sudo apt-get update && sudo apt-get install postgresql").',
  );
}

function versionOf(folder: string): number {
  return Number(/postgresql\/(\d+)\//.exec(folder)?.[1] ?? 0);
}

/** PostgreSQL refuses to run as root: then it runs as the user that its Debian package makes. */
async function accountToRunAs(): Promise<Account> {
  if (process.getuid?.() !== 0) return {};
  const [uid, gid] = await Promise.all(['-u', '-g'].map((which) => run('id', [which, 'postgres'])));
  return { uid: Number(uid?.stdout), gid: Number(gid?.stdout) };
}

function readyFrom(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let printed = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      printed = (printed + text).slice(-10_000);
      if (printed.includes('ready to accept connections')) resolve();
    });
    child.once('exit', () => reject(new Error(`PostgreSQL did not start: ${printed}`)));
    child.once('error', reject);
  });
}
