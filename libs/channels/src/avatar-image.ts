/** Thrown when a picture is none that can be an avatar; says why. */
export class AvatarInvalid extends Error {
  constructor(why: string) {
    super(`The picture cannot be taken: ${why}.`);
    this.name = 'AvatarInvalid';
  }
}

/** What an avatar's own bytes say that it is. */
export interface AvatarFacts {
  readonly type: 'image/png' | 'image/jpeg' | 'image/webp';
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** Longest side of an avatar, pixels. */
export const AVATAR_MAX_PIXELS = 4096;

const pngStart = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, ...codesOf('IHDR')];

/** Reads what kind of picture bytes are and how large; throws AvatarInvalid. */
export function readAvatar(bytes: Uint8Array): AvatarFacts {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const facts = factsOf(view);
    if (facts.width === 0 || facts.height === 0) throw new AvatarInvalid('it has no size');
    if (Math.max(facts.width, facts.height) <= AVATAR_MAX_PIXELS) return facts;
    throw new AvatarInvalid(`it may have ${AVATAR_MAX_PIXELS} pixels in width and height at most`);
  } catch (error) {
    // DataView throws where the bytes end too early
    if (error instanceof RangeError) throw new AvatarInvalid('it is cut off');
    throw error;
  }
}

function factsOf(view: DataView): AvatarFacts {
  // PNG (Third Edition) 5.2 and 11.2.1
  if (has(view, 0, pngStart)) return { type: 'image/png', width: view.getUint32(16), height: view.getUint32(20) };
  if (has(view, 0, [0xff, 0xd8, 0xff])) return { type: 'image/jpeg', ...jpegSize(view) };
  if (has(view, 0, codesOf('RIFF')) && has(view, 8, codesOf('WEBP'))) return { type: 'image/webp', ...webpSize(view) };
  throw new AvatarInvalid('it must be PNG, JPEG or WebP');
}

type Size = Pick<AvatarFacts, 'width' | 'height'>;

// ITU-T T.81 B.1.1 and B.2.2: markers up to the frame header
function jpegSize(view: DataView): Size {
  for (let at = 2; ;) {
    if (view.getUint8(at) !== 0xff) throw new AvatarInvalid('it is damaged');
    const code = view.getUint8(at + 1);
    if (code === 0xff) at += 1;
    else if (code === 0x01 || (code >= 0xd0 && code <= 0xd7)) at += 2;
    else if (isFrameHeader(code)) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    else if (code < 0xc0 || (code >= 0xd8 && code <= 0xda) || view.getUint16(at + 2) < 2) {
      throw new AvatarInvalid('it is damaged');
    } else at += 2 + view.getUint16(at + 2);
  }
}

function isFrameHeader(code: number): boolean {
  return code >= 0xc0 && code <= 0xcf && code !== 0xc4 && code !== 0xc8 && code !== 0xcc;
}

// RFC 9649 2.3 to 2.7
function webpSize(view: DataView): Size {
  if (view.getUint32(4, true) + 8 > view.byteLength) throw new AvatarInvalid('it is cut off');
  if (has(view, 12, codesOf('VP8X'))) return { width: uint24(view, 24) + 1, height: uint24(view, 27) + 1 };
  if (has(view, 12, codesOf('VP8L')) && view.getUint8(20) === 0x2f) {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (has(view, 12, codesOf('VP8 ')) && has(view, 23, [0x9d, 0x01, 0x2a])) {
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  }
  throw new AvatarInvalid('it is damaged');
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) + view.getUint8(at + 2) * 65_536;
}

function has(view: DataView, at: number, bytes: readonly number[]): boolean {
  return view.byteLength >= at + bytes.length && bytes.every((byte, index) => view.getUint8(at + index) === byte);
}

function codesOf(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}
