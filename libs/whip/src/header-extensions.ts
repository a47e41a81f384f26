import type { TrackExtensions } from '@weir/rtp';
import { attributeValues, decimal, type SdpAttribute, SdpMalformed, words } from './sdp-text.js';

/** A header extension that Weir knows. */
export type ExtensionName = keyof TrackExtensions;

/** One `a=extmap` line of a known extension. */
export interface ExtensionMapping {
  readonly name: ExtensionName;
  readonly id: number;
  /** As offered; absent means both ways. */
  readonly direction?: string;
}

const URIS: Readonly<Record<ExtensionName, string>> = {
  mid: 'urn:ietf:params:rtp-hdrext:sdes:mid',
  rid: 'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id',
  repairedRid: 'urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id',
  absSendTime: 'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time',
  absCaptureTime: 'http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time',
  audioLevel: 'urn:ietf:params:rtp-hdrext:ssrc-audio-level',
  playoutDelay: 'http://www.webrtc.org/experiments/rtp-hdrext/playout-delay',
  videoOrientation: 'urn:3gpp:video-orientation',
};

const NAMES = new Map<string, ExtensionName>();
for (const name of Object.keys(URIS) as ExtensionName[]) NAMES.set(URIS[name], name);

const OPPOSITE = new Map([
  ['sendonly', 'recvonly'],
  ['recvonly', 'sendonly'],
  ['sendrecv', 'sendrecv'],
  ['inactive', 'inactive'],
]);

/** The known extensions of a section with usable ids (RFC 8285 5: 1 to 14 and 16 to 255), each name and id once. */
export function readExtensions(attributes: readonly SdpAttribute[]): ExtensionMapping[] {
  const mappings: ExtensionMapping[] = [];
  for (const line of attributeValues(attributes, 'extmap')) {
    const [head = '', uri = ''] = words(line);
    const [idText, direction] = head.split('/', 2);
    const id = decimal(idText, 65_535);
    if (id < 0 || uri === '' || (direction !== undefined && !OPPOSITE.has(direction))) {
      throw new SdpMalformed('a=extmap must be of the form <id> <uri>.');
    }
    const name = NAMES.get(uri);
    if (name === undefined || id === 0 || id === 15 || id > 255) continue;
    if (mappings.some((mapping) => mapping.name === name || mapping.id === id)) continue;
    mappings.push(direction === undefined ? { name, id } : { name, id, direction });
  }
  return mappings;
}

/** The ids of the mappings by name. */
export function extensionIds(mappings: readonly ExtensionMapping[]): TrackExtensions {
  return Object.fromEntries(mappings.map(({ name, id }) => [name, id]));
}

/** The lines that answer these mappings; an offered direction is turned round (RFC 8285 7). */
export function answeredExtensionLines(mappings: readonly ExtensionMapping[]): string[] {
  return mappings.map(({ name, id, direction }) => {
    const turned = direction === undefined ? '' : `/${OPPOSITE.get(direction)}`;
    return `a=extmap:${id}${turned} ${URIS[name]}`;
  });
}

/** The lines that offer these ids, in ascending order of id. */
export function offeredExtensionLines(extensions: TrackExtensions): string[] {
  const entries = Object.entries(extensions) as [ExtensionName, number][];
  return entries.toSorted((a, b) => a[1] - b[1]).map(([name, id]) => `a=extmap:${id} ${URIS[name]}`);
}
