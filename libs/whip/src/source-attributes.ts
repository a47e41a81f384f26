import { attributeValues, decimal, type SdpAttribute, SdpMalformed, words } from './sdp-text.js';

/** The packet sources that a section announces (RFC 5576). */
export interface SectionSources {
  /** SSRCs of media, without those of retransmission and forward error correction. */
  readonly ssrcs: readonly number[];
  readonly rtxSsrcs: readonly { readonly primary: number; readonly rtx: number }[];
  readonly cname?: string;
}

const MAX_SOURCES = 32;
const MAX_SSRC = 0xffff_ffff;

/** Reads `a=ssrc` and `a=ssrc-group`; a source that only a group names counts too. */
export function readSources(attributes: readonly SdpAttribute[]): SectionSources {
  const announced = new Set<number>();
  const secondary = new Set<number>();
  const rtxSsrcs: { primary: number; rtx: number }[] = [];
  for (const line of attributeValues(attributes, 'ssrc-group')) {
    const [semantics, ...members] = words(line);
    const ssrcs = members.map(readSsrc);
    if (semantics !== 'FID' && semantics !== 'FEC-FR') continue;
    const [primary, repair] = ssrcs;
    if (primary === undefined || repair === undefined || announced.size >= MAX_SOURCES) continue;
    announced.add(primary);
    secondary.add(repair);
    if (semantics === 'FID') rtxSsrcs.push({ primary, rtx: repair });
  }
  let cname: string | undefined;
  for (const line of attributeValues(attributes, 'ssrc')) {
    const [id, detail] = words(line);
    const ssrc = readSsrc(id);
    if (announced.size < MAX_SOURCES) announced.add(ssrc);
    if (detail?.startsWith('cname:') === true) cname ??= detail.slice(6);
  }
  const ssrcs = [...announced].filter((ssrc) => !secondary.has(ssrc));
  return cname === undefined ? { ssrcs, rtxSsrcs } : { ssrcs, rtxSsrcs, cname };
}

/** The stream ids of `a=msid`, each once; `-` means no stream (RFC 8830 2). */
export function readStreamIds(attributes: readonly SdpAttribute[]): string[] {
  const ids = attributeValues(attributes, 'msid').map((value) => words(value)[0] ?? '-');
  return [...new Set(ids)].filter((id) => id !== '-');
}

function readSsrc(text: string | undefined): number {
  const ssrc = decimal(text, MAX_SSRC);
  if (ssrc < 0) throw new SdpMalformed('a=ssrc and a=ssrc-group must name sources by decimal numbers of 32 bits.');
  return ssrc;
}
