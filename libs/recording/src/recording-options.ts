import type { compose } from '@weir/program';
import type { S3StorageOptions } from '@weir/store';

/** What recordings need of the configuration. */
export interface RecordingOptions {
  /** Recordings lie in its folder `recordings`. */
  readonly dataDir: string;
  /** Undefined without ffmpeg: then MP4 files are fragmented and have neither storyboard nor, mostly, poster. */
  readonly ffmpegPath: string | undefined;
  /** Bytes that all recordings may take; the oldest go first. Default no limit. */
  readonly quotaBytes?: number | undefined;
  /** Days after which a recording goes. Default never. */
  readonly maxAgeDays?: number | undefined;
  /** Bytes of the disk that recordings leave free; default 256 MiB. */
  readonly minFreeBytes?: number | undefined;
  /** Where finished files go as well; default nowhere but the disk. */
  readonly s3?: S3StorageOptions | undefined;
  /** Whether files stay on the disk when they are in the object storage; default true. */
  readonly keepLocal?: boolean | undefined;
  /** How a show is composed again; default in a process of its own. */
  readonly compose?: typeof compose | undefined;
}

/** Injection token of RecordingOptions. */
export const RECORDING_OPTIONS = Symbol('RECORDING_OPTIONS');
