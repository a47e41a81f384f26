import { attribute, attributeValues, type SdpAttribute, SdpMalformed } from './sdp-text.js';

/** One simulcast layer of an offer (RFC 8851 4). */
export interface OfferedRid {
  readonly id: string;
  /** What follows the direction in `a=rid`, such as `max-width=1280`; empty when nothing does. */
  readonly restrictions: string;
}

const MAX_RESTRICTIONS_LENGTH = 128;

/** The layers that a section sends in the order of `a=simulcast` (RFC 8853 5.1): the first of alternatives, paused ones too. */
export function readSimulcast(attributes: readonly SdpAttribute[]): OfferedRid[] {
  const value = attribute(attributes, 'simulcast');
  if (value === undefined) return [];
  const list = /(?:^|[ \t])send[ \t]+(\S+)/.exec(value)?.[1];
  if (list === undefined) return [];
  const declared = readRids(attributes);
  const layers: OfferedRid[] = [];
  for (const layer of list.split(';')) {
    const id = layer.split(',', 1)[0]?.replace(/^~/, '') ?? '';
    const restrictions = declared.get(id);
    if (restrictions === undefined) throw new SdpMalformed('a=simulcast names a layer that no a=rid line declares.');
    if (layers.some((other) => other.id === id)) throw new SdpMalformed('a=simulcast names a layer twice.');
    layers.push({ id, restrictions });
  }
  return layers;
}

/** The lines that accept these layers in their order (RFC 8853 5.3.2). */
export function answeredSimulcastLines(rids: readonly OfferedRid[], payloadTypes: readonly number[]): string[] {
  if (rids.length === 0) return [];
  const lines = rids.map(({ id, restrictions }) => {
    const kept = answeredRestrictions(restrictions, payloadTypes);
    return kept === '' ? `a=rid:${id} recv` : `a=rid:${id} recv ${kept}`;
  });
  return [...lines, `a=simulcast:recv ${rids.map((rid) => rid.id).join(';')}`];
}

function readRids(attributes: readonly SdpAttribute[]): Map<string, string> {
  const rids = new Map<string, string>();
  for (const line of attributeValues(attributes, 'rid')) {
    const [, id, direction, restrictions = ''] = /^(\S+)[ \t]+(send|recv)(?:[ \t]+(\S.*))?$/.exec(line) ?? [];
    if (id === undefined || !/^[A-Za-z0-9_-]{1,16}$/.test(id)) {
      throw new SdpMalformed('a=rid must be of the form <id> <direction>, the id at most 16 letters, digits, _ or -.');
    }
    if (direction === 'send') rids.set(id, restrictions);
  }
  return rids;
}

function answeredRestrictions(restrictions: string, payloadTypes: readonly number[]): string {
  if (restrictions.length > MAX_RESTRICTIONS_LENGTH) return '';
  const kept: string[] = [];
  for (const restriction of restrictions.split(';')) {
    const text = restriction.trim();
    if (!text.startsWith('pt=')) {
      if (/^[a-z-]+=[0-9./:-]+$/.test(text)) kept.push(text);
      continue;
    }
    const accepted = text
      .slice(3)
      .split(',')
      .filter((payloadType) => payloadTypes.includes(Number(payloadType)));
    if (accepted.length > 0) kept.unshift(`pt=${accepted.join(',')}`);
  }
  return kept.join(';');
}
