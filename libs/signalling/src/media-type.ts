/** The media type of offers and answers (RFC 9725 4.2). */
export const sdpType = 'application/sdp';

/** The media type of PATCH bodies (RFC 8840 9). */
export const fragmentType = 'application/trickle-ice-sdpfrag';

/** Thrown when a body has another type than its URL takes. */
export class MediaTypeUnsupported extends Error {
  /** The type that is taken instead. */
  readonly expected: string;

  constructor(expected: string) {
    super(`The Content-Type must be ${expected}.`);
    this.name = 'MediaTypeUnsupported';
    this.expected = expected;
  }
}

/** Throws MediaTypeUnsupported unless the `Content-Type` header is of that type, whatever its case and parameters. */
export function requireMediaType(header: string | undefined, expected: string): void {
  const found = header?.split(';', 1)[0]?.trim().toLowerCase();
  if (found !== expected) throw new MediaTypeUnsupported(expected);
}
