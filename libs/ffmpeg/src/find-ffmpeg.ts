import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';

/** The encoders that Weir needs of an ffmpeg. */
export const neededEncoders = ['libx264', 'aac', 'libopus'] as const;

/** The ffmpeg that Weir will run. */
export interface Ffmpeg {
  readonly path: string;
  /** As ffmpeg tells it, such as `7.1.3-0+deb13u1`. */
  readonly version: string;
  readonly source: 'FFMPEG_PATH' | 'system' | 'ffmpeg-static';
}

/** What the search found, and what was wrong with the places that did not do. */
export interface FfmpegSearch {
  readonly found: Ffmpeg | undefined;
  /** One sentence for each place tried in vain. */
  readonly problems: readonly string[];
}

/** Where to look; the defaults are what the server uses. */
export interface FfmpegPlaces {
  /** `FFMPEG_PATH`: when set, only this one is tried. */
  readonly configured?: string | undefined;
  /** Name or path of the system's ffmpeg; default `ffmpeg`, found by `PATH`. */
  readonly system?: string;
  /** Path of the packaged ffmpeg; default what `ffmpeg-static` downloaded, if it could. */
  readonly packaged?: string | undefined;
}

// a disk may be cold and the machine busy: what is taken for missing now is missing until the next start
const runTimeoutMs = 30_000;

/** Looks for a usable ffmpeg: `FFMPEG_PATH`, then the system's, then `ffmpeg-static`. */
export async function findFfmpeg(places: FfmpegPlaces = {}): Promise<FfmpegSearch> {
  const problems: string[] = [];
  for (const [source, path] of candidates(places)) {
    const result = await inspect(path);
    if (typeof result !== 'string') return { found: { path, version: result.version, source }, problems };
    problems.push(`${source} (${path}): ${result}`);
  }
  return { found: undefined, problems };
}

function candidates(places: FfmpegPlaces): [Ffmpeg['source'], string][] {
  if (places.configured !== undefined) return [['FFMPEG_PATH', places.configured]];
  const packaged = 'packaged' in places ? places.packaged : packagedPath();
  const list: [Ffmpeg['source'], string][] = [['system', places.system ?? 'ffmpeg']];
  if (packaged !== undefined) list.push(['ffmpeg-static', packaged]);
  return list;
}

function packagedPath(): string | undefined {
  try {
    const path: unknown = createRequire(import.meta.url)('ffmpeg-static');
    return typeof path === 'string' ? path : undefined;
  } catch {
    return undefined;
  }
}

async function inspect(path: string): Promise<{ version: string } | string> {
  const [versionText, encodersText] = await Promise.all([
    run(path, ['-hide_banner', '-version']),
    run(path, ['-hide_banner', '-encoders']),
  ]);
  if (versionText === undefined || encodersText === undefined) return 'cannot be run';
  const version = /^ffmpeg version (\S+)/m.exec(versionText)?.[1];
  if (version === undefined) return 'is not ffmpeg';
  const encoders = new Set(encodersText.split('\n').map((line) => line.trim().split(/\s+/)[1]));
  const missing = neededEncoders.filter((name) => !encoders.has(name));
  return missing.length === 0 ? { version } : `lacks ${missing.join(', ')}`;
}

function run(path: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(path, args, { timeout: runTimeoutMs, maxBuffer: 4 << 20, windowsHide: true }, (error, stdout) => {
      resolve(error === null ? stdout : undefined);
    });
  });
}
