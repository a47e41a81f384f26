const FLOAT = 3;
const UNKNOWN_LENGTH = 0xffffffff;

/** Beginning of a WAV file without end of 32-bit float samples, interleaved. */
export function wavHeader(sampleRate: number, channels: number): Uint8Array {
  const bytes = new Uint8Array(46);
  const view = new DataView(bytes.buffer);
  const text = (at: number, value: string): void => bytes.set(new TextEncoder().encode(value), at);
  text(0, 'RIFF');
  view.setUint32(4, UNKNOWN_LENGTH, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 18, true);
  view.setUint16(20, FLOAT, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, 4 * channels * sampleRate, true);
  view.setUint16(32, 4 * channels, true);
  view.setUint16(34, 32, true);
  text(38, 'data');
  view.setUint32(42, UNKNOWN_LENGTH, true);
  return bytes;
}
