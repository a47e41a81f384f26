import { readFile } from 'node:fs/promises';
import { findPackageJSON } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readAccessUnits, type AccessUnit } from './annex-b.js';
import { readOpusPackets } from './ogg-opus.js';

/** Frames a second of every clip that `assets/make-clip.sh` makes. */
export const CLIP_FRAME_RATE = 30;

/** Length of one Opus packet of a clip, milliseconds. */
export const CLIP_AUDIO_FRAME_MS = 20;

/** A clip without a frame. */
export class ClipEmpty extends Error {
  override readonly name = 'ClipEmpty';
}

/** A short piece of H.264 video and Opus audio of the same length, made to be looped. */
export class Clip {
  /** One for each 1/30 s. */
  readonly video: readonly AccessUnit[];
  /** One Opus packet for each 20 ms. */
  readonly audio: readonly Uint8Array[];

  private constructor(video: readonly AccessUnit[], audio: readonly Uint8Array[]) {
    this.video = video;
    this.audio = audio;
  }

  /** Reads an H.264 byte stream and an Ogg Opus file; the sound is cut to the length of the picture. */
  static async read(videoPath: string | URL, audioPath: string | URL): Promise<Clip> {
    const [video, audio] = await Promise.all([readFile(videoPath), readFile(audioPath)]);
    const units = readAccessUnits(video);
    const packets = readOpusPackets(audio);
    const audioFrames = Math.floor((units.length * 1000) / CLIP_FRAME_RATE / CLIP_AUDIO_FRAME_MS);
    if (units.length === 0 || packets.length < audioFrames)
      throw new ClipEmpty(`Nothing to play in ${String(videoPath)}.`);
    return new Clip(units, packets.slice(0, audioFrames));
  }

  /** The clip that the demo channel shows. */
  static async demo(): Promise<Clip> {
    const folder = assetsFolder();
    return Clip.read(new URL('demo.h264', folder), new URL('demo.opus', folder));
  }

  /** Length of one loop, milliseconds. */
  get durationMs(): number {
    return (this.video.length * 1000) / CLIP_FRAME_RATE;
  }
}

/** The assets lie at the package's root, whether this file runs from its source or from dist. */
function assetsFolder(): URL {
  const packageFile = findPackageJSON('..', import.meta.url);
  if (packageFile === undefined) throw new ClipEmpty('No package.json above the demo library.');
  return pathToFileURL(join(packageFile, '..', 'libs/demo/assets/'));
}
