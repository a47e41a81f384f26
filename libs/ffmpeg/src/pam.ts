import type { PictureSize } from './picture-size.js';

/** Pixels of an image: RGBA, not multiplied by alpha, both sides even. */
export interface StillImage extends PictureSize {
  readonly rgba: Uint8Array;
}

const MOST_HEADER_BYTES = 256;
const MOST_SIDE = 1 << 14;
const END = 'ENDHDR\n';

/** Reads a PAM of RGBA, 8 bits, even sides; undefined when it is anything else. */
export function readPam(bytes: Uint8Array): StillImage | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, MOST_HEADER_BYTES));
  const end = head.indexOf(END);
  if (!head.startsWith('P7\n') || end < 0) return undefined;
  const fields = new Map(
    head
      .slice(0, end)
      .split('\n')
      .map((line): [string, number] => {
        const [name = '', value = ''] = line.split(' ');
        return [name, Number(value)];
      }),
  );
  const width = sideOf(fields.get('WIDTH'));
  const height = sideOf(fields.get('HEIGHT'));
  if (fields.get('DEPTH') !== 4 || fields.get('MAXVAL') !== 255 || width === undefined || height === undefined)
    return undefined;
  const start = end + END.length;
  const rgba = bytes.subarray(start, start + 4 * width * height);
  return rgba.length === 4 * width * height ? { width, height, rgba } : undefined;
}

function sideOf(length: number | undefined): number | undefined {
  const isSide = length !== undefined && Number.isInteger(length) && length > 0 && length <= MOST_SIDE;
  return isSide && length % 2 === 0 ? length : undefined;
}
