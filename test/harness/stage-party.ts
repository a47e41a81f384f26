import type { CreatedInvitation, JoinedStage, Stage, StageEvents, StageReply, StageRequestName } from '@weir/contract';
import { Clip, ClipPublisher } from '@weir/demo';
import { play, type Subscription } from '@weir/peer';
import { io, type Socket } from 'socket.io-client';
import { Person, PersonRefused } from './person.js';
import type { WeirServer } from './weir-server.js';

/** A socket at a stage, and all that it was told. */
export class StageSocket {
  readonly stages: Stage[] = [];
  readonly removals: string[] = [];
  you: Parameters<StageEvents['you']>[0] | undefined;
  readonly #socket: Socket;

  /** `headers` are those of the handshake. */
  constructor(server: WeirServer, headers: Readonly<Record<string, string>> = {}) {
    this.#socket = io(server.url, {
      path: '/api/stage/socket',
      transports: ['websocket'],
      extraHeaders: headers,
      forceNew: true,
      reconnection: false,
    });
    this.#socket.on('stage', (stage: Stage) => this.stages.push(stage));
    this.#socket.on('you', (you: Parameters<StageEvents['you']>[0]) => (this.you = you));
    this.#socket.on('removed', ({ message }: { message: string }) => this.removals.push(message));
  }

  /** The stage as it was told last. */
  get stage(): Stage | undefined {
    return this.stages.at(-1);
  }

  get isOpen(): boolean {
    return this.#socket.connected;
  }

  /** Asks for something; rejects when it is not answered. */
  async ask(request: StageRequestName | 'nonsense', asked: object = {}): Promise<StageReply> {
    return (await this.#socket.timeout(30_000).emitWithAck(request, asked)) as StageReply;
  }

  close(): void {
    this.#socket.close();
  }
}

/** A channel's stage with its host, and the guests that are invited. */
export class StageParty {
  readonly server: WeirServer;
  readonly host: Person;
  readonly channel: string;
  #clip: Promise<Clip> | undefined;

  /** Makes the channel on a server whose first account is the host's. */
  static async open(server: WeirServer, host: Person, channel: string, settings: object = {}): Promise<StageParty> {
    await host.ask('POST', '/api/channels', { name: channel, title: `Stage ${channel}` });
    if (Object.keys(settings).length > 0) await host.ask('PATCH', `/api/channels/${channel}`, settings);
    return new StageParty(server, host, channel);
  }

  private constructor(server: WeirServer, host: Person, channel: string) {
    this.server = server;
    this.host = host;
    this.channel = channel;
  }

  /** Path of the stage's API. */
  get path(): string {
    return `/api/channels/${this.channel}/stage`;
  }

  /** The code of a new invitation. */
  async invite(role = 'guest', maxUses = 1): Promise<string> {
    const path = `/api/channels/${this.channel}/invitations`;
    return (await this.host.ask<CreatedInvitation>('POST', path, { role, maxUses })).code;
  }

  /** Somebody without an account who comes by an invitation, a new one unless given; throws PersonRefused. */
  async join(name: string, code?: string): Promise<JoinedStage> {
    const body = { code: code ?? (await this.invite()), name };
    const answer = await this.as(undefined, 'POST', '/api/stage/join', body);
    const text = await answer.text();
    if (!answer.ok) throw new PersonRefused(`joining answered ${answer.status}: ${text}`);
    return JSON.parse(text) as JoinedStage;
  }

  /** Asks the API with a token, whatever the answer. */
  as(token: string | undefined, method: string, path: string, body?: object): Promise<Response> {
    return fetch(this.server.url + path, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body && { 'content-type': 'application/json' }),
      },
      body: body ? JSON.stringify(body) : null,
    });
  }

  /** The stage as the host sees it. */
  stage(): Promise<Stage> {
    return this.host.ask<Stage>('GET', this.path);
  }

  /** Directs as the host. */
  direct(method: string, path: string, body?: object): Promise<Stage> {
    return this.host.ask<Stage>(method, `${this.path}/${path}`, body);
  }

  /** Sends the demo's clip as a guest: as the camera, or with `/screen` as the screen. */
  async publish(token: string, screen: '' | '/screen' = ''): Promise<ClipPublisher> {
    const url = `${this.server.url}/whip/${this.channel}/stage${screen}`;
    return ClipPublisher.start({ url, key: token, clip: await (this.#clip ??= Clip.demo()) });
  }

  /** Watches somebody on the stage. */
  watch(token: string, whom: string, onRtp?: (packet: Buffer, length: number) => void): Promise<Subscription> {
    const url = `${this.server.url}/whep/${this.channel}/stage/${whom}`;
    return play(url, { token, ...(onRtp && { events: { rtp: onRtp } }) });
  }

  /** A socket of the host, or with a token of a guest, that has entered. */
  async socket(token?: string): Promise<StageSocket> {
    const headers = token === undefined ? { cookie: this.host.cookie } : {};
    const socket = new StageSocket(this.server, headers as Record<string, string>);
    const reply = await socket.ask('enter', { channel: this.channel, ...(token !== undefined && { token }) });
    if (!reply.ok) throw new PersonRefused(reply.fault.message);
    return socket;
  }
}
