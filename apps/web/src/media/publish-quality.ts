/** Names of the picture qualities that a broadcaster can choose from. */
export type PictureQuality = '360p' | '540p' | '720p' | '1080p';

/** What one picture quality asks of the camera and of the encoder. */
export interface PicturePreset {
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
  readonly maxBps: number;
}

/** Every picture quality, smallest first. */
export const PICTURE_PRESETS: Readonly<Record<PictureQuality, PicturePreset>> = {
  '360p': { width: 640, height: 360, framesPerSecond: 25, maxBps: 600_000 },
  '540p': { width: 960, height: 540, framesPerSecond: 30, maxBps: 1_200_000 },
  '720p': { width: 1280, height: 720, framesPerSecond: 30, maxBps: 2_500_000 },
  '1080p': { width: 1920, height: 1080, framesPerSecond: 30, maxBps: 4_500_000 },
};

/** What the microphone carries: `voice` is cleaned by the browser, `music` is left as it is, in stereo. */
export type SoundQuality = 'voice' | 'music';

/** Highest bitrate of Opus, bits per second, for one sound quality. */
export const SOUND_MAX_BPS: Readonly<Record<SoundQuality, number>> = { voice: 64_000, music: 160_000 };
