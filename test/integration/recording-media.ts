import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { FragmentReader, type Sample, type TrackInit } from '@weir/cmaf';
import { Packager, type Part } from '@weir/hls';
import type { ProgramState, ProgramTrack } from '@weir/program';
import type { LiveProgram, ProgramListener } from '@weir/programs';
import type { JournalEntry } from '@weir/stage';
import { FFMPEG, programPath } from '../harness/requirements.js';

const profile = { partSeconds: 0.333, segmentSeconds: 2, holdBackSeconds: 1 };
const offsetSeconds = 10;
const run = promisify(execFile);

/** Tracks and parts of a program, in the order in which they come. */
export interface FedMedia {
  readonly tracks: readonly ProgramTrack[];
  readonly parts: readonly Part[];
}

/** A program of a stream, whose media the test hands on. */
export class FedProgram implements LiveProgram {
  readonly channel: string;
  readonly startedAtMs = Date.now();
  readonly epoch = this.startedAtMs.toString(36);
  readonly originMs = this.startedAtMs;
  readonly profile = profile;
  readonly state: ProgramState = { mode: 'program', isOnSlate: false, droppedRungs: [] };
  readonly poster: Uint8Array | undefined;
  isolatedTo: string | undefined;
  readonly #media: FedMedia;
  readonly #listeners: ProgramListener[] = [];
  #fed = 0;

  constructor(channel: string, media: FedMedia) {
    this.channel = channel;
    this.#media = media;
  }

  listen(listener: ProgramListener): void {
    this.#listeners.push(listener);
    for (const track of this.#media.tracks) listener.track(track);
  }

  isolate(directory: string | undefined): void {
    this.isolatedTo = directory ?? this.isolatedTo;
  }

  /** Hands on the next parts: all that are left, or so many. */
  feed(count = Infinity): void {
    const end = Math.min(this.#fed + count, this.#media.parts.length);
    for (const part of this.#media.parts.slice(this.#fed, end)) {
      for (const listener of this.#listeners) listener.part(part);
    }
    this.#fed = end;
  }

  /** Something happens on its stage. */
  tell(entry: JournalEntry): void {
    for (const listener of this.#listeners) listener.journal?.(entry);
  }

  /** An image of its stage shows this from now on. */
  image(name: string, file: Uint8Array): void {
    for (const listener of this.#listeners) listener.image?.(name, file);
  }

  end(): void {
    for (const listener of this.#listeners.splice(0)) listener.ended();
  }
}

/** A white flash and a beep of 0.1 s at every full second from 1 on, encoded and cut as a program is; from 1 Mb/s on in noise. */
export async function flashAndBeep(seconds: number, { videoBps = 300_000 } = {}): Promise<FedMedia> {
  const ffmpeg = await programPath(FFMPEG);
  const isOn = 'gte(t,1)*lt(mod(t,1),0.1)';
  const noise = videoBps > 1e6 ? ',noise=alls=40:allf=t' : '';
  const source = `color=c=0x202020:s=320x180:r=30:d=${seconds},drawbox=c=white:t=fill:enable='${isOn}'${noise}`;
  const coder = '-c:v libx264 -preset superfast -tune zerolatency -profile:v high -pix_fmt yuv420p -threads 1';
  const groups = '-fps_mode passthrough -force_key_frames expr:gte(n,n_forced*60) -sc_threshold 0 -g 600';
  const picture = await encoded(ffmpeg, source, `${coder} ${groups} -b:v ${videoBps}`);
  const tone = `aevalsrc='if(${isOn},0.5*sin(2*PI*1000*t),0)':s=48000:c=stereo:d=${seconds}`;
  const sound = await encoded(ffmpeg, tone, '-c:a aac -b:a 128k');
  return packaged({ '720p': picture, audio: sound });
}

interface Encoded {
  readonly init: TrackInit;
  readonly samples: readonly Sample[];
}

async function encoded(ffmpeg: string, source: string, coding: string): Promise<Encoded> {
  const muxing = `-output_ts_offset ${offsetSeconds} -f mp4 -use_editlist 0 -movflags`;
  const flags = '+frag_every_frame+empty_moov+default_base_moof+cmaf+frag_discont';
  const args = [
    '-v',
    'error',
    '-nostdin',
    '-f',
    'lavfi',
    '-i',
    source,
    ...`${coding} ${muxing} ${flags}`.split(' '),
    'pipe:1',
  ];
  const { stdout } = await run(ffmpeg, args, { encoding: 'buffer', maxBuffer: 256 << 20 });
  let init: TrackInit | undefined;
  const samples: Sample[] = [];
  new FragmentReader({ init: (track) => void (init = track), sample: (sample) => void samples.push(sample) }).write(
    stdout,
  );
  if (init === undefined) throw new Error('ffmpeg wrote no track');
  return { init, samples };
}

function packaged(tracks: Readonly<Record<string, Encoded>>): FedMedia {
  const parts: Part[] = [];
  const resume = { run: 0, segment: 0, seconds: 0, offsetSeconds };
  const packager = new Packager({ profile, boundaries: 'fixed', resume }, (part) => parts.push(part));
  for (const [name, { init, samples }] of Object.entries(tracks)) {
    packager.open({ name, kind: init.kind, timescale: init.timescale });
    for (const sample of samples) packager.push(name, sample);
  }
  packager.flush();
  const end = (part: Part): number => part.startSeconds + part.durationSeconds;
  return {
    tracks: Object.entries(tracks).map(([name, { init }]) => ({
      name,
      run: 0,
      init,
      bitrateBps: init.kind === 'video' ? 300_000 : 128_000,
      frameRate: init.kind === 'video' ? 30 : 0,
    })),
    parts: parts.sort((one, other) => end(one) - end(other)),
  };
}
