import type { NutBytes } from './nut-bytes.js';

const MOST_ITEMS = 64;
const [TEXT, TYPED, SIGNED, TIME] = [-1, -2, -3, -4];

/** Passes over the side data and the meta data that begin a frame (NUT specification, `sm_data`); false when they are malformed. */
export function skipSideData(bytes: NutBytes): boolean {
  return skipItems(bytes) && skipItems(bytes) && !bytes.isShort;
}

function skipItems(bytes: NutBytes): boolean {
  const count = bytes.unsigned();
  if (count > MOST_ITEMS) return false;
  for (let item = 0; item < count; item += 1) {
    skipText(bytes);
    skipValue(bytes, bytes.signed());
  }
  return true;
}

function skipValue(bytes: NutBytes, kind: number): void {
  if (kind === TEXT) skipText(bytes);
  else if (kind === TYPED) {
    skipText(bytes);
    skipText(bytes);
  } else if (kind === TIME) bytes.unsigned();
  // A fraction, whose denominator the kind is.
  else if (kind <= SIGNED) bytes.signed();
}

function skipText(bytes: NutBytes): void {
  bytes.take(bytes.unsigned());
}
