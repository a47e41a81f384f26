import type { PublishedTrack, TrackCodec } from '@weir/rtp';
import { fitAnswer, type SectionAnswer, writeAnswer } from './answer-writer.js';
import { answeredParameters, withStereo } from './codec-parameters.js';
import {
  answeredExtensionLines,
  extensionIds,
  type ExtensionMapping,
  type ExtensionName,
} from './header-extensions.js';
import type { Offer } from './offer.js';
import type { OfferedMedia, OfferSection } from './offer-section.js';
import { OfferRejected } from './offer-rejected.js';
import { answeredSimulcastLines } from './simulcast.js';
import type { AnswerTransport, BundleTarget, DtlsRole } from './transport.js';

/** The answer to a publisher and what it will send. */
export interface PublisherAnswer {
  readonly sdp: string;
  readonly tracks: readonly PublishedTrack[];
  readonly dtlsRole: DtlsRole;
  readonly bundle: BundleTarget;
}

// Not the video orientation: a browser that may not announce it turns the picture before it encodes.
const RECEIVED: ReadonlySet<ExtensionName> = new Set<ExtensionName>([
  'mid',
  'rid',
  'repairedRid',
  'absSendTime',
  'audioLevel',
]);

/** Answers a publisher with every supported codec in its order (RFC 9725 4.2, 4.4); throws OfferRejected 422 without a common codec. */
export function answerPublisher(offer: Offer, transport: AnswerTransport): PublisherAnswer {
  for (const { offered } of offer.sections) {
    if (offered === undefined || offered.codecs.length > 0) continue;
    throw new OfferRejected(422, missingCodec(offered));
  }
  return fitAnswer((maxCodecs) => {
    const tracks: PublishedTrack[] = [];
    const answers = offer.sections.map((section): SectionAnswer => {
      const { offered } = section;
      if (offered === undefined) return { section };
      const extensions = offered.extensions.filter(isReceived);
      const track = publishedTrack(section, offered, extensions, maxCodecs);
      tracks.push(track);
      const payloadTypes = track.codecs.map((codec) => codec.payloadType);
      return {
        section,
        accepted: {
          direction: 'recvonly',
          codecs: track.codecs,
          extensionLines: answeredExtensionLines(extensions),
          simulcastLines: answeredSimulcastLines(offered.simulcast, payloadTypes),
        },
      };
    });
    return { ...writeAnswer(offer, transport, answers), tracks };
  });
}

function publishedTrack(
  section: OfferSection,
  offered: OfferedMedia,
  extensions: readonly ExtensionMapping[],
  maxCodecs: number,
): PublishedTrack {
  return {
    kind: offered.kind,
    mid: section.mid ?? '',
    codecs: offered.codecs.slice(0, maxCodecs).map(answeredCodec),
    extensions: extensionIds(extensions),
    rids: offered.simulcast.map((rid) => rid.id),
    ssrcs: offered.sources.ssrcs,
    rtxSsrcs: offered.sources.rtxSsrcs,
  };
}

function answeredCodec(codec: TrackCodec): TrackCodec {
  const kept = answeredParameters(codec.name, codec.parameters);
  const stereo = codec.name === 'opus' && codec.channels === 2;
  return { ...codec, parameters: stereo ? withStereo(kept, { useinbandfec: '1' }) : kept };
}

function isReceived({ name, direction }: ExtensionMapping): boolean {
  return RECEIVED.has(name) && direction !== 'recvonly' && direction !== 'inactive';
}

function missingCodec({ kind, encodings }: OfferedMedia): string {
  const supported = kind === 'audio' ? 'Opus (opus/48000/2)' : 'H264, H265, VP8, VP9 or AV1';
  const found = encodings.length === 0 ? 'none' : encodings.join(', ').slice(0, 200);
  return `No supported ${kind} codec is offered (found: ${found}). Choose ${supported} in the encoder.`;
}
