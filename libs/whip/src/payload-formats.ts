import type { CodecName, MediaKind, TrackCodec } from '@weir/rtp';
import { attributeValues, decimal, SdpMalformed, type SdpSection } from './sdp-text.js';

interface RtpMap {
  readonly encoding: string;
  readonly clockRate: number;
  readonly channels: number;
}

const CODECS = new Map<string, { readonly name: CodecName; readonly kind: MediaKind; readonly clockRate: number }>([
  ['h264', { name: 'h264', kind: 'video', clockRate: 90_000 }],
  ['h265', { name: 'h265', kind: 'video', clockRate: 90_000 }],
  ['vp8', { name: 'vp8', kind: 'video', clockRate: 90_000 }],
  ['vp9', { name: 'vp9', kind: 'video', clockRate: 90_000 }],
  ['av1', { name: 'av1', kind: 'video', clockRate: 90_000 }],
  ['opus', { name: 'opus', kind: 'audio', clockRate: 48_000 }],
]);

const MAX_PARAMETERS = 64;

/** The supported codecs of a media section in its order, each with its format parameters, feedback and retransmission format. */
export function readCodecs(section: SdpSection, kind: MediaKind): TrackCodec[] {
  const payloadTypes = readPayloadTypes(section);
  const maps = readRtpMaps(section);
  const parameters = readParameters(section);
  const feedback = readFeedback(section);
  const retransmissions = readRetransmissions(payloadTypes, maps, parameters);
  const codecs: TrackCodec[] = [];
  for (const payloadType of payloadTypes) {
    const map = maps.get(payloadType);
    const codec = map === undefined ? undefined : CODECS.get(map.encoding);
    if (map === undefined || codec === undefined || codec.kind !== kind || codec.clockRate !== map.clockRate) continue;
    // RFC 5761 4: with RTP and RTCP on one port these payload types read as RTCP.
    if (payloadType >= 64 && payloadType <= 95) continue;
    const own = parameters.get(payloadType) ?? {};
    if (codec.name === 'h264' && !['0', '1'].includes(own['packetization-mode'] ?? '0')) continue;
    const asked = new Set([...(feedback.get('*') ?? []), ...(feedback.get(String(payloadType)) ?? [])]);
    const rtxPayloadType = retransmissions.get(payloadType);
    codecs.push({
      name: codec.name,
      payloadType,
      clockRate: codec.clockRate,
      channels: kind === 'audio' ? map.channels : 1,
      parameters: own,
      ...(rtxPayloadType === undefined ? {} : { rtxPayloadType }),
      nack: asked.has('nack'),
      pli: kind === 'video' && asked.has('nack pli'),
      fir: kind === 'video' && asked.has('ccm fir'),
      remb: kind === 'video' && asked.has('goog-remb'),
    });
  }
  return codecs;
}

/** The encoding names that a section offers, supported or not, for messages to a person; at most eight. */
export function encodingNames(section: SdpSection): string[] {
  const names = attributeValues(section.attributes, 'rtpmap').map((line) => /^\d+ +([^/]+)/.exec(line)?.[1] ?? '');
  return [...new Set(names)].filter((name) => name !== '' && name !== 'rtx').slice(0, 8);
}

function readPayloadTypes(section: SdpSection): Set<number> {
  const payloadTypes = new Set<number>();
  for (const format of section.formats) {
    const payloadType = decimal(format, 127);
    if (payloadType < 0) throw new SdpMalformed(`"${format.slice(0, 40)}" is not an RTP payload type (0 to 127).`);
    payloadTypes.add(payloadType);
  }
  return payloadTypes;
}

function readRtpMaps(section: SdpSection): Map<number, RtpMap> {
  const maps = new Map<number, RtpMap>();
  for (const line of attributeValues(section.attributes, 'rtpmap')) {
    const [, payloadTypeText, encoding, clockText, channelText] =
      /^(\d{1,3})[ \t]+([^/ \t]+)\/(\d{1,9})(?:\/(\d{1,3}))?$/.exec(line) ?? [];
    const payloadType = decimal(payloadTypeText, 127);
    if (payloadType < 0 || encoding === undefined) {
      throw new SdpMalformed('a=rtpmap must be of the form <payload type> <encoding>/<clock rate>.');
    }
    if (maps.has(payloadType)) continue;
    const channels = channelText === undefined ? 1 : Number(channelText);
    maps.set(payloadType, { encoding: encoding.toLowerCase(), clockRate: Number(clockText), channels });
  }
  return maps;
}

function readParameters(section: SdpSection): Map<number, Readonly<Record<string, string>>> {
  const entries = new Map<number, Map<string, string>>();
  for (const line of attributeValues(section.attributes, 'fmtp')) {
    const blank = line.search(/[ \t]/);
    const payloadType = decimal(blank < 0 ? line : line.slice(0, blank), 127);
    if (payloadType < 0 || blank < 0) continue;
    const own = entries.get(payloadType) ?? new Map<string, string>();
    entries.set(payloadType, own);
    for (const parameter of line.slice(blank).split(';')) {
      const equals = parameter.indexOf('=');
      const name = (equals < 0 ? parameter : parameter.slice(0, equals)).trim().toLowerCase();
      if (name === '' || own.has(name) || own.size === MAX_PARAMETERS) continue;
      own.set(name, equals < 0 ? '' : parameter.slice(equals + 1).trim());
    }
  }
  return new Map([...entries].map(([payloadType, own]) => [payloadType, Object.fromEntries(own)]));
}

function readFeedback(section: SdpSection): Map<string, string[]> {
  const feedback = new Map<string, string[]>();
  for (const line of attributeValues(section.attributes, 'rtcp-fb')) {
    const [, payloadType, kind] = /^(\S+)[ \t]+(.+)$/.exec(line) ?? [];
    if (payloadType === undefined || kind === undefined) continue;
    const asked = feedback.get(payloadType) ?? [];
    feedback.set(payloadType, asked);
    asked.push(kind.toLowerCase().replaceAll(/[ \t]+/g, ' '));
  }
  return feedback;
}

function readRetransmissions(
  payloadTypes: ReadonlySet<number>,
  maps: ReadonlyMap<number, RtpMap>,
  parameters: ReadonlyMap<number, Readonly<Record<string, string>>>,
): Map<number, number> {
  const retransmissions = new Map<number, number>();
  for (const payloadType of payloadTypes) {
    if (maps.get(payloadType)?.encoding !== 'rtx') continue;
    // RFC 4588 8.6: apt names the payload type whose packets it repeats.
    const associated = decimal(parameters.get(payloadType)?.['apt'], 127);
    if (associated < 0 || retransmissions.has(associated)) continue;
    if (maps.get(associated)?.clockRate !== maps.get(payloadType)?.clockRate) continue;
    retransmissions.set(associated, payloadType);
  }
  return retransmissions;
}
