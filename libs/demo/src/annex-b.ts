import { splitAnnexB } from '@weir/rtp';

/** One coded picture of an H.264 stream, without its start codes. */
export interface AccessUnit {
  /** NAL units in order, header byte first; the access unit delimiter is left out. */
  readonly nalUnits: readonly Uint8Array[];
  /** Whether it carries an IDR slice (H.264 7.4.1.2.4). */
  readonly keyFrame: boolean;
}

const SLICE_IDR = 5;
const ACCESS_UNIT_DELIMITER = 9;

/** Splits an H.264 byte stream (H.264 annex B) whose access units each begin with a delimiter. */
export function readAccessUnits(bytes: Uint8Array): AccessUnit[] {
  const units: { nalUnits: Uint8Array[]; keyFrame: boolean }[] = [];
  for (const nalUnit of splitAnnexB(bytes)) {
    const type = (nalUnit[0] ?? 0) & 0x1f;
    if (type === ACCESS_UNIT_DELIMITER) {
      units.push({ nalUnits: [], keyFrame: false });
      continue;
    }
    const current = units.at(-1);
    if (!current) continue;
    current.nalUnits.push(nalUnit);
    if (type === SLICE_IDR) current.keyFrame = true;
  }
  return units.filter((unit) => unit.nalUnits.length > 0);
}
