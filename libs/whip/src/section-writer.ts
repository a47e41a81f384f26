import type { IceCredentials } from '@weir/ice';
import type { TrackCodec } from '@weir/rtp';
import { candidateLines } from './candidate-lines.js';
import type { Direction } from './offer-section.js';
import type { Fingerprint, HostCandidate, Setup } from './transport.js';

/** What a media section says about the transport. */
export interface WrittenTransport {
  readonly local: IceCredentials;
  readonly fingerprint: Fingerprint;
  readonly setup: Setup;
  /** Only the first section of a bundle has them. */
  readonly candidates?: readonly HostCandidate[];
}

/** A source that a section announces (RFC 5576, RFC 8830). */
export interface WrittenSource {
  readonly ssrc: number;
  readonly rtxSsrc?: number;
  readonly cname: string;
  readonly streamId: string;
}

/** A media section to be written. */
export interface WrittenSection {
  readonly media: string;
  readonly protocol: string;
  readonly mid: string | undefined;
  readonly transport: WrittenTransport;
  readonly direction: Direction;
  readonly codecs: readonly TrackCodec[];
  readonly extensionLines: readonly string[];
  readonly simulcastLines: readonly string[];
  readonly mixedExtensions: boolean;
  readonly reducedSizeRtcp: boolean;
  readonly receiverRoundTrip?: boolean;
  /** Absent in a section that sends nothing. */
  readonly source?: WrittenSource;
}

const ENCODINGS: Readonly<Record<TrackCodec['name'], string>> = {
  h264: 'H264',
  h265: 'H265',
  vp8: 'VP8',
  vp9: 'VP9',
  av1: 'AV1',
  opus: 'opus',
};

/** The lines of an accepted media section, without line ends. */
export function sectionLines(section: WrittenSection): string[] {
  const { mid, transport, codecs } = section;
  return [
    `m=${section.media} 9 ${section.protocol} ${codecs.flatMap(payloadTypes).join(' ')}`,
    'c=IN IP4 0.0.0.0',
    ...(transport.candidates === undefined ? [] : candidateLines(transport.candidates)),
    `a=ice-ufrag:${transport.local.ufrag}`,
    `a=ice-pwd:${transport.local.pwd}`,
    `a=fingerprint:${transport.fingerprint.algorithm} ${transport.fingerprint.value}`,
    `a=setup:${transport.setup}`,
    ...(mid === undefined ? [] : [`a=mid:${mid}`]),
    ...(section.mixedExtensions ? ['a=extmap-allow-mixed'] : []),
    ...section.extensionLines,
    `a=${section.direction}`,
    ...(section.source === undefined ? [] : [`a=msid:${streamAndTrack(section.source, section.media)}`]),
    'a=rtcp-mux',
    // RFC 9725 4.4.1: in each bundled section.
    'a=rtcp-mux-only',
    ...(section.reducedSizeRtcp ? ['a=rtcp-rsize'] : []),
    ...(section.receiverRoundTrip === true ? ['a=rtcp-xr:rcvr-rtt=all'] : []),
    ...codecs.flatMap(codecLines),
    ...section.simulcastLines,
    ...(section.source === undefined ? [] : sourceLines(section.source, section.media)),
  ];
}

/** The lines of a refused media section (RFC 3264 6): port 0, its formats as offered. */
export function refusedSectionLines(section: {
  readonly media: string;
  readonly protocol: string;
  readonly formats: readonly string[];
  readonly mid: string | undefined;
}): string[] {
  return [
    `m=${section.media} 0 ${section.protocol} ${section.formats.slice(0, 1).join(' ')}`,
    'c=IN IP4 0.0.0.0',
    ...(section.mid === undefined ? [] : [`a=mid:${section.mid}`]),
    'a=inactive',
  ];
}

/** Joins lines into a description: each of them ends in CRLF. */
export function joinLines(lines: readonly string[]): string {
  return `${lines.join('\r\n')}\r\n`;
}

function payloadTypes(codec: TrackCodec): number[] {
  return codec.rtxPayloadType === undefined ? [codec.payloadType] : [codec.payloadType, codec.rtxPayloadType];
}

function codecLines(codec: TrackCodec): string[] {
  const { payloadType, clockRate, channels, rtxPayloadType } = codec;
  const parameters = Object.entries(codec.parameters).map(([name, value]) =>
    value === '' ? name : `${name}=${value}`,
  );
  const rate = channels > 1 ? `${clockRate}/${channels}` : `${clockRate}`;
  return [
    `a=rtpmap:${payloadType} ${ENCODINGS[codec.name]}/${rate}`,
    ...(codec.remb ? [`a=rtcp-fb:${payloadType} goog-remb`] : []),
    ...(codec.fir ? [`a=rtcp-fb:${payloadType} ccm fir`] : []),
    ...(codec.nack ? [`a=rtcp-fb:${payloadType} nack`] : []),
    ...(codec.pli ? [`a=rtcp-fb:${payloadType} nack pli`] : []),
    ...(parameters.length === 0 ? [] : [`a=fmtp:${payloadType} ${parameters.join(';')}`]),
    ...(rtxPayloadType === undefined
      ? []
      : [`a=rtpmap:${rtxPayloadType} rtx/${clockRate}`, `a=fmtp:${rtxPayloadType} apt=${payloadType}`]),
  ];
}

function sourceLines(source: WrittenSource, media: string): string[] {
  const { ssrc, rtxSsrc, cname } = source;
  const sources = rtxSsrc === undefined ? [ssrc] : [ssrc, rtxSsrc];
  return [
    ...(rtxSsrc === undefined ? [] : [`a=ssrc-group:FID ${ssrc} ${rtxSsrc}`]),
    ...sources.flatMap((id) => [`a=ssrc:${id} cname:${cname}`, `a=ssrc:${id} msid:${streamAndTrack(source, media)}`]),
  ];
}

function streamAndTrack(source: WrittenSource, media: string): string {
  return `${source.streamId} ${source.streamId}-${media}`;
}
