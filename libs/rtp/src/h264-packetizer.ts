const FU_A = 28;

/** Splits an access unit in Annex B form into its NAL units, without start codes and trailing zeros (H.264 annex B). */
export function splitAnnexB(accessUnit: Uint8Array): Uint8Array[] {
  const units: Uint8Array[] = [];
  let start = -1;
  let zeros = 0;
  for (let i = 0; i < accessUnit.length; i += 1) {
    const byte = accessUnit[i]!;
    if (byte === 1 && zeros >= 2) {
      if (start >= 0) pushUnit(units, accessUnit, start, i);
      start = i + 1;
    }
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  if (start >= 0) pushUnit(units, accessUnit, start, accessUnit.length);
  return units;
}

function pushUnit(units: Uint8Array[], bytes: Uint8Array, start: number, limit: number): void {
  let end = limit;
  while (end > start && bytes[end - 1] === 0) end -= 1;
  if (end > start) units.push(bytes.subarray(start, end));
}

/** Payloads of one access unit as single NAL units and FU-A fragments (RFC 6184 section 5.6); the last one takes the marker. */
export function packetizeH264(units: readonly Uint8Array[], maxPayloadBytes = 1200): Uint8Array[] {
  if (maxPayloadBytes < 3) throw new RangeError('an H.264 payload needs at least 3 bytes');
  const payloads: Uint8Array[] = [];
  for (const unit of units) {
    if (unit.length === 0) continue;
    if (unit.length <= maxPayloadBytes) payloads.push(unit);
    else fragment(unit, maxPayloadBytes, payloads);
  }
  return payloads;
}

// RFC 6184 section 5.8: the NAL unit's first byte lives on in the FU indicator and FU header.
function fragment(unit: Uint8Array, maxPayloadBytes: number, payloads: Uint8Array[]): void {
  const room = maxPayloadBytes - 2;
  const pieces = Math.ceil((unit.length - 1) / room);
  const pieceBytes = Math.ceil((unit.length - 1) / pieces);
  for (let at = 1; at < unit.length; at += pieceBytes) {
    const piece = unit.subarray(at, at + pieceBytes);
    const payload = new Uint8Array(2 + piece.length);
    const startBit = at === 1 ? 0x80 : 0;
    const endBit = at + pieceBytes >= unit.length ? 0x40 : 0;
    payload[0] = (unit[0]! & 0xe0) | FU_A;
    payload[1] = startBit | endBit | (unit[0]! & 0x1f);
    payload.set(piece, 2);
    payloads.push(payload);
  }
}
