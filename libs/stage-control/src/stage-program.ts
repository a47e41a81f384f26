import { Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { ChannelRegistry, type Stream } from '@weir/channels';
import type { Arrangement } from '@weir/contract';
import { type LiveProgram, ProgramRegistry, type Stages } from '@weir/programs';
import type { JournalEntry } from '@weir/stage';
import { StageImages } from './stage-images.js';
import { StageRegistry } from './stage-registry.js';

/** Brings stages into programs, and what programs tell of them back. */
@Injectable()
export class StageProgram implements Stages, OnModuleInit, BeforeApplicationShutdown {
  readonly #stages: StageRegistry;
  readonly #images: StageImages;
  readonly #channels: ChannelRegistry;
  readonly #programs: ProgramRegistry;
  readonly #onChanged = (channel: string): void => {
    this.#images.load(channel, () => this.#programs.stageChanged(channel));
    this.#programs.stageChanged(channel);
  };
  readonly #onStream = ({ channel }: Stream): void => this.#stages.changed(this.#stages.of(channel).channel);
  readonly #onEnded = ({ channel }: Stream): void => {
    const stage = this.#stages.of(channel);
    stage.clear();
    this.#stages.changed(channel);
  };
  readonly #onStarted = (program: LiveProgram): void => this.#listen(program);

  constructor(stages: StageRegistry, images: StageImages, channels: ChannelRegistry, programs: ProgramRegistry) {
    this.#stages = stages;
    this.#images = images;
    this.#channels = channels;
    this.#programs = programs;
  }

  onModuleInit(): void {
    this.#programs.useStages(this);
    this.#programs.events.on('started', this.#onStarted);
    this.#stages.events.on('changed', this.#onChanged);
    this.#channels.events.on('sourceChanged', this.#onStream).on('ended', this.#onEnded);
  }

  // Streams that end with the server are no end of a show.
  beforeApplicationShutdown(): void {
    this.#programs.events.off('started', this.#onStarted);
    this.#stages.events.off('changed', this.#onChanged);
    this.#channels.events.off('sourceChanged', this.#onStream).off('ended', this.#onEnded);
  }

  /** Undefined unless the stage is in use: somebody or a card is on it, or it holds the stream. */
  arrangement(channel: string): Arrangement | undefined {
    const stage = this.#stages.find(channel);
    const isHeld = this.#channels.stream(channel)?.held === true;
    if (!isHeld && stage?.isInUse !== true) return undefined;
    return (stage ?? this.#stages.of(channel)).arrangement;
  }

  images(channel: string): ReadonlyMap<string, Uint8Array> {
    return this.#images.loaded(channel);
  }

  #listen(program: LiveProgram): void {
    const { channel } = program;
    this.#images.load(channel, () => this.#programs.stageChanged(channel));
    program.listen({
      track: () => undefined,
      trackEnded: () => undefined,
      part: () => undefined,
      journal: (entry) => this.#take(channel, entry),
      ended: () => {
        const stage = this.#stages.find(channel);
        if (stage === undefined) return;
        stage.canvas = undefined;
        stage.speaker = null;
        this.#stages.changed(channel);
      },
    });
  }

  #take(channel: string, entry: JournalEntry): void {
    const stage = this.#stages.of(channel);
    if (entry.type === 'opened') stage.canvas = entry.canvas;
    else if (entry.type === 'speaker') stage.speaker = entry.speaker;
    else return;
    this.#stages.changed(channel);
  }
}
