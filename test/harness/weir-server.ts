import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { UpdateChannel } from '@weir/contract';
import { freeTcpPort, freeUdpPort } from './free-port.js';
import { until } from './until.js';

const ENTRY = fileURLToPath(new URL('../../dist/apps/server/src/main.js', import.meta.url));
/** Of the card that it prints when it has begun, with the link for the first account. */
const CARD_LINE = '/api/docs';
const READY_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 30_000;

/** The server did not start or did not stop; the message ends with what it printed. */
export class ServerFailed extends Error {
  override readonly name = 'ServerFailed';
}

/** Starts the built server and waits until it takes sessions; `env` overrides the harness's own settings. */
export async function startServer(env: Readonly<Record<string, string>> = {}): Promise<WeirServer> {
  if (!existsSync(ENTRY)) throw new ServerFailed(`${ENTRY} is missing: run "npm run build" first.`);
  const dataFolder = await mkdtemp(join(tmpdir(), 'weir-test-'));
  const httpPort = env['WEIR_HTTP_PORT'] ?? String(await freeTcpPort());
  const rtcPort = env['WEIR_RTC_PORT'] ?? String(await freeUdpPort());
  const adminToken = env['WEIR_ADMIN_TOKEN'] ?? randomBytes(24).toString('base64url');
  const child = spawn(process.execPath, [ENTRY], {
    cwd: dataFolder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...withoutWeirKeys(process.env),
      WEIR_DEMO: 'off',
      WEIR_RTC_WORKERS: '1',
      WEIR_PUBLIC_ADDRESSES: '127.0.0.1',
      WEIR_DATA_DIR: dataFolder,
      ...env,
      WEIR_HTTP_PORT: httpPort,
      WEIR_RTC_PORT: rtcPort,
      WEIR_ADMIN_TOKEN: adminToken,
    },
  });
  const scheme = env['WEIR_TLS_CERT'] === undefined ? 'http' : 'https';
  const server = new WeirServer(child, dataFolder, `${scheme}://127.0.0.1:${httpPort}`, Number(rtcPort), adminToken);
  await server.ready();
  return server;
}

/** The built server as a process of its own, on free ports and with an empty data folder. */
export class WeirServer {
  readonly #process: ChildProcess;
  readonly #dataFolder: string;
  #printed = '';

  constructor(
    child: ChildProcess,
    dataFolder: string,
    /** Base of every URL, without a slash at the end. */
    readonly url: string,
    readonly rtcPort: number,
    readonly adminToken: string,
  ) {
    this.#process = child;
    this.#dataFolder = dataFolder;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.#printed += text));
    }
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** Everything printed so far, standard output and error in one. */
  get output(): string {
    return this.#printed;
  }

  /** Waits until it takes sessions and has printed its card; stops it and throws when it does not. */
  async ready(): Promise<void> {
    try {
      await until(() => this.#answersReady(), { what: 'a ready server', timeoutMs: READY_TIMEOUT_MS });
    } catch (error) {
      await this.stop();
      throw new ServerFailed(`The server did not become ready. It printed:\n${this.#printed}`, { cause: error });
    }
  }

  /** Creates a channel and a stream key for it; returns the key's value. */
  async createChannel(name: string): Promise<string> {
    await this.#post('/api/channels', { name });
    const { key } = (await this.#post(`/api/channels/${name}/keys`, { label: 'test' })) as { key: string };
    return key;
  }

  /** Changes a channel or how it is set. */
  async changeChannel(name: string, change: UpdateChannel): Promise<void> {
    await this.#send('PATCH', `/api/channels/${name}`, change);
  }

  /** Sends SIGTERM and waits for the end; returns the exit code, null after a forced end. Idempotent. */
  async stop(): Promise<number | null> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const ended = once(this.#process, 'exit');
      const forced = setTimeout(() => this.#process.kill('SIGKILL'), STOP_TIMEOUT_MS);
      this.#process.kill('SIGTERM');
      await ended;
      clearTimeout(forced);
    }
    await rm(this.#dataFolder, { recursive: true, force: true });
    return this.#process.exitCode;
  }

  /** Ends it at once, as a power cut does; its data stays until `stop`. */
  async kill(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await ended;
  }

  async #answersReady(): Promise<boolean> {
    if (this.#process.exitCode !== null) throw new ServerFailed(`It ended with code ${this.#process.exitCode}.`);
    return (await statusOf(`${this.url}/readyz`)) === 200 && this.#printed.includes(CARD_LINE);
  }

  #post(path: string, body: unknown): Promise<unknown> {
    return this.#send('POST', path, body);
  }

  async #send(method: string, path: string, body: unknown): Promise<unknown> {
    const response = await fetch(this.url + path, {
      method,
      headers: { authorization: `Bearer ${this.adminToken}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new ServerFailed(`${method} ${path} answered ${response.status}: ${text}`);
    return JSON.parse(text);
  }
}

/** Status of an answer, whatever certificate the server has; undefined without an answer. */
function statusOf(url: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const get = url.startsWith('https:') ? https.get : http.get;
    const request = get(url, { rejectUnauthorized: false }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode));
    });
    request.once('error', () => resolve(undefined));
  });
}

function withoutWeirKeys(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([key]) => !key.startsWith('WEIR_') && key !== 'DATABASE_URL'));
}
