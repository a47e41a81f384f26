/** Encodes text as bytes, one a character; characters above U+007F become `?`, which no ICE credential contains. */
export function asciiBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    bytes[i] = code < 0x80 ? code : 0x3f;
  }
  return bytes;
}

/** Decodes `bytes[offset, end)` as one character a byte. */
export function asciiText(bytes: Uint8Array, offset: number, end: number): string {
  let text = '';
  for (let i = offset; i < end; i += 1) text += String.fromCharCode(bytes[i]!);
  return text;
}
