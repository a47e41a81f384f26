import { EventEmitter } from 'node:events';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { StreamDescription } from '@weir/rtp';
import type { PublisherFigures } from '@weir/sfu';
import { type ChannelRow, type ChannelSettings, type ChannelUpdate, Database } from '@weir/store';
import { Log } from '@weir/telemetry';
import { ChannelExists, ChannelUnknown, StreamNotLive } from './channel-errors.js';
import { ChannelRows, type NewChannel } from './channel-rows.js';
import type { ChannelsOptions } from './channels-options.js';
import { Stream } from './stream.js';

/** What features may listen to. */
export interface ChannelEvents {
  /** A stream started. */
  live: [stream: Stream];
  /** It became known what the stream carries, or that changed. */
  described: [stream: Stream];
  /** The stream has a publisher now or none any more, or it is held or not. */
  sourceChanged: [stream: Stream];
  /** What the stream's publisher sent in the last second. */
  measured: [stream: Stream, figures: PublisherFigures];
  /** The stream is over. */
  ended: [stream: Stream];
  /** What is told about a channel or how it is set is different now. */
  changed: [row: ChannelRow];
  /** Who may watch the channel is different now: whoever gives its media looks again. */
  accessChanged: [channel: string];
  /** The channel is gone for good. */
  deleted: [channel: string];
}

/** Counts who watches a channel otherwise than as a subscriber. */
export type Audience = (channel: string) => number;

/** The channels and their live streams: the one thing that features meet at. */
@Injectable()
export class ChannelRegistry implements OnApplicationShutdown {
  readonly events = new EventEmitter<ChannelEvents>();
  readonly #rows: ChannelRows;
  readonly #log: Log;
  readonly #graceMs: number;
  readonly #streams = new Map<string, Stream>();
  readonly #audiences = new Set<Audience>();

  constructor(database: Database, log: Log, options: Pick<ChannelsOptions, 'reconnectGraceMs'>) {
    this.#rows = new ChannelRows(database);
    this.#log = log;
    this.#graceMs = options.reconnectGraceMs;
  }

  /** Reads all channels; call before anything else. */
  async load(): Promise<this> {
    await this.#rows.load();
    return this;
  }

  /** Makes a channel; throws ChannelExists. */
  async create(name: string, title: string, more: Omit<NewChannel, 'name' | 'title'> = {}): Promise<ChannelRow> {
    const row = await this.#rows.insert({ ...more, name, title });
    this.#log.info('channel created', { channel: name });
    return row;
  }

  /** Makes the channel, with these settings, unless it exists. */
  async ensure(name: string, title: string, settings: Partial<ChannelSettings> = {}): Promise<void> {
    if (this.find(name) !== undefined) return;
    await this.create(name, title, settings).catch((error: unknown) => {
      if (!(error instanceof ChannelExists)) throw error;
    });
  }

  /** The channel of that name. */
  find(name: string): ChannelRow | undefined {
    return this.#rows.find(name);
  }

  /** The channel of that name; throws ChannelUnknown. */
  get(name: string): ChannelRow {
    const row = this.#rows.find(name);
    if (row === undefined) throw new ChannelUnknown(name);
    return row;
  }

  /** How the channel is set; throws ChannelUnknown. */
  settings(name: string): ChannelSettings {
    const { hls, record, isolatedTracks, whep } = this.get(name);
    return { hls, record, isolatedTracks, whep };
  }

  /** Changes what is given, or what a function makes of the channel as it then is; throws ChannelUnknown. */
  async update(name: string, change: ChannelUpdate | ((row: ChannelRow) => ChannelUpdate)): Promise<ChannelRow> {
    const before = this.get(name);
    const row = await this.#rows.update(name, typeof change === 'function' ? change : () => change);
    this.events.emit('changed', row);
    if (row.visibility !== before.visibility || row.watchEpoch !== before.watchEpoch) {
      this.events.emit('accessChanged', name);
    }
    return row;
  }

  /** Deletes a channel that is not live and has no recordings, with all that is its own; throws ChannelUnknown. */
  async delete(name: string): Promise<void> {
    await this.#rows.delete(name);
    this.#log.info('channel deleted', { channel: name });
    this.events.emit('deleted', name);
    this.events.emit('accessChanged', name);
  }

  /** Every channel, by name. */
  list(): ChannelRow[] {
    return this.#rows.list();
  }

  /** The live stream of a channel. */
  stream(name: string): Stream | undefined {
    return this.#streams.get(name);
  }

  /** The live stream of a channel; throws ChannelUnknown or StreamNotLive. */
  liveStream(name: string): Stream {
    const stream = this.#streams.get(name);
    if (stream !== undefined) return stream;
    this.get(name);
    throw new StreamNotLive(name);
  }

  /** Who watches a live channel, by whatever transport. */
  viewers(name: string): number {
    let viewers = this.#streams.get(name)?.viewers ?? 0;
    for (const audience of this.#audiences) viewers += audience(name);
    return viewers;
  }

  /** Another way of watching counts its viewers from now on. */
  addAudience(audience: Audience): void {
    this.#audiences.add(audience);
  }

  /** A publisher's media may flow: starts the stream or goes on with it. */
  publisherConnected(channel: string, session: string): void {
    this.#carry(channel, (stream) => stream.publisherConnected(session));
  }

  /** A publisher is gone, for good when it said so. */
  publisherLeft(channel: string, session: string, forGood: boolean): void {
    const stream = this.#streams.get(channel);
    if (stream === undefined || stream.publisher !== session) return;
    stream.publisherLeft(session, forGood);
    if (!stream.ended) this.events.emit('sourceChanged', stream);
  }

  /** What a publisher sent in the last second; one that was replaced tells nothing of the stream. */
  publisherMeasured(channel: string, session: string, figures: PublisherFigures): void {
    const stream = this.#streams.get(channel);
    if (stream?.publisher === session) this.events.emit('measured', stream, figures);
  }

  /** The stage begins the stream or takes it over: it lasts until it is let go, whoever publishes. */
  hold(channel: string): void {
    if (this.#streams.get(channel)?.held !== true) this.#carry(channel, (stream) => stream.hold());
  }

  /** The stage lets the stream go, which is over then unless somebody publishes. */
  letGo(channel: string): void {
    const stream = this.#streams.get(channel);
    if (stream?.held !== true) return;
    stream.letGo();
    if (!stream.ended) this.events.emit('sourceChanged', stream);
  }

  /** The packets of a channel's publisher told what they carry. */
  describe(channel: string, description: StreamDescription): void {
    const stream = this.#streams.get(channel);
    if (stream === undefined) return;
    stream.describe(description);
    this.#log.info('stream described', { channel, video: description.video, audio: description.audio });
    this.events.emit('described', stream);
  }

  onApplicationShutdown(): void {
    for (const stream of this.#streams.values()) stream.close();
  }

  #carry(channel: string, act: (stream: Stream) => void): void {
    const running = this.#streams.get(channel);
    const stream = running ?? new Stream(channel, Date.now(), this.#graceMs, (ended) => this.#ended(ended));
    act(stream);
    if (running === undefined) {
      this.#streams.set(channel, stream);
      this.#log.info('stream live', { channel });
      this.events.emit('live', stream);
    }
    this.events.emit('sourceChanged', stream);
  }

  #ended(stream: Stream): void {
    this.#streams.delete(stream.channel);
    const seconds = Math.round((Date.now() - stream.startedAtMs) / 1000);
    this.#log.info('stream ended', { channel: stream.channel, seconds });
    this.events.emit('ended', stream);
  }
}
