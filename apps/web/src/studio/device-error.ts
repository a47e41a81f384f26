/** Why a camera, a microphone or a screen could not be had. */
export type DeviceError =
  | 'insecure'
  | 'denied'
  | 'denied-by-system'
  | 'dismissed'
  | 'not-found'
  | 'in-use'
  | 'not-matching'
  | 'no-screen-sharing'
  | 'other';

/** Names the reason for what getUserMedia or getDisplayMedia threw (Media Capture and Streams, 10.3.1). */
export function deviceErrorOf(error: unknown, secure: boolean): DeviceError {
  if (!secure) return 'insecure';
  const { name, message } = error instanceof Error ? error : { name: '', message: '' };
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      if (/dismissed/i.test(message)) return 'dismissed';
      return /system|platform/i.test(message) ? 'denied-by-system' : 'denied';
    case 'NotFoundError':
    case 'DevicesNotFoundError':
      return 'not-found';
    case 'NotReadableError':
    case 'TrackStartError':
    case 'AbortError':
      return 'in-use';
    case 'OverconstrainedError':
      return 'not-matching';
    case 'NotSupportedError':
    case 'TypeError':
      return 'no-screen-sharing';
    default:
      return 'other';
  }
}
