import type { MediaKind, StreamDescription, SubscribedTrack, TrackCodec, TrackDescription } from '@weir/rtp';
import { fitAnswer, type SectionAnswer, writeAnswer } from './answer-writer.js';
import { answeredParameters, withStereo } from './codec-parameters.js';
import { rankCodecs } from './codec-preference.js';
import {
  answeredExtensionLines,
  extensionIds,
  type ExtensionMapping,
  type ExtensionName,
} from './header-extensions.js';
import type { Offer } from './offer.js';
import type { OfferedMedia, OfferSection } from './offer-section.js';
import { OfferRejected } from './offer-rejected.js';
import type { AnswerTransport, BundleTarget, DtlsRole } from './transport.js';

/** The names under which a subscriber is sent media; SSRCs are unsigned 32-bit and all different. */
export interface SubscriberIds {
  readonly audioSsrc: number;
  readonly audioRtxSsrc: number;
  readonly videoSsrc: number;
  readonly videoRtxSsrc: number;
  readonly cname: string;
  readonly streamId: string;
}

/** The answer to a player and what it will be sent. */
export interface SubscriberAnswer {
  readonly sdp: string;
  readonly tracks: readonly SubscribedTrack[];
  readonly dtlsRole: DtlsRole;
  readonly bundle: BundleTarget;
}

const SENT: ReadonlySet<ExtensionName> = new Set<ExtensionName>(['mid']);

/** Answers a player with all its codecs, best for the stream first, refusing kinds that a known stream lacks; throws OfferRejected 422 without a common codec. */
export function answerSubscriber(
  offer: Offer,
  stream: StreamDescription,
  transport: AnswerTransport,
  ids: SubscriberIds,
): SubscriberAnswer {
  const known = stream.audio !== undefined || stream.video !== undefined;
  const wanted = offer.sections.filter(({ offered }) => offered !== undefined && (!known || stream[offered.kind]));
  if (wanted.length === 0) {
    const carried = stream.video === undefined ? 'audio' : 'video';
    throw new OfferRejected(422, `The stream carries only ${carried}; offer an ${carried} section.`);
  }
  for (const { offered } of wanted) if (offered !== undefined) checkCodec(offered, stream[offered.kind]);
  return fitAnswer((maxCodecs) => {
    const tracks: SubscribedTrack[] = [];
    const answers = offer.sections.map((section): SectionAnswer => {
      const { offered } = section;
      if (offered === undefined || !wanted.includes(section)) return { section };
      const extensions = offered.extensions.filter(isSent);
      const codecs = playedCodecs(offered, stream[offered.kind], maxCodecs);
      const track = subscribedTrack(section, offered.kind, codecs, extensions, ids);
      tracks.push(track);
      const repeats = codecs.some((codec) => codec.rtxPayloadType !== undefined);
      return {
        section,
        accepted: {
          direction: 'sendonly',
          codecs,
          extensionLines: answeredExtensionLines(extensions),
          simulcastLines: [],
          receiverRoundTrip: offered.receiverRoundTrip,
          source: {
            ssrc: track.ssrc,
            ...(repeats ? { rtxSsrc: track.rtxSsrc } : {}),
            cname: ids.cname,
            streamId: ids.streamId,
          },
        },
      };
    });
    return { ...writeAnswer(offer, transport, answers), tracks };
  });
}

function checkCodec({ kind, codecs, encodings }: OfferedMedia, track: TrackDescription | undefined): void {
  if (codecs.some((codec) => track === undefined || codec.name === track.codec)) return;
  const found = encodings.length === 0 ? 'none' : encodings.join(', ').slice(0, 200);
  const wanted = track?.codec.toUpperCase() ?? (kind === 'audio' ? 'OPUS' : 'H264, H265, VP8, VP9 or AV1');
  throw new OfferRejected(422, `The ${kind} needs a player that decodes ${wanted} (offered: ${found}).`);
}

function playedCodecs(offered: OfferedMedia, track: TrackDescription | undefined, maxCodecs: number): TrackCodec[] {
  return rankCodecs(offered.codecs, track)
    .slice(0, maxCodecs)
    .map((codec) => {
      const kept = answeredParameters(codec.name, codec.parameters);
      const stereo = codec.name === 'opus' && codec.channels === 2 && track?.channels !== 1;
      return { ...codec, parameters: stereo ? withStereo(kept) : kept };
    });
}

function subscribedTrack(
  section: OfferSection,
  kind: MediaKind,
  codecs: readonly TrackCodec[],
  extensions: readonly ExtensionMapping[],
  ids: SubscriberIds,
): SubscribedTrack {
  return {
    kind,
    mid: section.mid ?? '',
    codecs,
    extensions: extensionIds(extensions),
    ssrc: kind === 'audio' ? ids.audioSsrc : ids.videoSsrc,
    rtxSsrc: kind === 'audio' ? ids.audioRtxSsrc : ids.videoRtxSsrc,
    cname: ids.cname,
  };
}

// Viewers are sent the one-byte form of RFC 8285 4.2, whose ids end at 14.
function isSent({ name, id, direction }: ExtensionMapping): boolean {
  return SENT.has(name) && id <= 14 && direction !== 'sendonly' && direction !== 'inactive';
}
