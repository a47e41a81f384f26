import type { IceCredentials } from '@weir/ice';
import type { MediaKind, TrackCodec, TrackExtensions } from '@weir/rtp';
import { offeredExtensionLines } from './header-extensions.js';
import type { Direction } from './offer-section.js';
import { joinLines, sectionLines, type WrittenSource } from './section-writer.js';
import type { Fingerprint, Setup } from './transport.js';

/** A media section of an offer of our own. */
export interface OfferedSection {
  readonly kind: MediaKind;
  readonly mid: string;
  readonly direction: Direction;
  readonly codecs: readonly TrackCodec[];
  readonly extensions?: TrackExtensions;
  /** Layers to be sent, best first; each needs the `rid` extension. */
  readonly rids?: readonly string[];
  /** What a sending section announces. */
  readonly source?: WrittenSource;
}

/** The transport that an offer of our own announces; it has no candidates, for the server learns the address from checks. */
export interface OfferTransport {
  /** Decimal digits, at most 19. */
  readonly sessionId: string;
  readonly local: IceCredentials;
  readonly fingerprint: Fingerprint;
  readonly setup: Setup;
}

/** Writes the offer of a WHIP or WHEP client: all sections bundled, RTP and RTCP on one port, CRLF line ends. */
export function writeOffer(transport: OfferTransport, sections: readonly OfferedSection[]): string {
  const { sessionId, local, fingerprint, setup } = transport;
  return joinLines([
    'v=0',
    `o=- ${sessionId} 0 IN IP4 0.0.0.0`,
    's=-',
    't=0 0',
    `a=group:BUNDLE ${sections.map((section) => section.mid).join(' ')}`,
    'a=msid-semantic:WMS *',
    'a=ice-options:ice2',
    ...sections.flatMap(({ kind, mid, direction, codecs, extensions = {}, rids = [], source }) =>
      sectionLines({
        media: kind,
        protocol: 'UDP/TLS/RTP/SAVPF',
        mid,
        transport: { local, fingerprint, setup },
        direction,
        codecs,
        extensionLines: offeredExtensionLines(extensions),
        simulcastLines: simulcastLines(rids),
        mixedExtensions: false,
        reducedSizeRtcp: true,
        ...(source === undefined ? {} : { source }),
      }),
    ),
  ]);
}

function simulcastLines(rids: readonly string[]): string[] {
  if (rids.length === 0) return [];
  return [...rids.map((rid) => `a=rid:${rid} send`), `a=simulcast:send ${rids.join(';')}`];
}
