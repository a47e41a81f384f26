import type { FfmpegFailed } from './ffmpeg-failed.js';
import { FfmpegProcess } from './ffmpeg-process.js';
import { nutOutput } from './nut-output.js';
import { NutReader } from './nut-reader.js';
import { wavHeader } from './wav-header.js';

/** How sound becomes Opus. */
export interface OpusEncoderOptions {
  readonly ffmpegPath: string;
  /** Bits a second. Default 96000. */
  readonly bitrateBps?: number;
  /** The packets in order, 960 samples each, whose bytes belong to the callee. */
  readonly onPacket: (data: Uint8Array) => void;
}

/** What a decoder gives for a packet went into the encoder so many samples before it (RFC 7845 section 4.2). */
export const OPUS_DELAY_SAMPLES = 312;

/** Samples in a packet. */
export const OPUS_PACKET_SAMPLES = 960;

const sampleRate = 48_000;
const maxQueuedBytes = sampleRate * 8;
const maxPacketBytes = 1 << 16;
/** Read in pieces that pictures of a 30th of a second and packets are whole multiples of: nothing waits to be filled. */
const readBytes = 320 * 8;

/** Encodes samples to packets of Opus as they come: stereo, 48 kHz, 20 ms. */
export class OpusEncoder {
  /** Resolves when the encoder is gone and everything was told: with the reason, or with nothing after `close`. */
  readonly exited: Promise<FfmpegFailed | undefined>;

  readonly #process: FfmpegProcess;
  #isClosed = false;

  constructor({ ffmpegPath, bitrateBps = 96_000, onPacket }: OpusEncoderOptions) {
    this.#process = new FfmpegProcess({ path: ffmpegPath, args: argumentsOf(bitrateBps) });
    this.exited = this.#process.exited;
    const reader = new NutReader({ maxFrameBytes: maxPacketBytes, onFrame: (_timeMs, data) => onPacket(data) });
    this.#process.output(0).on('data', (chunk: Uint8Array) => this.#read(reader, chunk));
    this.#process.input(0).write(wavHeader(sampleRate, 2));
  }

  /** Process id of the ffmpeg. */
  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** User and system time of the ffmpeg, seconds. */
  cpuSeconds(): number {
    return this.#process.cpuSeconds();
  }

  /** Takes a copy of the next samples, interleaved stereo; false when a second of them waits: then they were not taken. */
  encode(samples: Float32Array): boolean {
    const input = this.#process.input(0);
    if (this.#isClosed || input.writableLength > maxQueuedBytes) return false;
    input.write(Buffer.from(Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)));
    return true;
  }

  /** Ends it at once; no packet comes any more. Idempotent. */
  kill(): Promise<void> {
    this.#isClosed = true;
    return this.#process.kill();
  }

  #read(reader: NutReader, chunk: Uint8Array): void {
    if (this.#isClosed) return;
    try {
      reader.push(chunk);
    } catch {
      void this.#process.kill();
    }
  }
}

function argumentsOf(bitrateBps: number): string[] {
  return [
    ...'-probesize 32 -analyzeduration 0 -f wav -ignore_length 1 -max_size'.split(' '),
    ...`${readBytes} -i pipe:0 -map 0:a:0 -c:a libopus -b:a ${bitrateBps} -application audio`.split(' '),
    ...'-frame_duration 20 -vbr on'.split(' '),
    ...nutOutput,
  ];
}
