/** What stages need of the configuration. */
export interface StageOptions {
  /** Heights of the ladder's rungs in pixels: the canvas is 16:9 and as high as the highest. */
  readonly rungHeights: readonly number[];
  /** Undefined without ffmpeg: then no images can be uploaded. */
  readonly ffmpegPath: string | undefined;
  /** How long an image may take to arrive, milliseconds; default 5000. */
  readonly bodyTimeoutMs: number;
}

/** Injection token of StageOptions. */
export const STAGE_OPTIONS = Symbol('STAGE_OPTIONS');
