/** The codecs with H.264 first, which nearly every phone and computer encodes in hardware; packetization mode 1 leads. */
export function preferH264<Codec extends { mimeType: string; sdpFmtpLine?: string }>(
  codecs: readonly Codec[],
): Codec[] {
  return codecs
    .map((codec, place) => ({ codec, place, rank: rankOf(codec) }))
    .sort((a, b) => a.rank - b.rank || a.place - b.place)
    .map(({ codec }) => codec);
}

function rankOf(codec: { mimeType: string; sdpFmtpLine?: string }): number {
  if (codec.mimeType.toLowerCase() !== 'video/h264') return 2;
  return codec.sdpFmtpLine?.includes('packetization-mode=1') ? 0 : 1;
}
