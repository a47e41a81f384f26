import { Clip } from '@weir/demo';

const FIXTURES = new URL('../fixtures/clips/', import.meta.url);
const SOUND = new URL('../../libs/demo/assets/demo.opus', import.meta.url);

/** H.264 High with a key frame every 4 s, as an encoder that nobody has set up sends it. */
export function highClip(): Promise<Clip> {
  return Clip.read(new URL('high-4s.h264', FIXTURES), SOUND);
}
