import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Clip } from '@weir/demo';
import { FFMPEG, programPath } from './requirements.js';

const FIXTURES = new URL('../fixtures/clips/', import.meta.url);
const SOUND = new URL('../../libs/demo/assets/demo.opus', import.meta.url);
const FLASH = "color=0x303030:size=640x360:rate=30,drawbox=color=white:t=fill:enable='lt(mod(n+15,30),3)'";
const BEEP = "aevalsrc=exprs='0.4*sin(2*PI*1000*t)*lt(mod(t+0.5,1),0.1)':sample_rate=48000";

/** H.264 High with a key frame every 4 s, as an encoder that nobody has set up sends it. */
export function highClip(): Promise<Clip> {
  return Clip.read(new URL('high-4s.h264', FIXTURES), SOUND);
}

/** H.264 as an encoder sends it that nobody has set up for real time: High profile, B-frames, a key frame every ten seconds. */
export async function carelessClip(): Promise<Clip> {
  const h264 =
    '-c:v libx264 -profile:v high -preset veryfast -pix_fmt yuv420p -g 300 -keyint_min 300 -sc_threshold 0 -bf 2';
  return makeClip('testsrc2=size=640x360:rate=30', BEEP, h264);
}

/** A dark picture with a flash and a beep of 0.1 s at each half past a second, ten seconds long. */
export async function flashClip(): Promise<Clip> {
  const h264 =
    '-c:v libx264 -profile:v baseline -preset veryfast -pix_fmt yuv420p -g 30 -keyint_min 30 -sc_threshold 0';
  return makeClip(FLASH, BEEP, h264);
}

/** A small moving picture with one key frame in half a minute: whoever shows it sooner had the last one. */
export async function seldomKeyClip(): Promise<Clip> {
  const h264 = '-c:v libx264 -profile:v baseline -preset ultrafast -pix_fmt yuv420p -b:v 200k -g 900 -sc_threshold 0';
  return makeClip('testsrc2=size=320x180:rate=30', BEEP, h264, 30);
}

/** Some seconds of what ffmpeg draws and plays. */
async function makeClip(picture: string, sound: string, h264: string, seconds = 10): Promise<Clip> {
  const folder = await mkdtemp(join(tmpdir(), 'weir-clip-'));
  const [video, audio] = [join(folder, 'picture.h264'), join(folder, 'sound.opus')];
  const stream = '-x264-params aud=1:repeat-headers=1:sliced-threads=0 -f h264';
  const opus = '-c:a libopus -b:a 96k -application lowdelay -frame_duration 20 -f ogg';
  try {
    await promisify(execFile)(await programPath(FFMPEG), [
      ...`-hide_banner -loglevel error -y -f lavfi -t ${seconds} -i`.split(' '),
      picture,
      ...`-f lavfi -t ${seconds} -i`.split(' '),
      sound,
      ...`-map 0:v ${h264} ${stream}`.split(' '),
      video,
      ...`-map 1:a ${opus}`.split(' '),
      audio,
    ]);
    return await Clip.read(video, audio);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
