/** A file that is not an Ogg stream. */
export class OggMalformed extends Error {
  override readonly name = 'OggMalformed';
}

const PAGE_HEADER_BYTES = 27;
const CAPTURE_PATTERN = 0x4f676753;

/** Reads the Opus packets of an Ogg file with one logical stream (RFC 3533 6, RFC 7845 3), without its two header packets. */
export function readOpusPackets(bytes: Uint8Array): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const packets: Uint8Array[] = [];
  let pieces: Uint8Array[] = [];
  for (let page = 0; page < bytes.length;) {
    if (page + PAGE_HEADER_BYTES > bytes.length || view.getUint32(page) !== CAPTURE_PATTERN) {
      throw new OggMalformed(`No Ogg page at byte ${page}.`);
    }
    const segments = bytes.subarray(page + PAGE_HEADER_BYTES, page + PAGE_HEADER_BYTES + view.getUint8(page + 26));
    let at = page + PAGE_HEADER_BYTES + segments.length;
    for (const length of segments) {
      pieces.push(bytes.subarray(at, at + length));
      at += length;
      // RFC 3533 5: a lacing value below 255 ends the packet.
      if (length === 255) continue;
      packets.push(joined(pieces));
      pieces = [];
    }
    page = at;
  }
  return packets.slice(2);
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const [only] = pieces;
  if (only && pieces.length === 1) return only;
  const packet = new Uint8Array(pieces.reduce((total, piece) => total + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    packet.set(piece, at);
    at += piece.length;
  }
  return packet;
}
